internal import OpenCXCore
internal import YAML

extension YAMLNode {
    /// The same as JSON, plain scalars read as YAML 1.2's core schema has them.
    func json() throws(YAMLError) -> JSONValue {
        switch value {
        case .scalar(let text, isPlain: false): return .string(text)
        case .scalar(let text, isPlain: true): return Self.plain(text)
        case .list(let items):
            var values: [JSONValue] = []
            values.reserveCapacity(items.count)
            for item in items { values.append(try item.json()) }
            return .array(values)
        case .map(let entries):
            var members: [String: JSONValue] = [:]
            var merged: [String: JSONValue] = [:]
            for entry in entries {
                let value = try entry.value.json()
                if entry.key == "<<" {
                    try Self.merge(value, into: &merged, line: entry.line)
                } else if members.updateValue(value, forKey: entry.key) != nil {
                    throw YAMLError(line: entry.line, message: "a key stands here for the second time")
                }
            }
            return .object(members.merging(merged) { own, _ in own })
        }
    }

    private static func merge(
        _ value: JSONValue, into members: inout [String: JSONValue], line: Int
    ) throws(YAMLError) {
        switch value {
        case .object(let other): members.merge(other) { first, _ in first }
        case .array(let values): for value in values { try merge(value, into: &members, line: line) }
        default: throw YAMLError(line: line, message: "only a map can be merged (<<)")
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: break
        }
        guard let first = text.utf8.first, first < 0x3A, let number = number(text) else { return .string(text) }
        return number
    }

    private static func number(_ text: String) -> JSONValue? {
        if text.hasPrefix("0x"), let value = Int64(text.dropFirst(2), radix: 16) { return .integer(value) }
        if text.hasPrefix("0o"), let value = Int64(text.dropFirst(2), radix: 8) { return .integer(value) }
        let digits = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        guard digits, text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        if let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { return nil }
        return .number(value)
    }
}
