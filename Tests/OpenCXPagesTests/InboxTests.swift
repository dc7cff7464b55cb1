import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXPages

/// What people see and do in the inbox.
@Suite struct InboxTests {
    @Test func `somebody takes over, answers and resolves`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Where is my parcel?")
        let browser = try await desk.browser(.agent)
        let me = try #require(try await desk.members.all().first { $0.name == "agent" }?.id)
        let path = "/team/inbox/\(session.ticket.rawValue)"

        let taken = try await browser.post(path + "/take-over")
        #expect(taken.status == 303 && taken.header("location")?.hasPrefix(path) ?? false)
        #expect(try await desk.session(session.id).owner == .person(me))
        try await browser.post(path + "/reply", ["text": "It arrives **today**.", "as": "reply"])
        try await desk.agent.runUntilIdle()
        #expect(desk.channel.sent.last?.text.reveal() == "It arrives **today**.")
        try await browser.post(path + "/reply", ["text": "Called the courier.", "as": "note"])
        #expect(desk.channel.sent.last?.text.reveal() == "It arrives **today**.")
        try await browser.post(path + "/resolve")
        #expect(try await desk.session(session.id).status == .closedResolved)

        let page = try await browser.get(path)
        for part in ["agent took over.", "<strong>today</strong>", "Note by agent", "Resolved by agent."] {
            #expect(page.text.contains(part), "\(part)")
        }
        try await browser.post(path + "/take-over")
        #expect(try await desk.session(session.id).status == .open, "taking over an ended session opens it again")
        try await browser.post(path + "/close")
        #expect(try await desk.session(session.id).status == .closedUnresolved)
    }

    @Test func `the AI goes on when it is given back`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)"
        try await browser.post(path + "/take-over")
        try await desk.customer("Are you there?")
        let before = desk.channel.sent.count
        try await browser.post(path + "/give-back")
        try await desk.agent.runUntilIdle()
        #expect(desk.channel.sent.count == before + 1)
        #expect(try await desk.session(session.id).owner == .ai)
    }

    @Test func `a handoff stands on top with its summary, sentiment and reason`() async throws {
        let desk = try await TeamDesk(
            answerer: ScriptedAnswerer(.handoff(.aiDecision, explanation: "A refund is for people.")))
        let session = try await desk.customer("I want my money back, this is ridiculous!!!")
        let page = try await desk.browser(.viewer).get("/team/inbox/\(session.ticket.rawValue)")
        let card = try #require(
            page.text.firstMatch(of: #/<section class="handoff-card".*?</section>/#.dotMatchesNewlines()))
        #expect(card.0.contains("Handed off"))
        #expect(card.0.contains("Upset"))
    }

    @Test func `lists show what belongs to them`() async throws {
        let desk = try await TeamDesk()
        let ai = try await desk.customer("One", thread: "a")
        let mine = try await desk.customer("Two", thread: "b")
        let team = try await desk.customer("Three", thread: "c")
        let closed = try await desk.customer("Four", thread: "d")
        let browser = try await desk.browser(.agent)
        try await browser.post("/team/inbox/\(mine.ticket.rawValue)/take-over")
        try await browser.post("/team/inbox/\(team.ticket.rawValue)/assign", ["owner": "team"])
        try await browser.post("/team/inbox/\(closed.ticket.rawValue)/resolve")
        let expected: [(view: String, sessions: [Session])] = [
            ("mine", [mine]), ("team", [team]), ("ai", [ai]), ("open", [ai, mine, team]), ("closed", [closed]),
            ("", [team]), ("nonsense", [team]),
        ]
        for (view, sessions) in expected {
            let page = try await browser.get("/team/inbox?view=\(view)")
            let shown = page.text.matches(of: #/class="row" href="/team/inbox/(\d+)/#).map { Int($0.1) ?? 0 }
            #expect(shown.sorted() == sessions.map(\.ticket.rawValue).sorted(), "\(view)")
        }
    }

    @Test func `lists go on where a page ends`() async throws {
        let desk = try await TeamDesk()
        for number in 1...65 { try await desk.customer("Hello", thread: ThreadID("t\(number)")) }
        let browser = try await desk.browser(.viewer)
        var address = "/team/inbox?view=open"
        var seen: [String] = []
        for _ in 0..<3 {
            let page = try await browser.get(address)
            seen += page.text.matches(of: #/class="row" href="/team/inbox/(\d+)/#).map { String($0.1) }
            guard let next = page.text.firstMatch(of: #/href="([^"]*after=[^"]*)"/#) else { break }
            address = next.1.split(separator: "&amp;").joined(separator: "&")
        }
        #expect(seen.count == 65 && Set(seen).count == 65)
    }

    @Test func `finds a ticket, and the sessions of a customer`() async throws {
        let desk = try await TeamDesk()
        let sender = ContactHandle(email: "dana@customer.example", name: "Dana", isVerified: true)
        let session = try await desk.customer("Hello", thread: "a", from: sender)
        try await desk.customer("Hello", thread: "b")
        let browser = try await desk.browser(.viewer)
        for text in ["\(session.ticket.rawValue)", "%23\(session.ticket.rawValue)"] {
            let query = text.split(separator: "%23").joined()
            #expect(
                try await browser.get("/team/inbox?q=\(query)").header("location")
                    == "/team/inbox/\(session.ticket.rawValue)")
        }
        let page = try await browser.get("/team/inbox?q=Dana@Customer.example")
        #expect(page.text.matches(of: #/class="row"/#).count == 1)
        #expect(page.text.contains("Dana"))
        #expect(try await browser.get("/team/inbox?q=nobody@customer.example").text.contains("Nothing was found."))
    }

    @Test func `personal data are masked until somebody who may asks for them`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Write to dana@customer.example please")
        let agent = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)"
        let page = try await agent.get(path)
        #expect(page.text.contains("<mark class=\"masked\">[EMAIL_1]</mark>"))
        #expect(!page.text.contains("dana@customer.example"))
        let revealed = try await agent.post(path + "/reveal", headers: [("accept", "application/json")])
        #expect(try Reply.json(revealed.text)["values"]?["[EMAIL_1]"]?.string == "dana@customer.example")
        #expect(try await agent.post(path + "/reveal").text.contains("dana@customer.example"))
        let viewer = try await desk.browser(.viewer)
        #expect(try await !viewer.get(path).text.contains("Show them"))
        let refused = try await viewer.post(path + "/reveal")
        #expect(refused.status == 403 && !refused.text.contains("dana@customer.example"))
    }

    @Test func `what was written is hidden, and a customer forgotten, by who may`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("My bicycle was stolen")
        let path = "/team/inbox/\(session.ticket.rawValue)"
        let agent = try await desk.browser(.agent)
        let page = try await agent.get(path).text
        #expect(page.contains("Hide what was written") && !page.contains("Forget this customer"))
        #expect(try await !desk.browser(.viewer).get(path).text.contains("Hide what was written"))
        #expect(try await agent.post(path + "/hide").status == 303)
        #expect(try await !agent.get(path).text.contains("bicycle"))
        let admin = try await desk.browser(.admin)
        #expect(try await admin.get(path).text.contains("Forget this customer"))
        #expect(try await admin.post(path + "/erase").header("location") == "/team/inbox")
        #expect(try await admin.get(path).status == 404)
    }

    @Test func `a viewer does not learn how to reach the customer`() async throws {
        let desk = try await TeamDesk()
        let sender = ContactHandle(
            email: "dana@customer.example", phone: "+49 30 1234567", name: "Dana", isVerified: true)
        let session = try await desk.customer("Hello", from: sender)
        let path = "/team/inbox/\(session.ticket.rawValue)"
        #expect(try await !desk.browser(.viewer).get(path).text.contains("dana@customer.example"))
        #expect(try await desk.browser(.agent).get(path).text.contains("dana@customer.example"))
    }

    @Test func `the AI drafts for whoever has the conversation, and sends nothing`() async throws {
        var settings = AgentSettings()
        settings.assist.channels = ["test"]
        let desk = try await TeamDesk(settings: settings)
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)"
        let script = [(name: "accept", value: "application/json")]
        let early = try Reply.json(try await browser.post(path + "/reply", ["as": "draft"], headers: script).text)
        #expect(early["draft"] == .null && early["message"]?.string?.contains("Take over first") ?? false)
        try await browser.post(path + "/take-over")
        try await desk.customer("And now?")
        let sent = desk.channel.sent.count
        let reply = try Reply.json(try await browser.post(path + "/reply", ["as": "draft"], headers: script).text)
        #expect(reply["draft"]?.string == "An answer.")
        let page = try await browser.post(path + "/reply", ["as": "draft", "text": "Mine"])
        #expect(page.text.contains(">An answer.</textarea>"))
        try await desk.agent.runUntilIdle()
        #expect(desk.channel.sent.count == sent)
        #expect(try await !TeamDesk().browser(.agent).get("/team/inbox").text.contains("draft"))
    }

    @Test func `tags come and go`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)/tags"
        try await browser.post(path, ["add": " vip "])
        #expect(try await desk.session(session.id).tags == ["vip"])
        try await browser.post(path, ["remove": "vip"])
        #expect(try await desk.session(session.id).tags.isEmpty)
        #expect(try await browser.post(path, ["add": "  "]).status == 422)
    }

    @Test func `nothing is not sent, and too much is not either`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(session.ticket.rawValue)/reply"
        for text in ["", "  \n ", String(repeating: "a", count: 100_001)] {
            let reply = try await browser.post(path, ["text": text], headers: [("accept", "application/json")])
            #expect(reply.status == 422)
            #expect(try Reply.json(reply.text)["message"]?.string != nil)
        }
        #expect(try await desk.history(session).count == session.lastSequence)
    }

    @Test func `a reply to what the customer has left is kept for whoever wrote it`() async throws {
        let desk = try await TeamDesk()
        let old = try await desk.customer("Hello")
        let browser = try await desk.browser(.agent)
        let path = "/team/inbox/\(old.ticket.rawValue)"
        try await browser.post(path + "/resolve")
        desk.clock.advance(by: .seconds(30 * 86_400))
        try await desk.agent.runUntilIdle()
        let fresh = try await TeamDesk.later(desk, "Hello again")
        guard fresh.id != old.id else { return }
        let again = try await desk.browser(.agent)
        let reply = try await again.post(path + "/reply", ["text": "My long answer"])
        #expect(reply.status == 409 && reply.text.contains("My long answer"))
    }

    @Test func `a stream tells what happens, and ends with the sign-in`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.viewer)
        let reply = try await browser.get("/team/inbox/\(session.ticket.rawValue)/stream?after=\(session.lastSequence)")
        guard case .stream(let stream) = reply.answer else { return #expect(reply.isStream) }
        #expect(reply.header("content-type") == "text/event-stream")
        var body = stream.body.makeAsyncIterator()
        // What the page shows already is said once, so that it knows the state; then only news.
        _ = await body.next()
        _ = try await desk.agent.takeOver(session.id, by: "dana")
        var seen = ""
        while !seen.contains("event: update") { seen = String(decoding: await body.next() ?? [], as: UTF8.self) }
        #expect(seen.contains("dana took over.") && seen.contains("open other"))
        let me = try #require(try await desk.members.all().first { $0.name == "viewer" }?.id)
        try await desk.members.disable(me)
        _ = try await desk.agent.takeOver(session.id, by: "eli")
        while let bytes = await body.next() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("eli"))
        }
    }

    @Test func `asking again brings what came in between`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Hello")
        let browser = try await desk.browser(.viewer)
        let path = "/team/inbox/\(session.ticket.rawValue)/updates"
        let none = try Reply.json(try await browser.get(path + "?after=\(session.lastSequence)").text)
        #expect(none["entries"]?.string == "" && none["state"]?.string == "open ai")
        let all = try Reply.json(try await browser.get(path + "?after=0").text)
        #expect(all["entries"]?.string?.contains("Hello") ?? false)
        #expect(all["last"] == .integer(Int64(session.lastSequence)))
        #expect(try await browser.get(path + "?after=-5").status == 200)
        #expect(try await browser.get(path + "?after=99999999999999999999").status == 200)
    }
}

extension TeamDesk {
    /// The customer of the usual thread writes after a long time.
    static func later(_ desk: TeamDesk, _ text: String) async throws -> Session { try await desk.customer(text) }
}
