internal import OpenCXCore

/// What a tool's result means.
enum ResultReader {
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
        let fields = ResultFields.all(of: structured ?? inText ?? .string(text))
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
}
