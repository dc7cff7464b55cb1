internal import OpenCXCore
internal import OpenCXDemoServer
internal import OpenCXHelpCenter

/// The public articles as pages, for the links under an answer.
struct HelpPages: Sendable {
    let store: any KnowledgeStore
    let title: String

    func respond(to request: WebhookRequest) async -> WebhookResponse {
        guard request.method == "GET" else { return .error(405, "Use GET.", to: request.headers) }
        if request.path == "/help/style.css" {
            return WebhookResponse(
                status: 200, headers: [("content-type", "text/css; charset=utf-8")], body: Array(Self.style.utf8))
        }
        do {
            let key = String(request.path.dropFirst("/help/".count))
            if key.isEmpty { return try await index() }
            guard let article = try await store.article(ArticleID(source: House.source, key: key)),
                article.audience.isPublic
            else { return .error(404, "There is no such article.", to: request.headers) }
            return page(article.title.text, MarkdownHTML.renderHTML(article.markdown.text))
        } catch {
            return .error(503, "The article cannot be read at the moment.", to: request.headers)
        }
    }

    private func index() async throws -> WebhookResponse {
        var items = ""
        var last: ArticleID?
        while case let articles = try await store.articles(after: last, limit: 200), let end = articles.last {
            for article in articles where article.audience.isPublic && article.source == House.source {
                let key = article.id.rawValue.dropFirst(House.source.rawValue.count + 1)
                items +=
                    "<li><a href=\"/help/\(HTMLEscaping.escaped(String(key)))\">\(HTMLEscaping.escaped(article.title.text))</a></li>\n"
            }
            last = end.id
        }
        return page("Help center", "<ul>\n\(items)</ul>")
    }

    private func page(_ heading: String, _ body: String) -> WebhookResponse {
        let html = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLEscaping.escaped(heading)) – \(HTMLEscaping.escaped(title))</title><link rel="stylesheet" href="/help/style.css"></head>
            <body><main><p><a href="/help">\(HTMLEscaping.escaped(title))</a></p><h1>\(HTMLEscaping.escaped(heading))</h1>
            \(body)</main></body></html>
            """
        return WebhookResponse(
            status: 200,
            headers: [
                ("content-type", "text/html; charset=utf-8"), ("x-content-type-options", "nosniff"),
                (
                    "content-security-policy",
                    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
                ),
            ], body: Array(html.utf8))
    }

    private static let style = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid color-mix(in srgb, currentColor 30%, transparent); }
        """
}
