/// A mail's text, taken apart: what its writer says, what is quoted, and who signs. Nothing is lost: all sections together are the
/// text, line by line.
package struct MailReply: Sendable, Hashable {
    /// A stretch of lines.
    package struct Section: Sendable, Hashable {
        /// What it is.
        package enum Kind: Sendable, Hashable {
            /// The writer's own words.
            case reply
            /// What somebody said before, with the line that says who and when.
            case quote
            /// A signature.
            case signature
        }

        package var kind: Kind
        package var lines: [String]
    }

    /// The text in order.
    package var sections: [Section]
    /// Whether somebody else's mail is passed on rather than answered.
    package var isForward: Bool

    /// The writer's own words.
    package var reply: String { text(of: .reply) }
    /// What was quoted.
    package var quoted: String { text(of: .quote) }
    /// The signature.
    package var signature: String { text(of: .signature) }

    /// What to go by: the writer's own words; where there are none, the mail as it is.
    package var words: String {
        let reply = reply
        if !reply.isEmpty { return reply }
        return Self.trimmed(sections.flatMap(\.lines)).joined(separator: "\n")
    }

    private func text(of kind: Section.Kind) -> String {
        let pieces = sections.filter { $0.kind == kind }.map { Self.trimmed($0.lines) }.filter { !$0.isEmpty }
        return pieces.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        guard let first = lines.firstIndex(where: { !$0.isBlank }), let last = lines.lastIndex(where: { !$0.isBlank })
        else { return [] }
        return Array(lines[first...last])
    }
}

extension StringProtocol {
    /// Whether there is nothing to see.
    var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } || allSatisfy(\.isWhitespace) }
}
