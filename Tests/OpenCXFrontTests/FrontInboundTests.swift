import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontInboundTests {
    private let request = Front.application("inbound_received", Front.event("inbound"))

    private func message(
        _ fake: FakeFront, _ change: (inout FrontConfiguration) -> Void = { _ in }
    ) async throws -> InboundMessage? {
        let messages = try await FrontChannel(Front.account(fake, change)).receive(request)
        #expect(messages.count <= 1)
        return messages.first
    }

    @Test func `a message is read in full`() async throws {
        let fake = Front.fake { _, message in
            message.attachments = [
                [
                    "id": "fil_1", "url": "https://shop.api.frontapp.com/download/fil_1", "filename": "parcel.jpg",
                    "content_type": "image/jpeg", "size": 1234, "metadata": ["is_inline": false],
                ],
                ["url": "https://shop.api.frontapp.com/download/fil_2", "metadata": ["is_inline": true]],
                ["url": "javascript:alert(1)"],
            ]
        }
        let message = try #require(try await message(fake))
        #expect(message.channel == "front" && message.channelKind == .email && message.thread == "cnv_1")
        #expect(message.providerID == "msg_1" && message.helpdesk == "front" && message.holder == .ai)
        #expect(message.text.reveal() == "Where is my parcel?" && message.subject?.reveal() == "My order")
        #expect(message.sender.email == "ada@example.com" && message.sender.name == "Ada Byron")
        #expect(message.attachments.count == 1)
        let file = try #require(message.attachments.first)
        #expect(file.name.reveal() == "parcel.jpg" && file.mediaType == "image/jpeg" && file.byteCount == 1234)
        #expect(file.location == "https://shop.api.frontapp.com/download/fil_1")
        #expect(
            fake.calls == [
                "GET /messages/msg_1", "GET /conversations/cnv_1", "GET /contacts/alt:email:ada%40example.com",
                "POST /contacts",
            ])
    }

    @Test(
        arguments: [
            ("tea_ai", false, ConversationHolder.ai), ("tea_ai", true, .ai),
            ("tea_kim", true, .person("kim@shop.example")), ("tea_kim", false, .person("kim@shop.example")),
            (nil, false, .nobody), (nil, true, .ai),
        ] as [(String?, Bool, ConversationHolder)])
    func `who has a conversation says who answers`(
        assignee: String?, handlesUnassigned: Bool, holder: ConversationHolder
    ) async throws {
        let fake = Front.fake { conversation, _ in conversation.assignee = assignee }
        let message = try await message(fake) { $0.handlesUnassigned = handlesUnassigned }
        #expect(message?.holder == holder)
    }

    @Test(
        arguments: [
            ("email", ChannelKind.email), ("sms", .sms), ("whatsapp", .whatsapp), ("yalo_wha", .whatsapp),
            ("front_chat", .web), ("custom", .web), ("smooch", .web), ("intercom", .web), ("facebook", .web),
            ("something_new", .web), ("call", nil), ("phone-call", nil), ("internal", nil),
        ] as [(String, ChannelKind?)])
    func `each type of message has its kind`(type: String, kind: ChannelKind?) async throws {
        #expect(try await message(Front.fake { $1.type = type })?.channelKind == kind)
    }

    @Test(arguments: [
        "discussion", "deleted", "gone", "outbound", "empty", "mailer", "noreply", "absence", "other message",
    ])
    func `what is no customer's message is left alone`(what: String) async throws {
        let fake = Front.fake { conversation, message in
            switch what {
            case "discussion": conversation.type = "discussion"
            case "deleted": conversation.isDeleted = true
            case "gone": message.conversation = "cnv_2"
            case "outbound": message.isInbound = false
            case "empty": (message.text, message.body, message.subject) = ("", "<p> </p>", "")
            case "noreply": message.handle = "no-reply@mail.example"
            case "absence": message.subject = "Automatic reply: My order"
            case "mailer": message.handle = "MAILER-DAEMON@mail.example"
            default: message.id = "msg_2"
            }
        }
        if what == "gone" { fake.change { $0.conversations = [:] } }
        #expect(try await message(fake) == nil)
    }

    @Test(arguments: [
        ("It is blue.\n\nOn Mon, 3 May 2021 Fern wrote:\n> Which colour?\n> Fern\n\n", "", "It is blue.\n"),
        ("> Which colour?\nBlue.\n> Which size?\nXL", "", "> Which colour?\nBlue.\n> Which size?\nXL"),
        ("> nothing but quoted", "", "> nothing but quoted"), ("5 > 4:", "", "5 > 4:"),
        ("", "<p>Hello <b>there</b></p><script>x()</script>", "Hello there"), (" \n", "Hello & bye", "Hello & bye"),
        ("", "", "My order"),
    ])
    func `what was said is told from what was quoted`(text: String, body: String, words: String) async throws {
        let found = try await message(
            Front.fake {
                $1.text = text; $1.body = body
            })
        #expect(found?.text.reveal() == words)
    }

    // MARK: Contacts

    @Test func `a contact that Front names, or has by address, is not made again`() async throws {
        let named = Front.fake { $1.contact = "crd_9" }
        #expect(try await message(named)?.sender.attributes == ["front_contact": "crd_9"])
        let known = Front.fake()
        known.change { $0.contacts = [("crd_1", "ada@example.com", nil)] }
        #expect(try await message(known)?.sender.attributes == ["front_contact": "crd_1"])
        let new = Front.fake()
        #expect(try await message(new)?.sender.attributes == ["front_contact": "crd_1"])
        #expect(new.model.contacts.map(\.handle) == ["ada@example.com"] && new.model.contacts[0].name == "Ada Byron")
        #expect(try await message(new)?.sender.attributes == ["front_contact": "crd_1"])
        for fake in [named, known] { #expect(!fake.calls.contains("POST /contacts")) }
        #expect(new.calls.count { $0 == "POST /contacts" } == 1)
        let unwanted = Front.fake()
        #expect(try await message(unwanted) { $0.createsContacts = false }?.sender.attributes == [:])
        #expect(unwanted.model.contacts.isEmpty)
    }

    @Test func `Front's address book being away does not keep a message out`() async throws {
        for call in [3, 4] {
            let fake = Front.fake()
            fake.fail(call: call, .status(503))
            let message = try await message(fake)
            #expect(message?.sender.email == "ada@example.com" && message?.sender.attributes == [:])
        }
    }

    @Test func `what is vouched for is verified, and the rest is claimed`() async throws {
        let mail = try await message(Front.fake())?.sender
        #expect(mail?.isVerified == false && mail?.customID == "mailto:ada@example.com")
        let trusted = try await message(Front.fake()) { $0.trustsSenders = true }?.sender
        #expect(trusted?.isVerified == true && trusted?.customID == nil && trusted?.email == "ada@example.com")
        let text = try await message(
            Front.fake {
                $1.type = "sms"; $1.handle = "+15559870000"
            })?.sender
        #expect(text?.isVerified == true && text?.phone == "+15559870000")
        let chat = try await message(
            Front.fake {
                $1.type = "front_chat"; $1.handle = "visitor-7"
            })?.sender
        #expect(chat?.isVerified == false && chat?.customID == "front:visitor-7" && chat?.isIdentifying == true)
    }

    // MARK: Trouble

    @Test(arguments: [
        (FakeFront.Fault.status(429, retryAfter: "17"), 503), (.status(503), 503), (.status(401), 503), (.lost, 503),
        (.unreachable, 503), (.truncated, 503), (.status(422), 503),
    ])
    func `what cannot be read now is told again`(fault: FakeFront.Fault, status: Int) async throws {
        for call in [1, 2] {
            let fake = Front.fake()
            fake.fail(call: call, fault)
            let error = try await #require(throws: ChannelError.self) { _ = try await message(fake) }
            #expect(error.httpStatus == status && error.isRetryable && !error.message.contains("ada@"))
            if case .status(429, _) = fault { #expect(error.retryAfter == .seconds(17)) }
        }
    }

    @Test func `a conversation that became part of another is followed`() async throws {
        let fake = Front.fake()
        fake.change { model in
            model.conversations["cnv_1"]?.mergedInto = "cnv_2"
            model.conversations["cnv_2"] = FrontModel.Conversation(id: "cnv_2", assignee: "tea_kim")
        }
        let found = try await message(fake)
        #expect(found?.thread == "cnv_2" && found?.holder == .person("kim@shop.example"))
        fake.change { $0.conversations["cnv_2"]?.mergedInto = "cnv_1" }
        let error = try await #require(throws: ChannelError.self) { _ = try await message(fake) }
        #expect(error.code == .unavailable)
    }
}
