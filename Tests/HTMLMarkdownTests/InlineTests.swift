import HTMLMarkdown
import Markdown
import Testing

@Suite struct InlineTests {
    @Test(arguments: [
        ("a   b\n c&nbsp;d &amp; &lt;e&gt; &euro; &amp;amp;", "a b c d & \\<e> € \\&amp;"),
        ("<b>a</b> <i>b</i> <del>c</del> <code>d</code>", "**a** *b* ~~c~~ `d`"),
        ("<b> a </b>b", "**a** b"), ("x<b>a</b>y", "x**a**y"), ("x<b>(a)</b>y", "x(a)y"),
        ("x <b>(a)</b>.", "x **(a)**."),
        ("<b>a<i>b</i></b><i>c</i>", "**a*b***c"), ("<b>a</b><b>b</b>", "**ab**"), ("<b>a</b> <b>b</b>", "**a b**"),
        ("<b style='font-weight:normal'>a</b>", "a"), ("<b>a<br>b</b>", "**a**  \n**b**"), ("<b></b>a", "a"),
        ("<code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
        (
            "<a href='https://example.com/x y(1)'>the <b>page</b></a>.",
            "[the **page**](https://example.com/x%20y%281%29)."
        ),
        ("See!<a href='https://example.com'>x</a>", "See\\![x](https://example.com)"),
        ("<a href='javascript:alert(1)'>a</a> <a href='/b'>b</a> <a href='#c'>c</a> <a>d</a>", "a b c d"),
        ("<a href='java\nscript:x'>a</a> <a href=' mailto:a@b.example '>b</a>", "a [b](mailto:a@b.example)"),
        (
            "<a href='https://a.example'><p>One</p><p>Two</p></a>",
            "[One](https://a.example)\n\n[Two](https://a.example)"
        ),
        ("<a href='https://a.example'><img alt='Home'></a>", "[Home](https://a.example)"),
        ("<a href='https://a.example'></a>a", "a"), ("Ju\u{AD}ne\u{200B}", "June"),
        ("# a", "\\# a"), ("1. a", "1\\. a"), ("- a", "\\- a"), ("&gt; a", "\\> a"), ("a * b_c _d_", "a * b_c \\_d\\_"),
        ("a<br>===", "a  \n\\==="), ("![x](y) `z` ~a~ a|b", "!\\[x\\](y) \\`z\\` \\~a\\~ a\\|b"), ("2026 a", "2026 a"),
        ("C:\\Users \\*", "C:\\\\Users \\\\\\*"),
        ("See https://a.example/x?a=1&amp;b=_2_.", "See <https://a.example/x?a=1&b=_2>\\_."),
        ("At www.a.example today, not www.a.example/_x_ ", "At www.a.example today, not www\\.a.example/\\_x\\_"),
        ("<a href='https://a.example/'>https://a.example/</a>", "[https://a.example/](https://a.example/)"),
    ])
    func `running text`(html: String, markdown: String) {
        #expect(HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test(arguments: [
        ("/hc/1", "[a](https://help.example.com/hc/1)"), ("//cdn.example/1", "[a](https://cdn.example/1)"),
        ("https://x.example/", "[a](https://x.example/)"), ("hc/1", "a"), ("#top", "a"), ("/\\evil.example", "a"),
    ])
    func `links within the site`(href: String, markdown: String) {
        let html = "<a href='\(href)'>a</a>"
        #expect(HTMLMarkdown.markdown(of: html, origin: "https://help.example.com/") == markdown)
    }

    /// Whatever stands in a page comes out of a Markdown parser as the text that it was.
    @Test(arguments: 0..<400) func `text stays text`(seed: Int) throws {
        var random = Random(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let signs = [
            "*", "_", "`", "~", "[", "]", "(", ")", "<", "&", "#", "+", "-", "1.", "|", "\\", "!", "=", ":", ">",
        ]
        let words = [
            "a", "bc", "é", "日", " ", "&nbsp;", "”", "…", "x_y", "www.a.example", "https://a.example/?a", "&lt;p>",
            "&amp;lt;",
        ]
        let tags = ["b", "i", "s", "span"]
        var (html, text, open) = ("", "", [String]())
        for _ in 0..<30 {
            switch random.next() % 8 {
            case 0 where open.count < 4:
                let tag = tags[Int(random.next() % 4)]
                open.append(tag)
                html += "<\(tag)>"
            case 1: if let tag = open.popLast() { html += "</\(tag)>" }
            case 2, 3, 4:
                let sign = signs[Int(random.next() % UInt64(signs.count))]
                html += sign == "<" ? "&lt;" : sign == "&" ? "&amp;" : sign
                text += sign
            default:
                let word = words[Int(random.next() % UInt64(words.count))]
                html += word
                text += word.replacing("&nbsp;", with: " ").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
            }
        }
        let shown = try MarkdownDocument(Array(HTMLMarkdown.markdown(of: "<p>\(html)</p>").utf8)).html()
        #expect(
            Self.text(of: shown) == text.split(separator: " ").joined(separator: " "), "\(html)")
    }

    private static func text(of html: String) -> String {
        var (text, isInTag) = ("", false)
        for scalar in html.unicodeScalars {
            if scalar == "<" { isInTag = true }
            if !isInTag { text.unicodeScalars.append(scalar) }
            if scalar == ">" { isInTag = false }
        }
        for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
            text = text.replacing(entity, with: sign)
        }
        return text.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ")
    }
}

private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 11
    }
}
