import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

/// What customers write after a handoff.
struct HubSpotFollowUpTests {
    private func followUp(_ hubspot: HubSpot, _ reference: String, isRetry: Bool = false) -> FollowUp {
        FollowUp(
            idempotencyKey: "s1-9-follow-hubspot", isRetry: isRetry, session: "session-1",
            ticket: TicketNumber(rawValue: 4521), reference: reference,
            line: TranscriptLine(author: .customer, text: UnredactedText("Are you <there>?"), at: hubspot.clock.now()))
    }

    @Test func `a message becomes a note, once, and a ticket that was done is opened again`() async throws {
        let hubspot = HubSpot()
        let ticket = try await hubspot.helpdesk.open(hubspot.handoff()).reference
        hubspot.fake.change { $0.records["tickets"]?[ticket]?.properties["hs_pipeline_stage"] = "4" }
        let before = hubspot.fake.snapshot.records["notes"]?.count ?? 0
        try await hubspot.helpdesk.append(followUp(hubspot, ticket))
        try await hubspot.helpdesk.append(followUp(hubspot, ticket, isRetry: true))
        let state = hubspot.fake.snapshot
        #expect(state.records["notes"]?.count == before + 1)
        let note = state.records["notes"]?.values.first {
            $0.properties["hs_note_body"]?.contains("Are you &lt;there&gt;?") == true
        }
        #expect(note?.associated["tickets"] == [ticket])
        #expect(state.records["tickets"]?[ticket]?.properties["hs_pipeline_stage"] == "1")
    }

    @Test(arguments: ["999999", "thread-1", "nothing"])
    func `what has no ticket holds nothing up`(reference: String) async throws {
        let hubspot = HubSpot()
        try await hubspot.helpdesk.append(followUp(hubspot, reference))
        #expect(hubspot.fake.snapshot.records["notes"]?.isEmpty == true)
    }
}
