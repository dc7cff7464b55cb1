import OpenCXCore
import Testing
import YAML

@testable import OpenCXHelpCenter

@Suite struct FrontMatterTests {
    @Test(arguments: [
        ("draft: maybe", 1, "`draft` is \"maybe\"; expected true or false"),
        ("draft: \"true\"", 1, "`draft` is \"true\"; expected true or false, without quotes"),
        ("title: A\ndraft:", 2, "`draft` is nothing; expected true or false"),
        ("draft: [true]", 1, "`draft` is a list"),
        ("title: [a, b]", 1, "`title` is a list; expected a text"),
        ("x: 1\ntitle:\n  a: b", 3, "`title` is a map; expected a text"),
        ("segments: {vip: true}", 1, "`segments` is a map; expected the name of a segment or a list of names"),
        ("segments: []", 1, "`segments` is an empty list"),
        ("segments:", 1, "`segments` is nothing"),
        ("segments:\n  - vip\n  - [a]", 3, "`segments` is a list"),
        ("segments: [\"\"]", 1, "`segments` is \"\""),
        ("locale: english please", 1, "`locale` is \"english please\"; expected a language tag such as en or pt-BR"),
        ("url: javascript:alert(1)", 1, "expected an address that starts with https://"),
        ("url: /relative", 1, "expected an address that starts with https://"),
        ("draft: true\nDraft: false", 2, "`draft` stands here for the second time"),
        ("title: \"a\\0b\"", 1, "`title` holds a control character"),
        ("- a\n- b", 1, "there is a list; expected lines like `title: Your title`"),
        ("just words", 1, "there is \"just words\"; expected lines like"),
        ("title: a: b", 1, "mapping values are not allowed"),
        ("title: \"open", 1, "unexpected end of stream"),
        ("a: &x 1\nb: *x", 1, "anchors (&name) and aliases (*name) are not supported"),
        ("a: 1\nb: *x", 2, "aliases (*name) are not supported"),
        ("a: [&x [1], &y {}]", 1, "anchors"),
        ("title: x\n...\ntitle: y", 3, ""),
        ("\ttitle: x", 1, ""),
        (String(repeating: "[", count: 100_000), 1, ""),
        (String(repeating: "a: {", count: 20) + String(repeating: "}", count: 20), 1, ""),
        ("a: [" + String(repeating: "x,", count: 20_000) + "]", 1, "more than 10000 values"),
        ("a: \u{1}", 1, "control characters are not allowed"),
    ])
    func `what is unclear is an error with a line`(yaml: String, line: Int, message: String) {
        let error = #expect(throws: YAMLError.self) { try FrontMatter(yaml: Array(yaml.utf8)) }
        #expect(error?.line == line)
        #expect(message.isEmpty || error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("", Audience.everyone), ("# a comment", .everyone), ("~", .everyone), ("draft: false", .everyone),
        ("draft: true", .draft), ("Draft: YES", .draft), ("draft: on\nsegments: vip", .draft),
        ("segments: vip\ndraft: true", .draft), ("segments: vip", .segments(["vip"])),
        ("segments:\n- vip\n- 7", .segments(["vip", "7"])), ("? [a]\n: b\nsegments: a", .segments(["a"])),
        ("draft: off\nsegments: [a]", .segments(["a"])), ("published: maybe\ntags: {a: [b]}", .everyone),
    ])
    func `says who may see the article`(yaml: String, audience: Audience) throws {
        #expect(try FrontMatter(yaml: Array(yaml.utf8)).audience == audience)
    }

    @Test(arguments: [("title: 2024", "2024"), ("title: ' a  b '", "a b"), ("title: null", nil), ("title: ''", nil)])
    func `reads titles`(yaml: String, title: String?) throws {
        #expect(try FrontMatter(yaml: Array(yaml.utf8)).title == title)
    }

    @Test(arguments: [
        ("---\ntitle: T", "x.md:1: the front matter has no end"),
        ("---", "x.md:1: the front matter has no end"),
        ("---\n" + String(repeating: "a: b\n", count: 20_000) + "---\n", "x.md:1: the front matter has no end"),
        ("---\ntitle: T\ndraft: maybe\n---\n", "x.md:3: in the front matter, `draft` is \"maybe\""),
        ("\u{FEFF}---\r\n\r\ntitle: []\r\n---\r\n", "x.md:3: in the front matter, `title` is a list"),
    ])
    func `names file and line`(text: String, message: String) async throws {
        let folder = try TemporaryFolder(["x.md": text])
        let source = HelpCenterFolder(id: "h", path: folder.path)
        #expect(try await source.list().revisions.count == 1, "a listing parses nothing")
        let error = await #expect(throws: KnowledgeSourceError.self) { try await source.article("x") }
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("\(folder.path)/\(message)") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("----\ntitle: T\n---\n", "----\ntitle: T\n---\n"), (" ---\na\n---\n", " ---\na\n---\n"),
        ("text\n---\n", "text\n---\n"),
        ("---\n---\nbody", "body"), ("--- \t\na: b\n---", ""), ("---\na: b\n---x\n---\nbody\n---\n", "body\n---\n"),
    ])
    func `cuts front matter from body`(text: String, body: String) throws {
        #expect(String(decoding: try SourceText(Array(text.utf8)).body, as: UTF8.self) == body)
    }

    @Test(arguments: [
        ("de", "de"), ("pt-BR", "pt-BR"), ("zh-Hant", "zh-Hant"), ("en_GB", "en-GB"), ("js", nil), ("v2", nil),
        ("faq", nil), ("DE", nil), ("de-", nil), ("", nil), ("en-very-lengthy", nil),
    ])
    func `knows language tags at the end of file names`(text: String, tag: String?) {
        #expect(LanguageTag(fileNameSuffix: text)?.rawValue == tag)
    }
}
