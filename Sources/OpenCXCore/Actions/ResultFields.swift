/// The members of a result that can be named in a reply's wording.
package enum ResultFields {
    /// How many there are at most.
    package static let limit = 100
    private static let depthLimit = 4

    /// The members by name, those inside others with dots; a result that is a plain value is called `result`.
    ///
    /// - Parameters:
    ///   - value: the result.
    ///   - given: what there is besides.
    package static func all(
        of value: JSONValue, adding given: [String: UnredactedText] = [:]
    ) -> [String: UnredactedText] {
        var fields = given
        add(value, "", to: &fields, depth: 0)
        return fields
    }

    private static func add(
        _ value: JSONValue, _ name: String, to fields: inout [String: UnredactedText], depth: Int
    ) {
        guard fields.count < limit, depth < depthLimit else { return }
        switch value {
        case .object(let members):
            // A name that is none, such as an address, is not redacted with the values; it stays in the text alone.
            for (key, member) in members.sorted(by: { $0.key < $1.key }) where PlainWords.isName(key) {
                add(member, name.isEmpty ? key : "\(name).\(key)", to: &fields, depth: depth + 1)
            }
        case .array(let items):
            let isPlain = !items.contains { if case .object = $0 { true } else { false } }
            if isPlain, !name.isEmpty {
                fields[name] = UnredactedText(items.map(\.argumentText).joined(separator: ", "))
            }
        case .null: return
        default: fields[name.isEmpty ? "result" : name] = UnredactedText(value.argumentText)
        }
    }
}
