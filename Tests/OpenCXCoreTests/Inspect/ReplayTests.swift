import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct ReplayTests {
    /// Conversations with something of every kind: answers, questions back, lookups, changes with a yes and a no, handoffs, several
    /// messages at once, another language.
    private static let conversations: [[String]] = [
        ["How do I return an item?", "thanks!"],
        ["Hello", "How long is delivery in Germany?", "And to Switzerland?"],
        ["Where is my order?", "FH-10423"],
        ["Please cancel my order FH-10423", "yes please", "How do I return an item?"],
        ["Please cancel my order FH-10423", "no", "Cancel my order FH-20000", "yes"],
        ["Do you sell submarines in Antarctica?"],
        ["I want to talk to a human", "Hello?"],
        ["This is ridiculous, useless and unacceptable!!"],
        ["Bitte meine Bestellung stornieren, danke", "Das ist die FH-10423", "ja"],
        ["What about my divorce lawsuit against you"],
        ["I cannot log in"],
        ["hm", "what", "?"],
        ["My mail is jo@example.com. How do I return an item?"],
    ]

    private static let settings = AgentSettings(
        autopilot: Autopilot(
            topics: .never([Topic(name: "Login", examples: ["I cannot log in", "password does not work"])]),
            prohibitedTopics: [Topic(name: "Legal action", examples: ["lawsuit against you"])]),
        scenarios: [
            TrainingScenario(
                name: "Gifts", kind: .specific(questions: ["Do you wrap gifts?"]),
                content: "We wrap every gift for free.")
        ])

    /// Holds the conversations on a desk, with one message after the other.
    private func hold(on desk: Desk, _ conversations: [[String]] = conversations) async throws {
        for (place, lines) in conversations.enumerated() {
            for line in lines {
                try await desk.customer(line, thread: ThreadID("t\(place)"), from: ActionTests.jane)
            }
        }
    }

    private func report(
        of desk: Desk, _ parts: Replayer.Parts, since: Timestamp = .epoch
    ) async throws -> ReplayReport {
        let replayer = Replayer(parts)
        var report = ReplayReport()
        for session in try await desk.store.sessions(.all, limit: .max).sorted(by: { $0.ticket < $1.ticket }) {
            let recorded = try #require(try await RecordedSession(session.id, from: desk.store))
            report.sessions.append(try await replayer.replay(recorded, since: since))
        }
        return report
    }

    private static func parts(_ settings: AgentSettings = settings) -> Replayer.Parts {
        Replayer.Parts(
            settings: settings, knowledge: TurnTests.shop, actions: [ActionTests.status, ActionTests.cancel])
    }

    @Test func `what was recorded comes out the same with the same parts, and nothing is called`() async throws {
        let actions = ActionTests.actions()
        let desk = Desk(index: TurnTests.shop, actions: actions, settings: Self.settings)
        try await hold(on: desk)
        let calls = actions.calls.count
        #expect(calls >= 4)
        let report = try await report(of: desk, Self.parts())
        #expect(report.turnCount >= 20)
        for session in report.sessions {
            #expect(session.unfinished == 0 && session.tooOld == 0)
            for turn in session.turns { #expect(turn.changes.isEmpty && turn.stop == nil, "\(turn)") }
        }
        #expect(actions.calls.count == calls)
        #expect(report.json["sessions"] == [])
    }

    @Test func `two messages at once, and one in mid-turn, come out the same`() async throws {
        for kind in [ChannelKind.web, .email] {
            let desk = Desk(index: TurnTests.shop, settings: Self.settings, kind: kind)
            for (id, text) in [("a", "How do I return an item?"), ("b", "How long is delivery in Germany?")] {
                _ = try await desk.agent.receive(desk.channel.message(text, providerID: id))
            }
            try await desk.agent.runUntilIdle()
            let report = try await report(of: desk, Self.parts())
            #expect(report.turnCount == (kind == .email ? 2 : 1))
            #expect(report.changedCount == 0, "\(report)")
        }
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var line: String
        var change: @Sendable (inout Replayer.Parts) -> Void
        var aspects: [ReplayChange.Aspect: [[String]]]
    }

    @Test(arguments: [
        Change(
            testDescription: "a topic that the AI must leave to the team", line: "How do I return an item?",
            change: { $0.settings.autopilot.topics = .never([Topic(name: "Returns", examples: ["return an item"])]) },
            aspects: [
                .topicGate: [["ai"], ["topic", "Returns"]], .decision: [["reply"], ["handoff"]],
                .handoff: [[], ["topic"]], .judgement: [["accepted"], []],
                .answer: [
                    [
                        "You can return any item within 60 days.\n\n1. Open your orders.\n2. Choose **Return**.\n3. Print the label."
                    ], [Wording.english.handoffOther.text],
                ],
            ]),
        Change(
            testDescription: "a topic that the AI may answer by now", line: "I cannot log in",
            change: { $0.settings.autopilot.topics = .all },
            aspects: [
                .topicGate: [["topic", "Login"], ["ai"]], .handoff: [["topic"], ["low_confidence"]],
                .answer: [[Wording.english.handoffOther.text], [Wording.english.handoffUnknown.text]],
            ]),
        Change(
            testDescription: "a scenario", line: "Do you wrap gifts?",
            change: { $0.settings.scenarios = [] },
            aspects: [
                .scenarios: [["Gifts"], []], .judgement: [["accepted"], []], .decision: [["reply"], ["handoff"]],
                .handoff: [[], ["low_confidence"]],
                .answer: [["We wrap every gift for free."], [Wording.english.handoffUnknown.text]],
            ]),
        Change(
            testDescription: "an article that is not there", line: "How do I return an item?",
            change: { $0.knowledge = ListIndex(["Delivery times": "Delivery takes 2 to 4 working days in Germany."]) },
            aspects: [
                .passages: [["test/Return an item#0"], []], .judgement: [["accepted"], []],
                .decision: [["reply"], ["handoff"]], .handoff: [[], ["low_confidence"]],
                .answer: [
                    [
                        "You can return any item within 60 days.\n\n1. Open your orders.\n2. Choose **Return**.\n3. Print the label."
                    ], [Wording.english.handoffUnknown.text],
                ],
            ]),
        Change(
            testDescription: "handoffs for frustration switched off",
            line: "This is ridiculous, useless and unacceptable!! How do I return an item?",
            change: { $0.settings.handoff = HandoffPolicy(.advanced(HandoffToggles(onFrustration: false))) },
            aspects: [
                .judgement: [[], ["accepted"]], .decision: [["handoff"], ["reply"]], .handoff: [["frustration"], []],
            ]),
    ])
    func `a change of the configuration is told`(_ change: Change) async throws {
        let desk = Desk(index: TurnTests.shop, settings: Self.settings)
        try await desk.customer(change.line)
        var parts = Self.parts()
        parts.actions = []
        change.change(&parts)
        let turn = try #require(try await report(of: desk, parts).sessions.first?.turns.first)
        let told = Dictionary(uniqueKeysWithValues: turn.changes.map { ($0.aspect, [$0.before, $0.after]) })
        for (aspect, expected) in change.aspects { #expect(told[aspect] == expected) }
        let followed: Set<ReplayChange.Aspect> = [.answer, .summary]
        #expect(Set(told.keys).subtracting(followed) == Set(change.aspects.keys).subtracting(followed))
    }

    @Test func `twice gives the same bytes, and nothing in the store has changed`() async throws {
        let desk = Desk(index: TurnTests.shop, actions: ActionTests.actions(), settings: Self.settings)
        try await hold(on: desk)
        func everything() async throws -> String {
            var text = ""
            for session in try await desk.store.sessions(.all, limit: .max) {
                text += "\(try #require(try await RecordedSession(session.id, from: desk.store)))"
            }
            return text
        }
        let before = try await everything()
        var parts = Self.parts(AgentSettings(handoff: HandoffPolicy(confidenceThreshold: 0.99)))
        parts.knowledge = ListIndex(["Delivery": "Delivery takes 9 days in Germany."])
        let first = try await report(of: desk, parts)
        let second = try await report(of: desk, parts)
        #expect(first.changedCount >= 5)
        #expect(first.json.serialized() == second.json.serialized())
        #expect(try await everything() == before)
    }

    @Test func `an action that was called otherwise then is named, and not called`() async throws {
        let actions = ActionTests.actions()
        let desk = Desk(index: TurnTests.shop, actions: actions)
        try await desk.customer("Where is my order FH-10423?", from: ActionTests.jane)
        let other = ActionDefinition(
            name: "parcel_status", summary: "Look up where a parcel is",
            examples: ["Where is my order?", "Where is my parcel?"],
            parameters: [ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))],
            effect: .lookup)
        var parts = Self.parts(AgentSettings())
        parts.actions = [other]
        let report = try await report(of: desk, parts)
        #expect(report.sessions.first?.turns.first?.stop == .wouldCall("parcel_status"))
        #expect(report.json["would_call"] == 1)
        #expect(actions.calls.map(\.name) == ["order_status"])
    }

    // MARK: Language models

    private static func parts(
        model: String, profile: AIProfile = AIProfile(name: "Fern"), actions: [ActionDefinition] = []
    ) -> Replayer.Parts {
        Replayer.Parts(
            knowledge: TurnTests.shop, actions: actions, modelName: model,
            answerer: { ModelAnswerer($0, profile: profile, fallback: EmbeddedAnswerer()) })
    }

    @Test func `a model's recorded answer counts where the prompt is the same, whatever the redactor did to it`()
        async throws
    {
        let model = ScriptedModel(replies: [
            ModelAnswererTests.reply("not JSON after all"),
            ModelAnswererTests.reply(
                "You can return any item within 60 days. Write to\nhelp@example.org or +49 151 23456789.",
                citations: ["P1"]),
            ModelAnswererTests.call("order_status", #"{"number": "FH-10423"}"#),
            ModelAnswererTests.reply("Order FH-10423 is on its way."),
        ])
        let desk = Desk(
            answerer: ModelAnswerer(model, profile: AIProfile(name: "Fern")), index: TurnTests.shop,
            actions: ActionTests.actions())
        for line in ["Hello", "How do I return an item?", "Where is my order FH-10423?"] {
            try await desk.customer(line, from: ActionTests.jane)
        }
        #expect(model.prompts.count == 4)
        let report = try await report(
            of: desk, Self.parts(model: "scripted", actions: [ActionTests.status, ActionTests.cancel]))
        #expect(report.turnCount == 3)
        for turn in report.sessions.flatMap(\.turns) { #expect(turn.changes.isEmpty && turn.stop == nil, "\(turn)") }
        // What the model said stands in the trace, redacted word by word.
        let traces = try await desk.store.traces(try #require(report.sessions.first?.session))
        let kept = "\(traces)"
        #expect(!kept.contains("help@example.org") && !kept.contains("23456789"))
        #expect(traces.flatMap(\.modelUses).allSatisfy { $0.record != nil })
    }

    @Test func `a model that classifies is replayed like one that answers`() async throws {
        let topics = [Topic(name: "Returns", summary: "sending goods back")]
        let settings = AgentSettings(autopilot: Autopilot(topics: .never(topics)))
        let model = ScriptedModel(replies: [
            ModelReply(
                text: UnredactedText(
                    #"{"topic": "T1", "topic_score": 0.9, "prohibited": "none", "prohibited_score": 0, "human": 0, "#
                        + #""frustration": 0, "stuck": 0, "sentiment": "neutral"}"#), model: "m")
        ])
        let desk = Desk(index: TurnTests.shop, settings: settings, classifier: ModelClassifier(model))
        // The embedded classifier would find no topic in it, and answer.
        try await desk.customer("How long is delivery in Germany?")
        func parts(_ settings: AgentSettings) -> Replayer.Parts {
            Replayer.Parts(
                settings: settings, knowledge: TurnTests.shop, modelName: "scripted",
                classifier: { ModelClassifier($0) })
        }
        let same = try #require(try await report(of: desk, parts(settings)).sessions.first?.turns.first)
        #expect(same.changes.isEmpty && same.stop == nil, "\(same)")
        let other = AgentSettings(autopilot: Autopilot(topics: .never(topics + [Topic(name: "Login")])))
        let turn = try #require(try await report(of: desk, parts(other)).sessions.first?.turns.first)
        #expect(turn.stop == .wouldAskModel("scripted"))
        #expect(model.prompts.count == 1)
    }

    @Test func `a model's recorded summary counts where the prompt is the same, and only there`() async throws {
        let summary = "The customer wants a person, reachable at jo@example.com."
        let model = ScriptedModel(replies: [
            ModelReply(text: UnredactedText(#"{"summary": "\#(summary)", "sentiment": "neutral"}"#), model: "m")
        ])
        let desk = Desk(index: TurnTests.shop, summarizer: ModelSummarizer(model))
        try await desk.customer("I want to talk to a human")
        func turn(language: LanguageTag?) async throws -> ReplayedTurn {
            let parts = Replayer.Parts(
                knowledge: TurnTests.shop, modelName: "scripted",
                summarizer: { model -> any HandoffSummarizer in
                    guard let language else { return ExtractiveSummarizer() }
                    return ModelSummarizer(model, language: language)
                })
            return try #require(try await report(of: desk, parts).sessions.first?.turns.first)
        }
        let same = try await turn(language: "en")
        #expect(same.changes.isEmpty && same.stop == nil, "\(same)")
        // All but the summary is known then, and the same.
        let other = try await turn(language: "de")
        #expect(other.changes.isEmpty && other.stop == .wouldAskModel("scripted"), "\(other)")
        let extracted = try await turn(language: nil)
        #expect(extracted.changes.map(\.aspect) == [.summary] && extracted.stop == nil, "\(extracted)")
        #expect(extracted.changes.first?.before == ["The customer wants a person, reachable at [EMAIL_1]."])
        #expect(model.prompts.count == 1)
    }

    @Test func `a summary that a model failed to write is extracted again`() async throws {
        let model = ScriptedModel { _ in throw ModelError(.unavailable, "503") }
        let desk = Desk(index: TurnTests.shop, summarizer: ModelSummarizer(model))
        try await desk.customer("I want to talk to a human")
        let parts = Replayer.Parts(
            knowledge: TurnTests.shop, modelName: "scripted", summarizer: { ModelSummarizer($0) })
        let turn = try #require(try await report(of: desk, parts).sessions.first?.turns.first)
        #expect(turn.changes.isEmpty && turn.stop == nil, "\(turn)")
    }

    @Test func `a model that would be asked something else is not asked`() async throws {
        let reply = ModelAnswererTests.reply("You can return any item within 60 days.", citations: ["P1"])
        let model = ScriptedModel(replies: [reply])
        let desk = ModelAnswererTests.desk(model)
        try await desk.customer("How do I return an item?")
        for (name, profile) in [("scripted", AIProfile(name: "Moss")), ("other", AIProfile(name: "Fern"))] {
            let report = try await report(of: desk, Self.parts(model: name, profile: profile))
            #expect(report.sessions.first?.turns.first?.stop == .wouldAskModel(name))
            #expect(report.changedCount == 0)
        }
        let same = try await report(of: desk, Self.parts(model: "scripted"))
        #expect(same.sessions.first?.turns.first?.stop == nil)
        #expect(model.prompts.count == 1)
    }

    @Test func `a model that was down then is down again`() async throws {
        let model = ScriptedModel { _ in throw ModelError(.unavailable, "503") }
        let desk = ModelAnswererTests.desk(model, fallback: EmbeddedAnswerer())
        try await desk.customer("How do I return an item?")
        #expect(desk.sent.first?.contains("60 days") == true)
        let report = try await report(of: desk, Self.parts(model: "scripted"))
        #expect(report.changedCount == 0 && report.sessions.first?.turns.first?.stop == nil, "\(report)")
    }

    // MARK: What cannot be replayed

    @Test func `turns of earlier versions and unfinished ones are counted, and those before a time left out`()
        async throws
    {
        let desk = Desk(index: TurnTests.shop)
        let accepted = try await desk.customer("How do I return an item?")
        var recorded = try #require(try await RecordedSession(accepted.session, from: desk.store))
        var old = recorded.traces[0]
        old.start = nil
        var failed = recorded.traces[0]
        failed.steps.append(TraceStep(offset: 9, event: .failed(stage: "commit", reason: "full")))
        recorded.traces += [old, failed]
        let replayer = Replayer(Self.parts(AgentSettings()))
        let replayed = try await replayer.replay(recorded)
        #expect(replayed.turns.map(\.number) == [1] && replayed.tooOld == 1 && replayed.unfinished == 1)
        let later = try await replayer.replay(recorded, since: recorded.traces[0].startedAt + .milliseconds(1))
        #expect(later.turns.isEmpty && later.tooOld == 0)
    }
}
