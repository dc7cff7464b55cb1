import OpenCXCore
import OpenCXTesting
import Testing

/// Law 10 in a thread that more than one person writes into.
struct OtherSenderTests {
    private static let seven = ContactHandle(email: "jane@example.com", customID: "7", isVerified: true)

    @Test(arguments: [
        ContactHandle(customID: "mallory", isVerified: false),
        ContactHandle(email: "jane@example.com", customID: "7", isVerified: false),
        ContactHandle(name: "Jane", isVerified: false),
        ContactHandle(email: "jane@example.com", customID: "8", isVerified: true),
    ])
    func `somebody else in the thread does not act as its contact`(sender: ContactHandle) async throws {
        let actions = ActionTests.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.seven)
        let accepted = try await desk.customer("yes", from: sender)
        #expect(actions.calls.isEmpty)
        let session = try await desk.session(accepted)
        #expect(session.hasOtherSenders)
        #expect(session.handoff?.trigger == .actionFailed)
    }

    @Test func `somebody else in the thread looks nothing up in the contact's name`() async throws {
        let actions = ActionTests.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Where is my order?", from: Self.seven)
        let accepted = try await desk.customer("FH-10423", from: ContactHandle(customID: "mallory", isVerified: false))
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionFailed)
    }

    @Test func `once somebody else has written, the session is not acted for any more`() async throws {
        let actions = ActionTests.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Hello", from: Self.seven)
        try await desk.customer("Thanks", from: ContactHandle(customID: "mallory", isVerified: false))
        let accepted = try await desk.customer("Where is my order FH-10423?", from: Self.seven)
        #expect(actions.calls.isEmpty)
        let session = try await desk.session(accepted)
        #expect(session.hasOtherSenders)
        #expect(session.handoff?.trigger == .actionFailed)
        let records = try await desk.history(accepted).compactMap { entry -> ActionRecord? in
            if case .action(let record) = entry.event { record } else { nil }
        }
        #expect(records.map(\.outcome) == [.failed])
        #expect(records.first?.result.text.contains("Somebody other than the verified customer") == true)
    }

    @Test func `a visitor without a name stays the contact of their own session`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let visitor = ContactHandle(name: "Visitor", isVerified: false)
        try await desk.customer("Hello", from: visitor)
        let accepted = try await desk.customer("Hello again", from: visitor)
        #expect(try await !desk.session(accepted).hasOtherSenders)
    }

    @Test func `a person's reply to a session that another one has followed is refused`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let first = try await desk.customer("One")
        _ = try await desk.agent.close(first.session, by: .customer)
        try await desk.customer("Two")
        let error = await #expect(throws: StoreError.self) {
            try await desk.agent.reply(to: first.session, as: "Ana", UnredactedText("Here."))
        }
        #expect(error?.message.contains("#1002") == true)
    }
}
