internal import OpenCXCore

/// What the insight page shows of the sessions that began in a period.
struct InsightFigures: Sendable {
    struct Day: Sendable {
        var start: Timestamp
        var sessions = 0
        var handoffs = 0
        fileprivate var replies: [Duration] = []

        var medianReply: Duration? { InsightFigures.median(replies) }
    }

    var days: [Day]
    var reasons: [(reason: HandoffReason, count: Int)] = []
    var channels: [(kind: ChannelKind, count: Int)] = []
    /// How often each score was given.
    var ratings: [Int: Int] = [:]

    var sessions: Int { days.reduce(0) { $0 + $1.sessions } }
    var handoffs: Int { days.reduce(0) { $0 + $1.handoffs } }
    /// The share of sessions that no person was needed for.
    var deflection: Double? { sessions == 0 ? nil : Double(sessions - handoffs) / Double(sessions) }
    var ratingCount: Int { ratings.values.reduce(0, +) }
    var averageRating: Double? {
        ratingCount == 0 ? nil : Double(ratings.reduce(0) { $0 + $1.key * $1.value }) / Double(ratingCount)
    }
    var medianReply: Duration? { Self.median(days.flatMap(\.replies)) }

    /// So many sessions are looked at.
    private static let limit = 20_000

    static func collect(from store: any TeamStore, days count: Int, until now: Timestamp) async throws -> InsightFigures
    {
        let day: Int64 = 86_400_000
        let first = now.milliseconds / day - Int64(count - 1)
        var figures = InsightFigures(
            days: (0..<Int64(count)).map { Day(start: Timestamp(milliseconds: (first + $0) * day)) })
        var reasons: [HandoffReason: Int] = [:]
        var channels: [ChannelKind: Int] = [:]
        var query = SessionQuery()
        query.createdAfter = Timestamp(milliseconds: first * day)
        var cursor: SessionCursor?
        var seen = 0
        repeat {
            let page = try await store.sessions(matching: query, after: cursor, limit: 200)
            for session in page.sessions {
                let index = Int(session.createdAt.milliseconds / day - first)
                guard figures.days.indices.contains(index) else { continue }
                figures.days[index].sessions += 1
                channels[session.channelKind, default: 0] += 1
                if let handoff = session.handoff {
                    figures.days[index].handoffs += 1
                    for reason in Set(handoff.reasons) { reasons[reason, default: 0] += 1 }
                }
                if let rating = session.rating { figures.ratings[rating.score, default: 0] += 1 }
                if let reply = session.firstReplyAt {
                    figures.days[index].replies.append(reply - (session.firstMessageAt ?? session.createdAt))
                }
            }
            seen += page.sessions.count
            cursor = page.next
        } while cursor != nil && seen < limit
        figures.reasons = reasons.map { ($0.key, $0.value) }.sorted {
            ($1.count, $0.reason.rawValue) < ($0.count, $1.reason.rawValue)
        }
        figures.channels = channels.map { ($0.key, $0.value) }.sorted {
            ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue)
        }
        return figures
    }

    private static func median(_ values: [Duration]) -> Duration? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}
