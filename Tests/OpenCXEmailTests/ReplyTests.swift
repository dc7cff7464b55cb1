import Testing

@testable import OpenCXEmail

@Suite struct ReplyTests {
    private static let attributions = [
        "On Mon, 3 May 2021 at 10:04, Fernhill Support <help@fernhill.example> wrote:",
        "On May 3, 2021, at 10:04 AM, Fernhill Support\n<help@fernhill.example> wrote:",
        "Am 03.05.2021 um 10:04 schrieb Fernhill Support:",
        "Am Mo., 3. Mai 2021 um 10:04 Uhr schrieb Fernhill Support <help@fernhill.example>:",
        "Le lun. 3 mai 2021 à 10:04, Fernhill Support <help@fernhill.example> a écrit :",
        "El lun, 3 may 2021 a las 10:04, Fernhill (<help@fernhill.example>) escribió:",
        "Il giorno lun 3 mag 2021 alle ore 10:04 Fernhill <help@fernhill.example> ha scritto:",
        "Op ma 3 mei 2021 om 10:04 schreef Fernhill <help@fernhill.example>:",
        "Den mån 3 maj 2021 kl 10:04 skrev Fernhill <help@fernhill.example>:",
        "Em seg., 3 de mai. de 2021 às 10:04, Fernhill <help@fernhill.example> escreveu:",
        "pon., 3 maj 2021 o 10:04 Fernhill <help@fernhill.example> napisał(a):",
        "пн, 3 мая 2021 г. в 10:04, Fernhill <help@fernhill.example>:",
        "ma 3. toukok. 2021 klo 10.04 Fernhill (help@fernhill.example) kirjoitti:",
        "2021年5月3日(月) 10:04 Fernhill <help@fernhill.example>:",
        "Fernhill <help@fernhill.example> 于2021年5月3日周一 10:04写道：",
        "Fernhill Support <help@fernhill.example>, 3 May 2021 Pzt, 10:04 tarihinde şunu yazdı:",
    ]

    @Test(arguments: attributions) func `what was said before goes, in any language`(line: String) {
        let reply = ReplySplitter().split("It still is not there.\n\n\(line)\n> Has it arrived?\n> Kind regards\n")
        #expect(reply.reply == "It still is not there.")
        #expect(reply.quoted == "\(line)\n> Has it arrived?\n> Kind regards")
    }

    @Test(arguments: attributions) func `also where it is not marked`(line: String) {
        let reply = ReplySplitter().split("It still is not there.\n\n\(line)\n\nHas it arrived?\nKind regards\n")
        #expect(reply.reply == "It still is not there.")
    }

    @Test(arguments: [
        "-----Original Message-----\nFrom: Fernhill\nSent: Monday\n\nHas it arrived?",
        "________________________________\nVon: Fernhill <help@fernhill.example>\nGesendet: Montag, 3. Mai 2021 10:04\nAn: Ada\nBetreff: Lieferung\n\nIst sie da?",
        "*From:* Fernhill <help@fernhill.example>\n*Sent:* Monday, May 3, 2021 10:04\n*To:* Ada\n*Subject:* Delivery\n\nHas it arrived?",
        "De : Fernhill <help@fernhill.example>\nEnvoyé : lundi 3 mai 2021 10:04\nÀ : Ada\nObjet : Livraison\n\nEst-elle là ?",
        "-------- Ursprüngliche Nachricht --------\nVon: Fernhill\n\nIst sie da?",
        "##- Please type your reply above this line -##\n\nHas it arrived?",
    ])
    func `headers and rules of the mail before end the reply`(history: String) {
        let reply = ReplySplitter().split("Not yet.\n\n" + history)
        #expect(reply.reply == "Not yet.")
        #expect(reply.quoted == history)
    }

    @Test func `answers between the questions are kept together, questions apart`() {
        let reply = ReplySplitter().split(
            """
            Hello,

            On Mon, 3 May 2021 at 10:04, Fernhill <help@fernhill.example> wrote:
            > Which size?

            Medium.

            > Which colour?
            Green, please.
            """)
        #expect(reply.reply == "Hello,\n\nMedium.\n\nGreen, please.")
        #expect(reply.quoted.contains("> Which size?") && reply.quoted.contains("> Which colour?"))
    }

    @Test func `an answer below the question is the answer`() {
        let reply = ReplySplitter().split("On 3 May 2021 10:04, Fernhill wrote:\n> Which size?\n\nMedium.\n\n-- \nAda")
        #expect(reply.reply == "Medium.")
        #expect(reply.signature == "-- \nAda")
    }

