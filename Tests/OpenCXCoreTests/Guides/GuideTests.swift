import FoundationEssentials
import OpenCXCore
import OpenCXTesting
import Synchronization
import Testing

/// Runs what the guides of the documentation show. The implementations beside this file are the guides' code, word for word,
/// and use nothing that is not public.
@Suite struct GuideTests {
    @Test(arguments: ["Channel", "KnowledgeSource", "ActionProvider", "Helpdesk", "Redactor", "Store"])
    func `a guide shows the code that is tested`(piece: String) throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let guides = here.appending(path: "../../../Sources/OpenCXCore/OpenCXCore.docc/Guides")
        let code = try String(contentsOf: here.appending(path: "\(piece)Guide.swift"), encoding: .utf8)
        let guide = try String(contentsOf: guides.appending(path: "Implementing\(piece).md"), encoding: .utf8)
        #expect(guide.contains("```swift\n\(code)```"))
    }

    // MARK: A channel

    @Test func `a channel takes signed requests and refuses others`() async throws {
        let desk = ChannelDesk(answering: [])
        let body = Array(#"{"messages": [{"id": "m1", "from": "+49 151 2345678", "text": "Where is my order?"}]}"#.utf8)
        let refused = await desk.agent.handle(WebhookRequest(body: body), on: "texts")
        #expect(refused.status == 401)
        let taken = await desk.agent.handle(
            WebhookRequest(headers: [("Authorization", "Bearer secret")], body: body), on: "texts")
        #expect(taken.status == 200)
        let session = try #require(
            try await desk.store.latestSession(channel: "texts", thread: "+1555/+49 151 2345678"))
        let contact = try #require(try await desk.store.contact(session.contact))
        #expect(contact.phone == "+491512345678" && contact.isVerified)
        let garbage = await desk.agent.handle(
            WebhookRequest(headers: [("Authorization", "Bearer secret")], body: Array("{".utf8)), on: "texts")
        #expect(garbage.status == 400)
    }

    @Test func `a channel that is busy is tried again when it says`() async throws {
        let desk = ChannelDesk(answering: [
            HTTPResponse(status: 429, headers: [("Retry-After", "30")]), HTTPResponse(status: 200),
        ])
        let message = InboundMessage(
            channel: "texts", channelKind: .sms, thread: "t", providerID: "m1",
            sender: ContactHandle(phone: "+491512345678", isVerified: true), text: UnredactedText("hello"))
        _ = try await desk.agent.receive(message)
        try await desk.agent.runUntilIdle()
        #expect(desk.http.requests.count == 1)
        desk.clock.advance(by: .seconds(30))
        try await desk.agent.runUntilIdle()
        let keys = desk.http.requests.map { $0.headers.first { $0.name == "idempotency-key" }?.value }
        #expect(keys.count == 2 && keys[0] == keys[1])
        #expect(try await desk.store.outbox(.delivered, limit: 9).count == 1)
    }

    // MARK: A knowledge source

    @Test(arguments: KnowledgeSourceContract.checks)
    func `a knowledge source keeps its contract`(check: KnowledgeSourceContract.Check) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "questions-\(UUID()).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        @Sendable func write(_ entries: [(key: String, updated: String)]) throws {
            let list = entries.map { entry -> JSONValue in
                [
                    "key": .string(entry.key), "question": "How?", "answer": "Like this.",
                    "updated": .string(entry.updated),
                ]
            }
            try Data(JSONValue.array(list).serialized()).write(to: URL(filePath: path))
        }
        try write([("a", "1"), ("b", "1")])
        try await check.run(
            .init(
                source: QuestionsFile(id: "questions", path: path),
                change: { key in try write(["a", "b"].map { ($0, $0 == key ? "2" : "1") }) },
                remove: { key in try write(["a", "b"].filter { $0 != key }.map { ($0, "1") }) }))
    }

    // MARK: An action provider

    @Test func `a voucher is redeemed once, after a yes`() async throws {
        let http = ScriptedHTTP([
            HTTPResponse(status: 200, body: Array(#"{"points": "120", "voucher": "VC-2041"}"#.utf8))
        ])
        let desk = Desk(actions: BonusProgramme(token: Secret("secret"), http: http))
        let mia = ContactHandle(email: "mia@example.com", isVerified: true)
        try await desk.customer("Please redeem my voucher VC-2041", from: mia)
        #expect(http.requests.isEmpty)
        try await desk.customer("yes", from: mia)
        #expect(http.requests.count == 1)
        #expect(
            http.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
                == #"{"customer":"mia@example.com","voucher":"VC-2041"}"#)
        #expect(desk.sent.last == "Done: VC-2041 brought you to **120** points.")
    }

    @Test func `a call that got no answer is not repeated but handed off`() async throws {
        let http = ScriptedHTTP([])
        let desk = Desk(actions: BonusProgramme(token: Secret("secret"), http: http))
        let mia = ContactHandle(email: "mia@example.com", isVerified: true)
        try await desk.customer("Please redeem my voucher VC-2041", from: mia)
        let accepted = try await desk.customer("yes", from: mia)
        #expect(http.requests.count == 1)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionUnknown)
    }

    // MARK: A helpdesk

    @Test(arguments: HelpdeskContract.checks)
    func `a helpdesk keeps its contract`(check: HelpdeskContract.Check) async throws {
        let vendor = TicketVendor()
        try await check.run(
            .init(
                helpdesk: TicketDesk(id: "tickets", token: Secret("secret"), http: vendor),
                ticketCount: { vendor.ticketCount }))
    }

    @Test(arguments: [(401, true), (503, true), (422, false)])
    func `a helpdesk's refusals say whether to try again`(status: Int, isRetryable: Bool) async throws {
        let desk = TicketDesk(
            id: "tickets", token: Secret("secret"), http: ScriptedHTTP([HTTPResponse(status: status)]))
        let error = await #expect(throws: HelpdeskError.self) { try await desk.open(.sample()) }
        #expect(error?.isRetryable == isRetryable)
    }

    // MARK: A redactor

    @Test func `a redactor of one's own works beside the built-in one`() async throws {
        let redaction = Redaction(redactor: EveryRedactor(redactors: [PatternRedactor(), MembershipRedactor()]))
        var counts = PlaceholderCounts()
        let text = try await redaction.redact(
            UnredactedText("Ich heiße Ömer, M-204188, omer@example.com; my wife is M-204189."), in: "s", counts: &counts
        )
        #expect(text.text == "Ich heiße Ömer, [MEMBERSHIP_1], [EMAIL_1]; my wife is [MEMBERSHIP_2].")
        let restored = try await redaction.restore("Member [MEMBERSHIP_2]", in: "s")
        #expect(restored.reveal() == "Member M-204189")
    }

    // MARK: A store

    @Test(arguments: StoreContract.checks)
    func `a store keeps its contract`(check: StoreContract.Check) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID()).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await check.run { try OneFileStore(path: path) }
    }

    @Test func `a store opened again holds what it held`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID()).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let turn = SampleTurn(1)
        let time = Timestamp(milliseconds: 1_700_000_000_000)
        _ = try await OneFileStore(path: path).accept(turn.intake(session: "s", thread: "t", at: time))
        let store = try OneFileStore(path: path)
        let history = await store.history("s", after: 0, limit: 9)
        #expect(history.compactMap(\.message?.text) == [turn.intake(session: "s", thread: "t", at: time).message.text])
    }
}

