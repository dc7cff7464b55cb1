import OpenCXCore
import Testing

@testable import OpenCXEmail

@Suite struct ThreadTests {
    @Test func `our ids name session and delivery, survive a change of case, and cannot be made up`() {
        let id = OwnMessageID(session: "01hx", delivery: "01hx-4-reply")
        let text = id.text(domain: "fernhill.example", secret: Samples.secret)
        #expect(OwnMessageID(text, secret: Samples.secret) == id)
        #expect(OwnMessageID(text.uppercased(), secret: Samples.secret) == id)
        #expect(OwnMessageID(text, secret: Secret("another secret, as long")) == nil)
        var random = Numbers(seed: 3)
        for _ in 0..<200 {
            var bytes = Array(text.utf8.prefix { $0 != UInt8(ascii: "@") })
            let place = 4 + random.below(bytes.count - 4)
            bytes[place] = bytes[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(OwnMessageID(String(decoding: bytes, as: UTF8.self) + "@x", secret: Samples.secret) == nil)
        }
        let odd = OwnMessageID(session: "s", delivery: "other\nkey")
        #expect(OwnMessageID(odd.text(domain: "x", secret: Samples.secret), secret: Samples.secret) == odd)
        for broken in ["", "@", "ocx.@x", "ocx..@x", "ocx.a.b@x", "ocx.!.!@x"] {
            #expect(OwnMessageID(broken, secret: Samples.secret) == nil)
        }
    }

    @Test func `our ids are found where a mail program has encoded them`() throws {
        // As Python's `email` writes what is longer than a line.
        let mail = try Samples.read(
            Samples.mail(headers: [
                "In-Reply-To: =?utf-8?q?=3Cocx=2Eaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?=\r\n"
                    + " =?utf-8?q?aaaa=2Ebbbb=40fernhill=2Eexample=3E?=",
                "References: <abc@example.com> =?utf-8?q?=3Cocx=2Eaaaa?=\r\n =?utf-8?q?=40fernhill=2Eexample=3E?=",
            ]))
        let letters = String(repeating: "a", count: 48)
        #expect(mail.inReplyTo == ["ocx.\(letters).bbbb@fernhill.example"])
        #expect(mail.references == ["abc@example.com", "ocx.aaaa@fernhill.example"])
    }

    @Test func `a thread's id is read as it was written`() {
        let thread = MailThread(address: "help@fernhill.example", sender: "abcdefghijklmnop", root: "a|b@example.com")
        #expect(MailThread(thread.id) == thread)
        #expect(thread.root == "a|b@example.com")
        let long = MailThread(address: "h@x", sender: "abcdefghijklmnop", root: String(repeating: "x", count: 500))
        #expect(long.root == nil && MailThread(long.id) == long && long.id.rawValue.utf8.count < 80)
        #expect(MailThread("visitor-0123") == nil)
    }

    @Test func `mails of one thread and sender are one conversation, others' are not`() async throws {
        let desk = MailDesk()
        let first = try #require(try await desk.message(Samples.mail(id: "m1@example.com")))
        let second = try #require(
            try await desk.message(
                Samples.mail(
                    id: "m3@example.com", headers: ["References: <m1@example.com> <m2@fernhill.example>"])))
        let third = try #require(
            try await desk.message(Samples.mail(id: "m4@example.com", headers: ["In-Reply-To: <m1@example.com>"])))
        #expect(first.thread == second.thread && first.thread == third.thread)
        let stranger = try #require(
            try await desk.message(
                Samples.mail(
                    from: "eve@example.net", id: "m5@example.net", headers: ["References: <m1@example.com>"])))
        #expect(stranger.thread != first.thread)
        let elsewhere = try #require(
            try await desk.message(Samples.mail(to: "sales+x@Fernhill.example", id: "m1@example.com")))
        #expect(elsewhere.thread != first.thread)
    }

    @Test func `whoever answers our mail is in its conversation`() async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let answer = try #require(desk.transport.mails.first)
        let session = try #require(try await desk.store.session(ticket: TicketNumber(rawValue: 1001)))
        let reply = try #require(
            try await desk.message(
                Samples.mail(
                    subject: "AW: something else", id: "m2@example.com", headers: ["In-Reply-To: <\(answer.messageID)>"]
                )))
        #expect(reply.thread == session.thread)
        // Also where a program keeps nothing but the newest of the references, in capitals.
        let shouting = try #require(
            try await desk.message(
                Samples.mail(id: "m3@example.com", headers: ["References: <\(answer.messageID.uppercased())>"])))
        #expect(shouting.thread == session.thread)
    }

    @Test(arguments: [
        ("Re: My order [01001]", "Hello", true), ("Re: My order", "Hello\n\nRef: #01001", true),
        ("A new mail", "Reference: Ticket #1001", true), ("[#01001]", "x", true), ("[01002]", "x", false),
        ("order 01001", "x", false), ("x", "my ref: 01001", false),
    ])
    func `a ticket's number leads its own customer to the conversation`(
        subject: String, text: String, isFound: Bool
    ) async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let session = try #require(try await desk.store.session(ticket: TicketNumber(rawValue: 1001)))
        let own = try #require(try await desk.message(Samples.mail(subject: subject, id: "n1@example.com", text)))
        #expect((own.thread == session.thread) == isFound)
        let stranger = try #require(
            try await desk.message(
                Samples.mail(from: "eve@example.net", subject: subject, id: "n2@example.net", text)))
        #expect(stranger.thread != session.thread)
    }

    @Test(
        arguments: [
            ("Re: AW: My order [00012]", "My order"), ("Re[2]: Sv: x", "x"), ("[00012] Re: x", "x"),
            ("Note: x", "Note: x"),
            ("回复: x", "x"), ("Re:", nil), ("", nil), ("[Fernhill] x [2]", "[Fernhill] x"), ("WG: Fwd: a  b", "a b"),
        ] as [(String, String?)])
    func `subjects are bared`(subject: String, bare: String?) {
        #expect(SubjectText.bare(subject) == bare)
    }

    @Test func `who is vouched for by the team's own server is verified, nobody else`() async throws {
        let desk = MailDesk { $0.authentication = SenderAuthentication(server: "mx.fernhill.example") }
        func isVerified(_ results: String...) async throws -> Bool? {
            let headers = results.map { "Authentication-Results: " + $0 }
            return try await desk.message(Samples.mail(headers: headers))?.sender.isVerified
        }
        #expect(try await isVerified("mx.fernhill.example; dmarc=pass header.from=example.com") == true)
        #expect(try await isVerified("mx.fernhill.example; dkim=pass header.d=example.com; spf=fail") == true)
        #expect(try await isVerified("mx.fernhill.example; dkim=pass (2048-bit) header.d=example.net") == false)
        #expect(try await isVerified("mx.fernhill.example; dmarc=fail header.from=example.com") == false)
        #expect(try await isVerified("mx.fernhill.example (dmarc=pass); dmarc=fail") == false)
        #expect(try await isVerified("mx.example.net; dmarc=pass header.from=example.com") == false)
        #expect(
            try await isVerified(
                "mx.fernhill.example; dmarc=fail", "mx.fernhill.example; dmarc=pass header.from=example.com") == false)
        #expect(try await isVerified() == false)
        let plain = MailDesk()
        let claimed = try await plain.message(
            Samples.mail(headers: ["Authentication-Results: mx.fernhill.example; dmarc=pass"]))
        #expect(claimed?.sender.isVerified == false)
    }

    @Test(arguments: [
        #"spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.com ;"@evil.example"#,
        #"spf=pass smtp.mailfrom="x;dkim=pass header.d=example.com "@evil.example; dmarc=none"#,
        #"spf=pass smtp.mailfrom="x\"; dmarc=pass ;"@evil.example; dmarc=none"#,
        "spf=pass smtp.mailfrom==?utf-8?q?x=3B_dmarc=3Dpass_?=@evil.example; dmarc=none",
        "spf=pass smtp.mailfrom=\"\u{301}; dmarc=pass \u{301}\"@evil.example; dmarc=none",
    ])
    func `nobody vouches for themselves by the address that they send from`(results: String) async throws {
        let desk = MailDesk { $0.authentication = SenderAuthentication(server: "mx.fernhill.example") }
        let header = "Authentication-Results: mx.fernhill.example; " + results
        let message = try await desk.message(Samples.mail(headers: [header]))
        #expect(message?.sender.isVerified == false)
    }

    @Test func `of two senders nobody is vouched for`() async throws {
        let desk = MailDesk { $0.authentication = SenderAuthentication(server: "mx.fernhill.example") }
        let results = "Authentication-Results: mx.fernhill.example; dkim=pass header.d=example.com"
        let message = try await desk.message(Samples.mail(headers: ["From: eve@example.com", results]))
        #expect(message?.sender.isVerified == false)
    }

    @Test func `a screenshot and nothing else is what was to be said`() async throws {
        func message(_ text: String, answering id: String = "") async throws -> InboundMessage? {
            let mail = """
                From: ada@example.com
                Subject: The checkout is broken
                In-Reply-To: \(id)
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: text/html

                <div>\(text)<img src="cid:shot"></div>
                --r
                Content-Type: image/png; name=image.png
                Content-ID: <shot>
                Content-Disposition: inline; filename=image.png
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --r--
                """
            return try await MailDesk().message(mail)
        }
        let shot = try await message("")
        #expect(shot?.attachments.map { $0.name.reveal() } == ["image.png"])
        #expect(shot?.text.reveal() == "The checkout is broken", "with the subject, which may be all that was written")
        let answer = try await message("", answering: "<m1@example.com>")
        #expect(answer?.attachments.count == 1 && answer?.text.reveal() == "")
        #expect(try await message("See below.")?.attachments.isEmpty == true)
    }

    @Test func `forms are their customers' mails, each a conversation of its own`() async throws {
        let desk = MailDesk { $0.formSenders = ["form@fernhill.example"] }
        func form(_ id: String) async throws -> InboundMessage? {
            try await desk.message(
                Samples.mail(
                    from: "Form <form@fernhill.example>", id: id,
                    headers: [
                        "Reply-To: Bob <bob@example.com>", "References: <root@fernhill.example>",
                        "Auto-Submitted: auto-generated",
                    ]))
        }
        let one = try #require(try await form("f1@fernhill.example"))
        let two = try #require(try await form("f2@fernhill.example"))
        #expect(one.sender.email == "bob@example.com" && one.sender.isVerified == false)
        #expect(one.thread != two.thread)
    }
}
