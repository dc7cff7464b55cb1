import OpenCXCore
import OpenCXWeb
import Testing

@Suite struct PageTests {
    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/chat.css", "text/css; charset=utf-8"),
        ("/chat.js", "text/javascript; charset=utf-8"),
    ])
    func `the page and its parts have their types and a strict policy`(path: String, type: String) async throws {
        let reply = try await WebDesk().respond(WebhookRequest(method: "GET", path: path))
        #expect(reply.status == 200)
        #expect(reply.text.utf8.count > 1000)
        #expect(reply.header("content-type") == type)
        #expect(reply.header("x-content-type-options") == "nosniff")
        #expect(reply.header("referrer-policy") == "no-referrer")
        #expect(reply.header("cache-control") == "no-cache")
        let policy = try #require(reply.header("content-security-policy"))
        for rule in [
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
            "form-action 'self'", "frame-ancestors 'self'",
        ] { #expect(policy.split(separator: "; ").contains { $0 == rule }, "\(rule)") }
        #expect(!policy.contains("unsafe"))
    }

    @Test func `the page needs nothing that its own policy forbids`() async throws {
        let page = try await WebDesk().respond(WebhookRequest(method: "GET", path: "/")).text
        for forbidden in ["<style", "style=", "onclick=", "onload=", "javascript:", "http://", "https://"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.ranges(of: "<script").count == 1)
        #expect(page.contains(#"<script src="/chat.js" defer></script>"#))
    }

    @Test func `the team's words are text, never markup`() async throws {
        let desk = WebDesk(
            page: WebChatPage(
                title: "<script>alert('t')</script>", greeting: "\"Hello\" & <b>welcome</b> {{title}}",
                suggestions: ["</button><img src=x onerror=alert(1)>", "{{greeting}}", "How much?"]))
        let page = try await desk.respond(WebhookRequest(method: "GET", path: "/")).text
        #expect(page.contains("<title>&lt;script&gt;alert(&#39;t&#39;)&lt;/script&gt;</title>"))
        #expect(page.contains("&quot;Hello&quot; &amp; &lt;b&gt;welcome&lt;/b&gt; {{title}}"))
        #expect(page.contains("<button type=\"button\">&lt;/button&gt;&lt;img src=x onerror=alert(1)&gt;</button>"))
        #expect(page.contains("<button type=\"button\">{{greeting}}</button>"))
        #expect(page.contains("<button type=\"button\">How much?</button>"))
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<img"))
    }

    @Test func `the page tells the server which session it has seen`() async throws {
        let script = try await WebDesk().respond(WebhookRequest(method: "GET", path: "/chat.js")).text
        #expect(script.contains("session=${"))
    }
}
