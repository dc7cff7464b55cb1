import HTMLMarkdown
import Markdown
import Testing

@Suite struct HostileTests {
    static let pages: [String: String] = [
        "depth": String(repeating: "<div>", count: 200_000),
        "open formatting": String(repeating: "<b>", count: 100_000),
        "formatting in paragraphs": (0..<900).map { "<font size=\($0)>" }.joined()
            + String(repeating: "<p>x", count: 50_000),
        "tables in tables": String(repeating: "<table><tr><td>a<td>b", count: 150),
        "lists in lists": String(repeating: "<ul><li>a", count: 450) + String(repeating: "<p>x", count: 10_000),
        "quotes in quotes": String(repeating: "<blockquote>", count: 900)
            + String(repeating: "<p>x</p>", count: 10_000),
        "spanning cells": "<table>" + String(repeating: "<tr><td rowspan=9999 colspan=9999>x<td>y", count: 5_000)
            + "</table>",
        "marks": String(repeating: "*_~`[", count: 40_000),
        "runs": String(repeating: "<b>a</b><i>b</i>", count: 10_000),
        "links": String(repeating: "<a href='https://a.example/'>b</a>", count: 5_000),
        "brackets": String(repeating: "<", count: 500_000), "items": String(repeating: "<li>", count: 50_000),
        "ticks": "<pre>" + String(repeating: "`", count: 100_000) + "</pre>",
        "too long": String(repeating: "a ", count: 600_000), "words": String(repeating: "a ", count: 100_000),
        "addresses": String(repeating: "https://a.example/&amp;", count: 10_000),
    ]

    @Test(arguments: pages.keys.sorted())
    func `hostile HTML is read without a stack or an hour`(name: String) throws {
        let html = try #require(Self.pages[name])
        let count = HTMLMarkdown.markdown(of: html).utf8.count
        #expect(count <= 8 * html.utf8.count + 1000)
    }

    @Test func `nested lists and quotes end at a depth that a Markdown parser bears`() throws {
        let html = String(repeating: "<ul><li>a<blockquote>b", count: 100)
        let document = try MarkdownDocument(Array(HTMLMarkdown.markdown(of: html).utf8))
        try document.clean { $0 }
    }
}
