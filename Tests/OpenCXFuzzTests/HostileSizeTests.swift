import OpenCXCore
import OpenCXOpenAPI
import Testing
import YAML

/// Texts made to exhaust a parser. They pass when they end at all: at these sizes, work that grows with the square of the text
/// runs for many minutes, and no clock has to be looked at.
@Suite(.timeLimit(.minutes(5))) struct HostileSizeTests {
    private static func repeated(_ piece: String, _ count: Int = 1 << 20) -> [UInt8] {
        Array(String(repeating: piece, count: max(1, count / max(1, piece.utf8.count))).utf8)
    }

    @Test(arguments: ["[", "{\"a\":", "\"", "\"\\u00e9", "1,", " ", "[1,", "\\", "{\"a\":1,", "-", "9", "e\u{301}"])
    func `JSON`(piece: String) {
        _ = try? JSONValue(parsing: Self.repeated(piece))
        _ = try? JSONValue(parsing: [0x5B] + Self.repeated(piece) + [0x5D])
        _ = try? JSONValue(parsing: [0x22] + Self.repeated(piece) + [0x22])
    }

    @Test(arguments: ["data: x\n", "data:\r", ":", "\n", "\r", "event: a\n", "data: a\n\n", "a"])
    func `events, a byte at a time`(piece: String) throws {
        var events = ServerSentEvents()
        for byte in Self.repeated(piece, 1 << 18) { _ = try events.take([byte]) }
    }

    @Test(arguments: ["a: ", "- ", "[", "{", "? ", "\"", "'", "&a ", "*a ", "# ", "a: &x [*x]\n", "|\n", "\t", "a:\n "])
    func `YAML`(piece: String) {
        let bytes = Self.repeated(piece, 1 << 18)
        _ = try? YAMLParser.parse(bytes, limits: YAMLParser.Limits(depth: 64, nodes: 100_000, aliases: true))
        _ = try? OpenAPIImport(document: Array("openapi: 3.0.0\npaths:\n".utf8) + bytes)
    }

    @Test func `aliases that multiply`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            let use = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(use)]\n"
        }
        _ = try? YAMLParser.parse(Array(text.utf8), limits: YAMLParser.Limits(depth: 64, nodes: 100_000, aliases: true))
        _ = try? OpenAPIImport(document: Array(("openapi: 3.0.0\n" + text).utf8))
    }

    @Test func `patterns that backtrack elsewhere`() throws {
        for text in ["(a+)+$", "(a|a)*b", "(a*)*b", "([a-z]+)*=", "(.*)(.*)(.*)(.*)x"] {
            let found = try Pattern(text).isFound(in: String(repeating: "a", count: 100_000) + "!")
            #expect(found != true)
        }
    }

    @Test(arguments: [
        "# a\n", "```\n", "- ", "> ", "|a", "[a](", "**", "\n\n", "1. a\n", "a ", "\\*", "[", "](x)", "`", "_",
    ])
    func `articles and what is shown of them`(piece: String) {
        let text = String(decoding: Self.repeated(piece, 1 << 19), as: UTF8.self)
        _ = PlainText.of(text)
        let article = Article(id: "s/a", source: "s", title: "T", markdown: RedactedText(derived: text))
        #expect(article.passages().count <= text.utf8.count)
    }
}
