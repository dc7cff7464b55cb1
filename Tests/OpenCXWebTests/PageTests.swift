import OpenCXCore
import OpenCXWeb
import Testing

@Suite struct PageTests {
    private static func get(
        _ path: String, page: WebChatPage = WebChatPage(), headers: [(name: String, value: String)] = []
    ) async throws -> Reply {
        try await WebDesk(page: page).respond(WebhookRequest(method: "GET", path: path, headers: headers))
    }

    @Test func `the page has a strict policy and needs nothing that it forbids`() async throws {
        let page = try await Self.get("/")
        #expect(page.status == 200)
        #expect(page.header("content-type") == "text/html; charset=utf-8")
        #expect(page.header("x-content-type-options") == "nosniff")
        #expect(page.header("referrer-policy") == "no-referrer")
        #expect(page.header("cache-control") == "no-cache")
        let policy = try #require(page.header("content-security-policy"))
        for rule in [
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
            "form-action 'self'", "frame-ancestors 'self'",
        ] { #expect(policy.split(separator: "; ").contains { $0 == rule }, "\(rule)") }
        #expect(!policy.contains("unsafe"))
        for forbidden in ["<style", "style=", "onclick=", "onload=", "javascript:", "http://", "https://"] {
            #expect(!page.text.contains(forbidden), "\(forbidden)")
        }
        #expect(page.text.ranges(of: "<script").count == 1)
        #expect(page.text.contains(#"<script src="/widget.js" data-mode="page" data-language="en" defer></script>"#))
    }

    @Test func `the script is for any page, and is sent again only when it has changed`() async throws {
        let script = try await Self.get("/widget.js")
        #expect(script.header("content-type") == "text/javascript; charset=utf-8")
        #expect(script.header("x-content-type-options") == "nosniff")
        #expect(script.header("cross-origin-resource-policy") == "cross-origin")
        let tag = try #require(script.header("etag"))
        let again = try await Self.get("/widget.js", headers: [("If-None-Match", tag)])
        #expect(again.status == 304 && again.response.body.isEmpty)
        let other = try await Self.get(
            "/widget.js", page: WebChatPage(title: "Another"), headers: [("If-None-Match", tag)])
        #expect(other.status == 200)
    }

    /// A page's policy may forbid all of these, and markup from a string is how strangers' words become code.
    @Test func `the script makes nodes, and runs nothing that is not in it`() async throws {
        let script = try await Self.get("/widget.js").text
        for forbidden in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser",
            "createContextualFragment", "srcdoc", "setAttribute('style", "import(", "setTimeout('", "javascript:",
        ] { #expect(!script.contains(forbidden), "\(forbidden)") }
        #expect(script.contains("attachShadow"))
        #expect(script.contains("adoptedStyleSheets"))
        #expect(script.contains("session=${"))
    }

    @Test func `the team's words are text, never markup and never code`() async throws {
        let page = WebChatPage(
            title: "<script>alert('t')</script>", greeting: "\"Hello\" & </script><b>welcome</b> \\",
            suggestions: ["'; alert(1); '", "\u{2028}${alert(1)}`"])
        let html = try await Self.get("/", page: page).text
        #expect(html.contains("<title>&lt;script&gt;alert(&#39;t&#39;)&lt;/script&gt;</title>"))
        #expect(html.ranges(of: "<script").count == 1)
        let script = try await Self.get("/widget.js", page: page).text
        let line = try #require(script.split(separator: "\n").first { $0.hasPrefix("const team = ") })
        let settings = try JSONValue(parsing: Array(line.dropFirst("const team = ".count).dropLast().utf8))
        #expect(settings["title"]?.string == page.title)
        #expect(settings["greeting"]?.string == page.greeting)
        #expect(settings["suggestions"] == .array(page.suggestions.map(JSONValue.string)))
    }
}
