internal import OpenCXCore

/// Counts what the agent answers by itself in each conversation. Two machines that know no rules would else write to each other for
/// ever; a person who writes as often gets a person.
final class AnswerCap: Sendable {
    private let limit: Int
    private let window: Duration
    private let times = Locked<[ThreadID: [(key: String, at: Timestamp)]]>([:])
    private static let sweepCount = 5_000

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = window
    }

    /// Whether one more may go out now. The same delivery counts once, however often it is tried.
    func allows(_ key: String, in thread: ThreadID, at now: Timestamp) -> Bool {
        let since = now - window
        let limit = limit
        return times.withLock { times in
            if times.count > Self.sweepCount { times = times.filter { $0.value.contains { $0.at > since } } }
            var recent = (times[thread] ?? []).filter { $0.at > since }
            defer { times[thread] = recent }
            if recent.contains(where: { $0.key == key }) { return true }
            guard recent.count < limit else { return false }
            recent.append((key, now))
            return true
        }
    }
}
