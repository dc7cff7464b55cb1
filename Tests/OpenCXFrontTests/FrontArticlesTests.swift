import OpenCXCore
import OpenCXFront
import OpenCXTesting
import Testing

struct FrontArticlesTests {
    private static func fake() -> FakeFront {
        FakeFront { model in
            model.bases = [("knb_1", "external"), ("knb_2", "internal")]
            model.articles = [
                "kba_1": .init(base: "knb_1", locales: ["en", "de"]),
                "kba_2": .init(
                    base: "knb_1", slug: "sizes", name: "Sizes", content: "<table><tr><td>S</td></tr></table>"),
                "kba_3": .init(base: "knb_1", name: "Draft", status: "draft"),
                "kba_4": .init(base: "knb_2", name: "Margins"), "kba_5": .init(base: "knb_1", locales: []),
            ]
        }
    }

    private static func article(_ key: String) -> String {
        key.split(separator: "/").first { $0.hasPrefix("kba_") }.map(String.init) ?? ""
    }

    @Test(arguments: KnowledgeSourceContract.checks)
    func `keeps the contract`(check: KnowledgeSourceContract.Check) async throws {
        let fake = Self.fake()
        try await check.run(
            .init(
                source: FrontArticles(Front.account(fake)),
                change: { key in
                    let id = Self.article(key)
                    fake.change {
                        $0.articles[id]?.content = "<p>New.</p>"
                        $0.articles[id]?.updatedAt += 1
                    }
                },
                // An article goes in all its languages.
                remove: { key in fake.change { $0.articles[Self.article(key)] = nil } }))
    }

    @Test func `every article of every base is listed in each of its languages`() async throws {
        let fake = Self.fake()
        let listing = try await FrontArticles(Front.account(fake)).list()
        #expect(
            listing.revisions.keys.sorted() == [
                "internal/kba_4/en", "kba_1/de", "kba_1/en", "kba_2/en", "kba_3/en", "kba_5",
            ])
        #expect(listing.revisions["kba_1/de"] == "1700000000250")
        let one = FrontArticles(bases: ["knb_2"], Front.account(fake))
        #expect(try await one.list().revisions.keys.sorted() == ["internal/kba_4/en"])
    }

    @Test(
        arguments: [
            (
                "kba_1/de", "Returns", "## How\n\nSend it **back**.", Audience.everyone,
                "https://help.example/de/returns"
            ),
            ("kba_5", "Returns", "## How\n\nSend it **back**.", .everyone, "https://help.example/en/returns"),
            ("kba_3/en", "Draft", "## How\n\nSend it **back**.", .draft, nil),
            ("internal/kba_4/en", "Margins", "## How\n\nSend it **back**.", .segments(["internal"]), nil),
        ] as [(String, String, String, Audience, String?)])
    func `an article comes as CommonMark, for whom it is meant`(
        key: String, title: String, markdown: String, audience: Audience, url: String?
    ) async throws {
        let source = FrontArticles(siteURL: "https://help.example/", Front.account(Self.fake()))
        let article = try await source.article(key)
        #expect(article.title == title && article.audience == audience && article.url == url)
        #expect(article.markdown.split(separator: "\n").joined(separator: "\n\n") == markdown)
        #expect(article.locale.rawValue == (key.hasSuffix("de") ? "de" : "en"))
    }

    @Test func `a page has its slug, and none without a site`() async throws {
        let account = Front.account(Self.fake())
        #expect(
            try await FrontArticles(siteURL: "https://help.example", account).article("kba_2/en").url
                == "https://help.example/en/sizes")
        #expect(try await FrontArticles(account).article("kba_2/en").url == nil)
    }

    @Test func `only what changed is fetched`() async throws {
        let fake = Self.fake()
        let sync = KnowledgeSync(store: InMemoryStore(), index: ListIndex())
        let source = FrontArticles(Front.account(fake))
        _ = try await sync.run(source)
        let calls = fake.calls.count
        fake.change { $0.articles["kba_2"]?.updatedAt += 60 }
        _ = try await sync.run(source)
        let fetched = fake.calls.dropFirst(calls).filter { $0.hasSuffix("/content") }
        #expect(fetched == ["GET /knowledge_base_articles/kba_2/locales/en/content"])
    }

    @Test(arguments: [
        (FakeFront.Fault.status(401), KnowledgeSourceError.Code.unauthorized), (.status(503), .unreachable),
        (.status(429, retryAfter: "9"), .unreachable), (.unreachable, .unreachable), (.truncated, .unreachable),
    ])
    func `what fails is told`(fault: FakeFront.Fault, code: KnowledgeSourceError.Code) async throws {
        let fake = Self.fake()
        let source = FrontArticles(Front.account(fake))
        fake.failAll(fault)
        for key in [nil, "kba_1/en"] {
            let error = try await #require(throws: KnowledgeSourceError.self) {
                if let key { _ = try await source.article(key) } else { _ = try await source.list() }
            }
            #expect(error.code == code)
            if case .status(429, _) = fault { #expect(error.retryAfter == .seconds(9)) }
        }
    }
}

struct FrontCheckTests {
    private func findings(
        _ fake: FakeFront, _ change: (inout FrontConfiguration) -> Void = { _ in }
    ) async -> [ConnectionFinding] {
        await Front.account(fake, change).check()
    }

    @Test func `all is well, and nothing was changed`() async {
        let fake = Front.fake()
        let found = await findings(fake)
        #expect(!found.contains { $0.isProblem } && found.count == 3)
        #expect(found[0].text.contains("“Shop”") && found[1].text.contains("Fern"))
        #expect(fake.calls.allSatisfy { $0.hasPrefix("GET") })
    }

    @Test func `what is missing is told in plain words`() async {
        let unknown = await findings(Front.fake()) { $0.teammate = "tea_9" }
        #expect(unknown[1].isProblem && unknown[1].text.contains("tea_kim (Kim)"))
        let blocked = Front.fake()
        blocked.change { $0.teammates[0].isBlocked = true }
        #expect(await findings(blocked)[1].text.contains("blocked"))
        let unsigned = await findings(Front.fake()) { ($0.signingKey, $0.ruleSecret) = (nil, nil) }
        #expect(unsigned.last?.isProblem == true)
        let refused = await findings(Front.fake()) { $0.token = Secret("wrong-token") }
        #expect(refused[0].isProblem && refused[0].text.contains("Check the token"))
        #expect(!refused.map(\.text).joined().contains("wrong-token"))
        for (call, word) in [(2, "teammates"), (3, "conversations"), (4, "tags")] {
            let fake = Front.fake()
            fake.fail(call: call, .status(403))
            #expect(await findings(fake).contains { $0.isProblem && $0.text.contains(word) })
        }
    }
}
