import OpenCXCore
import OpenCXTesting
import Testing

/// What came of sessions, added up.
struct InsightTests {
    /// The first moment of a day in UTC.
    private static let monday = Timestamp(milliseconds: 1_795_996_800_000)
    private static let hour = Duration.seconds(3600)

    private func session(
        _ number: Int, at time: Timestamp, _ fill: (inout Session) -> Void = { _ in }
    ) -> Session {
        var session = Session(
            id: SessionID("s\(number)"), ticket: TicketNumber(rawValue: 1000 + number), channel: "web",
            channelKind: .web,
            thread: "t", contact: "c", createdAt: time, lastCustomerSequence: 1)
        session.firstMessageAt = time
        fill(&session)
        return session
    }

    private func handoff(_ trigger: HandoffTrigger, _ reasons: [HandoffReason]? = nil) -> HandoffRecord {
        HandoffRecord(
            trigger: trigger, reasons: reasons, explanation: "", summary: "", sentiment: .neutral, at: Self.monday)
    }

    private var sample: [Session] {
        [
            session(1, at: Self.monday) { $0.status = .closedResolved },
            session(2, at: Self.monday + Self.hour) {
                $0.handoff = handoff(.explicitRequest)
                $0.owner = .person("Ana")
                $0.status = .closedResolved
                $0.rating = CustomerRating(score: 5, at: Self.monday)
                $0.ratingRequestedAt = Self.monday
                $0.firstReplyAt = Self.monday + Self.hour + .milliseconds(400)
            },
            session(3, at: Self.monday + Self.hour * 24) {
                $0.handoff = handoff(.lowConfidence, [.insufficientKnowledge, .instructionsNotClear])
                $0.owner = .team
                $0.rating = CustomerRating(score: 2, at: Self.monday)
                $0.firstReplyAt = Self.monday + Self.hour * 24 + .milliseconds(100)
            },
            // A person took over without the AI having stopped.
            session(4, at: Self.monday + Self.hour * 47) { $0.owner = .person("Ana") },
            session(5, at: Self.monday + Self.hour * 48) {
                $0.status = .closedUnresolved
                $0.ratingRequestedAt = Self.monday
                $0.rating = CustomerRating(score: 5, at: Self.monday)
                // Clocks may disagree.
                $0.firstReplyAt = Self.monday
            },
            session(6, at: Self.monday) {
                $0.lastCustomerSequence = 0
                $0.firstMessageAt = nil
            },
        ]
    }

    @Test func `sessions are counted by day and in all, in whichever order they come`() {
        let ordered = sample.reduce(into: Insight()) { $0.add($1) }
        let reversed = sample.reversed().reduce(into: Insight()) { $0.add($1) }
        for insight in [ordered, reversed] {
            #expect(insight.days.map(\.start) == (0..<3).map { Self.monday + Self.hour * 24 * $0 })
            #expect(insight.days.map(\.counts.sessions) == [2, 2, 1])
            let total = insight.total
            #expect(total.sessions == 5 && total.open == 2 && total.handedOff == 3 && total.resolvedByAI == 1)
            #expect(total.deflection == 1 - 3.0 / 5)
            #expect(
                total.handoffReasons == [
                    .userRequestedHumanAssistance: 1, .insufficientKnowledge: 1, .instructionsNotClear: 1,
                ])
            #expect(total.handoffTriggers == [.explicitRequest: 1, .lowConfidence: 1])
            #expect(total.ratings == [5: 2, 2: 1] && total.averageRating == 4 && total.ratingsRequested == 2)
            #expect(total.firstReplies.count == 3)
            #expect(total.firstReplies.percentile(0.5) == .milliseconds(100))
            #expect(total.firstReplies.percentile(0.99) == .milliseconds(400))
            #expect(total.firstReplies.percentile(0) == .zero)
        }
    }

    @Test(arguments: [(0, [2, 2, 1]), (1, [2, 1, 2]), (-1, [1, 2, 2]), (12, [2, 1, 2])])
    func `a day begins where the team is`(hours: Int, sessions: [Int]) {
        let insight = sample.reduce(into: Insight(clockOffset: Self.hour * hours)) { $0.add($1) }
        #expect(insight.days.map(\.counts.sessions) == sessions)
        #expect(insight.days.map(\.start) == insight.days.map(\.start).sorted())
    }

    @Test func `nothing has no average`() {
        let counts = Insight().total
        #expect(counts.deflection == nil && counts.averageRating == nil)
        #expect(counts.firstReplies.percentile(0.5) == nil)
    }

    @Test func `a period is read from a store, page by page`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."))
        let start = desk.clock.now()
        for number in 0..<3 {
            try await desk.customer("Do you ship to Norway?", thread: ThreadID("t\(number)"))
            desk.clock.advance(by: Self.hour)
        }
        let handedOff = try await desk.customer("I want to speak to a human", thread: "h")
        let insight = try await Insight.of(desk.store, from: start, to: desk.clock.now())
        #expect(insight.total.sessions == 4 && insight.total.handedOff == 1)
        #expect(insight.total.firstReplies.count == 4)
        let first = try await Insight.of(desk.store, from: start, to: start + Self.hour)
        #expect(first.total.sessions == 1)
        let team = try await Insight.of(
            desk.store, from: start, to: desk.clock.now(), matching: SessionQuery(isHandedOff: true))
        #expect(team.total.sessions == 1 && team.total.handoffTriggers == [.explicitRequest: 1])
        #expect(try await desk.session(handedOff).firstReplyAt != nil)
    }
}
