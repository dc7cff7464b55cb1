/// Binds an argument of described actions to a fact of the verified customer (law 10): a model neither sees nor sets it.
///
/// Names are those of the description: of the OpenAPI document, of the MCP server. A binding for one action that has no such
/// argument is an error: what should have been bound must not be open under another name.
public struct ActionBinding: Sendable, Hashable {
    /// The argument; with dots for a member inside a body: `customer.id`.
    public var argument: String
    /// The operation or tool; `nil` for all that have such an argument.
    public var action: String?
    /// Where the value comes from.
    public var fact: Fact

    /// A fact of the verified customer.
    public enum Fact: Sendable, Hashable {
        /// The e-mail address.
        case email
        /// The telephone number.
        case phone
        /// The id in the team's own system.
        case customID
    }

    /// Binds an argument, of one action or of all.
    public init(_ argument: String, of action: String? = nil, to fact: Fact) {
        self.argument = argument
        self.action = action
        self.fact = fact
    }
}

/// Limits an argument of described actions: amounts, lists of values. Enforced before the call, whatever the system behind the
/// action would take.
public struct ActionLimit: Sendable, Hashable {
    /// The argument by the description's name; with dots for a member inside: `refund.amount`.
    public var argument: String
    /// The operation or tool; `nil` for all that have such an argument.
    public var action: String?
    /// The smallest number allowed.
    public var minimum: Double?
    /// The largest number allowed.
    public var maximum: Double?
    /// The only values allowed.
    public var allowed: [JSONValue]?

    /// Limits an argument, of one action or of all.
    public init(
        _ argument: String, of action: String? = nil, minimum: Double? = nil, maximum: Double? = nil,
        allowed: [JSONValue]? = nil
    ) {
        self.argument = argument
        self.action = action
        self.minimum = minimum
        self.maximum = maximum
        self.allowed = allowed
    }
}

extension ActionBinding.Fact {
    /// Where the value of an argument that is bound to it comes from.
    package var source: ActionParameter.Source {
        switch self {
        case .email: .contactEmail
        case .phone: .contactPhone
        case .customID: .contactCustomID
        }
    }
}

/// Bindings and limits, asked argument by argument by whoever turns descriptions into actions. It remembers which of them met
/// an argument: what meets none is misspelt, and a rule that does not bind is worse than none.
package struct ActionRules: Sendable {
    private let bindings: [ActionBinding]
    private let limits: [ActionLimit]
    private var metBindings: Set<Int> = []
    private var metLimits: Set<Int> = []

    /// Makes a set of rules.
    package init(bindings: [ActionBinding], limits: [ActionLimit]) {
        self.bindings = bindings
        self.limits = limits
    }

    /// What an argument is bound to. What is said for one action counts more than what is said for all.
    package mutating func source(of argument: String, in action: String) -> ActionParameter.Source? {
        var source: ActionParameter.Source?
        for (place, binding) in bindings.enumerated()
        where binding.argument == argument && applies(binding.action, action) {
            metBindings.insert(place)
            if source == nil || binding.action != nil { source = binding.fact.source }
        }
        return source
    }

    /// The paths of members that are bound in an action, and what to; `take` says whether there is such a member.
    package mutating func boundMembers(
        of action: String, where take: ([String]) -> Bool
    ) -> [(path: [String], source: ActionParameter.Source)] {
        var bound: [(path: [String], source: ActionParameter.Source)] = []
        for (place, binding) in bindings.enumerated() where applies(binding.action, action) {
            let path = Self.path(binding.argument)
            guard take(path) else { continue }
            metBindings.insert(place)
            bound.append((path, binding.fact.source))
        }
        return bound
    }

    /// The limits on an argument and on its members; on the members of the one argument that is everything, where no name is
    /// given. `has` says whether there is a member at a path.
    package mutating func limits(
        on argument: String?, in action: String, has: (ArraySlice<String>) -> Bool
    ) -> [ArgumentLimit] {
        var found: [ArgumentLimit] = []
        for (place, limit) in limits.enumerated() where applies(limit.action, action) {
            var path: [String] = []
            if let argument {
                if limit.argument != argument {
                    guard limit.argument.hasPrefix(argument + ".") else { continue }
                    path = Self.path(limit.argument.dropFirst(argument.count + 1))
                }
            } else {
                path = Self.path(limit.argument)
            }
            guard has(path[...]) else { continue }
            metLimits.insert(place)
            found.append(
                ArgumentLimit(at: path, minimum: limit.minimum, maximum: limit.maximum, allowed: limit.allowed))
        }
        return found
    }

    /// The rules for one action, or of those for all where no name is given, that have met no argument so far.
    package func unmet(of action: String?) -> [Unmet] {
        bindings.enumerated().filter { !metBindings.contains($0.offset) && $0.element.action == action }
            .map { Unmet(kind: .binding, argument: $0.element.argument, action: action) }
            + limits.enumerated().filter { !metLimits.contains($0.offset) && $0.element.action == action }
            .map { Unmet(kind: .limit, argument: $0.element.argument, action: action) }
    }

    /// The actions that rules are for.
    package var actions: Set<String> { Set(bindings.compactMap(\.action) + limits.compactMap(\.action)) }

    /// A rule that met no argument.
    package struct Unmet: Sendable, Hashable {
        /// What kind of rule it is.
        package enum Kind: String, Sendable { case binding, limit }
        package var kind: Kind
        package var argument: String
        package var action: String?
    }

    private func applies(_ named: String?, _ action: String) -> Bool { named == nil || named == action }

    private static func path(_ argument: some StringProtocol) -> [String] {
        argument.split { $0 == "." }.map { String($0) }
    }
}
