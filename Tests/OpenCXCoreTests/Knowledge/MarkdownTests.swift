import OpenCXCore
import Testing

struct MarkdownTests {
    private func passages(_ markdown: String) -> [(headings: [String], body: String)] {
        Article(id: "s/a", source: "s", title: "A", markdown: RedactedText(derived: markdown)).passages()
            .map { ($0.headings.map(\.text), $0.markdown.text) }
    }

    @Test func `an article is cut at its headings`() {
        let parts = passages("Lead.\n\n## One ##\nText one.\n\n### Inner\n\nDeep.\n\n## Empty\n\n## Two\nText two.\n")
        #expect(parts.map(\.headings) == [[], ["One"], ["One", "Inner"], ["Two"]])
        #expect(parts.map(\.body) == ["Lead.", "Text one.", "Deep.", "Text two."])
    }

    @Test func `a hash inside code is no heading`() {
        #expect(passages("```\n# not a heading\n```\n#hashtag").count == 1)
    }

    @Test(arguments: ["", "\n\n\n", "#", "```", "## \n", "####### seven", "\u{FEFF}"])
    func `odd articles do not crash`(markdown: String) {
        #expect(passages(markdown).count <= 1)
    }
}
