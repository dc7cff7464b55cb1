public import OpenCXCore

/// A turn of ordinary size, for measuring what a store needs for it: a question of two sentences, an answer with citations,
/// and a full trace with five ranked passages.
public struct SampleTurn: Sendable {
    /// Tells this turn from others; small differences in wording and scores follow from it.
    public var number: Int

    /// Makes the turn with this number.
    public init(_ number: Int) {
        self.number = number
    }

    /// The customer's message.
    public func intake(session: SessionID, thread: ThreadID, at time: Timestamp) -> Intake {
        Intake(
            message: Message(id: MessageID(id("msg")), author: .customer, text: question, at: time),
            dedupe: .providerID(id("SM")), channel: "web", channelKind: .web, thread: thread,
            sender: ContactHandle(customID: "device-\(thread)", name: "Ann Example", isVerified: false),
            subject: nil, language: "en", session: session, placeholders: PlaceholderCounts(highest: ["EMAIL": 1]),
            newContact: ContactID(id("cnt")), turnDueAt: time)
    }

    /// What the turn decided.
    public func commit(_ claim: TurnClaim, at time: Timestamp) -> TurnCommit {
        let passages = ranked
        return TurnCommit(
            session: claim.session.id, lease: claim.lease, customerSequence: claim.session.lastCustomerSequence,
            reply: Message(
                id: MessageID(id("rpl")), author: .ai, text: answer,
                citations: passages.prefix(2).map { Citation($0.passage) },
                at: time),
            language: "en", placeholders: claim.session.placeholders,
            trace: Trace(
                id: TraceID(id("trc")), session: claim.session.id, customerSequence: claim.session.lastCustomerSequence,
                startedAt: time, steps: steps(passages)),
            at: time)
    }

    private func steps(_ passages: [RankedPassage]) -> [TraceStep] {
        let events: [TraceStep.Event] = [
            .question(question, language: "en"),
            .autopilot(AutopilotDecision(verdict: .ai, matched: TopicMatch(topic: "Returns", score: share(3)))),
            .signals([HandoffSignal(trigger: .frustration, strength: share(5), evidence: "exclamation marks")]),
            .scenarios(behavioral: ["Tone", "Greeting"], matched: [ScenarioMatch(name: "Refund", score: share(7))]),
            .retrieved(passages.map(RankedEntry.init), unknownShare: share(11)),
            .actionsConsidered([ActionMatch(name: "order_status", score: share(13))]),
            .drafted(
                .answer(
                    Answer(
                        text: answer, sources: passages.prefix(2).map(\.passage.id), confidence: share(17),
                        basis: .knowledge))),
            .judged(Judgement(confidence: share(17), threshold: 0.5)),
            .decided(.reply),
        ]
        return events.enumerated().map { TraceStep(offset: Int64($0.offset * 2), event: $0.element) }
    }

    private var ranked: [RankedPassage] {
        let titles: [RedactedText] = [
            "Returns and refunds", "How long a refund takes", "Exchanging an item", "Damaged or missing items",
            "Shipping costs and delivery times",
        ]
        return titles.enumerated().map { place, title in
            let article = ArticleID(source: "help-center", key: "orders/article-\(number % 400 + place * 37)")
            return RankedPassage(
                passage: Passage(
                    article: article, ordinal: (number + place) % 5, title: title, headings: [], markdown: answer,
                    locale: "en", url: "https://help.example.com/\(article)", audience: .everyone),
                score: 20 * share(19 + place), coverage: share(23 + place))
        }
    }

    private var question: RedactedText {
        let questions: [RedactedText] = [
            "I ordered a pair of shoes two weeks ago and they do not fit. Can I send them back and get my money?",
            "My refund has still not arrived on my card. You can reach me at [EMAIL_1] if you need anything.",
            "The parcel came with one item missing, and nobody answers the telephone. What shall I do now?",
        ]
        return questions[number % questions.count]
    }

    private var answer: RedactedText {
        let openings: [RedactedText] = ["Of course.", "Thank you for telling us.", "Sorry for the trouble."]
        return openings[number % openings.count]
            + """
             You can return items within **30 days** of delivery, unused and in their original packaging.

            1. Open *My orders* and choose the item.
            2. Print the label and bring the parcel to any post office.

            The refund goes to the card you paid with and takes up to five working days after we receive the parcel.
            """
    }

    /// A number between 0 and 1 that looks like a score.
    private func share(_ salt: Int) -> Double {
        Double((number &* 7919 &+ salt &* 104_729) % 99_991) / 99_991
    }

    /// An id of the length that production makes.
    private func id(_ prefix: String) -> String {
        "\(prefix)-\(StableHash.hex(prefix, "\(number)"))"
    }
}
