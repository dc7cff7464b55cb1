import OpenCXCore
import Testing

@testable import OpenCXEmail

@Suite struct ComposerTests {
    private func draft(_ edit: (inout MailComposer.Draft) -> Void = { _ in }) -> MailComposer.Draft {
        var draft = MailComposer.Draft(
            from: MailAddress(name: "Fernhill", address: "help@fernhill.example"),
            to: MailAddress(address: "ada@example.com"), subject: "AW: Größe [00012]",
            ticket: TicketNumber(rawValue: 12),
            messageID: "ocx.a.b@fernhill.example", inReplyTo: "m1@example.com", references: ["m0@example.com"],
            isAutomatic: true,
            text: "It is **on its way**. See [the page](https://example.com/a?b=c).\n\n<script>x</script>",
            signature: "Fernhill\nOutfitters", at: Timestamp(milliseconds: 1_620_036_245_000))
        edit(&draft)
        return draft
    }

    private func read(_ draft: MailComposer.Draft) throws -> MailMessage {
        try MailReader().read(MailComposer.compose(draft))
    }

    @Test func `an answer is in its thread, in plain text and in HTML`() throws {
        let mail = try read(draft())
        #expect(mail.subject == "Re: Größe [00012]")
        #expect(mail.from == [MailAddress(name: "Fernhill", address: "help@fernhill.example")])
        #expect(mail.to.map(\.address) == ["ada@example.com"])
        #expect(mail.inReplyTo == ["m1@example.com"])
        #expect(mail.references == ["m0@example.com", "m1@example.com"])
        #expect(mail.messageID == "ocx.a.b@fernhill.example")
        #expect(mail.header("auto-submitted") == "auto-replied")
        #expect(mail.header("x-auto-response-suppress") == "All")
        #expect(mail.date?.description == "2021-05-03T10:04:05.000Z")
        let plain = try #require(mail.texts.first)
        #expect(plain.hasPrefix("It is on its way. See the page <https://example.com/a?b=c>."))
        #expect(plain.contains("\n\n-- \nFernhill\nOutfitters\n"))
        let html = try #require(mail.htmls.first)
        #expect(html.contains("<strong>on its way</strong>") && html.contains("href=\"https://example.com/a?b=c\""))
        #expect(!html.contains("<script>"))
    }

    @Test func `what a person writes is no automatic answer`() throws {
        let mail = try read(draft { $0.isAutomatic = false })
        #expect(mail.header("auto-submitted") == nil && mail.header("x-auto-response-suppress") == nil)
    }

