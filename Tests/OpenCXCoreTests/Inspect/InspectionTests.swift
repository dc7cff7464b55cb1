import OpenCXCore
import OpenCXSearch
import OpenCXTesting
import Testing

@Suite struct InspectionTests {
    private static func article(
        _ key: String, _ text: RedactedText, locale: LanguageTag = "en", audience: Audience = .everyone
    ) -> Article {
        Article(
            id: ArticleID(source: "docs", key: key), source: "docs", title: "Gift wrapping", markdown: text,
            locale: locale,
            audience: audience, revision: "1")
    }

    private static let gifts = [
        article("public", "Gift wrapping is 3 euros for each parcel."),
        article("draft", "Gift wrapping will be 4 euros for each parcel.", audience: .draft),
        article("trade", "Gift wrapping is 2 euros for each parcel.", audience: .segments(["trade"])),
        article("german", "Gift wrapping kostet 3 Euro je Parcel.", locale: "de"),
    ]

    private func inspect(
        _ desk: Desk, _ accepted: AcceptedMessage, turn: Int = 1, _ parts: Replayer.Parts,
        prices: ModelPrices = ModelPrices()
    ) async throws -> TurnInspection {
        let recorded = try #require(try await RecordedSession(accepted.session, from: desk.store))
        return try #require(try await Inspector(parts, prices: prices).inspect(turn: turn, of: recorded))
    }

