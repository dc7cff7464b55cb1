import OpenCXCore
import OpenCXTesting
import Testing

/// Drafts for people.
struct AssistTests {
    private func desk(
        _ answerer: (any Answerer)? = nil, assist: AssistPolicy = AssistPolicy(channels: ["test"]),
        autopilot: Autopilot = Autopilot()
    ) -> Desk {
        Desk(
            answerer: answerer ?? ScriptedAnswerer(answering: "Within 60 days, see jane@example.com."),
            settings: AgentSettings(autopilot: autopilot, assist: assist))
    }

    @Test func `a person gets a draft, and nobody else hears of it`() async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(
                Answer(
                    text: try await request.context.redact(UnredactedText("Within 60 days, jane@example.com!")),
                    confidence: 1, basis: .smallTalk))
        }
        let desk = desk(answerer)
        let accepted = try await desk.customer("I want to speak to a human")
        try await desk.customer("Until when can I return it? I am jane@example.com")
        let before = (try await desk.session(accepted), try await desk.history(accepted), desk.sent)
        guard case .draft(let draft) = try await desk.agent.draft(for: accepted.session) else {
            Issue.record("There should be a draft.")
            return
        }
        #expect(draft.text == "Within 60 days, [EMAIL_1]!")
        #expect(draft.events.last == .decided(.reply))
        // What made the AI stop is asked, too, and what it has said meanwhile is no answer to it.
        #expect(answerer.requests.last?.question.text.contains("speak to a human") == true)
        #expect(answerer.requests.last?.actions.isEmpty == true)
        try await desk.agent.runUntilIdle()
        #expect(try await (desk.session(accepted), desk.history(accepted), desk.sent) == before)
    }

    @Test func `only what nobody has answered yet is looked at`() async throws {
        let answerer = ScriptedAnswerer(answering: "Yes.")
        let desk = desk(answerer)
        let accepted = try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Mia here."))
        #expect(try await desk.agent.draft(for: accepted.session) == .silent(.nothingAsked))
        try await desk.customer("Do you ship to Norway?")
        _ = try await desk.agent.draft(for: accepted.session)
        #expect(answerer.requests.last?.question == "Do you ship to Norway?")
        #expect(answerer.requests.last?.history.map(\.author).contains(.person("mia")) == true)
    }

    @Test func `a person may keep the draft as a note`() async throws {
        let desk = desk(ScriptedAnswerer(answering: "Within 60 days."))
        let accepted = try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.draft(for: accepted.session, asNoteBy: "mia")
        #expect(
            try await desk.history(accepted).last?.event
                == .note(by: "mia", "Draft of the AI:\n\nWithin 60 days."))
        #expect(desk.sent.count == 1, "only the handoff was told to the customer")
    }

    @Test func `there is no draft where the AI answers, the session has ended, or the team wants none`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        #expect(try await desk.agent.draft(for: accepted.session) == .silent(.ownedByAI))
        _ = try await desk.agent.takeOver(accepted.session, by: "mia")
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        #expect(try await desk.agent.draft(for: accepted.session) == .silent(.closed))
        #expect(try await desk.agent.draft(for: "nowhere") == nil)
        let other = self.desk(assist: AssistPolicy(channels: ["mail"]))
        let handedOff = try await other.customer("I want to speak to a human")
        #expect(try await other.agent.draft(for: handedOff.session) == .silent(.off))
    }

    @Test func `there is no draft about topics that are excluded, and none that is not good enough`() async throws {
        let salaries = Topic(
            name: "Salaries", examples: ["What does your boss earn", "How much do you pay your staff"])
        let refunds = Topic(name: "Refunds", examples: ["I want my money back", "Please refund my order"])
        let autopilot = Autopilot(
            channels: ["test": false], topics: .never([refunds]), prohibitedTopics: [salaries])
        let desk = desk(
            assist: AssistPolicy(channels: ["test"], excludedTopics: ["Refunds"]), autopilot: autopilot)
        for (text, topic) in [("What does your boss earn?", "Salaries"), ("I want my money back", "Refunds")] {
            let accepted = try await desk.customer(text, thread: ThreadID(topic))
            #expect(try await desk.agent.draft(for: accepted.session) == .silent(.topic(topic)))
        }
        // Left to the team is not the same as excluded, and neither is a channel without autopilot.
        let open = self.desk(assist: AssistPolicy(channels: ["test"]), autopilot: autopilot)
        let accepted = try await open.customer("I want my money back")
        guard case .draft = try await open.agent.draft(for: accepted.session) else {
            Issue.record("There should be a draft.")
            return
        }
        let unsure = self.desk(
            ScriptedAnswerer(.answer(Answer(text: "Perhaps.", confidence: 0.1, basis: .knowledge))))
        let asked = try await unsure.customer("I want to speak to a human")
        guard case .silent(.notHelpful) = try await unsure.agent.draft(for: asked.session) else {
            Issue.record("The draft should not be good enough.")
            return
        }
    }

    @Test func `frustration and requests for a person do not stop a draft, a model that is down does`() async throws {
        let desk = desk(ScriptedAnswerer(answering: "Within 60 days."))
        let accepted = try await desk.customer("This is outrageous, you are useless, get me a human NOW!!!")
        guard case .draft = try await desk.agent.draft(for: accepted.session) else {
            Issue.record("There should be a draft.")
            return
        }
        struct Down: Error {}
        let dead = self.desk(ScriptedAnswerer { _ in throw Down() })
        let asked = try await dead.customer("I want to speak to a human")
        await #expect(throws: Down.self) { _ = try await dead.agent.draft(for: asked.session) }
    }
}
