import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

/// A help center in two languages, in pages of two.
private final class FakeHelpCenter: HTTPClient {
    struct Article {
        var id: Int64
        var bodies: [String: String]
        var isDraft = false
        var segment: Int64?
        var votes = 0
    }

    let articles = Locked<[Article]>([
        Article(id: 1, bodies: ["en-us": "<h2>Refunds</h2><p>Five <b>days</b>.</p>", "de": "<p>Fünf Tage.</p>"]),
        Article(id: 2, bodies: ["en-us": "<p>Hours: <a href=\"/hc/en-us/articles/1\">see</a></p>"]),
        Article(id: 3, bodies: ["en-us": "<p>Soon</p>"], isDraft: true),
        Article(id: 4, bodies: ["en-us": "<p>For partners</p>"], segment: 88),
        Article(id: 5, bodies: ["en-us": ""]),
    ])
    let failing = Locked<Int?>(nil)
    let count = Locked(0)

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        count.withLock { $0 += 1 }
        let status = failing.withLock { $0 }
        let body = status == nil ? answer(request) : JSONValue.object([:])
        return HTTPResponseStream(
            HTTPResponse(status: status ?? (body == .null ? 404 : 200), body: (body ?? .null).serialized()))
    }

    private func answer(_ request: HTTPRequest) -> JSONValue? {
        let parts = request.url.dropFirst((Zendesk.url + "/api/v2/help_center/").count).split(separator: "?")
        let names = parts[0].split(separator: "/").map(String.init)
        let query = FormFields(Array((parts.count > 1 ? parts[1] : "").utf8))
        switch (names.first, names.count) {
        case ("locales", 1): return ["locales": ["en-us", "de"], "default_locale": "en-us"]
        case ("categories", 1): return ["categories": [["id": 9, "name": "Money"]]]
        case ("sections", 1): return ["sections": [["id": 5, "name": "Refunds", "category_id": 9]]]
        case ("articles", 2...):
            guard let article = articles.withLock({ all in all.first { String($0.id) == names[1] } }) else {
                return .null
            }
            if names.count == 2 { return ["article": json(article, "en-us")] }
            return [
                "translations": .array(
                    article.bodies.sorted { $0.key < $1.key }.map { locale, body in
                        [
                            "locale": .string(locale), "title": .string("Title \(article.id) \(locale)"),
                            "body": .string(body),
                            "draft": .bool(article.isDraft),
                        ]
                    })
            ]
        case (let locale?, 2):
            let all = articles.withLock { $0.filter { $0.bodies[locale] != nil } }
            let start = query?["page[after]"].flatMap { Int($0) } ?? 0
            let page = all.dropFirst(start).prefix(2)
            return [
                "articles": .array(page.map { json($0, locale) }),
                "meta": [
                    "has_more": .bool(start + 2 < all.count), "after_cursor": .string(String(start + 2)),
                ],
            ]
        default: return .null
        }
    }

    private func json(_ article: Article, _ locale: String) -> JSONValue {
        [
            "id": .integer(article.id), "locale": .string(locale), "title": .string("Title \(article.id) \(locale)"),
            "body": article.bodies[locale].map { $0.isEmpty ? .null : .string($0) } ?? .null,
            "draft": .bool(article.isDraft), "user_segment_id": article.segment.map { .integer($0) } ?? .null,
            "section_id": 5, "vote_sum": .integer(Int64(article.votes)),
            "updated_at": .string("2026-09-21T10:00:0\(article.votes)Z"),
            "html_url": .string("\(Zendesk.url)/hc/\(locale)/articles/\(article.id)"),
        ]
    }
}

struct ArticleTests {
    private let center = FakeHelpCenter()

    private func source(_ locales: [String] = []) -> ZendeskArticles {
        ZendeskArticles(Zendesk.configuration(), locales: locales, http: center)
    }

