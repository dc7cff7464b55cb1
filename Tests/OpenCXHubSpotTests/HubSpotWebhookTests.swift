import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

struct HubSpotWebhookTests {
    // MARK: What comes in

    @Test func `a customer's message is read in full, and lives in HubSpot`() async throws {
        let hubspot = HubSpot()
        let id = hubspot.write("Where is my refund?")
        let events = try await hubspot.channel.events(in: hubspot.told(id))
        let message = try #require(events.first?.message)
        #expect(events.count == 1 && message.text.reveal() == "Where is my refund?")
        #expect(message.thread == "thread-1" && message.providerID == "message-\(id)")
        #expect(message.channelKind == .email && message.subject?.reveal() == "Return of RMA-2207")
        #expect(message.sender.email == "anna@example.com" && message.sender.customID == "hubspot:V-101")
        #expect(!message.sender.isVerified && message.sender.name == "Anna Ek")
        #expect(message.helpdesk == "hubspot" && message.holder == .ai)
        #expect(
            hubspot.fake.calls == [
                "GET /conversations/v3/conversations/threads/1",
                "GET /conversations/v3/conversations/threads/1/messages/\(id)",
            ])
    }

    @Test func `what was cut is read from where it is whole`() async throws {
        let hubspot = HubSpot()
        let id = hubspot.write("The whole…", isTruncated: true)
        let message = try await hubspot.channel.receive(hubspot.told(id)).first
        #expect(message?.text.reveal() == "The whole text.")
    }

    @Test(arguments: [
        ("Automatic reply: Your order", "anna@example.com", "1002", false),
        ("Hi", "no-reply@example.com", "1002", false),
        ("Re: Automatic reply", "anna@example.com", "1002", true),
        ("Automatic reply: x", "anna@example.com", "1000", true),
    ])
    func `absence notes and no-reply addresses are nobody's mails`(
        subject: String, email: String, channel: String, isTold: Bool
    ) async throws {
        let hubspot = HubSpot()
        hubspot.fake.change { $0.threads["1"]?.channel = channel }
        let id = hubspot.write("I am away.", email: email)
        hubspot.fake.change { state in
            guard case .object(var entry)? = state.threads["1"]?.entries.last else { return }
            entry["subject"] = .string(subject)
            state.threads["1"]?.entries = [.object(entry)]
        }
        #expect(try await hubspot.channel.receive(hubspot.told(id)).isEmpty == !isTold)
    }

    @Test func `a visitor of a chat is asked for by their actor`() async throws {
        let hubspot = HubSpot { $0.trustsSenders = true }
        hubspot.fake.change { $0.threads["1"]?.channel = "1000" }
        let id = hubspot.write("Hi", email: nil)
        let message = try await hubspot.channel.receive(hubspot.told(id)).first
        #expect(message?.sender.email == "anna@example.com" && message?.sender.isVerified == true)
        #expect(message?.channelKind == .web)
    }

    @Test func `files come with their address, or their name in HubSpot`() async throws {
        let hubspot = HubSpot()
        let id = hubspot.write(
            "See here",
            attachments: [
                ["type": "FILE", "fileId": "1", "name": "a.png", "url": "https://files.example.com/a.png"],
                ["type": "FILE", "fileId": "2", "name": "b.bin"], ["type": "QUICK_REPLIES"],
                ["type": "FILE", "fileId": "3", "url": "javascript:alert(1)"],
            ])
        let files = try await hubspot.channel.receive(hubspot.told(id)).first?.attachments ?? []
        #expect(files.map(\.location) == ["https://files.example.com/a.png", "hubspot-file:2", "hubspot-file:3"])
        #expect(files.first?.mediaType == "image/png" && files.first?.name.reveal() == "a.png")
    }

    private static let standings: [(String?, String?, Bool, ConversationHolder)] = [
        // Assignee, owner of the ticket, whether unassigned ones are answered, who has it.
        ("A-7", nil, false, ConversationHolder.ai), ("A-8", nil, true, .person("hubspot:A-8")),
        (nil, nil, false, .nobody),
        (nil, nil, true, .ai), ("B-3", nil, true, .nobody), ("L-3", nil, true, .nobody), ("A-7", "77", false, .ai),
        // Handed off by its ticket, for a conversation's assignee stays.
        ("A-7", "88", true, .person("hubspot:owner-88")), (nil, "88", true, .person("hubspot:owner-88")),
        ("A-8", "77", true, .person("hubspot:A-8")),
    ]

    @Test(arguments: standings)
    func `who has a conversation is its assignee, and the owner of its ticket`(
        assignee: String?, owner: String?, answersUnassigned: Bool, holder: ConversationHolder
    ) async throws {
        let hubspot = HubSpot { $0.answersUnassigned = answersUnassigned }
        let now = hubspot.clock.now()
        hubspot.fake.change { state in
            state.threads["1"]?.assignee = assignee
            state.threads["1"]?.ticket = "512"
            state.records["tickets"]?["512"] = FakeHubSpot.Record(
                id: "512", properties: owner.map { ["hubspot_owner_id": $0] } ?? [:], at: now)
        }
        let id = hubspot.write("Hi")
        #expect(try await hubspot.channel.receive(hubspot.told(id)).first?.holder == holder)
    }

    @Test func `a new conversation tells its messages, under the same ids`() async throws {
        let hubspot = HubSpot()
        let first = hubspot.write("One")
        let second = hubspot.write("Two")
        let events = try await hubspot.channel.events(
            in: hubspot.webhook(
                hubspot.event("conversation.creation", id: 5),
                hubspot.event("conversation.newMessage", id: 6, message: second)))
        #expect(events.compactMap { $0.message?.providerID } == ["message-\(first)", "message-\(second)"])
    }

    @Test func `what people and machines write is told from what customers write`() async throws {
        let hubspot = HubSpot()
        let entries = [
            hubspot.write("I am looking into it.", from: "A-8"), hubspot.write("Mine.", from: "A-7"),
            hubspot.write("Be careful.", from: "A-8", type: "COMMENT"),
            hubspot.write("Ours. [opencx:0123456789abcdef]", from: "A-8", type: "COMMENT"),
            hubspot.write("Automatic.", from: "B-1"), hubspot.write("Welcome!", from: "A-8", type: "WELCOME_MESSAGE"),
            hubspot.write("", from: "S-1", type: "ASSIGNMENT"),
        ]
        let events = entries.enumerated().map { place, id in
            hubspot.event("conversation.newMessage", id: Int64(place), message: id)
        }
        let request = HubSpot.signed(JSONValue.array(events).serialized(), at: hubspot.clock.now().milliseconds)
        let told = try await hubspot.channel.events(in: request)
        #expect(
            told.compactMap { $0.team?.activity.words } == [
                "hubspot:A-8 replied I am looking into it.", "hubspot:A-8 noted Be careful.",
            ])
        #expect(told.allSatisfy { $0.message == nil })
        #expect(told.first?.team?.providerID == "message-\(entries[0])")
        #expect(told.first?.team?.conversation == .thread("thread-1"))
    }

    private static let changes: [(String, String?, String, String?, String?)] = [
        ("assignedTo", "A-8", "OPEN", nil, "hubspot:A-8 took"), ("assignedTo", "A-7", "OPEN", nil, "changed"),
        ("assignedTo", nil, "OPEN", "8", "changed"), ("assignedTo", "B-8", "OPEN", nil, "changed"),
        ("status", "A-7", "CLOSED", "8", "ended closed_resolved by hubspot:A-8"),
        ("status", "A-7", "CLOSED", nil, "ended closed_resolved by ?"),
        ("status", "A-7", "OPEN", "8", "reopened by hubspot:A-8"), ("status", "A-7", "OPEN", nil, "reopened by ?"),
        ("isArchived", "A-7", "OPEN", nil, "ended closed_unresolved by ?"), ("other", "A-7", "OPEN", nil, nil),
    ]

    @Test(arguments: changes)
    func `changes of a conversation are told as it is now`(
        property: String, assignee: String?, status: String, user: String?, words: String?
    ) async throws {
        let hubspot = HubSpot()
        hubspot.fake.change { state in
            state.threads["1"]?.assignee = assignee
            state.threads["1"]?.status = status
        }
        let value = property == "isArchived" ? "true" : "stale"
        let event = hubspot.event("conversation.propertyChange", id: 9, property: (property, value), user: user)
        let told = try await hubspot.channel.events(in: hubspot.webhook(event)).compactMap(\.team)
        #expect(told.map(\.activity.words) == (words.map { [$0] } ?? []))
        if words != nil { #expect(told.first?.providerID == "event-9-12345-\(hubspot.clock.now().milliseconds)") }
    }

    @Test func `a customer who writes opens a closed conversation, and no person has`() async throws {
        let hubspot = HubSpot()
        hubspot.write("One more thing")
        let event = hubspot.event("conversation.propertyChange", property: ("status", "OPEN"))
        #expect(try await hubspot.channel.events(in: hubspot.webhook(event)).isEmpty)
    }

    @Test(arguments: ["conversation.deletion", "conversation.privacyDeletion"])
    func `a conversation that is deleted has ended`(type: String) async throws {
        let hubspot = HubSpot()
        hubspot.fake.change { $0.threads["1"] = nil }
        let told = try await hubspot.channel.events(in: hubspot.webhook(hubspot.event(type)))
        #expect(told.compactMap { $0.team?.activity.words } == ["ended closed_unresolved by ?"])
        #expect(hubspot.fake.calls.isEmpty)
    }

    @Test func `spam, other inboxes, other accounts and what is gone are left alone`() async throws {
        let hubspot = HubSpot { ($0.inboxIDs, $0.portalID) = (["1"], "62515") }
        hubspot.fake.change { state in
            state.threads["2"] = FakeHubSpot.Thread(id: "2", assignee: "A-7", inbox: "2")
            state.threads["3"] = FakeHubSpot.Thread(id: "3", assignee: "A-7", isSpam: true)
        }
        let ids = ["1", "2", "3"].map { hubspot.write("Hi", in: $0) }
        let told = try await hubspot.channel.events(
            in: hubspot.webhook(
                hubspot.event("conversation.newMessage", "1", message: "404"),
                hubspot.event("conversation.newMessage", "2", message: ids[1]),
                hubspot.event("conversation.newMessage", "3", message: ids[2]),
                hubspot.event("conversation.newMessage", "4", message: "9"),
                hubspot.event("conversation.newMessage", "1", message: ids[0], extra: ["portalId": 1])))
        #expect(told.isEmpty)
    }

    @Test func `a hundred conversations come in the order in which they were told`() async throws {
        let hubspot = HubSpot()
        var events: [JSONValue] = []
        for number in 1...100 {
            hubspot.fake.change {
                $0.threads["\(number)"] = FakeHubSpot.Thread(id: "\(number)", assignee: "A-7")
            }
            let id = hubspot.write("Message \(number)", in: "\(number)")
            events.append(hubspot.event("conversation.newMessage", "\(number)", id: Int64(number), message: id))
        }
        let request = HubSpot.signed(JSONValue.array(events).serialized(), at: hubspot.clock.now().milliseconds)
        let told = try await hubspot.channel.receive(request)
        #expect(told.map { $0.text.reveal() } == (1...100).map { "Message \($0)" })
    }

    // MARK: What is refused

    @Test(arguments: [
        "", "{}", "null", "[1]", "[{}]", #"[{"subscriptionType": "conversation.newMessage"}]"#,
        #"[{"subscriptionType": "conversation.newMessage", "objectId": "../x", "eventId": 1, "occurredAt": 1}]"#,
        #"[{"subscriptionType": "conversation.newMessage", "objectId": 1, "occurredAt": 1}]"#,
        #"[{"subscriptionType": "conversation.propertyChange", "objectId": 1, "eventId": 1, "occurredAt": 1}]"#,
        #"[{"subscriptionType": 7, "objectId": 1, "eventId": 1, "occurredAt": 1}]"#,
    ])
    func `what is no list of events is malformed, for both`(body: String) async throws {
        let hubspot = HubSpot()
        let request = HubSpot.signed(Array(body.utf8), at: hubspot.clock.now().milliseconds)
        let first = await #expect(throws: ChannelError.self) { _ = try await hubspot.channel.events(in: request) }
        let second = await #expect(throws: ChannelError.self) { _ = try await hubspot.helpdesk.events(in: request) }
        #expect(first?.httpStatus == 400 && second?.httpStatus == 400)
    }

    @Test(arguments: ["contact.creation", "conversation.somethingNew", "weather", "object.propertyChange", "a.b.c"])
    func `events of other kinds mean nothing here`(type: String) async throws {
        let hubspot = HubSpot()
        let request = hubspot.webhook(hubspot.event(type, property: ("x", "y")))
        #expect(try await hubspot.channel.events(in: request).isEmpty)
        #expect(try await hubspot.helpdesk.events(in: request).isEmpty)
        #expect(hubspot.fake.calls.isEmpty)
    }

    @Test(arguments: ["forged", "stale", "unsigned", "old version"])
    func `what HubSpot did not sign just now is refused before anything is read`(kind: String) async throws {
        let hubspot = HubSpot()
        var request = hubspot.told(hubspot.write("Secret words"))
        switch kind {
        case "forged": request.body[5] ^= 1
        case "stale": hubspot.clock.advance(by: .seconds(301))
        case "unsigned": request.headers = []
        default: request.headers = [("X-HubSpot-Signature", "00"), ("X-HubSpot-Signature-Version", "v2")]
        }
        let given = request
        let error = try await #require(throws: ChannelError.self) { _ = try await hubspot.channel.events(in: given) }
        #expect(error.httpStatus == 401 && !error.message.contains("Secret words"))
        let other = try await #require(throws: ChannelError.self) { _ = try await hubspot.helpdesk.events(in: given) }
        #expect(other.httpStatus == 401 && hubspot.fake.calls.isEmpty)
    }

    @Test(arguments: [
        FakeHubSpot.Fault.status(429), .status(503), .status(401), .unreachable, .lostAnswer, .truncatedAnswer,
    ])
    func `a conversation that cannot be read is told again`(fault: FakeHubSpot.Fault) async throws {
        let hubspot = HubSpot()
        let id = hubspot.write("Hi")
        hubspot.fake.fail(1, with: fault)
        let error = await #expect(throws: ChannelError.self) {
            _ = try await hubspot.channel.events(in: hubspot.told(id))
        }
        #expect(error?.httpStatus == 503)
        #expect(try await hubspot.channel.receive(hubspot.told(id)).count == 1)
    }
}
