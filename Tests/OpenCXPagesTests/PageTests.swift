import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXPages

/// Inspect, insight, knowledge, members and the own account.
@Suite struct PageTests {
    @Test func `inspect shows what a turn saw and decided`() async throws {
        let desk = try await TeamDesk(
            answerer: EmbeddedAnswerer(),
            index: ListIndex(["Returns": "You can return an item within 60 days of delivery."]))
        let session = try await desk.customer("Within how many days can I return an item?")
        let browser = try await desk.browser(.agent)
        #expect(try await browser.get("/team/inspect?ticket=\(session.ticket.rawValue)").status == 303)
        let page = try await browser.get("/team/inspect/\(session.ticket.rawValue)/1")
        #expect(page.status == 200)
        for part in ["Where the time went", "Returns", "Ranked passages", "Autopilot", "role=\"img\"", "Every step"] {
            #expect(page.text.contains(part), "\(part)")
        }
        for turn in ["0", "2", "-1", "x", "99999999999999999999"] {
            #expect(try await browser.get("/team/inspect/\(session.ticket.rawValue)/\(turn)").status == 404, "\(turn)")
        }
    }

    @Test func `insight counts sessions, handoffs and reasons`() async throws {
        let desk = try await TeamDesk(
            answerer: ScriptedAnswerer { request in
                request.question.text.contains("person")
                    ? .handoff(.explicitRequest, explanation: "Asked.")
                    : .answer(Answer(text: "Yes.", confidence: 1, basis: .smallTalk))
            })
        for number in 1...3 { try await desk.customer("Hello", thread: ThreadID("a\(number)")) }
        try await desk.customer("A person please", thread: "b")
        let page = try await desk.browser(.viewer).get("/team/insight?days=7")
        let tiles = page.text.matches(of: #/tile-value">([^<]*)</#).map { String($0.1) }
        #expect(tiles.prefix(4) == ["4", "75 %", "1", "0"])
        #expect(page.text.contains("Asked for a person") && page.text.contains("<caption"))
    }

    @Test func `charts survive any number`() {
        for value in [0, -1, 0.001, 3, 1e300, .infinity, .nan] as [Double] {
            let chart = BarChart(
                title: "T", labels: ["a"], series: [.init(name: "s", style: "series-1", values: [value])],
                format: { Percent.two($0) })
            #expect(!chart.html.markup.contains("nan") && !chart.html.markup.contains("inf\""))
        }
    }

    @Test func `knowledge lists articles and tries searches with the eyes of a customer`() async throws {
        let articles = [
            Article(
                id: "help/returns", source: "help", title: "Returns", markdown: "Return within 60 days.",
                url: "https://help.example/returns"),
            Article(
                id: "help/secret", source: "help", title: "Goodwill returns",
                markdown: "Return within 90 days for friends.",
                url: nil, audience: .draft),
        ]
        let desk = try await TeamDesk(index: ListIndex(articles))
        _ = try await desk.store.update(KnowledgeChanges(upserted: articles))
        let browser = try await desk.browser(.viewer)
        let list = try await browser.get("/team/knowledge")
        #expect(list.text.contains("Returns") && list.text.contains("draft"))
        let customer = try await browser.get("/team/knowledge/search?q=return")
        #expect(customer.text.contains("60 days") && !customer.text.contains("90 days"))
        #expect(try await browser.get("/team/knowledge/search?q=return&as=agent").text.contains("90 days"))
        #expect(try await browser.get("/team/knowledge/article?id=help/secret").text.contains("90 days"))
        #expect(try await browser.get("/team/knowledge/article?id=help/none").status == 404)
        #expect(try await browser.get("/team/knowledge/article").status == 404)
    }

    @Test func `a source is synchronized by those who may`() async throws {
        let runs = Locked(0)
        let desk = try await TeamDesk(
            pageSettings: TeamPagesSettings(
                sources: { [TeamKnowledgeSource(id: "help", title: "Folder help")] },
                sync: { _ in
                    runs.withLock { $0 += 1 }
                    return try await KnowledgeSync(store: InMemoryStore(), index: ListIndex()).run(
                        ScriptedKnowledge(
                            articles: ["a", "b"].map {
                                SourceArticle(key: $0, title: $0, markdown: "Text", revision: "1")
                            }))
                }))
        let admin = try await desk.browser(.admin)
        #expect(try await admin.get("/team/knowledge").text.contains("Synchronize now"))
        #expect(try await admin.post("/team/knowledge/sync", ["source": "help"]).text.contains("2 new"))
        #expect(try await admin.post("/team/knowledge/sync", ["source": "other"]).status == 404)
        #expect(runs.withLock { $0 } == 1)
        #expect(try await !desk.browser(.agent).get("/team/knowledge").text.contains("Synchronize now"))
    }

    @Test func `an admin adds members, who then sign in, and takes their access away`() async throws {
        let desk = try await TeamDesk()
        let admin = try await desk.browser(.admin)
        let added = try await admin.post("/team/members", ["name": "Dana", "role": "agent"])
        let password = try #require(added.text.firstMatch(of: #/class="secret">([^<]+)</#)?.1)
        #expect(try await !admin.get("/team/members").text.contains(password), "shown once")
        let dana = Browser(pages: desk.pages)
        try await dana.signIn("Dana", String(password))
        #expect(try await dana.get("/team/inbox").status == 200)
        let id = try await desk.members.named("Dana").id
        #expect(try await admin.post("/team/members/\(id)/role", ["role": "viewer"]).status == 303)
        #expect(try await dana.get("/team/inbox").status == 303, "signed out")
        #expect(try await admin.post("/team/members/\(id)/role", ["role": "owner"]).status == 422)
        try await dana.signIn("Dana", String(password))
        let reset = try await admin.post("/team/members/\(id)/password")
        let second = try #require(reset.text.firstMatch(of: #/class="secret">([^<]+)</#)?.1)
        #expect(second != password)
        #expect(try await dana.get("/team/inbox").status == 303)
        try await admin.post("/team/members/\(id)/disable")
        await #expect(throws: Browser.Refused.self) { try await dana.signIn("Dana", String(second)) }
        try await admin.post("/team/members/\(id)/enable")
        try await dana.signIn("Dana", String(second))
        #expect(try await admin.post("/team/members", ["name": "dana", "role": "agent"]).status == 422)
        #expect(try await admin.post("/team/members", ["name": "", "role": "agent"]).status == 422)
    }

    @Test func `everybody changes their own password, with the current one`() async throws {
        let desk = try await TeamDesk()
        let browser = try await desk.browser(.viewer)
        func change(_ current: String, _ new: String, _ again: String) async throws -> Int {
            try await browser.post("/team/account/password", ["current": current, "new": new, "again": again]).status
        }
        #expect(try await change("wrong", "a new long password", "a new long password") == 422)
        #expect(try await change(TeamDesk.password, "a new long password", "another long password") == 422)
        #expect(try await change(TeamDesk.password, "short", "short") == 422)
        #expect(try await change(TeamDesk.password, "a new long password", "a new long password") == 303)
        #expect(try await browser.get("/team/inbox").status == 303, "signed out everywhere")
        try await browser.signIn("viewer", "a new long password")
    }
}
