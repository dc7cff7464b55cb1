/// What came of the sessions of a period, by day and in all.
///
/// Pure addition: ``add(_:)`` takes one session after the other, in any order, so that no more than a page of them is ever held.
/// A session counts on the day it began, and as it stands now. One in which nobody has written does not count.
public struct Insight: Sendable, Hashable {
    /// The days on which sessions began, oldest first.
    public private(set) var days: [Day] = []
    /// All of them together.
    public private(set) var total = Counts()
    /// How far the team's clock is ahead of UTC; it says where a day begins.
    public let clockOffset: Duration

    /// What came of the sessions of one day.
    public struct Day: Sendable, Hashable {
        /// When the day began.
        public var start: Timestamp
        /// What came of its sessions.
        public var counts: Counts
    }

    /// Makes an account of no session yet.
    ///
    /// - Parameter clockOffset: how far the team's clock is ahead of UTC.
    public init(clockOffset: Duration = .zero) {
        self.clockOffset = clockOffset
    }

    /// Counts a session.
    public mutating func add(_ session: Session) {
        guard session.isStarted else { return }
        total.add(session)
        let start = startOfDay(session.createdAt)
        if let place = days.lastIndex(where: { $0.start <= start }) {
            if days[place].start == start { return days[place].counts.add(session) }
            days.insert(Day(start: start, counts: Counts()), at: place + 1)
            return days[place + 1].counts.add(session)
        }
        days.insert(Day(start: start, counts: Counts()), at: 0)
        days[0].counts.add(session)
    }

    private func startOfDay(_ time: Timestamp) -> Timestamp {
        let (day, offset): (Int64, Int64) = (86_400_000, clockOffset.inMilliseconds)
        let local = time.milliseconds + offset
        let rest = (local % day + day) % day
        return Timestamp(milliseconds: local - rest - offset)
    }

    /// What came of the sessions that a store holds, read page by page.
    ///
    /// - Parameters:
    ///   - store: where they are kept.
    ///   - start: sessions that began earlier are left out.
    ///   - end: sessions that began then or later are left out.
    ///   - query: which of them; its own bounds and order do not matter.
    ///   - clockOffset: how far the team's clock is ahead of UTC.
    /// - Throws: ``StoreError``, and `CancellationError` when the task is cancelled.
    public static func of(
        _ store: any TeamStore, from start: Timestamp, to end: Timestamp, matching query: SessionQuery = SessionQuery(),
        clockOffset: Duration = .zero
    ) async throws -> Insight {
        var query = query
        query.createdSince = start
        query.createdBefore = end
        query.order = .created
        var insight = Insight(clockOffset: clockOffset)
        var cursor: SessionCursor?
        repeat {
            try Task.checkCancellation()
            let page = try await store.sessions(matching: query, after: cursor, limit: Self.pageSize)
            for session in page.sessions { insight.add(session) }
            cursor = page.next
        } while cursor != nil
        return insight
    }

    private static let pageSize = 500
}

extension Insight {
    /// What came of some sessions.
    public struct Counts: Sendable, Hashable {
        /// How many there were.
        public var sessions = 0
        /// How many of these are still open.
        public var open = 0
        /// How many ended as resolved and nobody of the team ever had them.
        public var resolvedByAI = 0
        /// How many somebody of the team has or had.
        public var handedOff = 0
        /// Why the AI stopped in those that it handed off, the last time it did; one may have several reasons.
        public var handoffReasons: [HandoffReason: Int] = [:]
        /// What set these handoffs off.
        public var handoffTriggers: [HandoffTrigger: Int] = [:]
        /// In how many the customer was asked for a rating.
        public var ratingsRequested = 0
        /// How many were rated with each score.
        public var ratings: [Int: Int] = [:]
        /// How long each customer waited for the first reply.
        public var firstReplies = WaitingTimes()

        /// Counts nothing yet.
        public init() {}

        /// The share of sessions that nobody of the team ever had; `nil` where there was none.
        public var deflection: Double? { sessions == 0 ? nil : 1 - Double(handedOff) / Double(sessions) }

        /// How many were rated.
        public var ratingCount: Int { ratings.values.reduce(0, +) }

        /// The mean of the ratings; `nil` where there is none.
        public var averageRating: Double? {
            let sum = ratings.reduce(0) { $0 + $1.key * $1.value }
            return ratingCount == 0 ? nil : Double(sum) / Double(ratingCount)
        }

        mutating func add(_ session: Session) {
            sessions += 1
            if session.status == .open { open += 1 }
            let hadPeople = session.handoff != nil || session.owner != .ai
            if hadPeople { handedOff += 1 }
            if !hadPeople, session.status == .closedResolved { resolvedByAI += 1 }
            if let handoff = session.handoff {
                handoffTriggers[handoff.trigger, default: 0] += 1
                for reason in handoff.reasons { handoffReasons[reason, default: 0] += 1 }
            }
            if session.ratingRequestedAt != nil { ratingsRequested += 1 }
            if let rating = session.rating { ratings[rating.score, default: 0] += 1 }
            if let reply = session.firstReplyAt {
                firstReplies.add(reply - (session.firstMessageAt ?? session.createdAt))
            }
        }
    }
}

/// How long people waited, each to the millisecond.
public struct WaitingTimes: Sendable, Hashable {
    private var milliseconds: [Int64] = []

    /// Holds nothing yet.
    public init() {}

    /// How many waited.
    public var count: Int { milliseconds.count }

    /// Adds one who waited; clocks that disagree make no less than zero of it.
    public mutating func add(_ time: Duration) {
        milliseconds.append(max(0, time.inMilliseconds))
    }

    /// How long this share of them waited at most, 0.5 for the median; `nil` where nobody waited.
    public func percentile(_ share: Double) -> Duration? {
        guard !milliseconds.isEmpty, share.isFinite else { return nil }
        let rank = Int((min(1, max(0, share)) * Double(milliseconds.count)).rounded(.up))
        return .milliseconds(milliseconds.sorted()[max(0, rank - 1)])
    }
}
