import OpenCXCore
import OpenCXTesting
import Testing

/// Files that people of the team send: whoever gets a message is told where its files really are.
struct OutgoingFileTests {
    private let store = InMemoryStore()
    private let channel = RecordingChannel()
    private let helpdesk = ScriptedHelpdesk(id: "desk")
    private let clock = ManualClock()
    private let ids = SequentialIDs()

    private func agent() -> Agent {
        Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], helpdesks: [helpdesk], clock: clock, ids: ids
            ))
    }

    /// Ana sends a file to a customer who has asked for a person.
    private func send(_ place: AttachmentPlace, named name: String, with agent: Agent) async throws -> Session {
        _ = try await agent.receive(
            channel.message(
                "I want to talk to a human", providerID: "1",
                from: ContactHandle(email: "jane@example.com", name: "Jane Doe", isVerified: true)))
        try await agent.runUntilIdle()
        let session = try #require(try await store.sessions(.all, limit: 1).first)
        let file = InboundAttachment(
            name: UnredactedText(name), mediaType: "application/pdf", byteCount: 7, place: place)
        let event = TeamEvent(
            .replied(by: "Ana", UnredactedText("Here it is."), attachments: [file]), in: .session(session.id),
            providerID: "e1")
        helpdesk.tell(event)
        #expect(await agent.handle(WebhookRequest(), at: "desk").status == 200)
        return session
    }

    private func stored(in session: Session) async throws -> OpenCXCore.Attachment {
        let messages = try await store.history(session.id, after: 0, limit: 99).compactMap(\.message)
        return try #require(messages.last?.attachments.first)
    }

    @Test(arguments: [
        "https://files.example/jane@example.com/invoice.pdf",
        "https://files.example/dl?to=jane@example.com&tel=+1-415-555-0132",
        "https://files.example/t/+1 415 555 0132?for=[EMAIL_1]",
    ])
    func `what looks like personal data in a file's place is there for whoever sends it`(address: String) async throws {
        let agent = agent()
        let session = try await send(
            .elsewhere(UnredactedText(address)), named: "For Jane Doe +1 415 555 0132.pdf", with: agent)
        try await agent.runUntilIdle()
        let stored = try await stored(in: session)
        #expect(stored.location.text != address && !stored.location.placeholders.isEmpty)
        let sent = try #require(channel.sent.last)
        #expect(sent.files.map { $0.location.reveal() } == [address])
        #expect(sent.files[0].webAddress == address.replacing(" ", with: "%20"))
        #expect(sent.files[0].name.reveal() == "For Jane Doe +1 415 555 0132.pdf" && sent.files[0].byteCount == 7)
        // What is stored of it stays as it was.
        #expect(sent.message.attachments == [stored])
    }

    @Test func `what the vault has forgotten stays masked, in the place as in the text`() async throws {
        let session = try await send(
            .elsewhere(UnredactedText("https://files.example/jane@example.com/a.pdf")), named: "a.pdf", with: agent())
        // Another process, with a vault of its own, delivers.
        try await self.agent().runUntilIdle()
        let stored = try await stored(in: session)
        #expect(channel.sent.last?.files == [OutboundFile(stored)])
        #expect(OutboundFile(stored).webAddress == nil, "an address with a placeholder in it leads nowhere")
    }

    @Test func `a place in a store of ours goes as it is`() async throws {
        let agent = agent()
        _ = try await send(.file("bmkadkfhcnpabgol", in: "mail-file"), named: "a.pdf", with: agent)
        try await agent.runUntilIdle()
        let file = try #require(channel.sent.last?.files.first)
        #expect(file.location.reveal() == "mail-file:bmkadkfhcnpabgol" && file.webAddress == nil)
    }
}
