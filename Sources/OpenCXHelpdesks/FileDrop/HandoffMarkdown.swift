internal import OpenCXCore

/// A handoff as a Markdown file: what programs need as front matter, what people need below it.
///
/// Whatever came from outside stands in quoted strings or as a block quote, so that no customer can write a heading or a
/// field of their own.
struct HandoffMarkdown {
    let text: String

    init(_ handoff: HandoffPackage) {
        text =
            [
                Self.fields(handoff),
                "# Ticket \(handoff.ticket): \(handoff.record.trigger.rawValue)",
                "## Why the AI stopped", Self.quote(handoff.record.explanation.text),
                "## Summary", Self.quote(handoff.summary.reveal()),
                "## Transcript", Self.transcript(handoff.transcript),
            ].joined(separator: "\n\n") + "\n"
    }

    private static func fields(_ handoff: HandoffPackage) -> String {
        let contact = handoff.contact
        let optional = [
            ("contact_name", contact.name), ("contact_email", contact.email), ("contact_phone", contact.phone),
            ("contact_custom_id", contact.customID), ("topic", handoff.record.topic),
        ]
        return
            ([
                "---", "ticket: \(handoff.ticket.rawValue)", "session: \(string(handoff.session.rawValue))",
                "idempotency_key: \(string(handoff.idempotencyKey))",
                "channel: \(string(handoff.channelKind.rawValue))",
                "trigger: \(string(handoff.record.trigger.rawValue))",
                "reasons: \(list(handoff.record.reasons.map(\.rawValue)))",
                "sentiment: \(string(handoff.record.sentiment.rawValue))", "tags: \(list(handoff.tags))",
                "handed_off_at: \(string(handoff.record.at.description))", "contact: \(string(contact.id.rawValue))",
                "contact_is_verified: \(contact.isVerified)",
            ] + optional.compactMap { name, value in value.map { "\(name): \(string($0))" } } + ["---"])
            .joined(separator: "\n")
    }

    private static func transcript(_ lines: [TranscriptLine]) -> String {
        if lines.isEmpty { return "Nothing was said yet." }
        return lines.map { line in
            "\(plain(line.author.label)), \(line.at):\n\n\(quote(line.text.reveal()))"
        }.joined(separator: "\n\n")
    }

    /// A block quote of the lines as they are; control characters are left out.
    private static func quote(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.map { line in line.isEmpty ? ">" : "> " + plain(line) }.joined(separator: "\n")
    }

    private static func plain(_ text: some StringProtocol) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(
            contentsOf: text.unicodeScalars.filter { $0 == "\t" || $0.properties.generalCategory != .control })
        return String(scalars)
    }

    private static func list(_ items: [String]) -> String {
        "[" + items.map(string).joined(separator: ", ") + "]"
    }

    /// A string that JSON and YAML read alike.
    private static func string(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{2028}", "\u{2029}", "\u{FEFF}": quoted += escape(scalar)
            case _ where scalar.properties.generalCategory == .control: quoted += escape(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