    @Test(arguments: [
        "Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Get Outlook for Android",
        "Gesendet mit der GMX Mail App", "Enviado desde mi teléfono Samsung", "-- \nAda Byron\n+44 20 7946 0000",
        "--\nAda",
        "Sent from Mail for Windows", "iPhoneから送信", "Sent with Proton Mail",
    ])
    func `signatures go`(signature: String) {
        let reply = ReplySplitter().split("Thanks!\n\n" + signature + "\n")
        #expect(reply.reply == "Thanks!")
        #expect(reply.signature == signature)
    }

    @Test(arguments: [
        "On Monday I wrote to you: nothing happened.", "Von meinem Konto wurden 20 Euro abgebucht.",
        "Please send it to:\nAda Byron\n12 St James's Square", "From London with love: to you.",
        "- one\n- two\n- three", "I paid on 3 May 2021 at 10:04: twice!\nWhy?",
        "Sent via your form yesterday, no answer.",
        "The date: 3 May. The subject: my order.", "Sent with good will, and still nothing.", "a > b\nb > c",
        "I said: please!\n\nWhat now?",
        "To: you\nThe door is broken.", "# Heading\n\n---\n\nMore text\nand more",
    ])
    func `ordinary sentences are nobody's history`(text: String) {
        #expect(ReplySplitter().split(text).reply == text)
    }

    @Test func `a mail that is passed on is read as a whole`() {
        let text =
            "---------- Forwarded message ---------\nFrom: Bob <bob@example.com>\nDate: Mon, 3 May 2021\nSubject: Lamp\n\nThe lamp is broken."
        let reply = ReplySplitter().split(text)
        #expect(reply.isForward)
        #expect(reply.words == text)
    }

    @Test func `a reply that is nothing but a quote is not lost`() {
        #expect(ReplySplitter().split("> Which size?\n> Medium").words == "> Which size?\n> Medium")
    }

    @Test func `mails of well-known programs in HTML`() {
        let programs = [
            "<div dir=ltr>Not yet.</div><br><div class=gmail_quote><div class=gmail_attr>On Mon, May 3, 2021 at 10:04 AM Fernhill &lt;<a href='mailto:help@fernhill.example'>help@fernhill.example</a>&gt; wrote:<br></div><blockquote class=gmail_quote>Has it arrived?</blockquote></div>",
            "<div>Not yet.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Fernhill &lt;help@fernhill.example&gt;<br><b>Sent:</b> Monday, May 3, 2021 10:04 AM<br><b>To:</b> Ada<br><b>Subject:</b> Delivery</div><div>Has it arrived?</div>",
            "<body>Not yet.<br><div><br><blockquote type=cite><div>On May 3, 2021, at 10:04, Fernhill wrote:</div><div>Has it arrived?</div></blockquote></div></body>",
            "<p>Not yet.</p><div class=moz-cite-prefix>Am 03.05.21 um 10:04 schrieb Fernhill:<br></div><blockquote type=cite>Ist sie da?</blockquote>",
            "<div>Not yet.</div><div class=yahoo_quoted><div>On Monday, 3 May 2021 at 10:04, Fernhill wrote:</div><div>Has it arrived?</div></div>",
        ]
        for html in programs {
            #expect(ReplySplitter().split(HTMLText().text(of: html)).reply == "Not yet.", "\(html)")
        }
    }

    @Test func `nothing is lost, and hostile texts take no time`() {
        var random = Numbers(seed: 7)
        let pieces = [
            "> ", "On ", "wrote:", "\n", "\n\n", "-- \n", "--\n", "__\n", "From: a@b.c\n", "Sent: 3 May 2021 10:04\n",
            "To: x\n",
            "Subject: y\n", "3 May 2021 10:04 <a@b.c>:\n", "-----Original Message-----\n", "Sent from my iPhone\n",
            "words ",
            "\u{200B}", "\r", "Ada> ", "________________\n", "é", "👩‍👩‍👧",
        ]
        for _ in 0..<500 {
            let text = (0..<random.below(60)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let reply = ReplySplitter().split(text)
            #expect(reply.sections.flatMap(\.lines).joined(separator: "\n") == text)
        }
        for piece in pieces { _ = ReplySplitter().split(String(repeating: piece, count: 1_500)) }
        for piece in pieces { _ = ReplySplitter().split(String(repeating: "__\nwords\n\n" + piece + "\n", count: 500)) }
    }
}

/// Numbers that are the same in every run.
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: state >> 33) % bound
    }
}
