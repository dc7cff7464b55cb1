import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

struct EndingTests {
    private let zendesk = FakeZendesk()

    @Test(
        arguments: [
            // Assignee, unassigned ones are ours, tags, by the AI → solved?
            (Zendesk.agent, false, [], false, true), (nil, true, [], false, true), (nil, false, [], false, false),
            (Zendesk.ana, true, [], true, false), (nil, true, ["opencx_handedoff"], false, false),
            (nil, true, ["opencx_handedoff"], true, true),
        ] as [(Int64?, Bool, [String], Bool, Bool)])
    func `a ticket is solved only if the session is and the AI has it`(
        assignee: Int64?, handlesUnassigned: Bool, tags: [String], isByAI: Bool, isSolved: Bool
    ) async throws {
        zendesk.mail(35436, assignee: assignee)
        zendesk.state.withLock { $0.tickets[35436]?["tags"] = .array(tags.map { .string($0) }) }
        let helpdesk = Zendesk.helpdesk(zendesk) { $0.handlesUnassigned = handlesUnassigned }
        let outcome = try await helpdesk.end(Zendesk.ending(by: isByAI ? .ai : .system))
        #expect((zendesk.ticket(35436)["status"] == "solved") == isSolved)
        #expect((outcome == .done) == isSolved)
        #expect(zendesk.calls == ["GET /api/v2/tickets/35436", "PUT /api/v2/tickets/35436"])
        let note = try #require(zendesk.state.withLock { $0.comments[35436]?.last })
        #expect(note["public"] == false && note["body"]?.string?.contains("opening hours") == true)
        if isSolved { #expect(zendesk.ticket(35436)["assignee_id"] == .integer(Zendesk.agent)) }
    }

    @Test func `an end without a solution is noted, and the ticket stays`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        #expect(
            try await Zendesk.helpdesk(zendesk).end(Zendesk.ending("35436", .closedUnresolved, by: .system)) == .done)
        #expect(zendesk.ticket(35436)["status"] == "open" && zendesk.comments(of: 35436).count == 2)
    }

    @Test func `tags of the session are added to those of the ticket`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        _ = try await Zendesk.helpdesk(zendesk).end(Zendesk.ending(tags: ["Opening Hours"]))
        #expect(zendesk.ticket(35436)["tags"]?.texts == ["vip", "opening_hours"])
    }

    @Test(arguments: ["closed", "gone", "no number"]) func `what cannot be noted is left, with a reason`(kind: String)
        async throws
    {
        zendesk.mail(35436, status: "closed")
        let reference = kind == "closed" ? "35436" : kind == "gone" ? "404" : "cnv_1"
        let outcome = try await Zendesk.helpdesk(zendesk).end(Zendesk.ending(reference))
        guard case .left(let reason) = outcome else {
            Issue.record("It was not left.")
            return
        }
        #expect(!reason.isEmpty && zendesk.comments(of: 35436).count == 1)
    }

    @Test func `somebody who takes the ticket at the same time keeps it open`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        zendesk.state.withLock { $0.race = { $0.change(35436, ["assignee_id": .integer(Zendesk.ana)]) } }
        let helpdesk = Zendesk.helpdesk(zendesk)
        let error = await #expect(throws: HelpdeskError.self) { _ = try await helpdesk.end(Zendesk.ending()) }
        #expect(error?.isRetryable == true && zendesk.comments(of: 35436).count == 1)
        #expect(try await helpdesk.end(Zendesk.ending(isRetry: true)) != .done)
        #expect(zendesk.ticket(35436)["status"] == "open" && zendesk.comments(of: 35436).count == 2)
    }

    @Test func `a form that wants more fields keeps the ticket open, and the note is there`() async throws {
        let ticket =
            #"{"ticket": {"id": 35436, "status": "open", "assignee_id": 11, "updated_at": "2026-09-21T10:00:00Z"}}"#
        let http = ScriptedHTTP { request in
            if String(decoding: request.body, as: UTF8.self).contains(#""status":"solved""#) {
                return ScriptedHTTP.Answer(#"{"error": "RecordInvalid"}"#, status: 422)
            }
            return ScriptedHTTP.Answer(ticket)
        }
        #expect(try await Zendesk.helpdesk(http).end(Zendesk.ending()) != .done)
        #expect(http.requests.map(\.method) == ["GET", "PUT", "PUT"])
    }

    @Test(arguments: [Zendesk.agent, Zendesk.ana], FakeZendesk.Fault.allCases)
    func `an ending that breaks anywhere is completed by the next try`(
        assignee: Int64, fault: FakeZendesk.Fault
    ) async throws {
        zendesk.mail(35436, assignee: assignee)
        let outcome = try await Zendesk.helpdesk(zendesk).end(Zendesk.ending())
        for place in zendesk.calls.indices {
            let broken = FakeZendesk()
            broken.mail(35436, assignee: assignee)
            broken.state.withLock { $0.faults = [place: fault] }
            let error = await #expect(throws: HelpdeskError.self) {
                _ = try await Zendesk.helpdesk(broken).end(Zendesk.ending())
            }
            #expect(error?.isRetryable == true)
            #expect(try await Zendesk.helpdesk(broken).end(Zendesk.ending(isRetry: true)) == outcome)
            #expect(broken.picture() == zendesk.picture(), "\(fault) at call \(place)")
        }
    }
}