    @Test func `the same answer is the same bytes, in ASCII and short lines that end as mail's do`() throws {
        let bytes = MailComposer.compose(
            draft { $0.text = "Ünïcode " + String(repeating: "wörter ", count: 400) + "\n.\n.." })
        #expect(
            bytes
                == MailComposer.compose(
                    draft { $0.text = "Ünïcode " + String(repeating: "wörter ", count: 400) + "\n.\n.." }))
        #expect(bytes.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 9 || $0 == 10 || $0 == 13) })
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.replacing("\r\n", with: "").unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" })
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 })
    }

    @Test func `no text of anybody's becomes a header`() throws {
        let pieces = [
            "\r\nBcc: eve@example.net", "\nBcc: eve@example.net", "\rBcc: eve@example.net", "\r\n\r\nBody", "\u{0}",
            "\u{85}Bcc: x",
            "\u{2028}Bcc: x", "=?utf-8?Q?=0D=0ABcc:_eve@example.net?=", "ä", "\u{7F}", "<", ">", "\"", "\\", ",", ";",
            "a", " ",
            String(repeating: "x", count: 1200), "\t", "\u{1F600}",
        ]
        let names = Set(try read(draft()).headers.map(\.name))
        var random = Numbers(seed: 11)
        for _ in 0..<400 {
            func text() -> String { (0..<random.below(7)).map { _ in pieces[random.below(pieces.count)] }.joined() }
            let wild = draft {
                $0.from.name = text()
                $0.subject = text()
                $0.messageID = "ocx.a.b@fernhill.example"
                $0.inReplyTo = text()
                $0.references = [text(), text()]
                $0.signature = text()
                $0.text = text()
            }
            let bytes = MailComposer.compose(wild)
            let mail = try MailReader().read(bytes)
            #expect(Set(mail.headers.map(\.name)).isSubset(of: names))
            #expect(mail.from.map(\.address) == ["help@fernhill.example"] && mail.to.count == 1 && mail.cc.isEmpty)
            #expect(mail.texts.count == 1 && mail.htmls.count == 1 && mail.files.isEmpty)
            #expect(bytes.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 9 || $0 == 10 || $0 == 13) })
        }
    }

    @Test(arguments: [
        "ada@example.com\r\nBcc: eve@example.net", "ada@example.com, eve@example.net", "<ada@example.com>", "ada",
        "@example.com",
        "ada@", "a b@example.com", "ada@exa mple.com", "ada@example..com", "\"a\"@example.com", "ada@exämple.com", "",
        "ada@-example.com", "ada@example.com\u{0}",
    ])
    func `addresses that mail cannot be sent to`(address: String) {
        #expect(!AddressCheck.isSendable(address))
    }

    @Test func `a reference chain does not grow for ever`() throws {
        let mail = try read(draft { $0.references = (0..<100).map { "m\($0)@example.com" } })
        #expect(mail.references.count == 20)
        #expect(mail.references.first == "m0@example.com" && mail.references.last == "m1@example.com")
    }

    @Test func `a customer's mail is answered from the address it was written to, in its thread, once per delivery`()
        async throws
    {
        let desk = MailDesk()
        try await desk.receive(
            Samples.mail(
                to: "Sales <sales@fernhill.example>", subject: "Re: Lamp", id: "m9@example.com",
                headers: ["References: <m8@example.com>"]))
        let mail = try #require(try desk.transport.read.first)
        #expect(mail.from.map(\.address) == ["sales@fernhill.example"])
        #expect(mail.to.map(\.address) == ["ada@example.com"])
        #expect(mail.subject == "Re: Lamp [01001]")
        #expect(mail.inReplyTo == ["m9@example.com"])
        #expect(mail.references == ["m8@example.com", "m9@example.com"])
    }

    @Test func `after a restart the thread is still found`() async throws {
        let desk = MailDesk()
        let first = try #require(try await desk.message(Samples.mail(id: "m1@example.com")))
        _ = try await desk.agent.receive(first)
        // Another process answers.
        let transport = KeptMails()
        let channel = EmailChannel(
            configuration: desk.channel.configuration, sessions: desk.store, transport: transport, clock: desk.clock)
        let session = try #require(try await desk.store.session(ticket: TicketNumber(rawValue: 1001)))
        let contact = try #require(try await desk.store.contact(session.contact))
        _ = try await channel.send(
            OutboundMessage(
                idempotencyKey: "key", session: session.id, ticket: session.ticket, thread: session.thread,
                contact: contact,
                message: Message(id: "x", author: .ai, text: "Hello", at: .epoch), text: UnredactedText("Hello"),
                subject: session.subject))
        let mail = try #require(try transport.read.first)
        #expect(mail.inReplyTo == ["m1@example.com"] && mail.subject == "Re: My order [01001]")
    }

    @Test func `a mail says where the files of a person's message are`() async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail(id: "m1@example.com"))
        let session = try #require(try await desk.store.session(ticket: TicketNumber(rawValue: 1001)))
        let contact = try #require(try await desk.store.contact(session.contact))
        let files = ["https://files.example/a b.pdf", "other-store:1"].map {
            OutboundFile(name: UnredactedText("a.pdf"), mediaType: "application/pdf", location: UnredactedText($0))
        }
        _ = try await desk.channel.send(
            OutboundMessage(
                idempotencyKey: "key", session: session.id, ticket: session.ticket, thread: session.thread,
                contact: contact, message: Message(id: "x", author: .person("ana"), text: "Here it is.", at: .epoch),
                text: UnredactedText("Here it is."), files: files, subject: session.subject))
        let mail = try #require(try desk.transport.read.last)
        let text = try #require(mail.texts.first)
        #expect(text.contains("Here it is.") && text.contains("https://files.example/a%20b.pdf"))
        #expect(!text.contains("other-store"))
    }
}
