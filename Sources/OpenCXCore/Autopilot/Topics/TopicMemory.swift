/// The classifiers that were trained for lists of topics, kept by the list. Lists change when a team edits them, so a few are
/// enough.
final class TopicMemory: Sendable {
    struct Key: Equatable, Sendable {
        var topics: [Topic]
        var outOfScope: [String]
    }

    private struct Entry: Sendable {
        var key: Key
        var classifier: TopicClassifier
    }

    private static let capacity = 8
    private let entries = Locked<[Entry]>([])

    /// Comparing a list with itself is a comparison of two addresses.
    func classifier(for key: Key) -> TopicClassifier? {
        entries.withLock { entries in entries.first { $0.key == key }?.classifier }
    }

    func keep(_ classifier: TopicClassifier, for key: Key) {
        entries.withLock { entries in
            entries.removeAll { $0.key == key }
            if entries.count >= Self.capacity { entries.removeFirst() }
            entries.append(Entry(key: key, classifier: classifier))
        }
    }
}
