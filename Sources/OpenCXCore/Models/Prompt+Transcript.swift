extension Prompt {
    /// The whole prompt as text for people: what the model read, in order, each part under its name.
    public var transcript: RedactedText {
        var parts: [RedactedText] = ["## instructions\n\n" + instructions]
        for turn in turns {
            switch turn {
            case .customer(let text): parts.append("## customer\n\n" + text)
            case .model(let text, let calls):
                var lines = text.isEmpty ? [] : [text]
                for call in calls {
                    let arguments = call.arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                    lines.append(RedactedText(derived: "→ \(call.name)(\(arguments.joined(separator: ", ")))"))
                }
                parts.append("## model\n\n" + lines.joined(separator: "\n"))
            case .result(_, let text, let isError):
                parts.append((isError ? "## result, an error\n\n" : "## result\n\n") + text)
            }
        }
        if !tools.isEmpty {
            let list = tools.map { "- \($0.name): \($0.description) \(String(decoding: $0.schema, as: UTF8.self))" }
            parts.append(RedactedText(derived: "## tools\n\n" + list.joined(separator: "\n")))
        }
        if let form = responseForm {
            parts.append(
                RedactedText(derived: "## form\n\n\(form.name): \(String(decoding: form.schema, as: UTF8.self))"))
        }
        return parts.joined(separator: "\n\n")
    }
}
