import Markdown
import OpenCXCore
import Testing

@testable import OpenCXHelpCenter

@Suite struct MarkdownTests {
    static let address = PublishedAddress("https://help.example.com/en")

    static func markdown(_ text: String, links rule: MarkdownDocument.LinkRule = { $0 }) throws -> String {
        let document = try MarkdownDocument(Array(text.utf8))
        try document.clean(links: rule)
        document.normalizeBlocks()
        return document.commonMark()
    }

    @Test(arguments: [
        ("* a\n* b\n  c\n", "  - a\n  - b c\n"),
        ("1) a\n2) b\n", "1.  a\n2.  b\n"),
        ("Title\n===\n\nSub\n---\n\nline\nline\n", "# Title\n\n## Sub\n\nline line\n"),
        ("- a\n\n* b\n", "  - a\n  - b\n"),
        ("- a\n\n1. b\n\n1) c\n", "  - a\n\n1.  b\n2.  c\n"),
        ("- a\n\n<!-- -->\n\n    code\n", "  - a\n\n``` text\ncode\n```\n"),
        ("    # code\n", "``` text\n# code\n```\n"),
        ("~~~swift\nlet a = 1\n~~~\n", "``` swift\nlet a = 1\n```\n"),
        ("a <b>c</b><!-- d --> e\n", "a c e\n"),
        ("<script>alert(1)</script>\n\n<div>\nx\n</div>\n\ny\n", "y\n"),
        ("<details>\n<summary>Q</summary>\n\nText\n\n</details>\n", "Text\n"),
        ("![a *b* c](x.png) and [![logo](l.png)](https://a.b)\n", "a *b* c and [logo](https://a.b)\n"),
        ("![](x.png)\n\n[](https://a.b)\n\n[![](x.png)](https://a.b)\n\nz\n", "z\n"),
        ("~~gone~~ **b** *i* `c`\n", "~~gone~~ **b** *i* `c`\n"),
        ("at https://a.b/c_d, me_too@a.org\n", "at <https://a.b/c_d>, <me_too@a.org>\n"),
        ("[a][r]\n\n[r]: https://a.b \"T\"\n", "[a](https://a.b \"T\")\n"),
        ("a  \nb\n", "a  \nb\n"),
        ("&#0; &amp; \\*\n", "\u{FFFD} & \\*\n"),
    ])
    func `comes out in one form`(text: String, result: String) throws {
        #expect(try Self.markdown(text) == result)
        #expect(try Self.markdown(result) == result, "and stays in it")
    }

    @Test func `keeps tables`() throws {
        let table = """
            | Country | Cost | Note |
            | :-- | --: | --- |
            | DE | **3.90** | `a\\|b` |
            | CH |  | x \\| y |

            """
        let sloppy = "Country|Cost|Note\n:-|-:|-\nDE|**3.90**|`a\\|b`\n|CH||x \\| y|\n"
        #expect(try Self.markdown(sloppy) == table)
        #expect(try Self.markdown(table) == table)
        let html = MarkdownHTML.renderHTML(table)
        #expect(html.contains("<td align=\"right\"><strong>3.90</strong></td>"))
        #expect(html.contains("<td><code>a|b</code></td>"))
    }

    @Test(arguments: [
        ("refunds.md", "https://help.example.com/en/returns/refunds"),
        ("./refunds.md#when", "https://help.example.com/en/returns/refunds#when"),
        ("../orders/track.de.md?x=1#y", "https://help.example.com/en/orders/track.de?x=1#y"),
        ("/orders/track.de.md", "https://help.example.com/en/orders/track.de"),
        ("a%20b.md", "https://help.example.com/en/returns/a%20b"),
        ("a%2Fb.md", nil),
        ("x(1).md", "https://help.example.com/en/returns/x%281%29"),
        ("own.markdown", "https://own.example/"),
        ("missing.md", nil),
        ("../../etc/x.md", nil),
        ("../.git/x.md", "https://help.example.com/en/.git/x.md"),
        ("#below", "https://help.example.com/en/returns/self#below"),
        ("form.pdf", "https://help.example.com/en/returns/form.pdf"),
        ("/contact?x", "https://help.example.com/contact?x"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://a.b/c?d=e#f", "https://a.b/c?d=e#f"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("tel:+49123", "tel:+49123"),
        ("javascript:alert%281%29", nil),
        ("JaVaScRiPt:alert%281%29", nil),
        ("&#1;javascript:alert%281%29", nil),
        ("java&#10;script:x", nil),
        ("data:text/html,x", nil),
        ("file:///etc/passwd", nil),
    ])
    func `resolves links`(target: String, url: String?) async throws {
        let folder = try TemporaryFolder([
            "returns/self.md": "[the text](<\(target)>)", "returns/refunds.md": "", "returns/a b.md": "",
            "returns/x(1).md": "",
            "orders/track.de.md": "", "returns/own.markdown": "---\nurl: https://own.example/\n---\n",
        ])
        let article = try await HelpCenterFolder(id: "h", path: folder.path, baseURL: "https://help.example.com/en")
            .article("returns/self")
        guard let url else {
            #expect(article.markdown == "the text\n")
            return
        }
        let plain = String(article.markdown.filter { $0 != "\\" })
        #expect(plain == "[the text](\(url))\n")
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", ""),
        ("a <img src=x onerror=alert(1)> b", "<p>a  b</p>\n"),
        ("[a](javascript:alert(1))", "<p>a</p>\n"),
        ("[a](java&#9;script:alert(1))", "<p>a</p>\n"),
        ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"),
        ("[a](data:text/html;base64,xxxx)", "<p>a</p>\n"),
        ("![alt](https://track.example/p.gif)", "<p>alt</p>\n"),
        ("[a](https://a.b/?q=\"><script>)", "<p><a href=\"https://a.b/?q=%22%3E%3Cscript%3E\">a</a></p>\n"),
        ("a \"b\" <c> & d", "<p>a &quot;b&quot;  &amp; d</p>\n"),
        ("```\"><script>\nx\n```", "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n"),
        ("", ""),
    ])
    func `pages are safe`(markdown: String, html: String) {
        #expect(MarkdownHTML.renderHTML(markdown) == html)
    }
}
