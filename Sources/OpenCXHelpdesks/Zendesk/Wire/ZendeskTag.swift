internal import OpenCXCore

/// Tags as Zendesk takes them: lower case, without spaces. Those of ours begin with `opencx`, as the product's do.
enum ZendeskTag {
    static let base = "opencx"
    static let handedOff = "opencx_handedoff"
    private static let sentiment = "opencx_sentiment_"
    private static let channel = "opencx_channel_"
    private static let reply = "opencx_reply_"
    /// More of a session's tags are not carried over.
    private static let limit = 50

    /// What a session's tag is called in Zendesk; `nil` for one of which nothing is left.
    static func normalized(_ tag: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in tag.lowercased().unicodeScalars.prefix(400) {
            let isKept =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
                || scalar == ":" || scalar == "/"
            if isKept {
                scalars.append(scalar)
            } else if let last = scalars.last, last != "_" {
                scalars.append("_")
            }
            if scalars.count == 80 { break }
        }
        while scalars.last == "_" { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }

    static func normalized(_ tags: [String]) -> [String] {
        unique(tags.compactMap(normalized)).prefix(limit).map(\.self)
    }

    /// What tells a handoff: that it is one, from which channel, how the customer sounds.
    static func handoff(_ kind: ChannelKind, _ feeling: Sentiment) -> [String] {
        [base, handedOff, channel + (normalized(kind.rawValue) ?? "other"), sentiment + feeling.rawValue]
    }

    /// What marks the last of our answers in a ticket: Zendesk changes a comment's text, but not its tags.
    static func answer(_ idempotencyKey: String) -> String { reply + StableHash.hex(idempotencyKey).prefix(16) }

    /// A ticket's tags with these; of those that say the same of another moment, only the newest stays.
    static func merged(_ tags: [String], with added: [String]) -> [String] {
        var tags = tags
        for prefix in [sentiment, reply] where added.contains(where: { $0.hasPrefix(prefix) }) {
            tags.removeAll { $0.hasPrefix(prefix) }
        }
        return unique(tags + added)
    }

    private static func unique(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.filter { seen.insert($0).inserted }
    }
}
