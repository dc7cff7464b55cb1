import Markdown
import Testing

/// What people say in a conversation, as HTML.
@Suite struct MarkdownRenderingTests {
    @Test(arguments: [
        ("a **b** `c`", "<p>a <strong>b</strong> <code>c</code></p>\n"),
        ("a\nb", "<p>a<br />\nb</p>\n"),
        ("# A", "<h4>A</h4>\n"), ("###### A", "<h6>A</h6>\n"),
        ("a <b> c", "<p>a &lt;b&gt; c</p>\n"),
        ("<div>\nx\n</div>", "<pre><code>&lt;div&gt;\nx\n&lt;/div&gt;\n</code></pre>\n"),
        ("<!-- a -->", "<pre><code>&lt;!-- a --&gt;\n</code></pre>\n"),
        ("![a](https://b.example/c.png)", "<p>a</p>\n"),
        (
            "[a](https://b.example)",
            "<p><a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"https://b.example\">a</a></p>\n"
        ),
        (
            "a@b.example",
            "<p><a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"mailto:a@b.example\">a@b.example</a></p>\n"
        ),
        ("[a](/local)", "<p>a</p>\n"), ("[a](tel:123)", "<p>a</p>\n"), ("[a](javascript:b)", "<p>a</p>\n"),
        ("[a](//b.example)", "<p>a</p>\n"), ("`<a href=x>`", "<p><code>&lt;a href=x&gt;</code></p>\n"),
    ])
    func `shows everything and runs nothing`(text: String, html: String) {
        #expect(MarkdownRendering.conversation.html(of: text) == html)
    }

    @Test func `what cannot be rendered in time is shown as it is, and runs nothing`() {
        for start in [String(repeating: ">", count: 2000), String(repeating: "x", count: 1 << 20)] {
            let html = MarkdownRendering.conversation.html(of: start + "<script>a&b</script>")
            #expect(html.hasPrefix("<pre>") && html.hasSuffix("&lt;script&gt;a&amp;b&lt;/script&gt;</pre>\n"))
            #expect(!html.dropFirst("<pre>".count).dropLast("</pre>\n".count).contains("<"))
        }
    }

    @Test(arguments: [">", "> ", "- ", "[", "![", "[a](", "*a_ ", "<!A ", "<? ", "|", "`a`` ", "&", "<a ", "~a "])
    func `ends, whatever it is given`(piece: String) {
        // The longest message that is taken. A quadratic one of these would run for minutes.
        let html = MarkdownRendering.conversation.html(of: String(repeating: piece, count: 100_000 / piece.utf8.count))
        #expect(!html.isEmpty)
    }
}
