import OpenCXCore
import Testing

@testable import OpenCXEmail

@Suite struct MIMETests {
    private func read(_ text: String) throws -> MailMessage {
        try MailReader().read(Array(text.utf8))
    }

    @Test func `headers are decoded, whatever their charset`() throws {
        let mail = try read(
            """
            From: =?iso-8859-1?Q?J=F6rg_Gr=FCn?= <Joerg@Example.com>
            To: "Fernhill, Support" <help@fernhill.example>, Friends: ada@example.com, bob@example.com;
            Cc: carol@example.com
            Subject: =?utf-8?B?U2Now7ZuZSBHcsO8w59l?= =?utf-8?Q?_aus_?=
             =?utf-8?Q?K=C3=B6ln?=
            Date: Mon, 3 May 2021 10:04:05 +0200
            Message-ID: <first@example.com>
            In-Reply-To: <zero@example.com>
            References: <minus-one@example.com>
             <zero@example.com>

            Hello.
            """)
        #expect(mail.from == [MailAddress(name: "Jörg Grün", address: "Joerg@Example.com")])
        #expect(mail.to.map(\.address) == ["help@fernhill.example", "ada@example.com", "bob@example.com"])
        #expect(mail.to.first?.name == "Fernhill, Support")
        #expect(mail.cc.map(\.address) == ["carol@example.com"])
        #expect(mail.subject == "Schöne Grüße aus Köln")
        #expect(mail.date?.description == "2021-05-03T08:04:05.000Z")
        #expect(mail.messageID == "first@example.com")
        #expect(mail.inReplyTo == ["zero@example.com"])
        #expect(mail.references == ["minus-one@example.com", "zero@example.com"])
        #expect(mail.texts == ["Hello."])
    }

