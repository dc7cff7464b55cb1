import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

struct HandoffTests {
    private let zendesk = FakeZendesk()

    @Test(arguments: HelpdeskContract.checks)
    func contract(check: HelpdeskContract.Check) async throws {
        let zendesk = zendesk
        try await check.run(
            .init(helpdesk: Zendesk.helpdesk(zendesk), ticketCount: { zendesk.state.withLock(\.tickets.count) }))
    }

    // MARK: A new ticket

    @Test func `a handoff becomes a ticket that carries it all`() async throws {
        let receipt = try await Zendesk.helpdesk(zendesk) {
            $0.handoffGroup = 7
            $0.ticketNumberField = 99
        }.open(.sample())
        #expect(
            zendesk.calls == [
                "GET /api/v2/users/search", "POST /api/v2/users/create_or_update", "POST /api/v2/tickets",
                "PUT /api/v2/tickets/102", "PUT /api/v2/tickets/102/tags",
            ])
        #expect(receipt.reference == "102")
        let ticket = zendesk.ticket(102)
        #expect(ticket["subject"] == "Returns (#4521)" && ticket["external_id"] == "session-1")
        #expect(ticket["custom_fields"] == [["id": 99, "value": "4521"]] && ticket["group_id"] == 7)
        #expect(
            ticket["tags"]?.texts == [
                "opencx", "opencx_channel_web", "opencx_handedoff", "opencx_sentiment_neutral", "refund", "vip",
            ])
        let requester = zendesk.state.withLock { $0.users[ticket["requester_id"]?.number ?? 0] }
        #expect(requester?["email"] == "anna@example.com" && requester?["name"] == "Anna Ek")
        let comments = zendesk.state.withLock { $0.comments[102] ?? [] }
        #expect(comments.count == 2 && comments.allSatisfy { $0["public"] == false })
        #expect(comments[0]["body"]?.string?.contains("Anna Ek waits for order RMA-2207.") == true)
        #expect(comments[0]["body"]?.string?.contains("anna@example.com") == true)
        #expect(
            comments[1]["body"]?.string?.contains("Customer (2023-11-14T22:13:20.000Z):\nWhere is my refund?") == true)
        let html = zendesk.state.withLock { $0.bodies[2]["ticket"]?["comment"]?["html_body"]?.string } ?? ""
        #expect(html.contains("https://support.example.com/inbox/4521"))
    }

    @Test func `credentials and keys are sent as Zendesk wants them`() async throws {
        let zendesk = zendesk
        let http = ScriptedHTTP { request in
            let response = try await zendesk.send(request)
            return ScriptedHTTP.Answer(status: response.status, headers: response.headers, pieces: [response.body])
        }
        _ = try await Zendesk.helpdesk(http).open(.sample())
        let create = try #require(http.requests.first { $0.method == "POST" && $0.url.hasSuffix("/tickets") })
        let headers = Dictionary(create.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        #expect(headers["authorization"] == "Basic YWlAYWNtZS5leGFtcGxlL3Rva2VuOnQwa2Vu")
        #expect(headers["idempotency-key"]?.utf8.count == 32)
        let bearer = ScriptedHTTP(answers: ScriptedHTTP.Answer(#"{"user": {"id": 11, "role": "agent"}}"#))
        _ = await Zendesk.helpdesk(bearer) { $0.credentials = .accessToken(Secret("abc")) }.check()
        #expect(bearer.requests.first?.headers.contains { $0.value == "Bearer abc" } == true)
    }

    @Test func `a known customer keeps their name, and is not made twice`() async throws {
        zendesk.state.withLock {
            $0.users[501] = Zendesk.user(501, "Dr. Anna Ek", "Anna@Example.com", role: "end-user")
        }
        zendesk.state.withLock { $0.users[501]?["email"] = "anna@example.com" }
        _ = try await Zendesk.helpdesk(zendesk).open(.sample())
        #expect(zendesk.state.withLock { $0.users[501]?["name"] } == "Dr. Anna Ek")
        #expect(zendesk.ticket(101)["requester_id"] == 501)
    }

    @Test(arguments: [
        ("claimed", "Anna Ek", nil), ("nameless", "Customer #4521", nil), ("bad address", "Anna Ek", nil),
        ("believed", "Anna Ek", "anna@example.com"),
    ])
    func `a customer without a checked address is a user without one`(
        kind: String, name: String, email: String?
    ) async throws {
        var handoff = HandoffPackage.sample()
        var believes = false
        switch kind {
        case "claimed": handoff.contact.isVerified = false
        case "nameless": (handoff.contact.email, handoff.contact.name) = (nil, " \n")
        case "bad address": handoff.contact.email = "no address"
        default: (handoff.contact.isVerified, believes) = (false, true)
        }
        let isBelieved = believes
        let helpdesk = Zendesk.helpdesk(zendesk) { $0.believesClaimedAddresses = isBelieved }
        _ = try await helpdesk.open(handoff)
        handoff.idempotencyKey = "another"
        _ = try await helpdesk.open(handoff)
        let users = zendesk.state.withLock { $0.users.values.filter { $0["role"] == "end-user" } }
        #expect(users.count == 1)
        #expect(users.first?["name"]?.string == name && users.first?["email"]?.string == email)
        if email == nil { #expect(users.first?["external_id"] == "opencx:contact-1") }
        if !handoff.contact.isVerified {
            #expect(zendesk.comments(of: 102)[0].contains("not checked"))
        }
    }

    @Test func `a long transcript is split, and every part is a note that fits`() async throws {
        var handoff = HandoffPackage.sample()
        handoff.transcript = (0..<40).map { place in
            TranscriptLine(
                author: .customer, text: UnredactedText("\(place) " + String(repeating: "long ", count: 1000)),
                at: .epoch)
        }
        _ = try await Zendesk.helpdesk(zendesk).open(handoff)
        let comments = zendesk.comments(of: 102)
        #expect(comments.count == 5)
        #expect(comments.allSatisfy { $0.utf8.count <= 65_536 })
        #expect(comments[4].hasPrefix("Conversation so far (4/4)"))
        for place in 0..<40 { #expect(comments.contains { $0.contains("\n\(place) long") }) }
    }

    @Test func `tags are brought into Zendesk's form`() async throws {
        var handoff = HandoffPackage.sample()
        handoff.tags = [
            "Late Delivery!", "VIP", "größe", "  ", "a,b", "late delivery", String(repeating: "x", count: 200),
        ]
        _ = try await Zendesk.helpdesk(zendesk).open(handoff)
        let tags = zendesk.ticket(102)["tags"]?.texts.filter { !$0.hasPrefix("opencx") }
        #expect(tags?.sorted() == ["a_b", "größe", "late_delivery", "vip", String(repeating: "x", count: 80)].sorted())
    }

    // MARK: A ticket that is there

    @Test func `a conversation that lives in Zendesk goes on in its ticket, unassigned, in one call`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent, status: "pending")
        var handoff = HandoffPackage.sample()
        handoff.reference = "35436"
        let receipt = try await Zendesk.helpdesk(zendesk) { $0.handoffGroup = 7 }.open(handoff)
        #expect(receipt.reference == "35436")
        #expect(zendesk.calls == ["GET /api/v2/tickets/35436", "PUT /api/v2/tickets/35436"])
        let ticket = zendesk.ticket(35436)
        #expect(ticket["assignee_id"] == .null && ticket["status"] == "open" && ticket["group_id"] == 7)
        #expect(
            ticket["tags"]?.texts.contains("opencx_handedoff") == true && ticket["tags"]?.texts.contains("vip") == true)
        #expect(zendesk.comments(of: 35436).count == 2)
        #expect(zendesk.state.withLock { $0.comments[35436]?.last?["public"] } == false)
    }

    @Test func `a person who has the ticket keeps it`() async throws {
        zendesk.mail(35436, assignee: Zendesk.ana)
        var handoff = HandoffPackage.sample()
        handoff.reference = "35436"
        _ = try await Zendesk.helpdesk(zendesk) { $0.handoffGroup = 7 }.open(handoff)
        #expect(zendesk.ticket(35436)["assignee_id"] == .integer(Zendesk.ana))
        #expect(zendesk.ticket(35436)["group_id"] == nil)
    }

    @Test func `somebody who changes the ticket at the same time loses nothing`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        zendesk.state.withLock {
            $0.race = { $0.change(35436, ["assignee_id": .integer(Zendesk.ana), "tags": ["mine"]]) }
        }
        var handoff = HandoffPackage.sample()
        handoff.reference = "35436"
        let first = handoff
        let error = await #expect(throws: HelpdeskError.self) { _ = try await Zendesk.helpdesk(zendesk).open(first) }
        #expect(error?.isRetryable == true)
        handoff.isRetry = true
        _ = try await Zendesk.helpdesk(zendesk).open(handoff)
        #expect(zendesk.ticket(35436)["assignee_id"] == .integer(Zendesk.ana))
        #expect(zendesk.ticket(35436)["tags"]?.texts.contains("mine") == true)
        #expect(zendesk.comments(of: 35436).count == 2)
    }

    @Test func `a second handoff adds what was said since the first`() async throws {
        var handoff = HandoffPackage.sample()
        let receipt = try await Zendesk.helpdesk(zendesk).open(handoff)
        zendesk.state.withLock { $0.change(102, ["status": "solved"]) }
        handoff.idempotencyKey = "second"
        handoff.reference = receipt.reference
        handoff.record.sentiment = .angry
        // The fake's notes are of September 2026.
        handoff.transcript.append(
            TranscriptLine(
                author: .customer, text: UnredactedText("Still nothing!"),
                at: Timestamp(milliseconds: 1_800_000_000_000)))
        _ = try await Zendesk.helpdesk(zendesk).open(handoff)
        let comments = zendesk.comments(of: 102)
        #expect(comments.count == 4)
        #expect(comments[2].contains("Still nothing!") && !comments[2].contains("Where is my refund?"))
        let ticket = zendesk.ticket(102)
        #expect(ticket["status"] == "open")
        #expect(ticket["tags"]?.texts.filter { $0.hasPrefix("opencx_sentiment") } == ["opencx_sentiment_angry"])
    }

    @Test(arguments: [true, false]) func `a closed or deleted ticket is followed by another`(isClosed: Bool)
        async throws
    {
        zendesk.mail(35436, status: "closed")
        var handoff = HandoffPackage.sample()
        handoff.reference = isClosed ? "35436" : "404"
        let receipt = try await Zendesk.helpdesk(zendesk).open(handoff)
        #expect(receipt.reference != "35436")
        let ticket = zendesk.ticket(Int64(receipt.reference) ?? 0)
        #expect(ticket["via_followup_source_id"] == (isClosed ? 35436 : nil))
    }

    // MARK: Failures

    @Test(arguments: [
        (401, "unauthorized"), (403, "unauthorized"), (422, "rejected"), (429, "unavailable"), (500, "unavailable"),
        (503, "unavailable"),
    ])
    func `refusals are told from what passes`(status: Int, kind: String) async throws {
        let http = ScriptedHTTP(
            answers: ScriptedHTTP.Answer(
                #"{"error": "RecordInvalid", "description": "anna@example.com is bad"}"#, status: status,
                headers: [("retry-after", "93")]))
        let error = try await #require(throws: HelpdeskError.self) {
            _ = try await Zendesk.helpdesk(http).open(.sample())
        }
        let code: HelpdeskError.Code =
            kind == "unauthorized" ? .unauthorized : kind == "rejected" ? .rejected : .unavailable
        #expect(error.code == code && error.retryAfter == .seconds(93))
        #expect(!error.message.contains("anna") && !error.message.contains("t0ken"))
    }

    enum Case: String, CaseIterable {
        case created, createdWithoutSearch, inPlace, again
    }

    private func prepare(_ zendesk: FakeZendesk, _ what: Case) async throws -> HandoffPackage {
        var handoff = HandoffPackage.sample()
        handoff.transcript.append(
            TranscriptLine(
                author: .customer, text: UnredactedText(String(repeating: "words ", count: 15_000)),
                at: Timestamp(milliseconds: 1_800_000_000_000)))
        switch what {
        case .created: break
        case .createdWithoutSearch: zendesk.state.withLock { $0.findsNewTickets = false }
        case .inPlace:
            zendesk.mail(35436, assignee: Zendesk.agent)
            handoff.reference = "35436"
        case .again:
            handoff.reference = try await Zendesk.helpdesk(zendesk).open(.sample(key: "first")).reference
            zendesk.state.withLock { ($0.calls, $0.bodies) = ([], []) }
        }
        return handoff
    }

    /// Whichever call fails, and however: another try goes on from there, and in the end everything is there once.
    @Test(arguments: Case.allCases, FakeZendesk.Fault.allCases)
    func `a handoff that breaks anywhere is completed by the next try`(what: Case, fault: FakeZendesk.Fault)
        async throws
    {
        let undisturbed = FakeZendesk()
        let handoff = try await prepare(undisturbed, what)
        let receipt = try await Zendesk.helpdesk(undisturbed).open(handoff)
        let calls = undisturbed.calls.count
        #expect(calls >= 2)
        for place in 0..<calls {
            let zendesk = FakeZendesk()
            var handoff = try await prepare(zendesk, what)
            zendesk.state.withLock { $0.faults = [place: fault] }
            let first = handoff
            let error = await #expect(throws: HelpdeskError.self) {
                _ = try await Zendesk.helpdesk(zendesk).open(first)
            }
            #expect(error?.isRetryable == true)
            handoff.isRetry = true
            #expect(try await Zendesk.helpdesk(zendesk).open(handoff) == receipt, "\(place)")
            #expect(zendesk.picture() == undisturbed.picture(), "\(what) \(fault) at call \(place)")
        }
    }
}
