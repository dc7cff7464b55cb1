internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func handoffAnalytics(_ parts: RESTParts) -> [Endpoint] {
        let read = APIScope(.handoffAnalytics, .read)
        return [
            Endpoint(
                id: "handoffAnalytics", method: .get, path: "/handoff-analytics", group: "Handoff analytics",
                summary: "How often conversations are handed off, and why",
                details: """
                    Of the sessions that began in the period, by default the last 30 days; of more than 20,000 a shorter period \
                    has to be asked for (422). Each session counts once, with its last handoff.
                    """,
                scope: read,
                query: [
                    QueryParameter("start_date", Schema.time, "Sessions that began then or later."),
                    QueryParameter("end_date", Schema.time, "Sessions that began before."),
                ],
                success: [.init(status: 200, description: "The figures.", schema: HandoffFigures.schema)],
                failures: [422],
                perform: { try await figures($0, parts) }),
            Endpoint(
                id: "listHandoffs", method: .get, path: "/handoff-analytics/events", group: "Handoff analytics",
                summary: "List handoffs, of the sessions that changed last first",
                details: """
                    Each session's last handoff. A page may hold fewer than `limit` items and still have a `next`. `total` counts \
                    those on all pages; it is null where there are more than 20,000 sessions to look through.
                    """,
                scope: read,
                query: [
                    .cursor, .limit,
                    QueryParameter("reason", Schema.named("HandoffReason"), "Only handoffs for this reason."),
                ],
                success: [
                    .init(
                        status: 200, description: "A page.",
                        schema: Schema.countedPage(Schema.named("HandoffEvent")))
                ],
                perform: { try await events($0, parts) }),
            Endpoint(
                id: "getHandoffs", method: .get, path: "/handoff-analytics/events/{session_id}",
                group: "Handoff analytics", summary: "List every handoff of a session, oldest first", scope: read,
                success: [
                    .init(status: 200, description: "All of them.", schema: Schema.page(Schema.named("HandoffEvent")))
                ],
                perform: { try await eventsOfSession($0, parts) }),
        ]
    }

    /// No request reads more sessions than this.
    private static let sessionLimit = 20_000

    private static func figures(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let end = try call.time("end_date")
        let start = try call.time("start_date") ?? (end ?? parts.now) - .seconds(30 * 86_400)
        if let end, start >= end { throw APIFailure(422, "\"start_date\" must be before \"end_date\".") }
        var query = SessionQuery()
        (query.createdSince, query.createdBefore, query.order) = (start, end, .created)
        var figures = HandoffFigures()
        guard try await lookThrough(query, parts, { figures.add($0) }) else {
            throw APIFailure(422, "More than \(sessionLimit) sessions began in this period; ask for a shorter one.")
        }
        return Reply(body: figures.json)
    }

    private static func events(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let reason = call.string("reason").flatMap(HandoffReason.init)
        var cursor = try cursor(call)
        var items: [JSONValue] = []
        for _ in 0..<20 {
            let page = try await parts.store.sessions(matching: SessionQuery(), after: cursor, limit: call.limit)
            for session in page.sessions {
                guard let record = handoff(of: session, for: reason) else { continue }
                items.append(record.event(of: session.id))
            }
            cursor = page.next
            if cursor == nil || !items.isEmpty { break }
        }
        let total = try await total(of: reason, parts)
        return Reply(body: [
            "items": .array(items), "next": JSONValue(cursor?.description),
            "total": total.map { JSONValue($0) } ?? .null,
        ])
    }

    /// How many sessions were handed off; `nil` where there are too many to look through.
    private static func total(of reason: HandoffReason?, _ parts: RESTParts) async throws -> Int? {
        var count = 0
        // Sessions that change meanwhile keep their places.
        let isWhole = try await lookThrough(SessionQuery(order: .created), parts) { session in
            if handoff(of: session, for: reason) != nil { count += 1 }
        }
        return isWhole ? count : nil
    }

    /// The last handoff of a session, if it was for that reason.
    private static func handoff(of session: Session, for reason: HandoffReason?) -> HandoffRecord? {
        guard let record = session.handoff, reason.map(record.reasons.contains) ?? true else { return nil }
        return record
    }

    /// Looks at sessions page by page.
    ///
    /// - Returns: `false` where there are more than ``sessionLimit``.
    private static func lookThrough(
        _ query: SessionQuery, _ parts: RESTParts, _ look: (Session) -> Void
    ) async throws -> Bool {
        var looked = 0
        var cursor: SessionCursor?
        repeat {
            let page = try await parts.store.sessions(matching: query, after: cursor, limit: 500)
            page.sessions.forEach(look)
            looked += page.sessions.count
            cursor = page.next
            if looked >= sessionLimit, cursor != nil { return false }
        } while cursor != nil
        return true
    }

    private static func eventsOfSession(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let session = try await session(call, parts, "session_id")
        var items: [JSONValue] = []
        var last = 0
        while case let page = try await parts.store.history(session.id, after: last, limit: 500), let end = page.last {
            for entry in page {
                if case .handoff(let record) = entry.event { items.append(record.event(of: session.id)) }
            }
            last = end.sequence
        }
        return Reply(body: ["items": .array(items), "next": .null])
    }
}

