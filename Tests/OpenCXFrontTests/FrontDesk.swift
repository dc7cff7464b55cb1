import OpenCXCore
import OpenCXFront
import OpenCXTesting

/// A whole agent whose conversations live in Front.
struct FrontDesk {
    let fake: FakeFront
    let store = InMemoryStore()
    let clock = ManualClock(start: Front.start)
    /// Another helpdesk, which has nothing to do with conversations that live in Front.
    let elsewhere = ScriptedHelpdesk(id: "elsewhere")
    let agent: Agent

    /// - Parameters:
    ///   - fake: Front.
    ///   - http: what stands before it, if something does.
    ///   - change: configures the account.
    init(
        _ fake: FakeFront = Front.fake(), through http: (any HTTPClient)? = nil,
        _ change: (inout FrontConfiguration) -> Void = { _ in }
    ) {
        self.fake = fake
        fake.change { $0.pageSize = 100 }
        let account = Front.account(http ?? fake, clock: clock, change)
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(),
                answerer: ScriptedAnswerer { request in
                    let isOver = request.question.text.contains("Thank")
                    var answer = Answer(
                        text: isOver ? "Gladly." : "It left **today**.", confidence: 1, basis: .smallTalk)
                    answer.resolves = isOver
                    return .answer(answer)
                }, channels: [FrontChannel(account)], helpdesks: [FrontHelpdesk(account), elsewhere], clock: clock,
                ids: SequentialIDs()))
    }

    /// Front posts something, and everything due is done.
    @discardableResult
    func post(_ request: WebhookRequest) async throws -> Int {
        let status = await agent.handle(request, on: "front").status
        try await agent.runUntilIdle()
        return status
    }

    func post(_ type: String, _ event: JSONValue) async throws {
        _ = try await post(Front.application(type, event, at: clock.now()))
    }

    /// The customer writes into a conversation.
    @discardableResult
    func customer(_ text: String, id: String, in conversation: String = "cnv_1") async throws -> Int {
        fake.change { model in
            model.now += 10
            model.messages.append(
                FrontModel.Message(id: id, conversation: conversation, text: text, contact: "crd_1", at: model.now))
        }
        clock.advance(by: .seconds(10))
        let event = Front.event("inbound", id: "evt_\(id)", conversation: conversation, message: id)
        return try await post(Front.application("inbound_received", event, at: clock.now()))
    }

    /// Kim answers in Front.
    func kim(_ text: String, id: String) async throws {
        fake.change { model in
            model.now += 10
            model.messages.append(
                FrontModel.Message(
                    id: id, conversation: "cnv_1", isInbound: false, author: "tea_kim", text: text, at: model.now))
        }
        clock.advance(by: .seconds(10))
        try await post("outbound_sent", Front.event("outbound", id: "evt_\(id)", message: id))
    }

    func session(_ thread: ThreadID = "cnv_1") async throws -> Session? {
        try await store.latestSession(channel: "front", thread: thread)
    }

    func history() async throws -> [HistoryEntry] {
        guard let session = try await session() else { return [] }
        return try await store.history(session.id, after: 0, limit: 500)
    }

    /// What was said, as `author: text`.
    func said() async throws -> [String] {
        try await history().compactMap { $0.message }.map { "\($0.author.label): \($0.text.text)" }
    }

    /// What happened in Front, as the history tells it.
    func activities() async throws -> [String] {
        try await history().compactMap { if case .activity(let text, _) = $0.event { text.text } else { nil } }
    }
}
