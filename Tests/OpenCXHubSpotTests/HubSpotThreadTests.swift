import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

/// Conversations that live in HubSpot: handed over and ended where they are.
struct HubSpotThreadTests {
    private static let thread = "/conversations/v3/conversations/threads/1"
    private static let ticket = "/crm/v3/objects/tickets/512"

    /// An account whose conversation has a ticket.
    private func desk(
        owner: String? = "77", stage: String = "1", _ change: (inout HubSpotConfiguration) -> Void = { _ in }
    ) -> HubSpot {
        let hubspot = HubSpot(change)
        let now = hubspot.clock.now()
        hubspot.fake.change { state in
            state.threads["1"]?.ticket = "512"
            var properties = ["hs_pipeline": "0", "hs_pipeline_stage": stage]
            properties["hubspot_owner_id"] = owner
            state.records["tickets"]?["512"] = FakeHubSpot.Record(id: "512", properties: properties, at: now)
        }
        hubspot.write("I want a person")
        return hubspot
    }

    @Test func `a handoff is a comment, and the ticket passes on`() async throws {
        let hubspot = desk { ($0.tickets.ownerID, $0.tickets.properties.tags) = ("88", "opencx_tags") }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff(reference: "thread-1"))
        #expect(receipt.reference == "thread-1")
        #expect(
            hubspot.fake.calls == [
                "POST \(Self.thread)/messages", "GET \(Self.thread)", "GET \(Self.ticket)", "PATCH \(Self.ticket)",
            ])
        let state = hubspot.fake.snapshot
        let comment = try #require(state.threads["1"]?.comments.first)
        for part in ["RMA-2207", "Sentiment: neutral", "#4521", "https://desk.example.com/4521?of=session-1"] {
            #expect(comment.contains(part), "\(part)")
        }
        #expect(state.threads["1"]?.said.count == 1 && state.threads["1"]?.status == "OPEN")
        let ticket = state.records["tickets"]?["512"]?.properties
        #expect(ticket?["hubspot_owner_id"] == "88" && ticket?["opencx_tags"] == "refund;vip")
        // From now on it is that person's, although its assignee is still the AI.
        let id = hubspot.write("Hello?")
        #expect(try await hubspot.channel.receive(hubspot.told(id)).first?.holder == .person("hubspot:owner-88"))
    }

    @Test func `without an owner in the configuration the ticket is nobody's`() async throws {
        let hubspot = desk()
        _ = try await hubspot.helpdesk.open(hubspot.handoff(reference: "thread-1"))
        #expect(hubspot.fake.snapshot.records["tickets"]?["512"]?.properties["hubspot_owner_id"] == nil)
    }

    @Test func `a person who has the ticket keeps it`() async throws {
        let hubspot = desk(owner: "99") { ($0.tickets.ownerID, $0.handoffAssignee) = ("88", "A-8") }
        _ = try await hubspot.helpdesk.open(hubspot.handoff(reference: "thread-1"))
        #expect(hubspot.fake.snapshot.records["tickets"]?["512"]?.properties["hubspot_owner_id"] == "99")
        #expect(hubspot.fake.snapshot.threads["1"]?.assignee == "A-7")
    }

    @Test func `a conversation without a ticket gets the comment`() async throws {
        let hubspot = HubSpot()
        _ = try await hubspot.helpdesk.open(hubspot.handoff(reference: "thread-1"))
        #expect(hubspot.fake.calls == ["POST \(Self.thread)/messages", "GET \(Self.thread)"])
    }

    @Test func `the trial version assigns it where the configuration asks for that`() async throws {
        let hubspot = desk { $0.handoffAssignee = "A-8" }
        _ = try await hubspot.helpdesk.open(hubspot.handoff(reference: "thread-1"))
        #expect(
            hubspot.fake.calls == [
                "POST \(Self.thread)/messages", "GET \(Self.thread)", "GET \(Self.ticket)",
                "PUT /conversations/2026-09-beta/threads/1/assignee", "PATCH \(Self.ticket)",
            ])
        #expect(hubspot.fake.snapshot.threads["1"]?.assignee == "A-8")
    }

    // MARK: The end

    @Test func `an ending is a comment, and the conversation is closed`() async throws {
        let hubspot = desk()
        #expect(try await hubspot.helpdesk.end(hubspot.ending("thread-1")) == .done)
        #expect(
            hubspot.fake.calls == [
                "POST \(Self.thread)/messages", "GET \(Self.thread)", "GET \(Self.ticket)", "PATCH \(Self.thread)",
            ])
        let thread = try #require(hubspot.fake.snapshot.threads["1"])
        #expect(thread.status == "CLOSED" && thread.comments.first?.contains("Sentiment: happy") == true)
    }

    private static let others: [(String?, String)] = [("A-8", "77"), ("A-7", "99"), ("B-1", "77"), (nil, "77")]

    @Test(arguments: others)
    func `a conversation that is somebody else's by then is left open`(assignee: String?, owner: String) async throws {
        let hubspot = desk(owner: owner)
        hubspot.fake.change { state in
            // Right after the comment.
            state.before["GET \(Self.thread)"] = { $0.threads["1"]?.assignee = assignee }
        }
        let outcome = try await hubspot.helpdesk.end(hubspot.ending("thread-1"))
        guard case .left(let why) = outcome else {
            Issue.record("it was closed")
            return
        }
        #expect(!why.isEmpty && hubspot.fake.snapshot.threads["1"]?.status == "OPEN")
        #expect(hubspot.fake.snapshot.threads["1"]?.comments.count == 1)
    }

    @Test func `what is closed, or gone, stays so`() async throws {
        let hubspot = desk()
        hubspot.fake.change { $0.threads["1"]?.status = "CLOSED" }
        #expect(try await hubspot.helpdesk.end(hubspot.ending("thread-1")) == .done)
        #expect(!hubspot.fake.calls.contains { $0.hasPrefix("PATCH") })
        let gone = try await hubspot.helpdesk.end(hubspot.ending("thread-404"))
        #expect(gone == .left("HubSpot does not have the conversation any more."))
    }

    private static let closings: [(String?, String, String, EndingOutcome, String)] = [
        (nil, "1", "0", EndingOutcome.done, "4"), ("77", "1", "0", .done, "4"), ("99", "4", "0", .done, "4"),
        ("99", "1", "0", .left("A person has the ticket in HubSpot, so it was not closed."), "1"),
        (nil, "1", "5", .left("The ticket is in another pipeline than the configuration names."), "1"),
    ]

    @Test(arguments: closings)
    func `a ticket is closed with its session if nobody has it`(
        owner: String?, stage: String, pipeline: String, outcome: EndingOutcome, after: String
    ) async throws {
        let hubspot = desk(owner: owner, stage: stage)
        hubspot.fake.change { $0.records["tickets"]?["512"]?.properties["hs_pipeline"] = pipeline }
        #expect(try await hubspot.helpdesk.end(hubspot.ending("512")) == outcome)
        let state = hubspot.fake.snapshot
        #expect(state.records["tickets"]?["512"]?.properties["hs_pipeline_stage"] == after)
        #expect(state.records["notes"]?.values.first?.properties["hs_note_body"]?.contains("RMA-2207") == true)
    }
}
