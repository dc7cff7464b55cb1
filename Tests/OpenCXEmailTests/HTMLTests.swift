import Testing

@testable import OpenCXEmail

@Suite struct HTMLTests {
    @Test(arguments: [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("a   b\n c&nbsp;d &amp; &lt;e&gt; &euro;", "a b c d & <e> €"),
        ("<ul><li>One</li><li>Two</li></ul><ol><li>A</li><li>B</li></ol>", "- One\n- Two\n\n1. A\n2. B"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>", "A B\nC D"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        ("See <a href='https://example.com/x'>the page</a>.", "See the page <https://example.com/x>."),
        ("<a href='https://example.com/'>example.com</a>", "example.com"),
        ("<a href='mailto:ada@example.com'>ada@example.com</a>", "ada@example.com"),
        ("<a href='javascript:alert(1)'>click</a>", "click"),
        ("Hi<blockquote>Said<blockquote>Before</blockquote></blockquote>Bye", "Hi\n\n> Said\n\n>> Before\n\nBye"),
        ("Hi<div class='moz-signature'>Ada</div>", "Hi\n-- \nAda"),
        ("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>", "One\nTwo"),
        ("Ju\u{AD}ne\u{200B}", "June"),
    ])
    func `text as a reader sees it`(html: String, text: String) {
        #expect(HTMLText().text(of: html).replacing("\n>\n", with: "\n\n") == text)
    }

    @Test(arguments: [
        "<head><title>T</title><style>p{}</style></head>", "<script>x</script>", "<!-- x -->",
        "<div style='display: none'>x</div>", "<span style='font-size:0px'>x</span>", "<p hidden>x</p>",
        "<img src='https://track.example/1.gif' width=1 height=1 alt='x'>",
        "<div style='max-height:0;overflow:hidden'>x</div>",
        "<o:p style='mso-hide:all'>x</o:p>", "<div style='visibility:hidden'>x</div>",
    ])
    func `what nobody sees is left out`(html: String) {
        #expect(HTMLText().text(of: html + "<p>Seen</p>") == "Seen")
    }

    @Test(arguments: [
        String(repeating: "<div>", count: 200_000), String(repeating: "<b>", count: 100_000),
        (0..<50_000).map { "<font size=\($0)>" }.joined() + String(repeating: "<p>x", count: 50_000),
        (0..<900).map { "<font size=\($0)>" }.joined() + String(repeating: "<p>x", count: 200_000),
        "<p " + (0..<100_000).map { "a\($0) " }.joined() + ">",
        "<script><a b='</script><p " + (0..<60_000).map { "a\($0)=\">\" " }.joined() + ">",
        String(repeating: "<table><tr><td>", count: 20_000), String(repeating: "</p>", count: 200_000),
        String(repeating: "<a href=x>", count: 50_000), String(repeating: "<", count: 1_000_000),
        String(repeating: "&amp", count: 200_000), "<svg>" + String(repeating: "<g>", count: 100_000),
    ])
    func `hostile HTML is read without a stack or an hour`(html: String) {
        _ = HTMLText().text(of: html)
    }
}
