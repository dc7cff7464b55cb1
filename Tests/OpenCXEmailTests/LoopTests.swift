import MailSenders
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXEmail

@Suite struct LoopTests {
    @Test(arguments: [
        (["Auto-Submitted: auto-replied"], MailOrigin.automatic(.autoSubmitted)),
        (["Auto-Submitted: auto-generated (away)"], .automatic(.autoSubmitted)),
        (["Auto-Submitted: no"], .person), (["Precedence: bulk"], .automatic(.precedence)),
        (["Precedence: junk"], .automatic(.precedence)), (["Precedence: first-class"], .person),
        (["X-Autoreply: yes"], .automatic(.precedence)), (["List-Id: News <news.example.com>"], .automatic(.list)),
        (["List-Unsubscribe: <mailto:x@example.com>"], .automatic(.list)),
        (["Return-Path: <>"], .automatic(.nullReturnPath)),
        (["Return-Path: <ada@example.com>"], .person), (["X-Auto-Response-Suppress: All"], .automatic(.suppressed)),
        (["X-Auto-Response-Suppress: DR, NRN"], .person), (["X-OpenCX-Agent: <x@y>"], .own),
    ])
    func `headers of machines`(headers: [String], origin: MailOrigin) throws {
        let rules = OriginRules(ownAddresses: ["help@fernhill.example"], trustedLists: [])
        #expect(rules.origin(of: try Samples.read(Samples.mail(headers: headers))) == origin)
    }

    @Test(arguments: [
        ("noreply@example.com", MailOrigin.automatic(.sender)), ("no-reply+x@example.com", .automatic(.sender)),
        ("MAILER-DAEMON@example.com", .automatic(.sender)), ("do_not_reply@example.com", .automatic(.sender)),
        ("Help@Fernhill.example", .own), ("nora.eply@example.com", .person),
        ("bouncer.bob@example.com", .person),
        ("bounces+ada=fernhill@example.com", .automatic(.sender)),
    ])
    func `addresses of machines`(from: String, origin: MailOrigin) throws {
        let rules = OriginRules(ownAddresses: ["help@fernhill.example"], trustedLists: [])
        #expect(rules.origin(of: try Samples.read(Samples.mail(from: from))) == origin)
    }

    @Test(arguments: [
        "Out of Office", "Out of office: My order", "Automatic reply: My order", "Abwesenheitsnotiz",
        "Automatische Antwort: x",
        "Réponse automatique : x", "Respuesta automática: x", "Risposta automatica: x", "Automatisch antwoord: x",
        "Autosvar: x", "Automaattinen vastaus: x", "Resposta automática: x", "Odpowiedź automatyczna: x",
        "Автоматический ответ: x", "自動応答: x", "自动回复: x", "Otomatik yanıt: x", "Automatická odpověď: x",
    ])
    func `absence notes in many languages`(subject: String) {
        #expect(AbsenceSubject.matches(subject))
    }

    @Test(arguments: [
        "Out of office message cannot be set", "Automatic reply does not work", "Re: Out of office",
        "Abwesenheitsnotiz einrichten",
        "Vacation booking", "Autos", "My order",
    ])
    func `mails about such notes are people's`(subject: String) {
        #expect(!AbsenceSubject.matches(subject))
    }

    @Test func `through a trusted group people write`() throws {
        let mail = try Samples.read(
            Samples.mail(headers: ["List-Id: <help.fernhill.example>", "Precedence: list", "List-Post: <x>"]))
        #expect(OriginRules(ownAddresses: [], trustedLists: ["help.fernhill.example"]).origin(of: mail) == .person)
        #expect(OriginRules(ownAddresses: [], trustedLists: []).origin(of: mail) == .automatic(.precedence))
    }

