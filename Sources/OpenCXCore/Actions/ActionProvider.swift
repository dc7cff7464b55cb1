/// Runs actions: real calls to the team's own systems.
public protocol ActionProvider: Sendable {
    /// What can be done.
    func actions() async throws -> [ActionDefinition]

    /// Does it. A call with the same ``ActionCall/idempotencyKey`` must not have its effect twice; pass the key on to the
    /// API where it takes one.
    ///
    /// - Throws: ``ActionError`` when it is certain that nothing was done. Any other error means that nobody knows.
    func call(_ call: ActionCall) async throws -> ActionResult
}

/// A call with raw values: what leaves for the team's systems.
public struct ActionCall: Sendable {
    /// The action.
    public var name: String
    /// The arguments, typed and checked against the schemas of the parameters; raw values put back, and the customer's own
    /// bound by the platform.
    public var values: [String: UnredactedJSON]
    /// The same whenever the same intent is carried out again.
    public var idempotencyKey: String
    /// The session the call is made for.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The customer's id in the team's own system, when the channel vouches for it.
    public var customer: UnredactedText?

    /// The arguments as texts; what is no text is written as JSON.
    public var arguments: [String: UnredactedText] { values.mapValues(\.text) }

    /// Makes a call from its parts.
    public init(
        name: String, values: [String: UnredactedJSON], idempotencyKey: String, session: SessionID,
        ticket: TicketNumber, customer: UnredactedText? = nil
    ) {
        self.name = name
        self.values = values
        self.idempotencyKey = idempotencyKey
        self.session = session
        self.ticket = ticket
        self.customer = customer
    }

    /// Makes a call whose arguments are texts.
    public init(
        name: String, arguments: [String: UnredactedText], idempotencyKey: String, session: SessionID,
        ticket: TicketNumber, customer: UnredactedText? = nil
    ) {
        self.init(
            name: name, values: arguments.mapValues { UnredactedJSON(.string($0.reveal())) },
            idempotencyKey: idempotencyKey, session: session, ticket: ticket, customer: customer)
    }
}

/// What an action returned; not redacted yet.
public struct ActionResult: Sendable {
    /// The members of the result, as texts; personal data in them are redacted before anything else sees them.
    public var fields: [String: UnredactedText]
    /// The result as a whole, for a reader that can take it in: a response's status and body. Without it, the members are
    /// read out one by one.
    public var text: UnredactedText?

    /// Makes a result from its members.
    public init(fields: [String: UnredactedText], text: UnredactedText? = nil) {
        self.fields = fields
        self.text = text
    }
}

/// Why an action did nothing.
public struct ActionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case notFound, refused, unavailable, badArguments }
        private let value: Value
        /// What the action is about does not exist, or is not this customer's.
        public static let notFound = Code(value: .notFound)
        /// The system refused.
        public static let refused = Code(value: .refused)
        /// The system could not be reached, and certainly did nothing.
        public static let unavailable = Code(value: .unavailable)
        /// The arguments are missing or wrong.
        public static let badArguments = Code(value: .badArguments)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong; never holds personal data or secrets.
    public var message: String
    /// What the system said; redacted before anything else sees it, and not part of ``description``.
    public var details: UnredactedText?

    /// Makes an error.
    public init(_ code: Code, _ message: String, details: UnredactedText? = nil) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// What is wrong.
    public var description: String { message }
}
