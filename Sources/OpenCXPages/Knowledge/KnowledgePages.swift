internal import OpenCXAccess
internal import OpenCXCore

/// What the AI knows: where it comes from, the articles, and what a search finds.
struct KnowledgePages: Sendable {
    let agent: Agent
    let layout: Layout
    let sources: @Sendable () async throws -> [TeamKnowledgeSource]
    let sync: (@Sendable (KnowledgeSourceID) async throws -> KnowledgeSync.Report)?

    private static let pageSize = 50

    var routes: [Route] {
        [
            Route(.get, "/knowledge", .viewKnowledge) { try await overview($0) },
            Route(.get, "/knowledge/search", .viewKnowledge) { try await search($0) },
            Route(.get, "/knowledge/article", .viewKnowledge) { try await article($0) },
            Route(.post, "/knowledge/sync", .changeKnowledge) { try await synchronize($0) },
        ]
    }

    func target(_ id: ArticleID) -> String {
        QueryText.address(layout.path("/knowledge/article"), [("id", id.rawValue)])
    }

    static func audience(_ audience: Audience) -> HTML {
        switch audience {
        case .everyone: span(.class("badge good")) { "everybody" }
        case .segments(let names): span(.class("badge warn")) { names.joined(separator: ", ") }
        case .draft: span(.class("badge")) { "draft" }
        }
    }

    // MARK: Overview

    private func overview(_ visit: Visit, notice: HTML? = nil, status: Int = 200) async throws -> WebhookAnswer {
        let sources = try await sources()
        let after = visit.query("after").map { ArticleID($0) }
        let articles = try await agent.parts.store.articles(after: after, limit: Self.pageSize)
        let content = section(.class("page")) {
            h1 { "Knowledge" }
            notice
            searchForm(visit, text: "")
            h2 { "Sources" }
            if sources.isEmpty { p(.class("nothing")) { "No source is known here; what is in the store is used." } }
            ul(.class("cards")) { for source in sources { li { card(source, visit) } } }
            h2 { "Articles" }
            if articles.isEmpty { p(.class("nothing")) { "There is no article yet." } } else { list(articles) }
            if articles.count == Self.pageSize, let last = articles.last {
                p(.class("more")) {
                    a(
                        .class("button"),
                        .href(QueryText.address(layout.path("/knowledge"), [("after", last.id.rawValue)]))
                    ) {
                        "More articles"
                    }
                }
            }
        }
        return PageResponse.page(layout.page("Knowledge", .knowledge, visit, content: content), status: status)
    }

    private func card(_ source: TeamKnowledgeSource, _ visit: Visit) -> HTML {
        section(.class("card")) {
            h3 { source.title }
            dl(.class("facts")) {
                dt { "Last synchronized" }
                dd { source.syncedAt.map(Moment.html) ?? HTML("not since this server started") }
                if let report = source.report {
                    dt { "Articles then" }
                    dd { Self.inWords(report) }
                }
            }
            if let failures = source.report?.failures, !failures.isEmpty {
                details {
                    summary { "\(failures.count) could not be read" }
                    ul {
                        for (key, error) in failures.sorted(by: { $0.key < $1.key }).prefix(50) {
                            li { "\(key): \(error.message)" }
                        }
                    }
                }
            }
            if sync != nil, visit.may(.changeKnowledge) {
                form(.post, .action(layout.path("/knowledge/sync"))) {
                    FormToken.field(visit)
                    input(.type("hidden"), .name("source"), .value(source.id.rawValue))
                    button(.type("submit")) { "Synchronize now" }
                }
            }
        }
    }

    private static func inWords(_ report: KnowledgeSync.Report) -> String {
        "\(report.added) new, \(report.updated) changed, \(report.unchanged) as before, \(report.removed) gone"
    }

    private func list(_ articles: [Article]) -> HTML {
        div(.class("table-frame"), .tabindex(0), .role("group"), .aria(.label, "Articles")) {
            table {
                caption(.class("visually-hidden")) { "Articles" }
                thead {
                    tr {
                        th(.scope("col")) { "Title" }
                        th(.scope("col")) { "Topic" }
                        th(.scope("col")) { "Language" }
                        th(.scope("col")) { "For" }
                    }
                }
                tbody {
                    for article in articles {
                        tr {
                            th(.scope("row")) { a(.href(target(article.id))) { article.title.text } }
                            td { article.topic.text }
                            td { article.locale.rawValue }
                            td { Self.audience(article.audience) }
                        }
                    }
                }
            }
        }
    }

    private func synchronize(_ visit: Visit) async throws -> WebhookAnswer {
        let id = KnowledgeSourceID(visit.form["source"] ?? "")
        guard let sync, let source = try await sources().first(where: { $0.id == id }) else { throw PageError.notFound }
        do {
            let report = try await sync(id)
            return try await overview(
                visit, notice: p(.class("notice good"), .role("status")) { "\(source.title): \(Self.inWords(report))." }
            )
        } catch let error as KnowledgeSourceError {
            return try await overview(
                visit, notice: p(.class("notice bad"), .role("alert")) { "\(source.title): \(error.message)" },
                status: 502)
        }
    }

    // MARK: An article

    private func article(_ visit: Visit) async throws -> WebhookAnswer {
        guard let id = visit.query("id"), let article = try await agent.parts.store.article(ArticleID(id)) else {
            throw PageError.notFound
        }
        let content = section(.class("page narrow")) {
            p { a(.href(layout.path("/knowledge"))) { "Knowledge" } }
            h1 { article.title.text }
            p {
                Self.audience(article.audience)
                span(.class("badge")) { article.locale.rawValue }
                if !article.topic.isEmpty { span(.class("badge")) { article.topic.text } }
            }
            if let url = article.url {
                p { a(.href(url), .newPage, .rel("noopener noreferrer nofollow")) { "As customers see it" } }
            }
            div(.class("said article"), .lang(article.locale.rawValue), .dir("auto")) { HTML.article(article.markdown) }
        }
        return PageResponse.page(layout.page(article.title.text, .knowledge, visit, content: content))
    }
}
