import Markdown
import OpenCXCore
import Testing

@testable import OpenCXHelpCenter

/// Texts made to exhaust a parser. They pass when they end at all: a quadratic one of these runs for minutes or hours.
@Suite struct HostileMarkdownTests {
    static let texts: [(name: String, text: String)] = [
        (">", 200_000), ("> ", 50_000), ("- ", 50_000), ("1. ", 50_000), ("[", 200_000), ("![", 20_000),
        ("[a](", 40_000), ("]", 200_000), ("*a_ ", 40_000), ("*_", 80_000), ("`a`` ", 20_000), ("<", 200_000),
        ("a<!A ", 40_000), ("a<? ", 40_000), ("a <![CDATA[", 90_000), ("a <!-- ", 20_000), ("<a ", 60_000),
        ("&", 200_000), ("|", 200_000), ("a@b", 20_000), ("http://", 20_000), ("~a ", 60_000), ("\\", 200_000),
        ("\t", 200_000), ("[a]: <", 20_000), ("- a\n\n", 40_000), ("\"", 200_000), ("x.md", 50_000),
        ("e\u{301}", 60_000),
    ].map { ($0.0, String(repeating: $0.0, count: $0.1)) }

    @Test(arguments: texts.indices)
    func `ends`(index: Int) throws {
        let text = Self.texts[index].text
        _ = try? MarkdownTests.markdown(text)
        _ = MarkdownHTML.renderHTML(text)
        _ = ArticleLink.candidates(in: Array(text.utf8), folder: ["a"])
    }

    @Test func `depth is refused in articles and shown plainly on pages`() {
        let text = String(repeating: ">", count: 100_000) + "a"
        #expect(throws: MarkdownLimitError.nesting) { try MarkdownTests.markdown(text) }
        #expect(MarkdownHTML.renderHTML(text).hasPrefix("<pre>&gt;&gt;"))
        #expect(throws: MarkdownLimitError.nesting) {
            try MarkdownTests.markdown(String(repeating: "- ", count: 50_000) + "a")
        }
    }

    @Test func `brackets are but text`() throws {
        let text = String(repeating: "[", count: 100_000)
        #expect(try MarkdownTests.markdown(text).utf8.count == 200_001)
    }

    @Test func `a table cannot grow out of bounds`() {
        let wide = String(repeating: "|a", count: 300) + "\n" + String(repeating: "|-", count: 300) + "\n"
        #expect(throws: MarkdownLimitError.cells) {
            try MarkdownTests.markdown(wide + String(repeating: "a\n", count: 30_000))
        }
        let many = String(repeating: wide + String(repeating: "a\n", count: 30) + "\n", count: 300)
        #expect(throws: MarkdownLimitError.cells) { try MarkdownTests.markdown(many) }
        // An honest large table is far from the limit.
        let row = String(repeating: "| a ", count: 20) + "|\n"
        let honest = row + String(repeating: "|-", count: 20) + "|\n" + String(repeating: row, count: 5_000)
        #expect(throws: Never.self) { try MarkdownTests.markdown(honest) }
    }

    @Test func `declarations are refused only in masses`() {
        #expect(throws: MarkdownLimitError.declarations) {
            try MarkdownTests.markdown(String(repeating: "a<? ", count: 100_000))
        }
        #expect(throws: Never.self) {
            try MarkdownTests.markdown(String(repeating: "a <!-- b -->\n\n", count: 50_000))
        }
    }

    @Test func `an article over the limit names what to do`() async throws {
        let folder = try TemporaryFolder(["x.md": String(repeating: ">", count: 10_000) + "a"])
        let error = await #expect(throws: (any Error).self) {
            try await HelpCenterFolder(id: "h", path: folder.path).article("x")
        }
        #expect("\(error as Any)".contains("nests quotes or lists more than 100 deep; make it flatter"))
    }
}
