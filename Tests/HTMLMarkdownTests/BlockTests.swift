import HTMLMarkdown
import Testing

@Suite struct BlockTests {
    @Test(arguments: [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two<br>Three<br></div>", "One\n\nTwo  \nThree"),
        ("<h1>A</h1>text<h3 id=x><strong>B</strong> <span>c</span></h3>", "# A\n\ntext\n\n### B c"),
        ("<h2><div>a</div><div>b<br>c</div></h2>", "## a b c"), ("<h2>C#</h2>", "## C\\#"), ("<h2> </h2>x", "x"),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote><blockquote>c</blockquote>", "> a\n>\n> > b\n\n> c"),
        ("<p>a</p><hr><p>b</p>", "a\n\n-----\n\nb"),
        ("<pre>a\n  b\n\nc</pre>d", "```\na\n  b\n\nc\n```\n\nd"),
        ("<pre><code class='language-swift'>let a = 1\n</code></pre>", "```swift\nlet a = 1\n```"),
        ("<pre>a<br>b<div>c</div>d</pre>", "```\na\nb\nc\nd\n```"),
        ("<pre>```\nx</pre>", "~~~\n```\nx\n~~~"), ("<pre>```\n~~~</pre>", "````\n```\n~~~\n````"),
        ("<pre> \n </pre>a", "a"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "**Term**\n\nMeaning"),
        ("<details><summary>More</summary>Text</details>", "More\n\nText"),
        ("<figure><img src=a.png alt='The shop'><figcaption>Ours</figcaption></figure>", "The shop\n\nOurs"),
        ("<img alt='Screenshot_1.PNG' src=x>a", "a"), ("", ""), ("<p> </p>", ""),
    ])
    func `blocks`(html: String, markdown: String) {
        #expect(HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test(arguments: [
        ("a<ul><li>One</li><li>Two</li></ul>b", "a\n\n- One\n- Two\n\nb"),
        ("<ol><li>A</li><li>B</li></ol>", "1. A\n2. B"), ("<ol start=7><li>A<li>B</ol>", "7. A\n8. B"),
        ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", "- One\n- Two"),
        ("<ul><li><p>One</p><p>More</p></li><li>Two</li></ul>", "- One\n\n  More\n- Two"),
        ("<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>", "- a\n  - b\n    1. c\n- d"),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li>a</li><ul><li>b</li><li>c</li></ul><li>d</li></ol>", "1. a\n   - b\n   - c\n2. d"),
        ("<ol><li>a<ol start=3><li>b</li></ol></li></ol>", "1. a\n\n   3. b"),
        ("<ul><li></li><li>a</li></ul>", "- a"), ("<li>a<li>b", "- a\n\n- b"),
        ("<ul><li>a<pre>x\n\ny</pre></li></ul>", "- a\n\n  ```\n  x\n\n  y\n  ```"),
        ("<ul><li><blockquote>a</blockquote>b</li></ul>", "- > a\n\n  b"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a"),
    ])
    func `lists`(html: String, markdown: String) {
        #expect(HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test(arguments: [
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | 2 |"
        ),
        (
            "<table><thead><tr><td><b>A</b><td>B</thead><tbody><tr><td>1<br>x<td><p>2</p><p>3</p></table>",
            "| A | B |\n| --- | --- |\n| 1 x | 2 3 |"
        ),
        (
            "<table><tr><td rowspan=2>Free</td><td>a|b</td></tr><tr><td><code>c|d</code></td></tr></table>",
            "| Free | a\\|b |\n| --- | --- |\n| Free | `c\\|d` |"
        ),
        (
            "<table><tr><td colspan=2>Both</td></tr><tr><td>1</td><td>2</td></tr></table>",
            "| Both |  |\n| --- | --- |\n| 1 | 2 |"
        ),
        (
            "<table><caption>Prices</caption><tr><td>a</td><td><ul><li>x</li><li>y.</li><li>z</li></ul></td></tr>"
                + "<tr></tr><tr><td>b</td></tr></table>",
            "Prices\n\n| a | x; y. z |\n| --- | --- |\n| b |  |"
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><td><h2>a</h2>b</td><td>c</td></tr><tr><td>d</td></tr></table>", "## a\n\nb\n\nc\n\nd"),
        (
            "<table><tr><td><table><tr><th>x<th>y<tr><td>1<td>2</table></td></tr></table>",
            "| x | y |\n| --- | --- |\n| 1 | 2 |"
        ),
    ])
    func `tables`(html: String, markdown: String) {
        #expect(HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test(arguments: [
        "<head><title>T</title><style>p{}</style></head>", "<script>x</script>", "<!-- x -->", "<p hidden>x</p>",
        "<div style='Display : none'>x</div>", "<iframe src='https://video.example'>x</iframe>",
        "<svg><text>x</text></svg>",
        "<template>x</template>", "<span style='visibility:hidden'>x</span>", "<noscript>x</noscript>",
    ])
    func `what nobody sees is left out`(html: String) {
        #expect(HTMLMarkdown.markdown(of: "<p>Seen</p>" + html) == "Seen")
    }
}
