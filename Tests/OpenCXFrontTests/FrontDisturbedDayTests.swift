import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

/// What is left of a day, to be compared.
private struct DayEnd: Equatable {
    var said: [String]
    var sent: [String]
    var conversation: FrontModel.Conversation
    var status: SessionStatus?
    var owner: SessionOwner?
    var contacts: Int
}

/// A whole agent through whole days, in which one call to Front goes wrong: every call, in every way. Front tells again what was
/// not taken, and the agent tries again; what is left in the end is what an undisturbed day leaves.
struct FrontDisturbedDayTests {
    private static let faults: [FakeFront.Fault] = [
        .status(503), .status(429, retryAfter: "5"), .status(401), .unreachable, .lost, .truncated,
    ]

    @Test(arguments: faults)
    func `a day with a handoff ends alike, whatever call fails`(fault: FakeFront.Fault) async throws {
        try await compare(fault) { day in
            try await day.customer("Where is my parcel?", id: "msg_2")
            try await day.customer("I want to talk to a person, please.", id: "msg_3")
            day.desk.fake.change { $0.conversations["cnv_1"]?.assignee = "tea_kim" }
            try await day.kim("I have asked the courier.", id: "msg_k")
            try await day.customer("Thank you!", id: "msg_4")
            day.desk.fake.change { $0.conversations["cnv_1"]?.isArchived = true }
            try await day.tell(
                "conversation_archived", Front.event("archive", id: "evt_x", message: nil, by: Front.kim))
        }
    }

    @Test(arguments: faults)
    func `a day that the AI ends ends alike, whatever call fails`(fault: FakeFront.Fault) async throws {
        try await compare(fault) { day in
            try await day.customer("Where is my parcel?", id: "msg_2")
            try await day.customer("Thank you, that is all.", id: "msg_3")
        }
    }

    private func compare(
        _ fault: FakeFront.Fault, _ body: (Day) async throws -> Void
    ) async throws {
        let undisturbed = Day()
        try await body(undisturbed)
        let (expected, calls) = (try await undisturbed.end(), undisturbed.desk.fake.calls.count)
        #expect(expected.sent.count == Set(expected.sent).count && expected.conversation.comments.count == 1)
        for call in 1...calls {
            let day = Day()
            day.desk.fake.fail(call: call, fault)
            try await body(day)
            let end = try await day.end()
            #expect(end == expected, "call \(call): \(undisturbed.desk.fake.calls[call - 1])")
        }
    }
}

/// A day at a desk: time passes, and what Front did not get rid of it tells again.
private struct Day {
    let desk = FrontDesk()

    func customer(_ text: String, id: String) async throws {
        desk.fake.change { model in
            model.messages.append(
                FrontModel.Message(id: id, conversation: "cnv_1", text: text, contact: "crd_1", at: model.now))
        }
        try await tell("inbound_received", Front.event("inbound", id: "evt_\(id)", message: id))
    }

    func kim(_ text: String, id: String) async throws {
        desk.fake.change { model in
            model.messages.append(
                FrontModel.Message(
                    id: id, conversation: "cnv_1", isInbound: false, author: "tea_kim", text: text, at: model.now))
        }
        try await tell("outbound_sent", Front.event("outbound", id: "evt_\(id)", message: id))
    }

    func tell(_ type: String, _ event: JSONValue) async throws {
        for _ in 0..<5 {
            if try await desk.post(Front.application(type, event, at: desk.clock.now())) == 200 { break }
            pass(30)
        }
        for _ in 0..<5 {
            pass(300)
            try await desk.agent.runUntilIdle()
        }
    }

    /// Front's time is ours.
    private func pass(_ seconds: Int) {
        desk.clock.advance(by: .seconds(seconds))
        let now = Double(desk.clock.now().milliseconds) / 1000
        desk.fake.change { $0.now = now }
    }

    func end() async throws -> DayEnd {
        let session = try await desk.session()
        var conversation = desk.fake.conversation()
        // The mark at the end is made of the session's id, which is another one when a message was told twice.
        conversation.comments = conversation.comments.map { String($0.prefix { $0 != "·" }) }
        return DayEnd(
            said: try await desk.said(), sent: desk.fake.sent.filter { $0.author == "tea_ai" }.map(\.text),
            conversation: conversation, status: session?.status, owner: session?.owner,
            contacts: desk.fake.model.contacts.count)
    }
}