    @Test(arguments: [
        ("iso-8859-1", [0x47, 0x72, 0xFC, 0xDF, 0x65] as [UInt8], "Grüße"),
        ("windows-1252", [0x93, 0x48, 0x69, 0x94], "\u{201C}Hi\u{201D}"),
        ("koi8-r", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
        ("shift_jis", [0x82, 0xB1, 0x82, 0xF1], "こん"),
        ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x33, 0x1B, 0x28, 0x42], "こ"),
        ("gb2312", [0xC4, 0xE3, 0xBA, 0xC3], "你好"),
        ("utf-16le", [0x48, 0, 0x69, 0], "Hi"),
        ("no-such-charset", [0x47, 0x72, 0xC3, 0xBC], "Grü"),
        ("utf-8", [0x47, 0x72, 0xFC], "Grü"),
        ("us-ascii", [0x47, 0x72, 0xC3, 0xBC], "Grü"),
        ("../etc/passwd", [0x41], "A"),
        ("UTF-8//TRANSLIT", [0x41], "A"),
    ])
    func `bytes of a charset become text`(charset: String, bytes: [UInt8], text: String) {
        #expect(Charset.decode(bytes, as: charset) == text)
    }

    @Test func `what no charset has becomes a sign for it`() {
        #expect(Charset.decode([0x82, 0xB1, 0xFF, 0x41], as: "shift_jis") == "こ\u{FFFD}A")
    }

    @Test func `of alternatives the plain one is read, files are named, pictures of the text are told apart`() throws {
        let mail = try read(
            """
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: multipart/alternative; boundary=c

            --c
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=
            =C3=9Fe
            --c
            Content-Type: text/html

            <p>Greetings</p>
            --c--
            --b
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@example>
            Content-Disposition: inline; filename=logo.png
            Content-Transfer-Encoding: base64

            iVBORw==
            --b--
            --a
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=utf-8''R%C3%A9ch; filename*1*=nung.pdf
            Content-Transfer-Encoding: base64

            JVBERg==
            --a
            Content-Type: message/rfc822

            Subject: Inner
            From: x@example.com

            Inner text
            --a--
            """)
        #expect(mail.body == [.plain("Grüße")])
        #expect(mail.htmls == ["<p>Greetings</p>"])
        #expect(mail.files.map(\.name) == ["logo.png", "Réchnung.pdf", "Inner.eml"])
        #expect(mail.files.map(\.isInline) == [true, false, false])
        #expect(mail.files.map(\.mediaType) == ["image/png", "application/pdf", "message/rfc822"])
        #expect(mail.files.first?.contentID == "logo@example")
        #expect(mail.files[1].bytes == Array("%PDF".utf8))
    }

    @Test func `an empty plain alternative gives way to HTML`() throws {
        let mail = try read(
            """
            Content-Type: multipart/alternative; boundary=c

            --c
            Content-Type: text/plain

             \u{20}
            --c
            Content-Type: text/html

            <p>Hi</p>
            --c--
            """)
        #expect(mail.body == [.html("<p>Hi</p>")])
    }

    @Test(arguments: [
        ("One \ntwo.\n> quoted \n> on\n-- \nAda \nByron", false, "One two.\n> quoted on\n-- \nAda Byron"),
        ("One \ntwo", true, "Onetwo"),
        ("> a \n>> b\nc", false, "> a \n>> b\nc"),
        ("Fixed\nlines\n", false, "Fixed\nlines\n"),
        (" stuffed", false, "stuffed"),
    ])
    func `flowed lines are whole again`(text: String, deletes: Bool, expected: String) {
        #expect(FlowedText.unfold(text, deletesSpaces: deletes) == expected)
    }

    @Test func `a report's fields and the headers that came back are kept`() throws {
        let mail = try read(Samples.bounce(of: "sent@fernhill.example", status: "5.1.1"))
        #expect(mail.report?.kind == "delivery-status")
        #expect(mail.report?.blocks.count == 2)
        #expect(mail.report?.returnedHeaders.contains { $0.name == "message-id" && $0.value.contains("sent@") } == true)
    }

    @Test(arguments: [
        "", "\n", "no header at all", ":", "Content-Type: multipart/mixed; boundary=\n\n--\n--\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a--",
        "Subject: =?utf-8?B?////?=\n\n", "Subject: =?x?Q?=ZZ?=\nFrom: <<<@@>>\n\n\u{0}", "From: a\r\n\r\n\r\n",
        "Content-Transfer-Encoding: base64\n\n!!!!", "Content-Type: text/plain; charset=utf-7\n\n+AGE-",
    ])
    func `broken mails are read as far as they go`(text: String) {
        _ = try? read(text)
    }

    @Test func `mails nested beyond reason are refused`() {
        let nested = (0..<300).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        #expect(throws: MailError.tooDeep) { try read(nested) }
    }

    @Test func `a log of addresses is a text`() throws {
        let log = (0..<300).map { "GET https://api.example.com/message/\($0) 200\n" }.joined()
        #expect(try read("Subject: My log\n\n" + log).texts == [log])
    }

    @Test func `what is too deep to be of use is left out, and said so`() throws {
        let nested = (0..<60).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let mail = try read(nested + "\nHello")
        #expect(mail.isCut)
        #expect(mail.texts.isEmpty)
    }

    @Test func `of a text that is too long the beginning is read`() throws {
        var reader = MailReader()
        reader.limits.textByteCount = 10
        let mail = try reader.read(Array("From: a@example.com\n\n0123456789abc".utf8))
        #expect(mail.isCut)
        #expect(mail.texts == ["0123456789"])
        reader.limits.byteCount = 20
        #expect(throws: MailError.tooLarge) { try reader.read(Array("From: a@example.com\n\n0123456789abc".utf8)) }
    }

    @Test func `it prints nothing of what it holds`() throws {
        let mail = try read("From: ada@example.com\nSubject: Secret\n\nText")
        #expect(!"\(mail)".contains("ada") && !String(reflecting: mail).contains("Secret"))
    }

    @Test func `mails of bits and pieces are read, or refused in our own words`() async throws {
        let desk = MailDesk()
        var random = Numbers(seed: 17)
        let pieces = [
            "--a\r\n", "--a--\r\n", "--b\n", "Content-Type: multipart/mixed; boundary=a\r\n",
            "Content-Type: text/html\r\n",
            "Content-Type: multipart/alternative; boundary=\"b\"\n", "Content-Type: message/rfc822\r\n",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n",
            "Content-Type: message/delivery-status\r\n",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "\r\n", "\n\n",
            "=\r\n", "=ZZ",
            "Subject: =?utf-8?B?4pyT?= =?x?Q?=00?=\r\n", "From: \"a\\\" <ada@example.com>\r\n", "From: ,;:<>@\r\n",
            "To: g: a@b, c@d;\r\n",
            "Content-Disposition: attachment; filename*0*=utf-8''%E2%9C; filename*1*=%93\r\n", "charset=\"", "\u{0}",
            "\t folded\r\n",
            "Date: 99 Foo 99999 99:99:99 +9999\r\n", "References: <a@b><c@d> x@y\r\n", "<div><blockquote>x",
            "Action: failed\r\nStatus: 5.1.1\r\n",
            String(repeating: "x", count: 2000), "é", "Final-Recipient: rfc822; x\r\n", "Message-ID: <>\r\n",
            "begin 644 x\n", "SGk=",
        ]
        for _ in 0..<400 {
            let text = (0..<(1 + random.below(40))).map { _ in pieces[random.below(pieces.count)] }.joined()
            guard let mail = try? MailReader().read(Array(text.utf8)) else { continue }
            for event in try await desk.channel.events(of: mail) {
                if case .message(let message) = event { #expect(message.text.byteCount <= 60_003) }
            }
            #expect(mail.texts.count <= 200 && mail.files.count <= 200)
        }
    }
}
