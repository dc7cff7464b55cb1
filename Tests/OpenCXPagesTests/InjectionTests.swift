import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXPages

/// What customers, models, articles, tools and addresses could put into a page.
@Suite struct InjectionTests {
    static let payloads = [
        "<xss onload=alert(1)>", "<script>alert(1)</script>", "\"><xss>", "'><xss>", "</textarea><xss>",
        "</title><xss>",
        "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<xss>)", "[x](vbscript:x)", "[x](//evil.example)", "![x](javascript:alert(1))",
        "![x\" onerror=\"alert(1)](https://a.example/x.png)", "<javascript:alert(1)>",
        "[x](https://a.example \"\" onclick=alert(1)\")",
        "[a]: javascript:alert(1)\n\n[a]", "<!--><xss>-->", "<![CDATA[<xss>]]>", "```\n</code></pre><xss>\n```",
        "```\"><xss>\nx\n```", "`</code><xss>`", "<style>@import 'https://a.example'</style>",
        "<iframe srcdoc='<xss>'>",
        "<math><mtext><xss>", "<base href=https://a.example>", "| a |\n|---|\n| <xss> |",
        "{{constructor.constructor('x')()}}",
        "\u{0}<\u{0}xss>", "\u{202E}<xss>", "[EMAIL_1]<xss>", "<[EMAIL_1]>", "[x](https://a.example/[EMAIL_1]\"><xss>)",
        "https://a.example/\"><xss>", "<https://a.example/'onclick='alert(1)>", "&lt;xss&gt;", "&#60;xss&#62;",
        "<xss\nonload=alert(1)>", "<XSS>", "< xss>", "<\\xss>", "[[x](javascript:1)](javascript:2)",
        "<details ontoggle=alert(1) open>",
    ]

    @Test(arguments: payloads)
    func `stays text wherever it is shown`(payload: String) async throws {
        let desk = try await TeamDesk(
            answerer: ScriptedAnswerer(answering: RedactedText(derived: payload)), index: ListIndex([payload: payload]))
        let article = Article(
            id: ArticleID("test/\(payload)"), source: "test", title: RedactedText(derived: payload),
            markdown: RedactedText(derived: payload), topic: RedactedText(derived: payload), url: payload)
        _ = try await desk.store.update(KnowledgeChanges(upserted: [article]))
        let name = String(payload.filter { !$0.isNewline && $0 != "\0" && $0 != "\t" && $0 != "\u{202E}" })
        let session = try await desk.customer(
            payload, from: ContactHandle(customID: "c", name: payload, isVerified: false))
        let browser = try await desk.browser(.admin)
        _ = try? await desk.members.add(name: name, role: .agent, password: Secret(TeamDesk.password))
        let path = "/team/inbox/\(session.ticket.rawValue)"
        try await browser.post(path + "/reply", ["text": payload])
        try await browser.post(path + "/reply", ["text": payload, "as": "note"])
        try await browser.post(path + "/tags", ["add": String(name.prefix(60))])
        for address in [
            "/team/inbox", "/team/inbox?view=mine", "/team/inbox?view=\(payload)", "/team/inbox?q=\(payload)",
            "/team/inbox?after=\(payload)", path, path + "?all=\(payload)", path + "?view=\(payload)",
            path + "/updates?after=0",
            "/team/inbox/updates?view=mine", "/team/inspect", "/team/inspect?ticket=\(payload)",
            "/team/inspect/\(session.ticket.rawValue)", "/team/insight?days=\(payload)", "/team/knowledge",
            "/team/knowledge?after=\(payload)", "/team/knowledge/search?q=\(payload)",
            "/team/knowledge/search?as=agent&q=\(payload)",
            "/team/knowledge/article?id=test/\(payload)", "/team/members", "/team/members?done=\(payload)",
            "/team/account",
            "/team/\(payload)", "/team/inbox/\(payload)", "/team/inspect/1001/\(payload)",
            "/team/sign-in?next=\(payload)",
        ] {
            let reply = try await browser.get(address)
            try Self.check(reply, address)
        }
        let outsider = Browser(pages: desk.pages)
        try Self.check(try await outsider.get("/team/sign-in?next=\(payload)"), "sign-in")
        try Self.check(
            try await outsider.post("/team/sign-in", ["name": payload, "password": "x", "next": payload]),
            "sign-in refused")
        try Self.check(try await browser.post("/team/members", ["name": payload, "role": "agent"]), "members")
        try Self.check(try await browser.post(path + "/assign", ["owner": payload]), "assign")
    }

