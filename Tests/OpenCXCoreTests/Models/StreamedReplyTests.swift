import OpenCXCore
import OpenCXTesting
import Testing

/// Replies that are shown while a model writes them.
struct StreamedReplyTests {
    static let first = "You can return any item within 60 days."
    static let second = " Open your orders and choose Return."

    static func begin(_ kind: String = "answer", citations: String = #"["P1"]"#) -> StreamingModel.Step {
        .text(#"{"citations":\#(citations),"kind":"\#(kind)","text":""#)
    }

    static let end = StreamingModel.Step.text(#""}"#)

    static func desk(
        _ model: any LanguageModel, fallback: (any Answerer)? = nil, actions: (any ActionProvider)? = nil,
        streams: Bool = true
    ) -> Desk {
        ModelAnswererTests.desk(
            model, fallback: fallback, actions: actions,
            settings: AgentSettings(streamedChannels: streams ? ["test"] : []))
    }

    /// What a customer would see of the pieces, one after the other.
    static func screens(_ pieces: [ReplyPiece]) -> [String] {
        var screens: [String] = []
        var text = ""
        for piece in pieces {
            switch piece.content {
            case .began(let begin): text = begin.text
            case .grew(let more): text += more.text
            case .committed(let message): text = message.text.text
            case .retracted(let message): text = message?.text.text ?? ""
            }
            screens.append(text)
        }
        return screens
    }

    @Test func `sentences are shown as they are written, and the message comes once, under the same id`() async throws {
        let desk = Locked<Desk?>(nil)
        let seen = Locked<[Int]>([])
        let look = StreamingModel.Step.pause {
            seen.withLock { $0.append(desk.withLock { $0?.channel.shown.count ?? -1 }) }
        }
        let model = StreamingModel { _ in
            [
                Self.begin(), .text("You can return any it"), look, .text("em within 60 days. "), look,
                .text("Open your "), look,
                .text("orders and choose Return."), look, Self.end,
            ]
        }
        desk.withLock { $0 = Self.desk(model) }
        let made = try #require(desk.withLock { $0 })
        try await made.customer("How do I return an item?")
        #expect(Self.screens(made.channel.shown) == [Self.first, Self.first + Self.second, Self.first + Self.second])
        #expect(seen.withLock { $0 } == [0, 0, 1, 1])
        #expect(made.sent == [Self.first + Self.second])
        #expect(Set(made.channel.shown.map(\.message)) == [made.channel.sent[0].message.id])
        #expect(made.channel.shown.last?.content == .committed(made.channel.sent[0].message))
    }

    @Test func `nothing is shown where nobody asked for it`() async throws {
        let desk = Self.desk(StreamingModel { _ in [Self.begin(), .text(Self.first), Self.end] }, streams: false)
        try await desk.customer("How do I return an item?")
        #expect(desk.sent == [Self.first] && desk.channel.shown.isEmpty)
    }

    @Test(arguments: [
        // No form at all.
        "You can return any item within 60 days. [P1]",
        // A question, which may yet become a handoff.
        #"{"citations":[],"kind":"question","text":"Which item do you want to return? Tell me."}"#,
        // Nothing that it rests on.
        #"{"citations":[],"kind":"answer","text":"You can return any item within 60 days. Do it."}"#,
        #"{"citations":["P9"],"kind":"answer","text":"You can return any item within 60 days. Do it."}"#,
    ])
    func `nothing is shown before it can be judged`(reply: String) async throws {
        let desk = Self.desk(StreamingModel { _ in [.text(reply)] })
        try await desk.customer("How do I return an item?")
        #expect(desk.sent.count == 1)
        #expect(desk.channel.shown.isEmpty)
    }

    @Test(arguments: [#","kind":"answer"}"#, #","kind":"answer","citations":["P1"]}"#])
    func `text that comes first waits until it is known what it rests on`(rest: String) async throws {
        let desk = Locked<Desk?>(nil)
        let seen = Locked(-1)
        let start = rest.contains("P1") ? "{" : #"{"citations":["P1"],"#
        let model = StreamingModel { _ in
            [
                .text(start + #""text":"You can return any item within 60 days. Open your orders.""#),
                .pause { seen.withLock { $0 = desk.withLock { $0?.channel.shown.count ?? -1 } } }, .text(rest),
            ]
        }
        desk.withLock { $0 = Self.desk(model) }
        let made = try #require(desk.withLock { $0 })
        try await made.customer("How do I return an item?")
        #expect(seen.withLock(\.self) == 0)
        #expect(Self.screens(made.channel.shown).last == made.sent.last && made.sent.count == 1)
    }

    @Test(arguments: [
        " I have refunded your order.", " Zebras graze peacefully beside the enormous waterfall.",
        " You can return any item within 90 days.",
    ])
    func `a sentence that nothing bears out is never shown, and the reply is taken back`(bad: String) async throws {
        let model = StreamingModel { _ in [Self.begin(), .text(Self.first), .text(bad), .text(" Then stop."), Self.end]
        }
        let desk = Self.desk(model)
        let accepted = try await desk.customer("How do I return an item?")
        #expect(!"\(desk.channel.shown)".contains(bad))
        #expect(Self.screens(desk.channel.shown).first == Self.first)
        guard case .retracted(let message)? = desk.channel.shown.last?.content else {
            Issue.record("not taken back")
            return
        }
        #expect(try await desk.session(accepted).owner == .team)
        #expect(message?.text.text == desk.sent.last && desk.sent.count == 1)
        #expect(message == desk.channel.sent.last?.message && message?.id == desk.channel.shown[0].message)
    }

    @Test func `a person who takes over in mid-stream has the last word`() async throws {
        let desk = Locked<Desk?>(nil)
        let takeOver = StreamingModel.Step.pause {
            guard let desk = desk.withLock({ $0 }), let piece = desk.channel.shown.first else { return }
            _ = try await desk.agent.takeOver(piece.session, by: "anna")
        }
        let model = StreamingModel { _ in
            [
                Self.begin(), .text(Self.first + " Open"), takeOver, .text(" your orders. And"),
                .text(" choose Return."), Self.end,
            ]
        }
        desk.withLock { $0 = Self.desk(model) }
        let made = try #require(desk.withLock { $0 })
        let accepted = try await made.customer("How do I return an item?")
        #expect(Self.screens(made.channel.shown) == [Self.first, ""])
        #expect(made.sent.isEmpty)
        #expect(try await made.session(accepted).owner == .person("anna"))
    }

    @Test func `a newer message in mid-stream takes back what was shown, and the answer to both begins anew`()
        async throws
    {
        let desk = Locked<Desk?>(nil)
        let writes = Locked(false)
        let write = StreamingModel.Step.pause {
            guard let desk = desk.withLock({ $0 }),
                !writes.withLock({ was in
                    defer { was = true }; return was
                })
            else { return }
            _ = try await desk.agent.receive(desk.channel.message("And does it cost anything?", providerID: "second"))
        }
        let model = StreamingModel { _ in
            [Self.begin(), .text(Self.first + " Open"), write, .text(" your orders."), Self.end]
        }
        desk.withLock { $0 = Self.desk(model) }
        let made = try #require(desk.withLock { $0 })
        try await made.customer("How do I return an item?")
        let whole = Self.first + " Open your orders."
        #expect(Self.screens(made.channel.shown) == [Self.first, "", Self.first, whole, whole])
        #expect(made.sent == [whole])
        #expect(made.channel.shown.last?.message == made.channel.sent[0].message.id)
    }

    @Test func `a stream that is cut is taken back, and what is said instead has the same id`() async throws {
        let model = StreamingModel { _ in
            [Self.begin(), .text(Self.first + " Open"), .fail(ModelError(.unreachable, "cut"))]
        }
        let desk = Self.desk(model, fallback: EmbeddedAnswerer())
        try await desk.customer("How do I return an item?")
        #expect(desk.sent.count == 1)
        #expect(desk.channel.shown.map(\.message).allSatisfy { $0 == desk.channel.sent[0].message.id })
        #expect(desk.channel.shown.first?.content == .began(RedactedText(derived: Self.first)))
        #expect(Self.screens(desk.channel.shown).last == desk.sent.last)
    }

    @Test func `what was said before a tool is called is taken back`() async throws {
        let call = ModelCall(id: "c", name: "orders", arguments: UnredactedText("{}"))
        let model = StreamingModel { prompt in
            if prompt.turns.contains(where: { if case .result = $0 { true } else { false } }) {
                return [Self.begin(citations: "[]"), .text("Your order is on its way."), Self.end]
            }
            return [Self.begin(), .text(Self.first), Self.end, .call(call)]
        }
        let actions = ScriptedActions([ActionDefinition(name: "orders", summary: "Looks up orders", effect: .lookup)]) {
            _ in
            ActionResult(
                fields: ["status": UnredactedText("on its way")], text: UnredactedText("Your order is on its way."))
        }
        let desk = Self.desk(model, actions: actions)
        try await desk.customer("How do I return an item?")
        #expect(Self.screens(desk.channel.shown) == [Self.first, "", desk.sent[0], desk.sent[0]])
        #expect(desk.sent == ["Your order is on its way."])
    }

    @Test func `personal data are redacted piece by piece as in the whole`() async throws {
        let model = StreamingModel { _ in
            [
                Self.begin(), .text(Self.first + " Write to canary@exa"), .text("mple.org or +1 415 555. 2671 today."),
                Self.end,
            ]
        }
        let desk = Self.desk(model)
        try await desk.customer("How do I return an item? I am canary@example.org")
        #expect(!"\(desk.channel.shown)".contains("canary"))
        #expect(Self.screens(desk.channel.shown).last == desk.channel.sent[0].message.text.text)
    }

    @Test func `after a crash in mid-stream the reply begins anew under the same id, and is said once`() async throws {
        let store = InMemoryStore()
        func agent(_ channel: RecordingChannel, _ clock: ManualClock, _ model: StreamingModel) -> Agent {
            Agent(
                AgentParts(
                    store: store, knowledge: TurnTests.shop, answerer: ModelAnswerer(model, fallback: nil),
                    channels: [channel], clock: clock, ids: SequentialIDs()),
                settings: AgentSettings(streamedChannels: ["test"]))
        }
        let (dying, living) = (RecordingChannel(), RecordingChannel())
        let hangs = ManualClock()
        let died = agent(
            dying, ManualClock(),
            StreamingModel { _ in
                [
                    Self.begin(), .text(Self.first + " Open"),
                    .pause { try await hangs.sleep(until: hangs.now() + .seconds(1)) },
                ]
            })
        let accepted = try await died.receive(dying.message("How do I return an item?", providerID: "1")).0
        let process = Task { try await died.runUntilIdle() }
        try await hangs.waitForSleepers(count: 1)
        #expect(Self.screens(dying.shown) == [Self.first])

        let later = ManualClock()
        later.advance(by: .seconds(200))
        let next = agent(
            living, later, StreamingModel { _ in [Self.begin(), .text(Self.first), .text(Self.second), Self.end] })
        try await next.runUntilIdle()
        #expect(Self.screens(living.shown).last == Self.first + Self.second)
        #expect(living.shown.first?.content == .began(RedactedText(derived: Self.first)))
        #expect(living.shown.first?.message == dying.shown.first?.message)
        #expect(living.sent.map(\.message.id) == [living.shown[0].message])
        process.cancel()
        try? await process.value
        let said = try await store.history(accepted.session, after: 0, limit: 100).compactMap(\.message)
        #expect(said.filter { $0.author == .ai }.count == 1)
    }
}

/// Readers of growing replies.
struct ReplyBroadcastTests {
    static func piece(_ content: ReplyPiece.Content, _ message: MessageID = "m1", thread: ThreadID = "t") -> ReplyPiece
    {
        ReplyPiece(message: message, session: "s", ticket: TicketNumber(rawValue: 1), thread: thread, content: content)
    }

    @Test func `a reader that is slow gets few pieces, and all of the text`() async {
        let broadcast = ReplyBroadcast()
        var pieces = broadcast.pieces(in: "t").makeAsyncIterator()
        broadcast.show(Self.piece(.began("a")))
        for _ in 0..<10_000 { broadcast.show(Self.piece(.grew("b"))) }
        broadcast.show(Self.piece(.grew("c"), "other", thread: "elsewhere"))
        broadcast.show(Self.piece(.retracted(replacement: nil)))
        broadcast.show(Self.piece(.began("x")))
        for _ in 0..<10_000 { broadcast.show(Self.piece(.grew("y"))) }
        #expect(await pieces.next()?.content == .retracted(replacement: nil))
        guard case .began(let text)? = await pieces.next()?.content else {
            Issue.record("no text")
            return
        }
        #expect(text.text.count == 10_001)
    }

    @Test func `what a reader has begun to see goes on, and what nobody has read ends is kept in bounds`() async {
        let broadcast = ReplyBroadcast()
        var pieces = broadcast.pieces(in: "t").makeAsyncIterator()
        broadcast.show(Self.piece(.began("a")))
        #expect(await pieces.next()?.content == .began("a"))
        broadcast.show(Self.piece(.grew("b")))
        broadcast.show(Self.piece(.grew("c")))
        #expect(await pieces.next()?.content == .grew("bc"))
        for _ in 0..<1000 {
            broadcast.show(Self.piece(.began("d")))
            broadcast.show(Self.piece(.retracted(replacement: nil)))
        }
        var count = 0
        broadcast.show(Self.piece(.began("last")))
        while let piece = await pieces.next() {
            count += 1
            if piece.content == .began("last") { break }
        }
        #expect(count <= 16)
    }

    @Test func `a reader who is cancelled ends`() async {
        let broadcast = ReplyBroadcast()
        let reader = Task {
            var count = 0
            for await _ in broadcast.pieces(in: "t") { count += 1 }
            return count
        }
        reader.cancel()
        #expect(await reader.value == 0)
        broadcast.show(Self.piece(.began("a")))
    }
}
