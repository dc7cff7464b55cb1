import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontAgentTests {
    @Test func `a conversation from its first message to its archive, call by call`() async throws {
        let desk = FrontDesk()
        // 1. The customer writes; the AI answers in place.
        try await desk.customer("Where is my parcel?", id: "msg_2")
        #expect(
            desk.fake.calls == [
                "GET /messages/msg_2", "GET /conversations/cnv_1",
                "GET /conversations/cnv_1", "POST /conversations/cnv_1/messages",
            ])
        #expect(desk.fake.sent.map(\.text) == ["It left today."] && desk.fake.sent[0].author == "tea_ai")
        #expect(try await desk.session()?.home == "front")

        // 2. The customer wants a person: the AI says so, and hands off.
        var calls = desk.fake.calls.count
        try await desk.customer("I want to talk to a person, please.", id: "msg_3")
        let handoff = Array(desk.fake.calls.dropFirst(calls))
        #expect(
            handoff == [
                "GET /messages/msg_3", "GET /conversations/cnv_1", "POST /conversations/cnv_1/comments",
                "GET /conversations/cnv_1", "PUT /conversations/cnv_1/assignee", "GET /conversations/cnv_1",
                "POST /conversations/cnv_1/messages",
            ])
        #expect(desk.fake.conversation().assignee == nil && desk.fake.conversation().comments.count == 1)
        #expect(!desk.fake.conversation().isArchived && desk.elsewhere.tries.isEmpty)
        var session = try #require(try await desk.session())
        #expect(session.status == .open && session.owner == .team)

        // 3. What Front tells of that, and of Kim, who takes it.
        try await desk.post("assignee_changed", Front.event("unassign", id: "evt_u", message: nil))
        try await desk.post(
            "assignee_changed",
            Front.event(
                "assign", id: "evt_a", message: nil, by: Front.kim, target: (type: "teammate", data: Front.kim)))
        #expect(try await desk.activities() == ["Unassigned in Front.", "Assigned to Kim in Front."])
        desk.fake.change { $0.conversations["cnv_1"]?.assignee = "tea_kim" }

        // 4. Kim answers; it is recorded, and not sent again.
        let sent = desk.fake.sent.count
        try await desk.kim("I have asked the courier.", id: "msg_k")
        #expect(desk.fake.sent.count == sent + 1)
        #expect(try await desk.said().last == "kim@shop.example: I have asked the courier.")

        // 5. The customer writes to Kim; the AI is silent.
        try await desk.customer("Thank you!", id: "msg_4")
        #expect(desk.fake.sent.count == sent + 1)

        // 6. Kim archives it: the session is resolved, and nothing is written.
        desk.fake.change { $0.conversations["cnv_1"]?.isArchived = true }
        calls = desk.fake.calls.count
        try await desk.post("conversation_archived", Front.event("archive", id: "evt_x", message: nil, by: Front.kim))
        session = try #require(try await desk.session())
        #expect(session.status == .closedResolved)
        #expect(desk.fake.calls.dropFirst(calls).allSatisfy { $0.hasPrefix("GET") })
        #expect(desk.fake.conversation().comments.count == 1)
    }

    @Test func `what the AI resolves is noted and archived, call by call`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        let calls = desk.fake.calls.count
        try await desk.customer("Thank you, that is all.", id: "msg_3")
        #expect(
            desk.fake.calls.dropFirst(calls) == [
                "GET /messages/msg_3", "GET /conversations/cnv_1",
                "GET /conversations/cnv_1", "POST /conversations/cnv_1/messages",
                "POST /conversations/cnv_1/comments", "GET /conversations/cnv_1", "PATCH /conversations/cnv_1",
            ])
        #expect(desk.fake.conversation().isArchived && desk.fake.conversation().comments.count == 1)
        #expect(try await desk.session()?.status == .closedResolved)
        // Front tells of the archive; nothing is new.
        let entries = try await desk.history().count
        try await desk.post("conversation_archived", Front.event("archive", id: "evt_x", message: nil, by: Front.ai))
        #expect(try await desk.history().count == entries)
        // Kim opens it again.
        desk.fake.change { $0.conversations["cnv_1"]?.isArchived = false }
        try await desk.post("conversation_reopened", Front.event("reopen", id: "evt_r", message: nil, by: Front.kim))
        #expect(try await desk.session()?.status == .open)
    }

    @Test func `what a person has when it is resolved stays open, and the history says so`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        // Kim takes it between the last word and the archive.
        let taking = desk.fake
        taking.fail(call: 5, .status(503))
        try await desk.customer("Thank you, that is all.", id: "msg_3")
        taking.change { $0.conversations["cnv_1"]?.assignee = "tea_kim" }
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        #expect(!taking.conversation().isArchived && taking.conversation().comments.count == 1)
        #expect(try await desk.activities().contains { $0.contains("Not archived in Front") })
    }

    @Test func `conversations of others are left alone`() async throws {
        for assignee in ["tea_kim", nil] {
            let desk = FrontDesk(Front.fake { conversation, _ in conversation.assignee = assignee })
            #expect(try await desk.customer("Where is my parcel?", id: "msg_2") == 200)
            #expect(try await desk.session() == nil && desk.fake.sent.isEmpty)
        }
        let desk = FrontDesk(Front.fake { conversation, _ in conversation.assignee = nil }) {
            $0.handlesUnassigned = true
        }
        try await desk.customer("Where is my parcel?", id: "msg_2")
        #expect(desk.fake.sent.count == 1)
        try await desk.customer("Thank you, that is all.", id: "msg_3")
        #expect(desk.fake.conversation().isArchived)
    }

    @Test func `a message told by an application and by a rule, and told again, is one`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        for id in ["evt_msg_2", "evt_other"] {
            #expect(try await desk.post(Front.rule(Front.event("inbound", id: id, message: "msg_2"))) == 200)
        }
        #expect(try await desk.said().count == 2 && desk.fake.sent.count == 1)
        try await desk.kim("I have it.", id: "msg_k")
        try await desk.post("outbound_sent", Front.event("out_reply", id: "evt_again", message: "msg_k"))
        #expect(try await desk.said().count == 3)
    }

    @Test func `a person who takes the conversation has the last word`() async throws {
        let desk = FrontDesk()
        desk.fake.change { model in
            model.messages.append(FrontModel.Message(id: "msg_2", conversation: "cnv_1", text: "Where is my parcel?"))
        }
        let request = Front.application("inbound_received", Front.event("inbound", message: "msg_2"))
        #expect(await desk.agent.handle(request, on: "front").status == 200)
        desk.fake.change { $0.conversations["cnv_1"]?.assignee = "tea_kim" }
        try await desk.agent.runUntilIdle()
        #expect(desk.fake.sent.isEmpty && desk.fake.conversation().comments.isEmpty)
        #expect(try await desk.session()?.owner != .ai)
        #expect(desk.fake.conversation().changes.isEmpty)
    }

    @Test func `Front being away for an hour loses no handoff`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        desk.fake.change { model in
            model.messages.append(
                FrontModel.Message(id: "msg_3", conversation: "cnv_1", text: "I want to talk to a person."))
        }
        let request = Front.application(
            "inbound_received", Front.event("inbound", id: "evt_3", message: "msg_3"), at: desk.clock.now())
        #expect(await desk.agent.handle(request, on: "front").status == 200)
        desk.fake.failAll(.status(503))
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session()?.owner == .team, "it stands in the inbox meanwhile")
        #expect(desk.fake.conversation().assignee == "tea_ai")
        desk.fake.failAll(nil)
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        #expect(desk.fake.conversation().assignee == nil && desk.fake.conversation().comments.count == 1)
    }

    @Test func `what did not arrive is sent again once, and what bounced is handed off`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        let first = try #require(desk.fake.sent.first)
        desk.fake.change { model in
            for place in model.messages.indices where model.messages[place].id == first.id {
                model.messages[place].errorType = "sending"
            }
        }
        try await desk.post("message_delivery_failed", Front.event("sending_error", id: "evt_f", message: first.id))
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        #expect(desk.fake.sent.map(\.text) == ["It left today.", "It left today."])
        let second = try #require(desk.fake.sent.last)
        try await desk.post(
            "message_delivery_failed", Front.event("message_bounce_error", id: "evt_b", message: second.id))
        try await desk.agent.runUntilIdle()
        #expect(desk.fake.sent.count == 2 && desk.fake.conversation().assignee == nil)
        #expect(try await desk.session()?.owner == .team)
    }

    @Test func `a merged conversation goes on where it is now`() async throws {
        let desk = FrontDesk()
        try await desk.customer("Where is my parcel?", id: "msg_2")
        desk.fake.change { model in
            model.conversations["cnv_1"]?.mergedInto = "cnv_2"
            model.conversations["cnv_2"] = FrontModel.Conversation(id: "cnv_2", assignee: "tea_ai")
        }
        try await desk.post("conversation_moved", Front.event("conversations_merged", id: "evt_m", message: nil))
        #expect(try await desk.activities() == ["Merged with another conversation in Front."])
        // Told under the old name still.
        try await desk.customer("I want to talk to a person.", id: "msg_3")
        #expect(try await desk.session("cnv_2")?.owner == .team)
        #expect(desk.fake.conversation("cnv_2").assignee == nil && desk.fake.conversation("cnv_2").comments.count == 1)
    }
}
