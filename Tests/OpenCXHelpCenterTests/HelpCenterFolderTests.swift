import OpenCXCore
import OpenCXHelpCenter
import OpenCXTesting
import Testing

@Suite struct HelpCenterFolderTests {
    private static let files = [
        "returns/return-an-item.md": "---\ntitle: Return an item\n---\n\nSee [refunds](./refunds.md).\n",
        "returns/refunds.md": "# Refunds\n\nFive days.\n",
        "top.markdown": "Text.",
    ]

    @Test(arguments: KnowledgeSourceContract.checks)
    func `keeps the contract`(check: KnowledgeSourceContract.Check) async throws {
        let folder = try TemporaryFolder(Self.files)
        try folder.write("broken.md", bytes: [0xFF, 0xFE])
        let source = HelpCenterFolder(id: "help", path: folder.path, baseURL: "https://help.example.com")
        try await check.run(
            .init(
                source: source, change: { try folder.write("\($0).md", "# Refunds\n\nTen days.\n") },
                remove: { try folder.remove("\($0).md") }))
    }

    @Test func `derives what front matter does not say`() async throws {
        let folder = try TemporaryFolder([
            "returns-and-refunds/late_return.de-CH.md": "Text.\n\n## Ein Titel\n\nMehr.",
            "returns-and-refunds/node.js.md": "No heading.",
        ])
        let source = HelpCenterFolder(id: "help", path: folder.path, baseURL: "https://x.org/h/", defaultLocale: "fr")
        let first = try await source.article("returns-and-refunds/late_return.de-CH")
        #expect(first.title == "Ein Titel")
        #expect(first.locale == "de-CH")
        #expect(first.topic == "Returns and refunds")
        #expect(first.url == "https://x.org/h/returns-and-refunds/late_return.de-CH")
        #expect(first.audience == .everyone)
        #expect(first.markdown == "Text.\n\n## Ein Titel\n\nMehr.\n")
        let second = try await source.article("returns-and-refunds/node.js")
        #expect(second.title == "Node.js")
        #expect(second.locale == "fr")
    }

    @Test func `takes what front matter says`() async throws {
        let folder = try TemporaryFolder([
            "a/b.de.md": """
            ---
            title:  "Two: words"
            description: >-
              One
              and two.
            locale: pt_BR
            topic: Money
            url: https://elsewhere.example/x
            segments: [vip, staff, vip]
            slug: {nested: [1, 2]}
            ---
            # Two: Words

            Text.
            """
        ])
        let article = try await HelpCenterFolder(id: "h", path: folder.path, baseURL: "https://x.org").article("a/b.de")
        #expect(article.title == "Two: words")
        #expect(article.summary == "One and two.")
        #expect(article.locale == "pt-BR")
        #expect(article.topic == "Money")
        #expect(article.url == "https://elsewhere.example/x")
        #expect(article.audience == .segments(["vip", "staff"]))
        #expect(article.markdown == "Text.\n")
    }

    @Test func `without a base URL there are no pages`() async throws {
        let folder = try TemporaryFolder(Self.files)
        let article = try await HelpCenterFolder(id: "h", path: folder.path).article("returns/return-an-item")
        #expect(article.url == nil)
        #expect(article.markdown == "See refunds.\n")
    }

    @Test func `settings and link targets are part of the revision`() async throws {
        let folder = try TemporaryFolder(Self.files)
        func revision(_ base: String?, _ locale: LanguageTag = "en") async throws -> String? {
            try await HelpCenterFolder(id: "h", path: folder.path, baseURL: base, defaultLocale: locale).list()
                .revisions["returns/return-an-item"]
        }
        let first = try await revision("https://a.org")
        #expect(try await revision("https://a.org/") == first)
        #expect(try await revision("https://b.org") != first)
        #expect(try await revision("https://a.org", "de") != first)
        try folder.write("returns/refunds.md", "# Refunds\n\nTen days.\n")
        #expect(try await revision("https://a.org") == first, "what the target says does not matter")
        try folder.write("returns/refunds.md", "---\nurl: https://c.org\n---\n")
        #expect(try await revision("https://a.org") != first, "where it is does")
        try folder.remove("returns/refunds.md")
        let gone = try await revision("https://a.org")
        #expect(gone != nil && gone != first)
        // A target that is there but cannot be an article is the same to both ways of looking.
        try folder.write("returns/refunds.md", bytes: [0xFF])
        let source = HelpCenterFolder(id: "h", path: folder.path, baseURL: "https://a.org")
        let listed = try await source.list().revisions["returns/return-an-item"]
        #expect(try await source.article("returns/return-an-item").revision == listed)
    }

    @Test(arguments: [
        ("Saved by an old editor", "---\r\ntitle: T\r\n---\r\n# T\r\n\r\na\r\nb\r\n"),
        ("Saved by an older one", "---\rtitle: T\r---\r# T\r\ra\rb\r"),
        ("With a byte order mark", "\u{FEFF}---\ntitle: T\n---  \n\n# T\n\na\nb"),
    ])
    func `line ends and byte order marks make no difference`(name: String, text: String) async throws {
        let folder = try TemporaryFolder(["x.md": text])
        let article = try await HelpCenterFolder(id: "h", path: folder.path).article("x")
        #expect(article.title == "T")
        #expect(article.markdown == "a b\n")
    }

    @Test func `an empty file is an article without text`() async throws {
        let folder = try TemporaryFolder(["what-is-new.md": ""])
        let article = try await HelpCenterFolder(id: "h", path: folder.path).article("what-is-new")
        #expect(article.title == "What is new")
        #expect(article.markdown == "")
    }
}
