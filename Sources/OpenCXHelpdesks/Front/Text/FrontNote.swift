internal import HelpdeskSupport

/// What a handoff or an ending writes into a conversation.
struct FrontNote: Sendable {
    /// A comment of it.
    struct Part: Sendable {
        /// The comment.
        var text: String
        /// What of it tells that it is there.
        var marker: String
    }

    /// The comments: one, unless it is very long.
    let parts: [Part]
    /// The tags, each once, as Front takes them.
    let tags: [String]
    /// Whether some of it may be there already.
    let isRetry: Bool

    init(text: String, key: String, tags: [String], isRetry: Bool) {
        var texts = CommentParts.split(text)[...]
        // The text's own mark is at its foot.
        let last = texts.popLast().map { Part(text: $0, marker: HandoffText.marker(key)) }
        parts =
            texts.enumerated().map { place, text in
                let marker = HandoffText.marker(key, part: place + 1)
                return Part(text: text + "\n\n" + marker, marker: marker)
            } + (last.map { [$0] } ?? [])
        self.isRetry = isRetry
        var seen: Set<String> = []
        self.tags = tags.compactMap { tag in
            // At most 64 characters (Front, Create tag).
            let name = String(tag.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(64))
            return name.isEmpty || !seen.insert(name.lowercased()).inserted ? nil : name
        }
    }
}
