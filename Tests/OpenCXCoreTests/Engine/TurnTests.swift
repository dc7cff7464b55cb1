import OpenCXCore
import OpenCXTesting
import Testing

struct TurnTests {
    static let shop = ListIndex([
        "Return an item":
            "You can return any item within 60 days.\n\n1. Open your orders.\n2. Choose **Return**.\n3. Print the label.",
        "Delivery times": "Delivery takes 2 to 4 working days in Germany.",
    ])

    @Test func `an answer quotes the article and cites it`() async throws {
        let desk = Desk(index: Self.shop)
        let accepted = try await desk.customer("How do I return an item?")
        #expect(desk.sent.count == 1)
        #expect(desk.sent[0].contains("60 days") && desk.sent[0].contains("3. Print the label."))
        #expect(desk.channel.sent[0].message.citations.map(\.title.text) == ["Return an item"])
        let session = try await desk.session(accepted)
        #expect(session.owner == .ai && session.settledSequence == 1)
    }

    @Test(arguments: [
        ("Can I talk to a human please", HandoffTrigger.explicitRequest, HandoffReason.userRequestedHumanAssistance),
        ("This is ridiculous, useless and unacceptable!!", .frustration, .basedOnInstructions),
        ("Do you sell submarines in Antarctica?", .lowConfidence, .insufficientKnowledge),
        ("What about my divorce lawsuit against you", .prohibitedTopic, .prohibitedTopic),
        ("I cannot log in", .topic, .basedOnInstructions),
    ])
    func `what the AI must not answer goes to the team with reason and history`(
        text: String, trigger: HandoffTrigger, reason: HandoffReason
    ) async throws {
        let autopilot = Autopilot(
            topics: .never([Topic(name: "Login", examples: ["I cannot log in", "password does not work"])]),
            prohibitedTopics: [Topic(name: "Legal action", examples: ["lawsuit against you"])])
        let desk = Desk(index: Self.shop, settings: AgentSettings(autopilot: autopilot))
        let accepted = try await desk.customer(text)
        let session = try await desk.session(accepted)
        #expect(session.owner == .team)
        #expect(session.handoff?.trigger == trigger)
        #expect(session.handoff?.reasons == [reason])
        #expect(desk.sent.count == 1)
        let ticket = try #require(desk.helpdesk.tickets.first)
        #expect(ticket.ticket == session.ticket)
        #expect(ticket.transcript.first?.text.reveal() == text)
        #expect(try await desk.store.sessions(.handedOff, limit: 5).map(\.id) == [session.id])
    }

    @Test(arguments: [("Returns", 0.7, true), ("Returns", 0.8, false), ("Delivery", 0.7, false)])
    func `an answer about a topic has to reach the topic's own threshold`(
        topic: String, threshold: Double, isSent: Bool
    ) async throws {
        var settings = AgentSettings(
            autopilot: Autopilot(
                topics: .only([
                    Topic(name: "Returns", summary: "sending items back", examples: ["I want to return an item"]),
                    Topic(name: "Delivery", summary: "when parcels arrive", examples: ["When does it arrive"]),
                ])))
        settings.handoff.confidenceThreshold = 0.9
        settings.handoff.topicThresholds = [topic: threshold]
        let answerer = ScriptedAnswerer { _ in .answer(Answer(text: "Sure.", confidence: 0.75, basis: .smallTalk)) }
        let desk = Desk(answerer: answerer, index: Self.shop, settings: settings)
        let session = try await desk.session(desk.customer("I want to return an item"))
        #expect((session.owner == .ai) == isSent && desk.sent.contains("Sure.") == isSent)
    }

    @Test func `with autopilot off every message goes to the inbox without a word`() async throws {
        let desk = Desk(index: Self.shop, settings: AgentSettings(autopilot: Autopilot(channels: ["test": false])))
        let accepted = try await desk.customer("How do I return an item?")
        #expect(desk.sent.isEmpty)
        #expect(try await desk.session(accepted).owner == .team)
        try await desk.customer("Hello?")
        #expect(desk.sent.isEmpty)
    }

    @Test func `after a handoff the AI is silent`() async throws {
        let desk = Desk(index: Self.shop)
        try await desk.customer("I want to speak to an agent")
        try await desk.customer("How do I return an item?")
        #expect(desk.sent.count == 1)
    }

