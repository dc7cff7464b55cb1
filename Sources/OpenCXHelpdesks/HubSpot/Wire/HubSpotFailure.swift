internal import OpenCXCore

/// What one call is for: the words that an error says it with, and the scopes that the call needs.
struct HubSpotPurpose: Sendable {
    /// What was tried: "read the conversation".
    var words: String
    /// The scope of the app that it needs.
    var scope: String
    /// What to look at when HubSpot refuses the values.
    var hint = ""

    static let thread = Self(words: "read or change a conversation", scope: "conversations.read and .write")
    static let message = Self(words: "read messages", scope: "conversations.read")
    static let reply = Self(
        words: "send a reply", scope: "conversations.write",
        hint: " Check that the AI user's id names a user who may use this inbox.")
    static let comment = Self(words: "write a comment", scope: "conversations.write")
    static let ticket = Self(
        words: "read or write a ticket", scope: "tickets",
        hint: " Check pipeline, stage, owner and the names of properties in the configuration.")
    static let contact = Self(
        words: "find or make a contact", scope: "crm.objects.contacts.read and .write")
    static let note = Self(words: "read or write notes", scope: "crm.objects.contacts.read and .write")
    static let owners = Self(words: "list owners", scope: "crm.objects.owners.read")
    static let token = Self(words: "renew the access token", scope: "oauth")
}

/// An answer that is no success, or none at all. HubSpot's own words stay out: they quote addresses.
struct HubSpotFailure: Error, Sendable {
    /// What kind of failure it is.
    enum Kind: Sendable, Hashable {
        /// There is no answer, or none that can be read; what was asked may have been done.
        case unreachable(String)
        /// An answer with this status.
        case status(Int)
    }

    var kind: Kind
    var purpose: HubSpotPurpose
    /// HubSpot's `category`: `VALIDATION_ERROR`, `CONFLICT`.
    var category: String?
    /// Which limit was met: `TEN_SECONDLY_ROLLING`, `DAILY`, `SECONDLY`.
    var policy: String?
    /// The object that stands in the way, of a conflict.
    var existingID: String?
    var retryAfter: Duration?

    init(_ kind: Kind, _ purpose: HubSpotPurpose) {
        self.kind = kind
        self.purpose = purpose
    }

    /// Reads an answer that is no success.
    init(_ response: HTTPResponse, _ purpose: HubSpotPurpose) {
        self.init(.status(response.status), purpose)
        let body = try? JSONValue(parsing: response.body)
        category = (body?["category"]?.string).flatMap(Self.identifier)
        policy = (body?["policyName"]?.string).flatMap(Self.identifier)
        retryAfter = RetryAfter.duration(response.header) ?? (response.status == 429 ? Self.wait(policy) : nil)
        if response.status == 409 { existingID = (body?["message"]?.string).flatMap(Self.existingID) }
    }

    /// Whether what was named does not exist, or not any more.
    var isMissing: Bool { kind == .status(404) || kind == .status(410) }

    /// Whether HubSpot has refused the values, and so has certainly done nothing.
    var isRefusal: Bool { kind == .status(400) || kind == .status(409) }

    /// How long a limit lasts where HubSpot does not say it (developers.hubspot.com, usage guidelines).
    private static func wait(_ policy: String?) -> Duration {
        switch policy {
        case "SECONDLY": .seconds(1)
        // It ends at midnight in the account's time zone, which is not known here.
        case "DAILY": .seconds(3600)
        default: .seconds(10)
        }
    }

    /// A name in capitals, and nothing else: what is quoted in errors must not be able to hold words of a customer's.
    private static func identifier(_ text: String) -> String? {
        let isName = text.utf8.allSatisfy {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_")
        }
        return isName && (1...60).contains(text.utf8.count) ? text : nil
    }

    /// `Contact already exists. Existing ID: 37765128953` (HubSpot/hubspot-api-nodejs, issue 545).
    private static func existingID(_ message: String) -> String? {
        guard let place = message.firstRange(of: "Existing ID: ") else { return nil }
        let digits = message[place.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty || digits.utf8.count > 20 ? nil : String(digits)
    }
}

extension HubSpotFailure {
    private enum Sort { case unavailable, unauthorized, rejected }

    private var sorted: (sort: Sort, message: String) {
        let code = [category, policy].compactMap { $0 }.joined(separator: ", ")
        let named = code.isEmpty ? "" : " (\(code))"
        let tried = "It was asked to \(purpose.words)."
        switch kind {
        case .unreachable(let why): return (.unavailable, "HubSpot cannot be reached: \(why) \(tried)")
        case .status(401):
            return (
                .unauthorized,
                "HubSpot refused the access token. Make a new one in the private app's settings, and configure it."
            )
        case .status(403):
            return (
                .unauthorized, "HubSpot's app may not \(purpose.words). Give it the scope \(purpose.scope)\(named)."
            )
        case .status(404), .status(410):
            return (.rejected, "HubSpot does not know what it was asked about. \(tried)")
        case .status(429) where policy == "DAILY":
            return (.unavailable, "HubSpot's daily limit of requests is used up\(named).")
        case .status(429): return (.unavailable, "HubSpot is asked too often\(named).")
        // 423: locked by another change. 477: the account is being moved (HubSpot, error handling).
        case .status(let status) where status == 408 || status == 423 || status == 477 || status >= 500:
            return (.unavailable, "HubSpot failed (\(status))\(named). \(tried)")
        case .status(let status):
            return (.rejected, "HubSpot refused what it was sent (\(status))\(named). \(tried)\(purpose.hint)")
        }
    }

    /// The failure, where a handoff or an ending was on its way.
    var helpdeskError: HelpdeskError {
        let (sort, message) = sorted
        switch sort {
        case .unavailable: return HelpdeskError(.unavailable, message, retryAfter: retryAfter)
        case .unauthorized: return HelpdeskError(.unauthorized, message, retryAfter: retryAfter)
        case .rejected: return HelpdeskError(.rejected, message)
        }
    }

    /// The failure, where a message was on its way, in or out.
    var channelError: ChannelError {
        let (sort, message) = sorted
        switch sort {
        case .unavailable: return ChannelError(.unavailable, message, retryAfter: retryAfter)
        case .unauthorized: return ChannelError(.unauthorized, message, retryAfter: retryAfter)
        case .rejected: return ChannelError(.rejected, message)
        }
    }

    /// The failure in plain words.
    var message: String { sorted.message }
}