    @Test(arguments: [("5.1.1", "failed", false), ("4.2.2", "failed", true)])
    func `a bounce is tied to the mail that bounced`(status: String, action: String, isPassing: Bool) async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let sent = try #require(desk.transport.mails.first)
        let events = try await desk.receive(Samples.bounce(of: sent.messageID, status: status, action: action))
        guard case .delivery(let report)? = events.first else {
            Issue.record("\(events)")
            return
        }
        let own = try #require(OwnMessageID(sent.messageID, secret: Samples.secret))
        #expect(report.delivery == own.delivery)
        #expect(
            report.progress == .failed(reason: "The mail came back with status \(status).", isPassing: isPassing))
        if !isPassing { #expect(desk.transport.mails.count == 1, "a bounce gets no answer") }
    }

    @Test func `delays are no news, deliveries are, and other people's bounces nobody's`() async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let id = try #require(desk.transport.mails.first).messageID
        #expect(try await desk.receive(Samples.bounce(of: id, status: "4.4.1", action: "delayed")).isEmpty)
        let events = try await desk.receive(Samples.bounce(of: id, status: "2.0.0", action: "delivered"))
        guard case .delivery(let report)? = events.first else {
            Issue.record("no delivery")
            return
        }
        #expect(report.progress == .delivered)
        #expect(try await desk.receive(Samples.bounce(of: "other@fernhill.example", status: "5.1.1")).isEmpty)
    }

    @Test func `bounces of servers that know no reports are found by what they quote`() async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let id = try #require(desk.transport.mails.first).messageID
        let events = try await desk.receive(
            Samples.mail(
                from: "MAILER-DAEMON@example.com", subject: "failure notice", id: "b1@example.com",
                headers: ["Return-Path: <>"],
                "<ada@example.com>:\r\nuser is over quota (#5.2.2)\r\n\r\n--- Below this line is a copy\r\n\r\nMessage-ID: <\(id)>"
            ))
        guard case .delivery(let report)? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(report.progress == .failed(reason: "The mail came back with status 5.2.2.", isPassing: false))
    }

    @Test(arguments: [
        ("Warning: message 1abcde-000123-AB delayed 24 hours", true),
        ("Warning: could not send message for past 4 hours", true), ("Delivery Status Notification (Delay)", true),
        ("Mail delivery delayed", true), ("Undelivered Mail: Re: Is my parcel delayed?", false),
    ])
    func `a server that only warns, and goes on trying, has not failed`(subject: String, isWarning: Bool) async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let id = try #require(desk.transport.mails.first).messageID
        let events = try await desk.receive(
            Samples.mail(
                from: "Mailer-Daemon@mx.example.net", subject: subject, id: "w1@example.net",
                headers: ["Return-Path: <>", "Auto-Submitted: auto-replied", "In-Reply-To: <\(id)>"],
                "A message that you sent has not been delivered to its recipient yet."))
        #expect(events.isEmpty == isWarning)
        #expect(try await marked(desk).0 == (isWarning ? nil : .bounced))
    }

    private func complaint(of id: String) -> String {
        """
        From: abuse@example.com
        Content-Type: multipart/report; report-type=feedback-report; boundary=r

        --r
        Content-Type: message/feedback-report

        Feedback-Type: abuse

        --r
        Content-Type: text/rfc822-headers

        Message-ID: <\(id)>
        --r--
        """
    }

    /// The mark, the history's words for it, and what came of a reply of the team's.
    private func marked(_ desk: MailDesk) async throws -> (UnreachableChannel.Reason?, entries: Int, dead: Int) {
        let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
        _ = try await desk.agent.reply(to: session.id, as: "Mia", UnredactedText("Did that help?"))
        try await desk.agent.runUntilIdle()
        let history = try await desk.store.history(session.id, after: 0, limit: 99)
        let entries = history.count { if case .activity(_, by: .system) = $0.event { true } else { false } }
        let contact = try await desk.store.contact(session.contact)
        return (contact?.unreachable(on: "email"), entries, try await desk.store.outbox(.dead, limit: 9).count)
    }

    @Test(arguments: ["5.1.1", "5.1.10", "5.2.1", "5.4.1", "complaint"])
    func `no more mail goes to an address that bounces for good or complains, until the customer writes again`(
        what: String
    ) async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let id = try #require(desk.transport.mails.first).messageID
        let isComplaint = what == "complaint"
        for _ in 0..<2 {
            try await desk.receive(isComplaint ? complaint(of: id) : Samples.bounce(of: id, status: what))
        }
        let (reason, entries, dead) = try await marked(desk)
        #expect(reason == (isComplaint ? .complained : .bounced) && entries == 1)
        #expect(dead == (isComplaint ? 1 : 2), "what bounced, and what was not sent any more")
        #expect(desk.transport.mails.count == 1)
        let failure = try await desk.store.outbox(.dead, limit: 9).last?.lastFailure
        #expect(failure?.contains("until the customer writes again") == true)
        #expect(failure?.contains("ada@") == false)
        try await desk.receive(Samples.mail(id: "again@example.com", headers: ["In-Reply-To: <\(id)>"], "I am back"))
        let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
        #expect(try await desk.store.contact(session.contact)?.unreachableChannels == nil)
        _ = try await desk.agent.reply(to: session.id, as: "Mia", UnredactedText("Welcome back"))
        try await desk.agent.runUntilIdle()
        #expect(desk.transport.mails.count == 2)
    }

    @Test(arguments: ["4.2.1", "5.2.2", "5.2.3", "5.3.4", "5.6.0", "5.7.1"])
    func `a mail that was not taken for its own sake says nothing of the address`(status: String) async throws {
        let desk = MailDesk()
        try await desk.receive(Samples.mail())
        let id = try #require(desk.transport.mails.first).messageID
        try await desk.receive(Samples.bounce(of: id, status: status))
        #expect(try await marked(desk).0 == nil)
    }

    @Test(arguments: [
        Samples.mail(subject: "Out of Office: Re: My order"),
        Samples.mail(headers: ["List-Unsubscribe: <https://x.example>"]),
        Samples.mail(from: "noreply@example.com"), Samples.mail(from: "help@fernhill.example"),
        Samples.mail(from: "Sales <sales@fernhill.example>"), Samples.bounce(of: "x@y", status: "5.0.0"),
        "Subject: nobody\n\nx",
    ])
    func `absence notes, newsletters, bounces and our own mails get no answer, and somebody is told`(text: String)
        async throws
    {
        let desk = MailDesk()
        #expect(try await desk.receive(text).isEmpty)
        #expect(desk.transport.mails.isEmpty)
        #expect(desk.skipped.withLock { !$0.isEmpty })
    }

    @Test func `two agents that write to each other stop after the first answer`() async throws {
        let fernhill = MailDesk(addresses: ["help@fernhill.example"])
        let other = MailDesk(addresses: ["bot@example.com"])
        try await fernhill.receive(Samples.mail(from: "bot@example.com"))
        #expect(try await exchange(fernhill, other, strip: []) <= 3)
    }

    @Test func `also where whoever is between takes their headers out`() async throws {
        let fernhill = MailDesk(addresses: ["help@fernhill.example"]) { $0.answerLimit = 3 }
        let other = MailDesk(addresses: ["bot@example.com"]) { $0.answerLimit = 3 }
        try await fernhill.receive(Samples.mail(from: "bot@example.com"))
        let count = try await exchange(
            fernhill, other, strip: ["auto-submitted", "x-auto-response-suppress", "x-opencx-agent"])
        #expect(count <= 8)
        let session = try #require(try await fernhill.store.session(ticket: TicketNumber(rawValue: 1001)))
        #expect(session.owner != .ai, "the conversation is the team's then")
    }

    @Test func `how often the AI has written outlives a restart`() async throws {
        var desk = MailDesk { $0.answerLimit = 3 }
        for round in 1...5 {
            let thread = round == 1 ? [] : ["References: <r1@example.com>"]
            try await desk.receive(Samples.mail(id: "r\(round)@example.com", headers: thread, "Question \(round)"))
            desk = desk.restarted()
        }
        #expect(desk.transport.mails.count == 3)
        let session = try #require(try await desk.store.session(ticket: TicketNumber(rawValue: 1001)))
        #expect(session.owner != .ai)
        #expect(try await desk.store.session(ticket: TicketNumber(rawValue: 1002)) == nil)
    }

    @Test func `what was written long ago does not count`() async throws {
        let desk = MailDesk {
            $0.answerLimit = 1
            $0.answerWindow = .seconds(60)
        }
        for round in 1...4 {
            let thread = round == 1 ? [] : ["References: <r1@example.com>"]
            try await desk.receive(Samples.mail(id: "r\(round)@example.com", headers: thread, "Question \(round)"))
            desk.clock.advance(by: .seconds(60))
        }
        #expect(desk.transport.mails.count == 4)
    }

    @Test func `nobody can have us flood somebody else, a conversation at a time`() async throws {
        var desk = MailDesk { $0.answerLimit = 2 }
        for round in 1...10 {
            try await desk.receive(Samples.mail(id: "r\(round)@example.com", "Question \(round)"))
            desk = desk.restarted()
        }
        #expect(desk.transport.mails.count == 6)
        try await desk.receive(Samples.mail(from: "bob@example.com", id: "b1@example.com"))
        #expect(desk.transport.mails.count == 7, "others get their answers")
    }

    /// Carries mails to and fro until nobody writes any more, and says how many there were.
    private func exchange(_ a: MailDesk, _ b: MailDesk, strip: Set<String>) async throws -> Int {
        var (fromA, fromB) = (0, 0)
        for _ in 0..<50 {
            let (before, mails) = (fromA + fromB, (a.transport.mails, b.transport.mails))
            for mail in mails.0.dropFirst(fromA) { try await b.receive(Self.without(strip, mail.bytes)) }
            for mail in mails.1.dropFirst(fromB) { try await a.receive(Self.without(strip, mail.bytes)) }
            (fromA, fromB) = (mails.0.count, mails.1.count)
            if fromA + fromB == before { return before }
        }
        return .max
    }

    private static func without(_ names: Set<String>, _ bytes: [UInt8]) -> [UInt8] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        var isSkipping = false
        return Array(
            lines.filter { line in
                if !line.hasPrefix(" ") { isSkipping = names.contains(line.prefix { $0 != ":" }.lowercased()) }
                return !isSkipping
            }.joined(separator: "\r\n").utf8)
    }
}