    @Test func `two quick messages give one answer to both`() async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(Answer(text: "Both: " + request.question, confidence: 1, basis: .smallTalk))
        }
        let desk = Desk(answerer: answerer)
        _ = try await desk.agent.receive(desk.channel.message("One", providerID: "1"))
        _ = try await desk.agent.receive(desk.channel.message("Two", providerID: "2"))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Both: One\nTwo"])
    }

    @Test func `a message that arrives in mid-turn makes the turn plan again`() async throws {
        let desk = MidTurn { desk in
            _ = try await desk.agent.receive(desk.channel.message("Two", providerID: "2"))
        }
        let accepted = try await desk.run()
        #expect(desk.desk.sent == ["Answer to One\nTwo"])
        let traces = try await desk.desk.store.traces(accepted.session)
        #expect(traces.map(\.steps.last?.event) == [.overtaken, .decided(.reply)])
    }

    @Test func `a person who takes over in mid-turn has the last word`() async throws {
        let desk = MidTurn { desk in
            let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
            _ = try await desk.agent.takeOver(session.id, by: "mia")
        }
        let accepted = try await desk.run()
        #expect(desk.desk.sent.isEmpty)
        #expect(try await desk.desk.session(accepted).owner == .person("mia"))
        let trace = try #require(try await desk.desk.store.traces(accepted.session).first)
        #expect(trace.steps.last?.event == .withheld(.ownerChanged))
    }

    @Test func `a person who answers and gives the session back in mid-turn has settled the question`() async throws {
        let desk = MidTurn { desk in
            let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
            _ = try await desk.agent.reply(to: session.id, as: "ann", UnredactedText("Hi, solved."))
            _ = try await desk.agent.assign(session.id, to: .ai, by: "ann")
        }
        _ = try await desk.run()
        #expect(desk.desk.sent == ["Hi, solved."])
    }

    @Test func `a session closed in mid-turn gets no reply`() async throws {
        let desk = MidTurn { desk in
            let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
            _ = try await desk.agent.close(session.id, by: .customer)
        }
        _ = try await desk.run()
        #expect(desk.desk.sent.isEmpty)
    }

    @Test func `a failing answerer is tried again, and then somebody takes over`() async throws {
        struct Down: Error {}
        let answerer = ScriptedAnswerer { _ in throw Down() }
        let desk = Desk(answerer: answerer)
        let accepted = try await desk.customer("Hello there")
        for _ in 0..<4 {
            desk.clock.advance(by: .seconds(600))
            try await desk.agent.runUntilIdle()
        }
        #expect(answerer.requests.count == 3)
        #expect(try await desk.session(accepted).handoff?.trigger == .turnFailed)
    }

    @Test func `a turn that fails leaves its trace, without what a foreign error says`() async throws {
        struct Bounced: Error, CustomStringConvertible {
            var description: String { "jane@example.com is not reachable" }
        }
        let desk = Desk(answerer: ScriptedAnswerer { _ in throw Bounced() }, index: Self.shop)
        let accepted = try await desk.customer("How do I return an item?")
        let traces = try await desk.store.traces(accepted.session)
        let trace = try #require(traces.first)
        let kinds = trace.steps.map { String(describing: $0.event).prefix { $0 != "(" } }
        #expect(kinds == ["question", "autopilot", "signals", "scenarios", "retrieved", "failed"])
        #expect(trace.steps.last?.event == .failed(stage: "draft", reason: "Bounced"))
        #expect(trace.customerSequence == 1)
        #expect(!String(describing: traces).contains("jane@example.com"))
    }

    @Test func `the trace of a turn that fails keeps what an error of the package says`() async throws {
        let error = HTTPClientError(.timeout, "No answer within 30 seconds.")
        let desk = Desk(answerer: ScriptedAnswerer { _ in throw error })
        let accepted = try await desk.customer("Hello there")
        let trace = try #require(try await desk.store.traces(accepted.session).first)
        #expect(trace.steps.last?.event == .failed(stage: "draft", reason: error.description))
    }

    @Test func `an answerer that gives up on its own work has failed as the answerer`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer { _ in throw CancellationError() })
        let accepted = try await desk.customer("Hello there")
        let trace = try #require(try await desk.store.traces(accepted.session).first)
        #expect(trace.steps.last?.event == .failed(stage: "draft", reason: "CancellationError"))
    }

    @Test func `a turn whose process died is taken up again when its lease ends`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Here I am."))
        _ = try await desk.agent.receive(desk.channel.message("Anybody?", providerID: "1"))
        let now = desk.clock.now()
        _ = try #require(try await desk.store.claimTurn(now: now, lease: "dead", until: now + .seconds(120)))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty)
        desk.clock.advance(by: .seconds(121))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Here I am."])
    }

    @Test(.timeLimit(.minutes(5))) func `a turn that takes long keeps its lease`() async throws {
        let box = Locked<Desk?>(nil)
        let answerer = ScriptedAnswerer { _ in
            guard let desk = box.withLock({ $0 }) else { return .handoff(.person, explanation: "no desk") }
            for minute in 1...4 {
                try await desk.clock.waitForSleepers(count: 1)
                desk.clock.advance(by: .seconds(60))
                // The lease is extended in the turn's own time; the next sleeper says that it has been.
                try await desk.clock.waitForSleepers(count: 1)
                let now = desk.clock.now()
                let stolen = try await desk.store.claimTurn(
                    now: now, lease: LeaseToken("thief-\(minute)"), until: now + .seconds(60))
                #expect(stolen == nil)
            }
            return .answer(Answer(text: "At last.", confidence: 1, basis: .smallTalk))
        }
        let desk = Desk(answerer: answerer)
        box.withLock { $0 = desk }
        try await desk.customer("Take your time")
        #expect(desk.sent == ["At last."])
    }

    @Test func `asking back ends in a handoff when it does not help`() async throws {
        let desk = Desk(index: Self.shop)
        for _ in 0..<2 { try await desk.customer("what is it") }
        let accepted = try await desk.customer("it is what it is")
        #expect(desk.sent.count == 3)
        #expect(try await desk.session(accepted).handoff?.trigger == .lowConfidence)
    }

    @Test func `scenarios answer exactly, and only on their channels`() async throws {
        let scenario = TrainingScenario(
            name: "Ski hire", kind: .specific(questions: ["Do you rent out skis?"]),
            content: "No, but our Freiburg store does.")
        var elsewhere = scenario
        elsewhere.channels = ["sms"]
        let here = Desk(settings: AgentSettings(scenarios: [scenario]))
        try await here.customer("do you rent skis")
        #expect(here.sent == ["No, but our Freiburg store does."])
        let there = Desk(settings: AgentSettings(scenarios: [elsewhere]))
        let accepted = try await there.customer("do you rent skis")
        #expect(try await there.session(accepted).handoff?.trigger == .lowConfidence)
    }

    @Test func `the trace holds what the turn saw, redacted`() async throws {
        let desk = Desk(index: Self.shop)
        let accepted = try await desk.customer("How do I return an item? I am jane@example.com")
        let trace = try #require(try await desk.store.traces(accepted.session).first)
        let text = String(describing: trace)
        #expect(!text.contains("jane@example.com") && text.contains("[EMAIL_1]"))
        let kinds = trace.steps.map { String(describing: $0.event).prefix { $0 != "(" } }
        #expect(
            kinds == ["question", "autopilot", "signals", "scenarios", "retrieved", "drafted", "judged", "decided"])
    }

    @Test(arguments: [(0.35, true), (0.2, false)])
    func `an answer that falls just short leaves links behind, and the team still takes over`(
        confidence: Double, hasLinks: Bool
    ) async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(
                Answer(
                    text: "A guess.", sources: request.passages.prefix(1).map(\.id), confidence: confidence,
                    basis: .knowledge))
        }
        let desk = Desk(answerer: answerer, index: Self.shop)
        let accepted = try await desk.customer("How do I return an item?")
        #expect(try await desk.session(accepted).owner == .team)
        #expect(desk.sent[0].hasPrefix(Wording.english.handoffUnknown.text))
        #expect(desk.sent[0].contains("[Return an item](https://help.example/return-an-item)") == hasLinks)
        #expect(!desk.sent[0].contains("A guess."))
    }

    @Test func `internal articles never enter a customer's reply`() async throws {
        let index = ListIndex([
            Article(
                id: "s/internal", source: "s", title: "Goodwill credits",
                markdown: "Agents may give 25 EUR goodwill credits.",
                audience: .segments(["staff"])),
            Article(
                id: "s/draft", source: "s", title: "Rental", markdown: "Goodwill credits for rental start in March.",
                audience: .draft),
        ])
        let desk = Desk(index: index)
        let accepted = try await desk.customer("goodwill credits rental")
        #expect(desk.sent.allSatisfy { !$0.contains("25 EUR") && !$0.contains("March") })
        #expect(try await desk.session(accepted).owner == .team)
    }

    @Test func `a proposal that cites a restricted passage is refused whatever its confidence`() async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(
                Answer(
                    text: "25 EUR", sources: [PassageID(article: "s/internal", ordinal: 0)], confidence: 1,
                    basis: .knowledge))
        }
        let desk = Desk(answerer: answerer, index: Self.shop)
        let accepted = try await desk.customer("How much goodwill?")
        #expect(!desk.sent.joined().contains("25 EUR"))
        #expect(try await desk.session(accepted).handoff?.trigger == .lowConfidence)
    }
}

/// A desk where something happens between the draft of the first answer and its commit.
private struct MidTurn {
    let desk: Desk

    init(_ event: @escaping @Sendable (Desk) async throws -> Void) {
        let box = Box()
        let answerer = ScriptedAnswerer { request in
            if let desk = box.take() { try await event(desk) }
            return .answer(Answer(text: "Answer to " + request.question, confidence: 1, basis: .smallTalk))
        }
        desk = Desk(answerer: answerer)
        box.put(desk)
    }

    func run() async throws -> AcceptedMessage {
        try await desk.customer("One", id: "1")
    }

    private final class Box: Sendable {
        let desk = Locked<Desk?>(nil)
        func put(_ value: Desk) { desk.withLock { $0 = value } }
        func take() -> Desk? {
            desk.withLock { desk in
                defer { desk = nil }
                return desk
            }
        }
    }
}
