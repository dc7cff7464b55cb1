import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

struct HubSpotTicketTests {
    @Test(arguments: HelpdeskContract.checks)
    func `keeps the contract where a property names the handoff`(check: HelpdeskContract.Check) async throws {
        let hubspot = HubSpot { $0.tickets.properties.handoffKey = "opencx_handoff" }
        hubspot.fake.change { state in
            state.properties.insert("opencx_handoff")
            state.unique.insert("opencx_handoff")
        }
        let fake = hubspot.fake
        try await check.run(
            .init(helpdesk: hubspot.helpdesk, ticketCount: { fake.snapshot.records["tickets"]?.count ?? 0 }))
    }

    @Test func `a handoff makes the customer's record, a ticket and a note`() async throws {
        let hubspot = HubSpot {
            $0.tickets = HubSpotTicketSettings(
                pipeline: "3", stage: "31", ownerID: "88", properties: HubSpot.properties)
        }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff())
        #expect(
            hubspot.fake.calls == [
                "GET /crm/v3/objects/contacts/anna@example.com", "POST /crm/v3/objects/contacts",
                "POST /crm/v3/objects/tickets", "POST /crm/v3/objects/notes",
            ])
        let state = hubspot.fake.snapshot
        let ticket = try #require(state.records["tickets"]?[receipt.reference])
        #expect(ticket.properties["subject"] == "#4521 Returns" && ticket.properties["hs_pipeline"] == "3")
        #expect(ticket.properties["hs_pipeline_stage"] == "31" && ticket.properties["hubspot_owner_id"] == "88")
        let content = try #require(ticket.properties["content"])
        for part in [
            "Anna Ek waits for order RMA-2207.", "The customer asked for a person.", "Sentiment: neutral", "#4521",
            "https://desk.example.com/4521?of=session-1", "[opencx:", "Anna Ek, anna@example.com, +4915112345678",
            "refund, vip",
        ] { #expect(content.contains(part), "\(part)") }
        let values = HubSpot.names.map { ticket.properties[$0] }
        #expect(
            values == ["session-1", "4521", "refund;vip", "neutral", "user_requested_human_assistance", "web"])
        let contact = try #require(state.records["contacts"]?.values.first)
        #expect(contact.properties == ["email": "anna@example.com", "phone": "+4915112345678", "firstname": "Anna Ek"])
        #expect(ticket.associated["contacts"] == [contact.id])
        let note = try #require(state.records["notes"]?.values.first)
        #expect(note.associated["tickets"] == [ticket.id])
        #expect(note.properties["hs_timestamp"] == String(hubspot.clock.now().milliseconds))
        #expect(note.properties["hs_note_body"]?.contains("I want to talk to a person.<br>") == true)
    }

    @Test func `a customer who is known keeps their record`() async throws {
        let hubspot = HubSpot()
        let now = hubspot.clock.now()
        hubspot.fake.change { state in
            state.records["contacts"]?["9"] = FakeHubSpot.Record(
                id: "9", properties: ["email": "anna@example.com"], at: now)
        }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff())
        #expect(hubspot.fake.snapshot.records["tickets"]?[receipt.reference]?.associated["contacts"] == ["9"])
        #expect(hubspot.fake.snapshot.records["contacts"]?.count == 1)
    }

    @Test(arguments: [true, false])
    func `a record that somebody makes at the same time is taken`(saysWhich: Bool) async throws {
        let hubspot = HubSpot()
        let now = hubspot.clock.now()
        hubspot.fake.change { state in
            state.before["POST /crm/v3/objects/contacts"] = { state in
                var record = FakeHubSpot.Record(id: "9", properties: ["email": "anna@example.com"], at: now)
                record.isIndexed = true
                state.records["contacts"]?["9"] = record
            }
        }
        if !saysWhich { hubspot.fake.fail(1, with: .status(409, body: #"{"category": "CONFLICT"}"#)) }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff())
        #expect(hubspot.fake.snapshot.records["tickets"]?[receipt.reference]?.associated["contacts"] == ["9"])
    }

    private static let addresses: [(String?, String?, Int)] = [
        ("not an address", nil, 0), (nil, nil, 0), (nil, "+4915112345678", 1),
    ]

    @Test(arguments: addresses)
    func `a handoff needs no address`(email: String?, phone: String?, records: Int) async throws {
        let hubspot = HubSpot()
        var handoff = hubspot.handoff()
        (handoff.contact.email, handoff.contact.phone, handoff.contact.isVerified) = (email, phone, false)
        let receipt = try await hubspot.helpdesk.open(handoff)
        let state = hubspot.fake.snapshot
        #expect(state.records["contacts"]?.count == records)
        let content = state.records["tickets"]?[receipt.reference]?.properties["content"] ?? ""
        #expect(content.contains(email ?? "Anna Ek") && content.contains("(not verified)"))
    }

    @Test func `a long conversation is several notes, each within what HubSpot takes`() async throws {
        let hubspot = HubSpot()
        _ = try await hubspot.helpdesk.open(hubspot.handoff(lines: 40))
        let notes = (hubspot.fake.snapshot.records["notes"] ?? [:]).values.sorted { $0.id < $1.id }
        let bodies = notes.compactMap { $0.properties["hs_note_body"] }
        #expect(bodies.count > 5 && bodies.allSatisfy { $0.utf16.count < 65_536 })
        #expect(bodies.first?.contains("(1/\(bodies.count))") == true)
        #expect(bodies.joined().contains("Line 39.") && bodies.joined().contains("work &amp; no play"))
        let times = notes.compactMap { $0.properties["hs_timestamp"] }
        #expect(times == times.sorted() && Set(times).count == times.count)
    }

    @Test func `properties that the account does not have are left out, and the ticket is made`() async throws {
        let hubspot = HubSpot { $0.tickets.properties.tags = "missing" }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff())
        #expect(hubspot.fake.calls.filter { $0 == "POST /crm/v3/objects/tickets" }.count == 2)
        let ticket = hubspot.fake.snapshot.records["tickets"]?[receipt.reference]
        #expect(ticket?.properties["missing"] == nil && ticket?.properties["content"]?.contains("vip") == true)
    }

    @Test func `a pipeline that is refused is said so`() async throws {
        let hubspot = HubSpot()
        hubspot.fake.fail(2, with: .status(400, body: #"{"category": "VALIDATION_ERROR"}"#))
        let error = await #expect(throws: HelpdeskError.self) { _ = try await hubspot.helpdesk.open(hubspot.handoff()) }
        #expect(error?.isRetryable == false && error?.message.contains("pipeline") == true)
    }

    // MARK: Again

    @Test func `search that is behind makes no second ticket`() async throws {
        let hubspot = HubSpot()
        hubspot.fake.change { $0.searchLags = true }
        hubspot.fake.fail(2, with: .lostAnswer)
        await #expect(throws: HelpdeskError.self) { _ = try await hubspot.helpdesk.open(hubspot.handoff()) }
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff(isRetry: true))
        let state = hubspot.fake.snapshot
        #expect(state.records["tickets"]?.keys.sorted() == [receipt.reference] && state.records["notes"]?.count == 1)
    }

    @Test(arguments: [3, 40])
    func `it is found among others of the customer's, which are not looked through without end`(
        others: Int
    ) async throws {
        let hubspot = HubSpot()
        hubspot.fake.fail(2, with: .lostAnswer)
        await #expect(throws: HelpdeskError.self) { _ = try await hubspot.helpdesk.open(hubspot.handoff()) }
        let before = hubspot.clock.now() - .seconds(86_400)
        hubspot.fake.change { state in
            guard let contact = state.records["contacts"]?.values.first?.id else { return }
            for number in 0..<others {
                // Older, under ids that come later: HubSpot gives ids out in blocks.
                let id = String(number < 3 ? 9000 + number : number)
                state.records["tickets"]?[id] = FakeHubSpot.Record(id: id, properties: [:], at: before)
                state.records["contacts"]?[contact]?.associated["tickets", default: []].append(id)
            }
        }
        hubspot.fake.forgetCalls()
        _ = try await hubspot.helpdesk.open(hubspot.handoff(isRetry: true))
        #expect(hubspot.fake.snapshot.records["tickets"]?.count == others + 1)
        var unknown = hubspot.handoff(isRetry: true, key: "handoff/9")
        unknown.tags = []
        hubspot.fake.forgetCalls()
        _ = try await hubspot.helpdesk.open(unknown)
        #expect(hubspot.fake.calls.count < 15)
    }

    @Test func `without an address it is searched for`() async throws {
        let hubspot = HubSpot()
        var handoff = hubspot.handoff()
        (handoff.contact.email, handoff.contact.phone) = (nil, nil)
        hubspot.fake.fail(0, with: .lostAnswer)
        let first = handoff
        await #expect(throws: HelpdeskError.self) { _ = try await hubspot.helpdesk.open(first) }
        handoff.isRetry = true
        _ = try await hubspot.helpdesk.open(handoff)
        #expect(hubspot.fake.snapshot.records["tickets"]?.count == 1)
    }

    @Test func `another handoff of the session goes on in its ticket`() async throws {
        let hubspot = HubSpot { $0.tickets.properties = HubSpot.properties }
        let first = try await hubspot.helpdesk.open(hubspot.handoff())
        hubspot.fake.change { $0.records["tickets"]?[first.reference]?.properties["hs_pipeline_stage"] = "4" }
        hubspot.fake.forgetCalls()
        var handoff = hubspot.handoff(reference: first.reference, key: "handoff/2")
        handoff.tags = ["second"]
        #expect(try await hubspot.helpdesk.open(handoff) == first)
        #expect(
            hubspot.fake.calls == [
                "GET /crm/v3/objects/tickets/\(first.reference)", "POST /crm/v3/objects/notes",
                "POST /crm/v3/objects/notes", "PATCH /crm/v3/objects/tickets/\(first.reference)",
            ])
        let ticket = hubspot.fake.snapshot.records["tickets"]?[first.reference]
        #expect(ticket?.properties["hs_pipeline_stage"] == "1" && ticket?.properties["opencx_tags"] == "second")
        #expect(hubspot.fake.snapshot.records["notes"]?.count == 3)
    }

    @Test func `a ticket that a person has stays theirs`() async throws {
        let hubspot = HubSpot { $0.tickets.ownerID = "88" }
        let first = try await hubspot.helpdesk.open(hubspot.handoff())
        hubspot.fake.change { $0.records["tickets"]?[first.reference]?.properties["hubspot_owner_id"] = "99" }
        _ = try await hubspot.helpdesk.open(hubspot.handoff(reference: first.reference, key: "handoff/2"))
        #expect(hubspot.fake.snapshot.records["tickets"]?[first.reference]?.properties["hubspot_owner_id"] == "99")
    }

    @Test(arguments: ["404", "thread-404", "front-cnv_1"])
    func `what is gone, or was never HubSpot's, becomes a new ticket`(reference: String) async throws {
        let hubspot = HubSpot()
        let receipt = try await hubspot.helpdesk.open(hubspot.handoff(reference: reference))
        #expect(receipt.reference != reference && hubspot.fake.snapshot.records["tickets"]?.count == 1)
    }

    // MARK: What people do to tickets

    private static let changes: [((String, String), String?, String?)] = [
        (("hs_pipeline_stage", "4"), "8", "ended closed_resolved by hubspot:A-8"),
        (("hs_pipeline_stage", "2"), nil, "reopened by ?"),
        (("hubspot_owner_id", "99"), nil, "hubspot:owner-99 took"), (("hubspot_owner_id", "77"), nil, "changed"),
        (("hubspot_owner_id", ""), nil, "changed"), (("subject", "x"), nil, nil),
    ]

    @Test(arguments: changes)
    func `changes of a ticket are told`(property: (String, String), user: String?, words: String?) async throws {
        let hubspot = HubSpot()
        let event = hubspot.event("ticket.propertyChange", "512", id: 3, property: property, user: user)
        let told = try await hubspot.helpdesk.events(in: hubspot.webhook(event))
        #expect(told.map(\.activity.words) == (words.map { [$0] } ?? []))
        #expect(told.allSatisfy { $0.conversation == .ticket("512") })
        let newer = hubspot.event(
            "object.propertyChange", "512", id: 3, property: property, user: user, extra: ["objectTypeId": "0-5"])
        #expect(try await hubspot.helpdesk.events(in: hubspot.webhook(newer)).count == told.count)
        #expect(try await hubspot.channel.events(in: hubspot.webhook(event)).isEmpty && hubspot.fake.calls.isEmpty)
    }

    @Test(arguments: [("4", "2", nil), ("2", "4", nil), ("4", "4", "ended closed_resolved by ?")])
    func `of what HubSpot tells late, only what is still so counts`(told: String, now: String, words: String?)
        async throws
    {
        let hubspot = HubSpot()
        let at = hubspot.clock.now()
        hubspot.fake.change { state in
            state.records["tickets"]?["512"] = FakeHubSpot.Record(
                id: "512", properties: ["hs_pipeline": "0", "hs_pipeline_stage": now], at: at)
        }
        let event = hubspot.event("ticket.propertyChange", "512", property: ("hs_pipeline_stage", told))
        hubspot.clock.advance(by: .seconds(3600))
        let events = try await hubspot.helpdesk.events(in: hubspot.webhook(event))
        #expect(events.map(\.activity.words) == (words.map { [$0] } ?? []))
    }

    @Test func `what a person sends from a ticket is told once`() async throws {
        let hubspot = HubSpot()
        hubspot.fake.change { $0.threads["1"]?.ticket = "512" }
        let ids = [
            hubspot.write("Your refund is on its way.", from: "A-8"), hubspot.write("Thanks"),
            hubspot.write("Internal", from: "A-8", type: "COMMENT"), hubspot.write("Mine", from: "A-7"),
        ]
        let events = (ids + [ids[0], "404"]).enumerated().map { place, id in
            hubspot.event("conversation.newMessage", id: Int64(place), message: id)
        }
        let request = HubSpot.signed(JSONValue.array(events).serialized(), at: hubspot.clock.now().milliseconds)
        let told = try await hubspot.helpdesk.events(in: request)
        #expect(told.map(\.activity.words) == ["hubspot:A-8 replied Your refund is on its way."])
        #expect(told.first?.conversation == .ticket("512"))
        let silent = HubSpot { $0.passesRepliesOn = false }
        #expect(try await silent.helpdesk.events(in: request).isEmpty && silent.fake.calls.isEmpty)
    }
}
