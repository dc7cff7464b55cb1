import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

/// What customers write after a handoff.
struct FollowUpTests {
    private let zendesk = FakeZendesk()

    private func followUp(
        _ text: String = "Hello?", _ reference: String = "35436", isRetry: Bool = false, files: [String] = []
    ) -> FollowUp {
        FollowUp(
            idempotencyKey: "s1-9-follow-zendesk", isRetry: isRetry, session: "s1",
            ticket: TicketNumber(rawValue: 4521),
            reference: reference,
            line: TranscriptLine(author: .customer, text: UnredactedText(text), at: Zendesk.now),
            files: files.map(UnredactedText.init))
    }

    @Test(arguments: [("open", "open"), ("pending", "open"), ("solved", "open"), ("new", "new")])
    func `a message becomes an internal note, and a ticket that waited is open`(before: String, after: String)
        async throws
    {
        zendesk.mail(35436, assignee: Zendesk.ana, status: before)
        try await Zendesk.helpdesk(zendesk).append(followUp(files: ["receipt.pdf"]))
        let note = try #require(zendesk.state.withLock { $0.comments[35436]?.last })
        #expect(note["public"] == false && note["author_id"] == .integer(Zendesk.agent))
        let body = try #require(note["body"]?.string)
        #expect(body.contains("Hello?") && body.contains("receipt.pdf") && body.contains("[opencx:"))
        #expect(zendesk.ticket(35436)["status"] == .string(after))
        #expect(zendesk.ticket(35436)["assignee_id"] == .integer(Zendesk.ana))
    }

    @Test func `a second try adds nothing that is there`() async throws {
        zendesk.mail(35436)
        let long = String(repeating: "ä", count: 50_000)
        try await Zendesk.helpdesk(zendesk).append(followUp(long))
        let comments = zendesk.comments(of: 35436)
        #expect(comments.count == 3)
        try await Zendesk.helpdesk(zendesk).append(followUp(long, isRetry: true))
        #expect(zendesk.comments(of: 35436) == comments)
    }

    @Test(arguments: ["404", "no number"]) func `a ticket that is gone holds nothing up`(reference: String) async throws
    {
        try await Zendesk.helpdesk(zendesk).append(followUp("Hello?", reference))
        #expect(zendesk.state.withLock { $0.comments.isEmpty })
    }

    @Test(arguments: [nil] + FakeZendesk.Fault.allCases)
    func `what is written after a ticket was closed makes one follow-up, and goes on there`(fault: FakeZendesk.Fault?)
        async throws
    {
        zendesk.mail(35436, assignee: Zendesk.ana, status: "closed")
        let long = "Hello? " + String(repeating: "ä", count: 40_000)
        if let fault {
            zendesk.state.withLock { $0.faults = [1: fault] }
            await #expect(throws: HelpdeskError.self) { try await Zendesk.helpdesk(zendesk).append(followUp(long)) }
        }
        try await Zendesk.helpdesk(zendesk).append(followUp(long, isRetry: fault != nil))
        let (ids, made) = zendesk.state.withLock { state in (state.tickets.keys.sorted(), state.tickets[101] ?? [:]) }
        #expect(ids == [101, 35436] && zendesk.comments(of: 35436).count == 1)
        #expect(made["external_id"] == "s1" && made["via_followup_source_id"] == 35436)
        #expect(made["requester_id"] == 501 && made["tags"] == ["vip"])
        let notes = zendesk.state.withLock { $0.comments[101] ?? [] }
        #expect(notes.count == 2 && notes.allSatisfy { $0["public"] == false })
        #expect(notes.first?["body"]?.string?.contains("Hello?") == true)
        var next = followUp("Are you there?")
        next.idempotencyKey = "s1-10-follow-zendesk"
        zendesk.state.withLock { $0.change(101, ["status": "pending"]) }
        try await Zendesk.helpdesk(zendesk).append(next)
        #expect(zendesk.comments(of: 101).count == 3 && zendesk.ticket(101)["status"] == "open")
    }
}
