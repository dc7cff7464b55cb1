internal import OpenCXCore

/// What a tool's result means.
enum ResultReader {
    /// How many members of a result can be named in a reply's wording.
    private static let fieldLimit = 100
    /// How much of a result is taken, in bytes.
    private static let textLimit = 1 << 18

    /// Reads the result of a call.
    ///
    /// - Throws: `ActionError` when the tool says that it failed; `LinkFailure` when it is no result.
    static func result(_ value: JSONValue) throws -> ActionResult {
        guard case .object(let members) = value, members["content"] != nil || members["structuredContent"] != nil else {
            throw LinkFailure.malformed("no result of a tool")
        }
        let texts = Self.texts(members["content"])
        let structured = members["structuredContent"]
        var text = texts.joined(separator: "\n")
        let inText = try? JSONValue(parsing: Array(text.utf8))
        // Servers put the same thing into both, for clients that read only one.
        if let structured, inText?.canonical != structured.canonical {
            text += (text.isEmpty ? "" : "\n") + String(decoding: structured.serialized(), as: UTF8.self)
        }
        text = cut(text)
        if members["isError"] == true {
            throw ActionError(
                .refused, "The tool says that it failed.", details: text.isEmpty ? nil : UnredactedText(text))
        }
        var fields: [String: UnredactedText] = [:]
        add(structured ?? inText ?? .string(text), "", to: &fields, depth: 0)
        return ActionResult(fields: fields, text: UnredactedText(text))
    }

    private static func texts(_ content: JSONValue?) -> [String] {
        guard case .array(let blocks)? = content else { return [] }
        return blocks.compactMap { block in
            switch block["type"]?.string {
            case "text": block["text"]?.string
            case "resource": block["resource"]?["text"]?.string ?? "(A file that is no text.)"
            case "resource_link": block["uri"]?.string
            case "image": "(An image.)"
            case "audio": "(A sound.)"
            default: nil
            }
        }
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > textLimit else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: textLimit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "\n(The result is longer; the rest was not read.)"
    }

    /// The members of a result by name, those inside others with dots.
    private static func add(
        _ value: JSONValue, _ name: String, to fields: inout [String: UnredactedText], depth: Int
    ) {
        guard fields.count < fieldLimit, depth < 4 else { return }
        switch value {
        case .object(let members):
            // A name that is none, such as an address, is not redacted with the values; it stays in the text alone.
            for (key, member) in members.sorted(by: { $0.key < $1.key }) where isPlainName(key) {
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

    private static func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isNameByte, !(0x30...0x39).contains(first), first != 0x2D else {
            return false
        }
        return name.utf8.count <= 64 && name.utf8.allSatisfy(\.isNameByte)
    }
}
