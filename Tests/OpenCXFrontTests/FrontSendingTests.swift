import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontSendingTests {
    @Test func `a mail is answered in HTML, as the AI's teammate, and stays open`() async throws {
        let fake = Front.fake()
        let receipt = try await FrontChannel(Front.account(fake)).send(
            Front.outbound("It is **on its way**: [track it](https://shop.example/t/1) <script>"))
        #expect(receipt.providerID == "uid_msg_out1")
        #expect(fake.calls == ["GET /conversations/cnv_1", "POST /conversations/cnv_1/messages"])
        let body = try #require(fake.bodies.last)
        #expect(body["options"] == ["archive": false] && body["author_id"] == "tea_ai")
        #expect(body["body"]?.string?.contains("<strong>on its way</strong>") == true)
        #expect(body["body"]?.string?.contains("<script>") == false)
        #expect(body["text"] == "It is on its way: track it <https://shop.example/t/1> <script>")
        #expect(!fake.conversation().isArchived)
    }

    @Test func `a telephone is answered in text`() async throws {
        let fake = Front.fake { conversation, _ in conversation.handle = "+15559870000" }
        _ = try await FrontChannel(Front.account(fake)).send(Front.outbound("It is **on its way**."))
        #expect(fake.bodies.last?["body"] == "It is on its way." && fake.bodies.last?["text"] == nil)
    }

    @Test func `files are sent as links`() async throws {
        let fake = Front.fake()
        var message = Front.outbound("See this.", author: .person("kim"))
        message.files = [
            OutboundFile(
                name: UnredactedText("a.png"), mediaType: "image/png",
                location: UnredactedText("https://shop.example/a.png")),
            OutboundFile(
                name: UnredactedText("b.png"), mediaType: "image/png", location: UnredactedText("file:///b.png")),
        ]
        _ = try await FrontChannel(Front.account(fake)).send(message)
        #expect(fake.bodies.last?["text"]?.string == "See this.\n\n<https://shop.example/a.png>")
    }

    @Test(
        arguments: [
            ("tea_ai", Author.ai, true), (nil, .ai, true), ("tea_kim", .ai, false), ("tea_kim", .person("ben"), true),
        ] as [(String?, Author, Bool)])
    func `the AI says nothing where a person has the conversation`(
        assignee: String?, author: Author, isSent: Bool
    ) async throws {
        let fake = Front.fake { conversation, _ in conversation.assignee = assignee }
        let channel = FrontChannel(Front.account(fake))
        if isSent {
            _ = try await channel.send(Front.outbound("Hello", author: author))
        } else {
            let error = try await #require(throws: ChannelError.self) {
                _ = try await channel.send(Front.outbound("Hello", author: author))
            }
            #expect(error.code == .taken && !error.isRetryable)
        }
        #expect(fake.sent.count == (isSent ? 1 : 0))
    }

    static let faults: [FakeFront.Fault] = [
        .status(503), .status(429, retryAfter: "3"), .unreachable, .lost, .truncated,
    ]

    @Test(arguments: faults, [1, 2])
    func `a second try finishes the first, and says nothing twice`(fault: FakeFront.Fault, call: Int) async throws {
        let fake = Front.fake()
        fake.change { $0.pageSize = 100 }
        let text = "Your parcel **left** today."
        // Another process may make the second try.
        let (first, second) = (FrontChannel(Front.account(fake)), FrontChannel(Front.account(fake)))
        fake.fail(call: call, fault)
        let error = try await #require(throws: ChannelError.self) { _ = try await first.send(Front.outbound(text)) }
        #expect(error.isRetryable && !error.message.contains("parcel"))
        if case .status(429, _) = fault { #expect(error.retryAfter == .seconds(3)) }
        let receipt = try await second.send(Front.outbound(text, isRetry: true))
        #expect(fake.sent.count == 1 && receipt.providerID == fake.sent.first.map { "uid_\($0.id)" })
        #expect(!fake.conversation().isArchived)
    }

    @Test func `a second try also minds who has the conversation by now`() async throws {
        let fake = Front.fake { conversation, _ in conversation.assignee = "tea_kim" }
        let error = try await #require(throws: ChannelError.self) {
            _ = try await FrontChannel(Front.account(fake)).send(Front.outbound("Hello", isRetry: true))
        }
        #expect(error.code == .taken)
        #expect(fake.calls == ["GET /conversations/cnv_1/messages?limit=100", "GET /conversations/cnv_1"])
    }

    @Test func `what was sent before, by others or in vain is not taken for it`() async throws {
        let fake = Front.fake()
        func earlier(_ change: (inout FrontModel.Message) -> Void) {
            var message = FrontModel.Message(
                id: "msg_\(fake.model.messages.count + 1)", conversation: "cnv_1", isInbound: false, author: "tea_ai",
                body: "<p>Hello</p>")
            change(&message)
            fake.change { [message] in $0.messages.append(message) }
        }
        fake.change { $0.pageSize = 100 }
        earlier { $0.at -= 61 }
        earlier { $0.author = "tea_kim" }
        earlier { $0.author = nil }
        earlier { $0.errorType = "bounce" }
        earlier { $0.isInbound = true }
        earlier { $0.body = "<p>Hello you</p>" }
        let channel = FrontChannel(Front.account(fake))
        _ = try await channel.send(Front.outbound("Hello", isRetry: true))
        #expect(fake.calls.last == "POST /conversations/cnv_1/messages")
        // The same words once more, a moment later, in another message.
        _ = try await channel.send(Front.outbound("Hello", key: "s1-4-message", isRetry: true))
        #expect(fake.calls.last == "POST /conversations/cnv_1/messages")
        let calls = fake.calls.count
        _ = try await channel.send(Front.outbound("Hello", key: "s1-4-message", isRetry: true))
        #expect(fake.calls.dropFirst(calls).allSatisfy { $0.hasPrefix("GET") })
    }

    @Test(arguments: [(401, true), (403, true), (404, false), (400, false), (500, true), (429, true)])
    func `refusals are told from what passes`(status: Int, isRetryable: Bool) async throws {
        let fake = Front.fake()
        fake.fail(call: 2, .status(status))
        let error = try await #require(throws: ChannelError.self) {
            _ = try await FrontChannel(Front.account(fake)).send(Front.outbound("Hello"))
        }
        #expect(error.isRetryable == isRetryable && !error.message.contains("ada@"))
    }

    @Test func `what is not for Front goes nowhere`() async throws {
        let fake = Front.fake()
        let channel = FrontChannel(Front.account(fake))
        for message in [Front.outbound("Hello", thread: "../me"), Front.outbound("Hello", thread: "")] {
            let error = try await #require(throws: ChannelError.self) { _ = try await channel.send(message) }
            #expect(error.code == .rejected)
        }
        #expect(fake.calls.isEmpty)
        let empty = try await #require(throws: ChannelError.self) { _ = try await channel.send(Front.outbound(" ")) }
        #expect(empty.code == .rejected && fake.sent.isEmpty)
    }

    @Test func `a conversation that became part of another is answered there`() async throws {
        let fake = Front.fake()
        fake.change { model in
            model.conversations["cnv_1"]?.mergedInto = "cnv_2"
            model.conversations["cnv_2"] = FrontModel.Conversation(id: "cnv_2", assignee: "tea_ai")
        }
        _ = try await FrontChannel(Front.account(fake)).send(Front.outbound("Hello"))
        #expect(fake.sent.map(\.conversation) == ["cnv_2"])
    }

    @Test(
        arguments: [
            ("sending_error", "message_delivery_failed", true),
            ("message_bounce_error", "message_delivery_failed", false),
            ("sending_error", nil, true),
        ] as [(String, String?, Bool)])
    func `what did not arrive is reported by our own name`(
        type: String, application: String?, isPassing: Bool
    ) async throws {
        let fake = Front.fake()
        let account = Front.account(fake)
        let channel = FrontChannel(account)
        _ = try await channel.send(Front.outbound("Hello", key: "s1-2-message"))
        let event = Front.event(type, message: "msg_out1")
        let request = application.map { Front.application($0, event) } ?? Front.rule(event)
        guard case .delivery(let report)? = try await channel.events(in: request).first else {
            Issue.record("not reported")
            return
        }
        #expect(report.delivery == "s1-2-message")
        guard case .failed(_, isPassing) = report.progress else {
            Issue.record("\(report.progress)")
            return
        }
        // After a restart nobody knows the name, but the team hears of it.
        guard case .team(let told)? = try await FrontChannel(Front.account(fake)).events(in: request).first,
            case .changed(let words, by: nil) = told.activity
        else {
            Issue.record("not told")
            return
        }
        #expect(words.reveal() == "Front could not deliver a message of the AI." && told.providerID == "evt_1")
    }
}
