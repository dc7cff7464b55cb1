import OpenCXCore
import OpenCXTesting
import Testing

/// What each preset and toggle does with a conversation.
struct HandoffPolicyTests {
    /// What a conversation comes to: each reply by a word, the owner in the end.
    private func talk(_ policy: HandoffPolicy, _ messages: [String]) async throws -> (replies: [String], desk: Desk) {
        let desk = Desk(index: TurnTests.shop, settings: AgentSettings(handoff: policy))
        for message in messages { try await desk.customer(message) }
        return (desk.sent.map(word), desk)
    }

    private func word(_ reply: String) -> String {
        let wording = Wording.english
        let words: [(String, RedactedText)] = [
            ("requested", wording.handoffRequested), ("upset", wording.handoffUpset), ("stuck", wording.handoffStuck),
            ("unknown", wording.handoffUnknown), ("what about", wording.beforeHandoff),
            ("declined", wording.humanDeclined), ("later", wording.humanLater), ("no answer", wording.unknownDeclined),
            ("rephrase", wording.rephrase), ("not this topic", wording.topicDeclined),
        ]
        let said = words.filter { reply.hasPrefix($1.text) }.map(\.0)
        return said.isEmpty ? "answer" : said.joined() + (reply.contains("60 days") ? " + answer" : "")
    }

    static let human = "I want to talk to a human"
    static let question = "How do I return an item?"
    static let angry = "This is ridiculous, useless and unacceptable!!"
    static let unknown = "Do you sell submarines in Antarctica?"

    @Test(arguments: [
        (HandoffPolicy.quick, [human], ["requested"], true),
        (.quick, [angry], ["upset"], true),
        (.quick, [question, "that didn't help"], ["answer", "stuck"], true),
        (.quick, [question, question], ["answer", "stuck"], true),
        (.quick, [unknown], ["unknown"], true),
        (.balanced, [human], ["what about"], false),
        (.balanced, [human, "my rain jacket leaks"], ["what about", "requested"], true),
        (.balanced, ["My rain jacket leaks, I want to talk to a human"], ["requested"], true),
        (.balanced, [unknown, unknown], ["rephrase", "stuck"], true),
        (.balanced, [question, angry], ["answer", "upset"], true),
        (.aiFirst, [human], ["later"], false),
        (.aiFirst, [human, human, human], ["later", "later", "what about"], false),
        (
            .aiFirst, [question, "Where do you deliver in Germany?", "My jacket leaks, give me a human"],
            ["answer", "answer", "requested"], true
        ),
        (.aiFirst, ["I want a human. " + question], ["later + answer"], false),
        (.aiOnly, [human, human, human], ["declined", "declined", "declined"], false),
        (.aiOnly, ["I want a human. " + question], ["declined + answer"], false),
        (.aiOnly, [unknown, angry, unknown], ["no answer", "no answer", "no answer"], false),
        (.aiOnly, [question, "that didn't help"], ["answer", "no answer"], false),
    ])
    func `presets`(policy: HandoffPolicy, messages: [String], replies: [String], isHandedOff: Bool) async throws {
        let (said, desk) = try await talk(policy, messages)
        #expect(said == replies)
        let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
        #expect(session.owner == (isHandedOff ? .team : .ai))
        #expect(desk.helpdesk.tickets.count == (isHandedOff ? 1 : 0))
        #expect(!session.awaitsAI)
    }

    @Test(arguments: [
        (HandoffToggles(isEnabled: false), human, "declined"),
        (HandoffToggles(onHumanRequest: false), human, "declined"),
        (HandoffToggles(onFrustration: false), angry, "unknown"),
        (HandoffToggles(requiresProblem: true), human, "what about"),
        (HandoffToggles(requiredReplies: 1), angry, "rephrase"),
        (HandoffToggles(requiredRepliesOnRequest: 1), human, "later"),
    ])
    func `toggles`(toggles: HandoffToggles, message: String, reply: String) async throws {
        #expect(try await talk(HandoffPolicy(.advanced(toggles)), [message]).replies == [reply])
    }

    @Test func `what nobody may settle alone goes to the team with AI only as well`() async throws {
        let answerer = ScriptedAnswerer { _ in .handoff(.actionUnknown, explanation: "Was it done?") }
        let desk = Desk(answerer: answerer, settings: AgentSettings(handoff: .aiOnly))
        let accepted = try await desk.customer(Self.question)
        #expect(try await desk.session(accepted).owner == .team)
    }

    @Test(arguments: ["test": "Right away.", "other": Wording.english.handoffRequested.text])
    func `a channel has handoff words of its own`(channel: String, words: String) async throws {
        var settings = AgentSettings(handoff: .quick)
        var own = Wording.english
        own.handoffRequested = "Right away."
        settings.channelPhrasebooks[ChannelID(channel)] = Phrasebook(wordings: ["en": own])
        let desk = Desk(index: TurnTests.shop, settings: settings)
        try await desk.customer("I want to talk to a human")
        #expect(desk.sent == [words])
    }

    @Test func `a handoff says all its reasons`() async throws {
        let answerer = ScriptedAnswerer { _ in .handoff(.actionFailed, explanation: "The shop is down.") }
        let settings = AgentSettings(handoff: HandoffPolicy(.advanced(HandoffToggles(onHumanRequest: false))))
        let desk = Desk(answerer: answerer, settings: settings)
        let accepted = try await desk.customer("I want a human, where is my parcel FH-10423 from last week")
        let session = try await desk.session(accepted)
        #expect(session.handoff?.reasons == [.insufficientTools, .userRequestedHumanAssistance])
        #expect(session.handoff?.trigger == .actionFailed)
    }

    @Test func `a prohibited topic is an event of its own, whether it is handed off or not`() async throws {
        for policy in [HandoffPolicy.quick, .aiOnly] {
            let autopilot = Autopilot(prohibitedTopics: [Topic(name: "Legal action", examples: ["lawsuit against you"])]
            )
            let settings = AgentSettings(autopilot: autopilot, handoff: policy)
            let desk = Desk(index: TurnTests.shop, settings: settings, hasEndpoint: true)
            let events = desk.agent.events()
            let accepted = try await desk.customer("I will begin a lawsuit against you")
            let entry = try #require(
                try await desk.history(accepted).compactMap { entry -> TopicMatch? in
                    if case .prohibitedTopic(let match) = entry.event { match } else { nil }
                }.first)
            #expect(entry.topic == "Legal action" && entry.score >= 0.5)
            let told = desk.endpoint.deliveries.filter { $0.name == .prohibitedTopicDetected }
            #expect(told.map { $0.payload["topic"] } == [.string("Legal action")])
            #expect(try await desk.session(accepted).owner == (policy == .quick ? .team : .ai))
            #expect(word(desk.sent[0]) == (policy == .quick ? "answer" : "not this topic"))
            var heard = false
            for await event in events {
                if case .prohibitedTopicDetected(entry) = event.kind { heard = true }
                if case .aiResponse = event.kind { break }
            }
            #expect(heard)
        }
    }
}
