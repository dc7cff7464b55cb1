import OpenCXCore
import OpenCXTesting
import Testing

/// Sessions that are there before their first message.
struct OpeningTests {
    private let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
    private let visitor = ContactHandle(customID: "device-1", isVerified: false)

    private func request(_ session: SessionID? = "s-1", subject: UnredactedText? = nil) -> SessionRequest {
        SessionRequest(
            session: session, channel: "test", channelKind: .web, contact: .described(visitor), subject: subject,
            attributes: ["page": UnredactedText("pricing, jane@example.com")])
    }

    @Test func `a session is opened, written in and answered`() async throws {
        let opened = try await desk.agent.openSession(request(subject: UnredactedText("For jane@example.com")))
        #expect(opened.subject == "For [EMAIL_1]")
        #expect(opened.attributes == ["page": "pricing, [EMAIL_1]"])
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty && desk.endpoint.deliveries.isEmpty)
        #expect(try await desk.store.traces("s-1").isEmpty)
        desk.clock.advance(by: .seconds(30))
        let accepted = try await desk.customer("Do you ship to Norway? jane@example.com", thread: "s-1", from: visitor)
        #expect(accepted.session == "s-1" && accepted.startedSession)
        #expect(desk.sent == ["Yes."])
        #expect(desk.endpoint.deliveries.map(\.name) == [.started, .contactResponse, .aiResponse])
        // The same address is the same placeholder as when the session was opened.
        #expect(try await desk.history(accepted).first?.message?.text == "Do you ship to Norway? [EMAIL_1]")
        let again = try await desk.agent.openSession(request())
        #expect(try await again == desk.session(accepted))
    }

    @Test func `a session that nobody writes in ends after a day, and nobody is told`() async throws {
        let events = desk.agent.events()
        let opened = try await desk.agent.openSession(request(nil))
        #expect(opened.thread.rawValue == opened.id.rawValue)
        desk.clock.advance(by: .seconds(24 * 3600))
        try await desk.agent.runUntilIdle()
        #expect(try await desk.store.session(opened.id)?.status == .closedUnresolved)
        #expect(desk.endpoint.deliveries.isEmpty)
        _ = try await desk.agent.note(on: opened.id, by: "mia", UnredactedText("Nothing came."))
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next()?.kind == .changed, "the end of it was told")
    }

    @Test func `what a page says first is no answer of ours`() async throws {
        // With this policy the AI has to have replied once before a request for a person is granted.
        let policy = HandoffPolicy(.advanced(HandoffToggles(requiredRepliesOnRequest: 1)))
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), settings: AgentSettings(handoff: policy))
        var message = desk.channel.message("I want to speak to a human", thread: "t", providerID: "1")
        message.openingWords = [OpeningWords(id: "w-1", text: UnredactedText("Hello, how can I help you?"))]
        let accepted = try await desk.agent.receive(message).0
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).handoff == nil)
        #expect(accepted.startedSession)
        #expect(try await desk.agent.receive(message).0 == accepted)
    }

    @Test func `contacts are made and found`() async throws {
        let handle = ContactHandle(email: "jane@example.com", attributes: ["plan": "gold"], isVerified: true)
        let (made, isNew) = try await desk.agent.addContact(handle)
        #expect(isNew && made.attributes == ["plan": "gold"])
        #expect(try await desk.agent.addContact(handle).isNew == false)
        let opened = try await desk.agent.openSession(
            SessionRequest(channel: "test", channelKind: .api, contact: .known(made.id)))
        #expect(opened.contact == made.id)
        await #expect(throws: StoreError.self) {
            _ = try await desk.agent.openSession(
                SessionRequest(channel: "test", channelKind: .api, contact: .known("nobody")))
        }
    }
}
