import OpenCXCore
import Testing

@testable import OpenCXPages

@Suite struct HTMLTests {
    @Test func `text and attributes are escaped, and nothing else is`() {
        let html = div(.class("a\"b"), .title("<'&>")) {
            "<b> & \"'\u{0}"
            p { "x" }
            br()
        }
        #expect(
            html.markup
                == "<div class=\"a&quot;b\" title=\"&lt;&#39;&amp;&gt;\">&lt;b&gt; &amp; &quot;&#39;\u{FFFD}<p>x</p><br></div>"
        )
    }

    @Test(arguments: [
        ("/a?b=c", "/a?b=c"), ("#a", "#a"), ("?a", "?a"), ("https://a.example", "https://a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"), ("javascript:x", "#"), (" javascript:x", "#"),
        ("JAVA\nSCRIPT:x", "#"),
        ("data:text/html,x", "#"), ("//a.example", "#"), ("/\\a.example", "#"), ("a.example", "#"), ("", "#"),
        ("tel:1", "#"),
    ])
    func `addresses lead to our pages, the web and mail only`(address: String, safe: String) {
        #expect(a(.href(address)).markup == "<a href=\"\(safe)\"></a>")
    }

    @Test(arguments: [
        ("Mail [EMAIL_1] now", "Mail <mark class=\"masked\">[EMAIL_1]</mark> now"),
        (
            "[CREDIT_CARD_12][EMAIL_2]",
            "<mark class=\"masked\">[CREDIT_CARD_12]</mark><mark class=\"masked\">[EMAIL_2]</mark>"
        ),
        ("[a] [EMAIL] [EMAIL_] [email_1] [_1] [EMAIL_1 ]", "[a] [EMAIL] [EMAIL_] [email_1] [_1] [EMAIL_1 ]"),
        ("[", "["), ("[[EMAIL_1]", "[<mark class=\"masked\">[EMAIL_1]</mark>"),
        ("<p title=\"[EMAIL_1]\">x</p>", "<p title=\"[EMAIL_1]\">x</p>"), ("<p [EMAIL_1]", "<p [EMAIL_1]"),
    ])
    func `placeholders are marked in text only`(markup: String, marked: String) {
        #expect(PlaceholderMarks.mark(in: markup) == marked)
    }

    @Test(arguments: [
        ("a=b&c=d%20e+f", ["a": "b", "c": "d e f"]), ("a=%C3%A4%0D%0A%", ["a": "ä\n%"]), ("a", ["a": ""]),
        ("=b", ["": "b"]),
        ("", [:]), ("a=1&a=2", ["a": "1"]), ("a=%zz", ["a": "%zz"]), ("a==b", ["a": "=b"]),
    ])
    func `reads what forms send`(body: String, fields: [String: String]) {
        let form = Form(
            WebhookRequest(
                headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")], body: Array(body.utf8))
        )
        for (name, value) in fields { #expect(form[name] == value) }
    }

    @Test func `takes no other bodies for forms`() {
        let body = Array("a=b".utf8)
        #expect(Form(WebhookRequest(headers: [("content-type", "text/plain")], body: body))["a"] == nil)
        #expect(Form(WebhookRequest(body: body))["a"] == nil)
        let huge = WebhookRequest(
            headers: [("content-type", "application/x-www-form-urlencoded")],
            body: body + Array(repeating: 97, count: 500_000))
        #expect(Form(huge)["a"] == nil)
    }
}