    @Test(arguments: KnowledgeSourceContract.checks)
    func contract(check: KnowledgeSourceContract.Check) async throws {
        let center = center
        @Sendable func id(_ key: String) -> Int64 { Int64(key.split(separator: "/").last ?? "") ?? 0 }
        try await check.run(
            .init(
                source: source(["en-us"]),
                change: { key in
                    center.articles.withLock { all in
                        for place in all.indices where all[place].id == id(key) {
                            all[place].bodies["en-us"] = "<p>New</p>"
                        }
                    }
                },
                remove: { key in center.articles.withLock { all in all.removeAll { $0.id == id(key) } } }))
    }

    @Test func `every language of every article is one`() async throws {
        let keys = try await source().list().revisions.keys.sorted()
        #expect(keys == ["de/1", "en-us/1", "en-us/2", "en-us/3", "en-us/4", "en-us/5"])
        #expect(try await source(["DE"]).list().revisions.keys.sorted() == ["de/1"])
    }

    @Test func `an article is CommonMark, with its topic, its page and its language`() async throws {
        let article = try await source().article("en-us/1")
        #expect(article.title == "Title 1 en-us" && article.markdown == "## Refunds\n\nFive **days**.")
        #expect(article.topic == "Money / Refunds" && article.locale == "en-US" && article.audience == .everyone)
        #expect(article.url == "\(Zendesk.url)/hc/en-us/articles/1")
        let german = try await source().article("de/1")
        #expect(german.title == "Title 1 de" && german.markdown == "Fünf Tage." && german.locale == "de")
        #expect(german.url == "\(Zendesk.url)/hc/de/articles/1")
        #expect(try await source().article("en-us/2").markdown == "Hours: [see](\(Zendesk.url)/hc/en-us/articles/1)")
        #expect(try await source().article("en-us/5").markdown.isEmpty)
    }

    @Test func `drafts and articles for segments are for the team only`() async throws {
        #expect(try await source().article("en-us/3").audience == .draft)
        #expect(try await source().article("en-us/4").audience == .segments(["zendesk-88"]))
    }

    @Test func `revisions of all languages are the same when listed and read, and votes change none`() async throws {
        let listed = try await source().list().revisions
        center.articles.withLock { all in for place in all.indices { all[place].votes += 1 } }
        #expect(try await source().list().revisions == listed)
        for (key, revision) in listed { #expect(try await source().article(key).revision == revision) }
        center.articles.withLock { $0[0].isDraft = true }
        #expect(try await source().list().revisions["de/1"] != listed["de/1"])
    }

    @Test func `what is new in a listing costs no request of its own`() async throws {
        let source = source()
        let keys = try await source.list().revisions.keys.sorted()
        let listing = center.count.withLock { $0 }
        let fetched = try await fetch(keys, from: source)
        #expect(center.count.withLock { $0 } == listing)
        // Asked for again, or not new any more, they come from Zendesk, and are the same.
        #expect(try await fetch(keys, from: source) == fetched)
        let twice = center.count.withLock { $0 }
        #expect(twice > listing)
        _ = try await source.list()
        #expect(try await fetch(["en-us/1"], from: source) == [fetched[1]])
        #expect(center.count.withLock { $0 } == twice + listing + 1)
    }

    private func fetch(_ keys: [String], from source: ZendeskArticles) async throws -> [String] {
        var articles: [String] = []
        for key in keys { articles.append(String(describing: try await source.article(key))) }
        return articles
    }

    @Test func `a look says what is missing`() async {
        #expect(await source(["en-us"]).check().map(\.isProblem) == [false])
        #expect(await source(["en-us", "fr"]).check().first?.text.contains("fr") == true)
        center.failing.withLock { $0 = 404 }
        #expect(await source().check().first?.text.contains("no help center") == true)
        center.failing.withLock { $0 = 503 }
        #expect(await source().check().map(\.isProblem) == [true])
    }

    @Test(arguments: [(401, KnowledgeSourceError.Code.unauthorized), (429, .unreachable), (503, .unreachable)])
    func `refusals are told from what passes`(status: Int, code: KnowledgeSourceError.Code) async throws {
        center.failing.withLock { $0 = status }
        let error = await #expect(throws: KnowledgeSourceError.self) { _ = try await source().list() }
        #expect(error?.code == code)
    }
}