/// Handoffs of a period, counted.
struct HandoffFigures {
    private(set) var sessions = 0
    private var handoffs = 0
    private var reasons: [HandoffReason: Int] = [:]
    private var combinations: [[HandoffReason]: Int] = [:]
    private var sentiments: [String: Int] = [:]
    private var topics: [String: Int] = [:]
    private var days: [String: Int] = [:]

    static let schema = Schema.object([
        "total_sessions": Schema.integer(), "total_handoffs": Schema.integer(),
        "reasons": Schema.list(
            Schema.object([
                "reason": Schema.named("HandoffReason"), "count": Schema.integer(), "percentage": Schema.number,
            ])),
        "reason_combinations": Schema.list(
            Schema.object([
                "reasons": Schema.list(Schema.named("HandoffReason")), "count": Schema.integer(),
            ])),
        "sentiments": Schema.list(
            Schema.object(["sentiment": Schema.named("Sentiment"), "count": Schema.integer()])),
        "trends": Schema.list(
            Schema.object(["date": ["type": "string", "format": "date"], "count": Schema.integer()])),
        "prohibited_topic_references": Schema.list(
            Schema.object(["topic": Schema.text(), "count": Schema.integer()])),
    ])

    mutating func add(_ session: Session) {
        sessions += 1
        guard let record = session.handoff else { return }
        handoffs += 1
        let distinct = Set(record.reasons).sorted { $0.rawValue < $1.rawValue }
        for reason in distinct { reasons[reason, default: 0] += 1 }
        if distinct.count > 1 { combinations[distinct, default: 0] += 1 }
        sentiments[record.sentiment.rawValue, default: 0] += 1
        days[String(record.at.description.prefix(10)), default: 0] += 1
        if record.trigger == .prohibitedTopic, let topic = record.topic { topics[topic, default: 0] += 1 }
    }

    var json: JSONValue {
        let all = Double(max(1, handoffs))
        return [
            "total_sessions": JSONValue(sessions), "total_handoffs": JSONValue(handoffs),
            "reasons": .array(
                reasons.sorted { (-$0.value, $0.key.rawValue) < (-$1.value, $1.key.rawValue) }.map {
                    [
                        "reason": .string($0.key.rawValue), "count": JSONValue($0.value),
                        "percentage": .number((Double($0.value) / all * 1000).rounded() / 10),
                    ]
                }),
            "reason_combinations": .array(
                combinations.sorted { (-$0.value, "\($0.key)") < (-$1.value, "\($1.key)") }.map {
                    ["reasons": JSONValue($0.key.map(\.rawValue)), "count": JSONValue($0.value)]
                }),
            "sentiments": Self.list(sentiments, "sentiment"), "trends": Self.list(days, "date"),
            "prohibited_topic_references": Self.list(topics, "topic"),
        ]
    }

    private static func list(_ counts: [String: Int], _ name: String) -> JSONValue {
        .array(
            counts.sorted { $0.key < $1.key }.map { .object([name: .string($0.key), "count": JSONValue($0.value)]) })
    }
}
