import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontWebhookTests {
    @Test(arguments: [
        ("", 400), ("{", 400), ("[]", 400), ("null", 400), ("{}", 400), ("\"inbound\"", 400), (#"{"type": 7}"#, 400),
        (#"{"type": "inbound_received"}"#, 200), (#"{"type": "inbound_received", "payload": null}"#, 200),
        (#"{"type": "inbound_received", "payload": {}}"#, 200), (#"{"type": "inbound_received", "payload": []}"#, 200),
        (#"{"type": "inbound_received", "payload": {"id": 1, "conversation": "x", "target": []}}"#, 200),
        (
            #"{"type": "something_new", "payload": {"id": "evt_9", "type": "new_thing", "conversation": {"id": "cnv_1"}}}"#,
            200
        ),
        (
            #"{"type": "new_comment_added", "payload": {"id": "evt_9", "type": "comment", "conversation": {"id": "cnv_1"}}}"#,
            200
        ),
        // What is no id of Front's is asked for nowhere.
        (
            #"{"type": "inbound_received", "payload": {"type": "inbound", "conversation": {"id": "../me"}, "target": {"data": {"id": "msg_1/../../me"}}}}"#,
            200
        ),
        (String(repeating: "[", count: 500), 400),
    ])
    func `what is not understood does no harm`(body: String, expected: Int) async {
        let fake = Front.fake()
        let channel = FrontChannel(Front.account(fake))
        let request = Front.signed(Array(body.utf8))
        do {
            #expect(try await channel.events(in: request).isEmpty)
            #expect(expected == 200)
        } catch let error as ChannelError {
            #expect(error.httpStatus == expected)
        } catch {
            Issue.record("\(error)")
        }
        #expect(fake.calls.isEmpty)
    }

    @Test func `only what is posted counts`() async {
        var request = Front.application("inbound_received", Front.event("inbound"))
        request.method = "GET"
        await #expect(throws: ChannelError.self) {
            _ = try await FrontChannel(Front.account(Front.fake())).events(in: request)
        }
    }

    private static let kimAsTarget = (type: "teammate", data: Front.kim)
    private static let tag = (type: "tag", data: ["id": "tag_1", "name": "Billing"] as JSONValue)

    @Test(
        arguments: [
            ("assignee_changed", "assign", "Assigned to Kim in Front.", kimAsTarget),
            ("assignee_changed", "assign", "Assigned to the AI in Front.", (type: "teammate", data: Front.ai)),
            ("assignee_changed", "unassign", "Unassigned in Front.", nil),
            ("tag_added", "tag", "Tagged in Front: Billing", tag),
            ("tag_removed", "untag", "Tag taken off in Front: Billing", tag),
        ] as [(String, String, String, (type: String, data: JSONValue)?)])
    func `assignments and tags are told, and change nothing`(
        type: String, event: String, words: String, target: (type: String, data: JSONValue)?
    ) async throws {
        let fake = Front.fake()
        let payload = Front.event(event, message: nil, by: Front.kim, target: target)
        for request in [Front.application(type, payload), Front.rule(payload)] {
            let told = try await team(request, fake)
            guard case .changed(let text, by: "kim@shop.example")? = told?.activity else {
                Issue.record("\(String(describing: told))")
                continue
            }
            #expect(text.reveal() == words && told?.providerID == "evt_1")
        }
        #expect(fake.calls.isEmpty, "the webhook says it all")
    }

    @Test func `what the AI's teammate did itself is not told again`() async throws {
        let fake = Front.fake { conversation, _ in conversation.isArchived = true }
        for type in ["archive", "reopen", "assign", "unassign", "tag", "untag", "trash", "restore"] {
            #expect(try await team(Front.rule(Front.event(type, message: nil, by: Front.ai)), fake) == nil, "\(type)")
        }
        #expect(fake.calls.isEmpty)
    }

    @Test func `what is archived ends, unless it is open again`() async throws {
        let fake = Front.fake { conversation, _ in conversation.isArchived = true }
        let request = Front.application("conversation_archived", Front.event("archive", message: nil, by: Front.kim))
        guard case .ended(.closedResolved, by: "kim@shop.example")? = try await team(request, fake)?.activity else {
            Issue.record("not ended")
            return
        }
        fake.change { $0.conversations["cnv_1"]?.isArchived = false }
        #expect(try await team(request, fake) == nil)
        #expect(fake.calls == ["GET /conversations/cnv_1", "GET /conversations/cnv_1"])
    }

    @Test func `deleted is ended, restored and reopened by a person is open`() async throws {
        let fake = Front.fake { conversation, _ in conversation.isDeleted = true }
        let deleted = try await team(Front.rule(Front.event("trash", message: nil)), fake)
        guard case .ended(.closedUnresolved, by: nil)? = deleted?.activity else {
            Issue.record("not ended")
            return
        }
        let reopened = Front.rule(Front.event("reopen", message: nil, by: Front.kim))
        #expect(try await team(reopened, fake) == nil, "it is in the bin by now")
        fake.change { $0.conversations["cnv_1"]?.isDeleted = false }
        guard case .reopened(by: "kim@shop.example")? = try await team(reopened, fake)?.activity else {
            Issue.record("not reopened")
            return
        }
        // A message that came in opens a conversation as well; it tells of itself.
        guard case .changed? = try await team(Front.rule(Front.event("reopen", message: nil)), fake)?.activity else {
            Issue.record("not told")
            return
        }
        fake.change { $0.conversations = [:] }
        #expect(try await team(Front.rule(Front.event("archive", message: nil)), fake) == nil)
    }

    @Test func `a discussion of the team is nobody's business`() async throws {
        let fake = Front.fake { conversation, _ in conversation.type = "discussion" }
        #expect(try await FrontChannel(Front.account(fake)).events(in: Front.rule(Front.event("inbound"))).isEmpty)
        var event = Front.event("archive", message: nil, by: Front.kim)
        if case .object(var members) = event {
            members["conversation"] = ["id": "cnv_1", "type": "discussion"]
            event = .object(members)
        }
        #expect(try await team(Front.rule(event), fake) == nil)
    }

    @Test(
        arguments: [
            ("tea_kim", "email", true), ("tea_ai", "email", false), ("tea_rule", "email", false), (nil, "email", false),
            ("tea_kim", "internal", false), ("tea_kim", "call", false), ("tea_kim", "sms", true),
        ] as [(String?, String, Bool)])
    func `only what a person answered is told`(author: String?, type: String, isTold: Bool) async throws {
        let fake = Front.fake { _, message in
            (message.isInbound, message.author, message.type, message.text) = (false, author, type, "It left today.")
        }
        for kind in ["outbound", "out_reply"] {
            let told = try await team(Front.application("outbound_sent", Front.event(kind)), fake)
            guard isTold else {
                #expect(told == nil)
                continue
            }
            guard case .replied(by: "kim@shop.example", let text, _)? = told?.activity else {
                Issue.record("not told")
                continue
            }
            #expect(text.reveal() == "It left today.")
            #expect(told?.providerID == "msg_1", "the same, whether a rule or an application tells it")
        }
    }

    @Test func `what a webhook leaves out is read`() async throws {
        let fake = Front.fake()
        fake.change { $0.events["evt_1"] = Front.event("inbound") }
        let preview: JSONValue = ["id": "evt_1", "type": "inbound", "conversation": ["id": "cnv_1"]]
        let messages = try await FrontChannel(Front.account(fake)).receive(Front.rule(preview))
        #expect(messages.map(\.providerID) == ["msg_1"] && fake.calls.first == "GET /events/evt_1")
    }

    @Test func `a helpdesk alone reads the same for its tickets`() async throws {
        let fake = Front.fake { conversation, _ in conversation.isArchived = true }
        let helpdesk = FrontHelpdesk(Front.account(fake))
        let told = try await helpdesk.events(in: Front.rule(Front.event("archive", message: nil, by: Front.kim)))
        #expect(told.map(\.conversation) == [.ticket("cnv_1")])
        #expect(try await helpdesk.events(in: Front.rule(Front.event("inbound"))).isEmpty)
        await #expect(throws: ChannelError.self) { _ = try await helpdesk.events(in: WebhookRequest()) }
    }

    private func team(_ request: WebhookRequest, _ fake: FakeFront) async throws -> TeamEvent? {
        let events = try await FrontChannel(Front.account(fake)).events(in: request)
        #expect(events.count <= 1)
        guard case .team(let event)? = events.first else { return nil }
        #expect(event.conversation == .thread("cnv_1"))
        return event
    }
}
