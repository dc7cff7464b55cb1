internal import HelpdeskSupport
internal import OpenCXCore

/// Text and tags as Zendesk takes them.
enum SunshineText {
    /// The API takes 4,096 characters in a message; bytes are never fewer.
    static let limit = 4096

    /// A handoff's tags, as its ticket gets them: those that OpenCX gives, and the session's own. Metadata takes 4 KB.
    static func tags(_ handoff: HandoffPackage) -> [String] {
        let ours = [
            "opencx", "opencx_handedoff", "opencx_channel_" + (tag(handoff.channelKind.rawValue) ?? "other"),
            "opencx_sentiment_" + handoff.record.sentiment.rawValue,
        ]
        var tags: [String] = []
        var room = 2500
        for tag in ours + handoff.tags.compactMap(tag) where !tags.contains(tag) && tag.utf8.count < room {
            tags.append(tag)
            room -= tag.utf8.count + 1
        }
        return tags
    }

    /// Lower case, letters and digits; `nil` for one of which nothing is left.
    private static func tag(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars.prefix(400) {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" {
                scalars.append(scalar)
            } else if let last = scalars.last, last != "_" {
                scalars.append("_")
            }
            if scalars.count == 80 { break }
        }
        while scalars.last == "_" { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }
}