/// An agent with the guide's channel.
private struct ChannelDesk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let http: ScriptedHTTP
    let agent: Agent

    init(answering responses: [HTTPResponse]) {
        http = ScriptedHTTP(responses)
        let texts = TextMessages(id: "texts", number: "+1555", token: Secret("secret"), http: http)
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [texts], clock: clock, ids: SequentialIDs()))
    }
}

/// Answers requests in order, and then not at all.
private final class ScriptedHTTP: HTTPClient {
    private let state: Mutex<(responses: [HTTPResponse], requests: [HTTPRequest])>

    init(_ responses: [HTTPResponse]) {
        state = Mutex((responses, []))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let response = state.withLock { state in
            state.requests.append(request)
            return state.responses.isEmpty ? nil : state.responses.removeFirst()
        }
        guard let response else { throw HTTPClientError(.timeout, "Nothing came back.") }
        return HTTPResponseStream(response)
    }
}

/// A ticket system that honours idempotency keys.
private final class TicketVendor: HTTPClient {
    private let tickets = Mutex<[String: Int]>([:])

    var ticketCount: Int { tickets.withLock(\.count) }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let key = request.headers.first { $0.name == "idempotency-key" }?.value ?? ""
        let number = tickets.withLock { tickets in
            let number = tickets[key] ?? tickets.count + 1
            tickets[key] = number
            return number
        }
        return HTTPResponseStream(HTTPResponse(status: 201, body: Array(#"{"id": "T-\#(number)"}"#.utf8)))
    }
}