    @Test func `what is kept from a customer is told, and why`() async throws {
        let index = SearchIndex()
        await index.apply(KnowledgeChanges(upserted: Self.gifts))
        let desk = Desk(index: index)
        let accepted = try await desk.customer("How much is gift wrapping for a parcel?")
        let inspection = try await inspect(desk, accepted, Replayer.Parts(knowledge: index))
        let reasons = Dictionary(
            uniqueKeysWithValues: inspection.excluded.map { ($0.entry.article.rawValue, $0.reason) })
        // The German article knows too little of the question to be found at all.
        #expect(reasons == ["docs/draft": .draft, "docs/trade": .segment])
        #expect(
            inspection.trace.steps.contains { step in
                if case .retrieved(let entries, _) = step.event {
                    entries.map(\.article) == ["docs/public"]
                } else {
                    false
                }
            })
    }

    @Test(arguments: [
        (Audience.draft, "Gift wrapping is 3 euros for each parcel.", ExcludedPassage.Reason.restrictedMeanwhile),
        (.everyone, "Gift wrapping is 5 euros for each parcel.", .rewrittenMeanwhile),
    ])
    func `what the store did not let through is recorded with the turn`(
        audience: Audience, text: String, reason: ExcludedPassage.Reason
    ) async throws {
        let desk = Desk(index: ListIndex([Self.gifts[0]]))
        var article = Self.gifts[0]
        article.audience = audience
        article.markdown = text.contains("5") ? "Gift wrapping is 5 euros for each parcel." : article.markdown
        article.revision = "2"
        _ = try await desk.store.update(KnowledgeChanges(upserted: [article]))
        let accepted = try await desk.customer("How much is gift wrapping for a parcel?")
        let traces = try await desk.store.traces(accepted.session)
        let excluded = traces.flatMap { TurnInspection($0, number: 1).excluded }
        #expect(excluded.map(\.reason) == [reason])
        #expect(excluded.map(\.entry.article) == ["docs/public"])
    }

    @Test func `actions that are not for this customer are told`() async throws {
        func action(_ name: String, channels: Set<ChannelKind> = [], segments: [String] = []) -> ActionDefinition {
            var action = ActionDefinition(
                name: name, summary: "Look up an order", examples: ["Where is my order?"], parameters: [],
                effect: .lookup)
            action.channels = channels
            action.segments = Set(segments)
            return action
        }
        let actions = ScriptedActions([
            action("here"), action("by_phone", channels: [.phone]), action("vip_only", segments: ["vip"]),
        ]) { _ in ActionResult(fields: ["status": UnredactedText("on its way")]) }
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer("Where is my order?")
        let json = try await inspect(desk, accepted, Replayer.Parts(knowledge: ListIndex())).json
        #expect(
            json["actions"]?["left_out"] == [
                ["name": "by_phone", "reason": "channel"], ["name": "vip_only", "reason": "segment"],
            ])
        #expect(json["actions"]?["considered"]?[0]?["name"] == "here")
        #expect(json["actions"]?["called"]?[0]?["outcome"] == "succeeded")
    }

    @Test func `prompts are put together again, word for word, as long as nothing has changed`() async throws {
        var reply = ModelAnswererTests.reply(
            "You can return any item within 60 days.", citations: ["P1"], model: "m-2026")
        reply.usage = ModelUsage(promptTokens: 1200, replyTokens: 100, cachedTokens: 200)
        let model = ScriptedModel(replies: [ModelAnswererTests.reply("Hello!", kind: "small_talk"), reply])
        let articles = [
            Article(
                id: "shop/return", source: "shop", title: "Return an item",
                markdown: "You can return any item within 60 days.", revision: "1")
        ]
        let index = ListIndex(articles)
        let desk = Desk(answerer: ModelAnswerer(model, profile: AIProfile(name: "Fern")), index: index)
        _ = try await desk.store.update(KnowledgeChanges(upserted: articles))
        try await desk.customer("Hello")
        let accepted = try await desk.customer("How do I return an item? I am jo@example.com")
        func parts(_ name: RedactedText) -> Replayer.Parts {
            Replayer.Parts(
                knowledge: index, articles: { [store = desk.store] in try await store.articles($0) },
                modelName: "scripted", answerer: { ModelAnswerer($0, profile: AIProfile(name: name)) })
        }
        let prices = ModelPrices([
            "m": ModelPrice(prompt: 99, reply: 99), "m-2": ModelPrice(prompt: 2, cached: 0.5, reply: 10),
        ])
        let same = try await inspect(desk, accepted, turn: 2, parts("Fern"), prices: prices)
        #expect(same.prompts.map(\.isAsSent) == [true])
        #expect(same.prompts.map(\.prompt) == [model.prompts[1]])
        #expect(same.prompts[0].prompt.transcript.text.contains("within 60 days"))
        #expect(!same.prompts[0].prompt.transcript.text.contains("jo@example.com"))
        let cost = try #require(same.cost)
        #expect(abs(cost - (1000 * 2 + 200 * 0.5 + 100 * 10) / 1_000_000) < 1e-12)
        let other = try await inspect(desk, accepted, turn: 2, parts("Moss"))
        #expect(other.prompts.map(\.isAsSent) == [false])
        #expect(other.cost == nil)
        _ = try await desk.store.update(KnowledgeChanges(removed: ["shop/return"]))
        let gone = try await inspect(desk, accepted, turn: 2, parts("Fern"))
        #expect(gone.prompts.map(\.isAsSent) == [false])
        #expect(model.prompts.count == 2)
    }

    @Test func `the JSON has the keys that are documented, for every kind of turn`() async throws {
        let desk = Desk(index: TurnTests.shop, actions: ActionTests.actions())
        let lines = ["How do I return an item?", "Where is my order FH-10423?", "I want to talk to a human"]
        let always: Set = [
            "turn", "trace", "session", "customer_sequence", "started_at", "stages", "excluded", "prompts", "cost",
            "passages", "proposals", "models", "actions", "question", "language", "autopilot", "signals", "decision",
        ]
        for (place, line) in lines.enumerated() {
            let accepted = try await desk.customer(line, from: ActionTests.jane)
            let inspection = try await inspect(
                desk, accepted, turn: place + 1, Replayer.Parts(knowledge: TurnTests.shop))
            guard case .object(let members) = inspection.json else { throw NoObject() }
            #expect(always.isSubset(of: members.keys))
            let besides = Set(members.keys).subtracting(always)
            #expect(
                besides.isSubset(of: ["scenarios", "unknown_share", "judgement", "failures", "withheld", "overtaken"]))
            #expect(inspection.stages.map(\.name).first == "classify")
        }
    }

    struct NoObject: Error {}

    @Test func `the time of each stage is what passed until it brought something`() {
        let steps: [(Int64, TraceStep.Event)] = [
            (0, .question("Hi", language: "en")), (5, .autopilot(AutopilotDecision(verdict: .ai, matched: nil))),
            (5, .signals([])), (5, .scenarios(behavioral: [], matched: [])), (12, .retrieved([], unknownShare: 0)),
            (112, .drafted(.askBack("Which?"))), (112, .decided(.askBack)),
        ]
        let trace = Trace(
            id: "t", session: "s", customerSequence: 1, startedAt: .epoch,
            steps: steps.map { TraceStep(offset: $0.0, event: $0.1) })
        let stages = TurnInspection(trace, number: 1).stages
        #expect(stages.map(\.name) == ["classify", "search", "draft"])
        #expect(stages.map(\.milliseconds) == [5, 7, 100])
    }
}

extension JSONValue {
    fileprivate subscript(place: Int) -> JSONValue? {
        if case .array(let items) = self, items.indices.contains(place) { items[place] } else { nil }
    }
}
