/// What the team allows an argument to be, whatever the system behind the action would take: at most this amount, only these
/// values. Enforced by the core, before the call.
public struct ArgumentLimit: Sendable, Hashable {
    /// Where in the argument: names of members, one inside the other; empty for the argument itself. Lists are looked through,
    /// every item of them.
    public var path: [String]
    /// The smallest number allowed.
    public var minimum: Double?
    /// The largest number allowed.
    public var maximum: Double?
    /// The only values allowed.
    public var allowed: [JSONValue]?

    /// Makes a limit.
    public init(
        at path: [String] = [], minimum: Double? = nil, maximum: Double? = nil, allowed: [JSONValue]? = nil
    ) {
        self.path = path
        self.minimum = minimum
        self.maximum = maximum
        self.allowed = allowed
    }
}

extension ArgumentLimit {
    /// What is wrong with an argument. What cannot be compared is wrong: a limit that does not fit its argument lets nothing
    /// through.
    func violations(of value: JSONValue, named name: String, isOpen: (String) -> Bool) -> [SchemaViolation] {
        let place = ([name] + path).joined(separator: ".")
        return Self.values(at: path[...], in: value).flatMap { found -> [SchemaViolation] in
            if case .string(let text) = found, isOpen(text) { return [] }
            return messages(for: found).map { SchemaViolation(place: place, message: $0) }
        }
    }

    private func messages(for value: JSONValue) -> [String] {
        var messages: [String] = []
        if let allowed,
            !allowed.contains(where: { $0.canonical == value.canonical || $0.argumentText == value.argumentText })
        {
            let some = allowed.prefix(20).map(\.argumentText).joined(separator: ", ")
            messages.append("is not allowed by the team; allowed: \(some.isEmpty ? "nothing" : some)")
        }
        guard minimum != nil || maximum != nil else { return messages }
        guard let number = Self.number(value) else {
            return messages + ["must be a plain number, because the team has set a limit for it"]
        }
        if let minimum, number < minimum {
            messages.append("must be at least \(SchemaChecker.plain(minimum)), which the team has set")
        }
        if let maximum, number > maximum {
            messages.append("must be at most \(SchemaChecker.plain(maximum)), which the team has set")
        }
        return messages
    }

    /// The values at a path; through lists, all of them. Null, which no limit lets through, where the path leads into
    /// something that has no members.
    private static func values(at path: ArraySlice<String>, in value: JSONValue) -> [JSONValue] {
        if case .array(let items) = value { return items.flatMap { values(at: path, in: $0) } }
        guard let name = path.first else { return [value] }
        guard case .object = value else { return [.null] }
        guard let member = value[name] else { return [] }
        return values(at: path.dropFirst(), in: member)
    }

    /// A number, also one that is written as a text.
    private static func number(_ value: JSONValue) -> Double? {
        if let number = value.double { return number }
        guard let text = value.string, let parsed = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        return parsed.double
    }
}