    /// Pages are read as they are; what the script gets is markup within JSON.
    static func check(_ reply: Reply, _ address: String) throws {
        var html = reply.text
        if reply.header("content-type")?.hasPrefix("application/json") ?? false {
            let json = try Reply.json(html)
            html = ["entries", "head", "rows"].compactMap { json[$0]?.string }.joined()
        }
        #expect(HTMLTokens(html).dangers == [], "\(address)")
    }

    @Test(arguments: payloads)
    func `stays text in a handoff`(payload: String) async throws {
        let text = RedactedText(derived: payload)
        let desk = try await TeamDesk(answerer: ScriptedAnswerer(.handoff(.aiDecision, explanation: text)))
        let session = try await desk.customer(payload)
        let browser = try await desk.browser(.agent)
        for address in [
            "inbox/\(session.ticket.rawValue)", "inspect/\(session.ticket.rawValue)", "inbox?view=team", "inbox",
        ] {
            try Self.check(try await browser.get("/team/\(address)"), address)
        }
    }

    @Test func `the check finds what it is to find`() {
        for markup in [
            "<xss>", "<p onclick='x'>", "<a href='javascript:1'>", "<script>1</script>",
            "<script src='https://a.example'></script>",
            "<p style=\"x\">", "<a href=\"//a.example\">",
        ] {
            #expect(!HTMLTokens(markup).dangers.isEmpty, "\(markup)")
        }
        #expect(HTMLTokens("<p class=\"a>b\">&lt;xss&gt;</p><a href='/x'>y</a>").dangers == [])
    }

    @Test func `what customers write in angle brackets is not lost`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("Order <4711> and <b>bold</b>\n\n<div>\nblock\n</div>")
        let page = try await desk.browser(.viewer).get("/team/inbox/\(session.ticket.rawValue)")
        for part in ["&lt;4711&gt;", "&lt;b&gt;bold&lt;/b&gt;", "&lt;div&gt;"] {
            #expect(page.text.contains(part), "\(part)")
        }
    }

    @Test func `links in what is said lead away and tell nothing`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("See https://a.example/x and [this](https://b.example).")
        let page = try await desk.browser(.viewer).get("/team/inbox/\(session.ticket.rawValue)")
        let links = HTMLTokens(page.text).tags.filter { tag in
            tag.attributes.contains { $0.name == "href" && $0.value.contains(".example") }
        }
        #expect(links.count >= 2)
        for link in links {
            #expect(link.attributes.contains { $0.name == "rel" && $0.value == "noopener noreferrer nofollow" })
        }
    }

    @Test func `the live stream shows what the page would`() async throws {
        let desk = try await TeamDesk()
        let session = try await desk.customer("<xss>")
        let browser = try await desk.browser(.viewer)
        let reply = try await browser.get("/team/inbox/\(session.ticket.rawValue)/stream?after=0")
        guard case .stream(let stream) = reply.answer else { return #expect(reply.isStream) }
        for await bytes in stream.body {
            let event = String(decoding: bytes, as: UTF8.self)
            #expect(event.hasPrefix("event: update\nid: \(session.lastSequence)\ndata: {"))
            let data = try #require(event.split(separator: "\n").last { $0.hasPrefix("data: ") }).dropFirst(6)
            let json = try Reply.json(String(data))
            let entries = try #require(json["entries"]?.string)
            #expect(entries.contains("&lt;xss&gt;") && HTMLTokens(entries).dangers == [])
            break
        }
    }
}
