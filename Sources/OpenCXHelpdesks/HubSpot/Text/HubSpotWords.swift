internal import HelpdeskSupport
internal import Markdown
internal import OpenCXCore

/// Texts on their way to HubSpot and back.
enum HubSpotWords {
    /// What HubSpot takes in a note or a ticket's description is 65,536 characters.
    static let limit = 60_000

    /// The kind of a channel by HubSpot's number of it; `nil` for one that is not known.
    static func kind(of channel: String?) -> ChannelKind? {
        switch channel {
        // Chat on a page, Facebook Messenger.
        case "1000", "1001": .web
        // Mail, forms.
        case "1002", "1003": .email
        case "1007": .whatsapp
        default: nil
        }
    }

    /// The text of a message, the whole of it where HubSpot has cut it.
    static func whole(_ message: HubSpotMessage, of thread: String, _ api: HubSpotAPI) async throws -> String {
        guard message.isTruncated else { return message.text }
        return try await api.originalText(of: message.id, in: thread) ?? message.text
    }

    /// CommonMark as HTML.
    static func html(_ markdown: String) -> String { MarkdownRendering.conversation.html(of: markdown) }

    /// CommonMark as plain text.
    static func plain(_ markdown: String) -> String { PlainText.of(markdown) }

    /// Whether a comment or a note is one that we wrote: it has a mark (`HandoffText.marker`).
    static func isOurs(_ text: String) -> Bool { text.contains("[opencx:") }

    /// Whether two texts say the same, however lines are broken and spaces set.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        func words(_ text: String) -> [Substring.UnicodeScalarView] {
            text.unicodeScalars.split { $0.properties.isWhitespace }.map { $0 }
        }
        let (a, b) = (words(a), words(b))
        return a.count == b.count && zip(a, b).allSatisfy { $0.elementsEqual($1) }
    }

    /// At most so many bytes of a text without control characters.
    static func cut(_ text: String, to limit: Int = limit) -> String { PlainField.block(text, limit: limit) }

    /// A text that is cut, if it has to be, so that the mark in it stays.
    static func cutKeeping(_ mark: String, of text: String, limit: Int = limit / 6) -> String {
        let short = cut(text, to: limit)
        return short.contains(mark) ? short : short + "\n\n" + mark
    }

    /// What names a handoff, as one word of letters and digits: the inside of its mark, which search can find.
    static func key(_ idempotencyKey: String) -> String {
        String(HandoffText.marker(idempotencyKey).dropFirst("[opencx:".count).dropLast())
    }

    /// A plain text as HTML that shows its lines.
    static func escaped(_ text: String) -> String {
        let lines = cut(text).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { HTMLEscaping.escaped(String($0)) }.joined(separator: "<br>")
    }

    /// One line of a text.
    static func line(_ text: String, limit: Int) -> String {
        let words = text.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        return cut(words.map { String($0) }.joined(separator: " "), to: limit)
    }
}
