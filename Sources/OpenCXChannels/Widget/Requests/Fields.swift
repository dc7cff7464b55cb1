internal import OpenCXCore

/// Reads the members of a request's JSON object, within bounds, and says which of them is wrong.
struct Fields {
    private let members: [String: JSONValue]

    init(_ request: WebhookRequest) throws(WidgetProblem) {
        // An empty body is an empty object: nothing is known.
        let value: JSONValue? = request.body.isEmpty ? [:] : try? JSONValue(parsing: request.body)
        switch value {
        case .object(let members): self.members = members
        case .some(.null): members = [:]
        default: throw .malformed("The body must be a JSON object.")
        }
    }

    init(_ value: JSONValue) throws(WidgetProblem) {
        guard case .object(let members) = value else { throw .malformed("A JSON object is missing.") }
        self.members = members
    }

    /// The member; `nil` where it is absent or null.
    subscript(name: String) -> JSONValue? { members[name] == .null ? nil : members[name] }

    func text(_ name: String, limit: Int = 200) throws(WidgetProblem) -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value, text.utf8.count <= limit else {
            throw .malformed("\"\(name)\" must be a text of at most \(limit) bytes.")
        }
        return text
    }

    func required(_ name: String, limit: Int = 200) throws(WidgetProblem) -> String {
        guard let text = try text(name, limit: limit), !text.isEmpty else {
            throw .malformed("\"\(name)\" is missing.")
        }
        return text
    }

    /// An id that a client has made: a UUID, or something like it.
    func id(_ name: String) throws(WidgetProblem) -> String? {
        guard let text = try text(name, limit: 64) else { return nil }
        guard (8...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isOfID) else {
            throw .malformed("\"\(name)\" must be a UUID.")
        }
        return text
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }

    func number(_ name: String) throws(WidgetProblem) -> Double? {
        switch self[name] {
        case nil: return nil
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw .malformed("\"\(name)\" must be a number.")
        }
    }

    func object(_ name: String) throws(WidgetProblem) -> [String: JSONValue]? {
        guard let value = self[name] else { return nil }
        guard case .object(let members) = value else { throw .malformed("\"\(name)\" must be an object.") }
        return members
    }

    func objects(_ name: String, limit: Int) throws(WidgetProblem) -> [Fields] {
        guard let value = self[name] else { return [] }
        guard case .array(let values) = value, values.count <= limit else {
            throw .malformed("\"\(name)\" must be a list of at most \(limit) objects.")
        }
        var all: [Fields] = []
        for value in values { all.append(try Fields(value)) }
        return all
    }

    /// Custom data: texts, numbers and truth values as texts; other values as JSON.
    func data(_ name: String) throws(WidgetProblem) -> [String: String] {
        try object(name)?.compactMapValues(\.plainText) ?? [:]
    }
}

extension JSONValue {
    /// The value as a text of its own; `nil` for `null`.
    var plainText: String? {
        switch self {
        case .null: nil
        case .string(let text): text
        case .bool, .integer, .number, .array, .object: String(decoding: serialized(), as: UTF8.self)
        }
    }

    /// What ``plainText`` was made of, as far as a text tells: a truth value, a number, or else a text.
    init(plainText text: String) {
        switch text {
        case "true": self = .bool(true)
        case "false": self = .bool(false)
        default:
            if let number = Int64(text), "\(number)" == text {
                self = .integer(number)
            } else if let number = Double(text), number.isFinite, "\(number)" == text {
                self = .number(number)
            } else {
                self = .string(text)
            }
        }
    }
}
