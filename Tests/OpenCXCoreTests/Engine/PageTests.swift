import OpenCXCore
import OpenCXTesting
import Testing

/// What a channel's page does before the agent knows of it: it shows messages under ids of its own, says something in the AI's name,
/// and lets its customer stop a reply.
struct PageTests {
    private func message(_ text: String, id: MessageID, _ words: [OpeningWords] = [], on desk: Desk) -> InboundMessage {
        var message = desk.channel.message(text, providerID: "p-\(id)")
        message.id = id
        message.openingWords = words
        return message
    }

    @Test func `a message keeps the id that its page shows it under`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."))
        let accepted = try await desk.agent.receive(message("Hello", id: "page-1", on: desk)).0
        #expect(accepted.message == "page-1")
        #expect(try await desk.history(accepted).first?.message?.id == "page-1")
    }

    @Test func `opening words begin a session, redacted, and only where nothing was said`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."))
        let words = [
            OpeningWords(id: "w-1", text: UnredactedText("Hello jo@example.com!")),
            OpeningWords(id: "w-2", text: UnredactedText("How can I help?")),
        ]
        let accepted = try await desk.agent.receive(message("Hello", id: "page-1", words, on: desk)).0
        try await desk.agent.runUntilIdle()
        _ = try await desk.agent.receive(message("Still there?", id: "page-2", words, on: desk))
        try await desk.agent.runUntilIdle()
        let messages = try await desk.history(accepted).compactMap(\.message)
        #expect(messages.map(\.author) == [.ai, .ai, .customer, .ai, .customer, .ai])
        #expect(messages.prefix(3).map(\.id) == ["w-1", "w-2", "page-1"])
        #expect(messages[0].text.text == "Hello [EMAIL_1]!")
        // They were shown, not sent.
        #expect(desk.sent == ["Yes.", "Yes."])
        #expect(try await desk.session(accepted).lastCustomerSequence == 5)
    }

    @Test func `no reply is given to what the customer wants none to, and the next message gets one`() async throws {
        let answerer = ScriptedAnswerer(answering: "Yes.")
        let desk = Desk(answerer: answerer)
        let accepted = try await desk.agent.receive(message("Hello?", id: "page-1", on: desk)).0
        let stopped = try await desk.agent.stopReply(in: accepted.session)
        #expect(stopped?.awaitsAI == false && stopped?.owner == .ai)
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty && answerer.requests.isEmpty)
        _ = try await desk.agent.receive(message("And now?", id: "page-2", on: desk))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Yes."])
        #expect(try await desk.agent.stopReply(in: "nowhere") == nil)
    }

    @Test func `a turn that is at it ends without a reply`() async throws {
        let (agent, session) = (Locked<Agent?>(nil), Locked<SessionID?>(nil))
        let desk = Desk(
            answerer: ScriptedAnswerer { _ in
                if let agent = agent.withLock(\.self), let session = session.withLock(\.self) {
                    _ = try await agent.stopReply(in: session)
                }
                return .answer(Answer(text: "Yes.", confidence: 1, basis: .smallTalk))
            })
        agent.withLock { $0 = desk.agent }
        let accepted = try await desk.agent.receive(message("Hello?", id: "page-1", on: desk)).0
        session.withLock { $0 = accepted.session }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty)
        #expect(try await desk.history(accepted).last?.event == .withheld(.stopped, .empty))
        #expect(try await desk.session(accepted).awaitsTurn == false)
        agent.withLock { $0 = nil }
    }

    @Test func `a rating keeps the id that its page shows it under`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."))
        let accepted = try await desk.customer("Hello")
        _ = try await desk.agent.close(accepted.session, by: .customer)
        _ = try await desk.agent.rate(accepted.session, score: 5, id: "page-3")
        #expect(try await desk.session(accepted).rating?.id == "page-3")
    }
}
