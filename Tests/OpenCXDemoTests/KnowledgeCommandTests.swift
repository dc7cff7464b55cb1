import Testing

@testable import opencx_demo

@Suite struct KnowledgeCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "articles/returns/send-back.md": "# Send back an item\n\nYou can send back an item within 60 days.\n",
            "articles/delivery/cost.md": "# Cost of delivery\n\nDelivery to France costs 9 euros.\n",
        ])
    }

    private func knowledge(_ words: String...) async throws -> Outcome {
        try await Demo.run(["knowledge"] + words + ["--data", folder.path + "/data"])
    }

    @Test func `counts what is new, changed, as before and removed`() async throws {
        let articles = folder.path + "/articles"
        let first = try await knowledge("sync", "--knowledge", articles)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output.hasPrefix("2 new, 0 changed, 0 as before, 0 removed, 0 left out"))
        try folder.write("articles/delivery/cost.md", "# Cost of delivery\n\nDelivery is free.\n")
        try folder.write("articles/delivery/time.md", "# Time of delivery\n\nTwo days.\n")
        let second = try await knowledge("sync", "--knowledge", articles)
        #expect(second.output.hasPrefix("1 new, 1 changed, 1 as before, 0 removed, 0 left out"), "\(second.output)")
        let found = try await knowledge("search", "Is delivery free?", "--limit", "1")
        #expect(found.output.contains("Delivery is free."), "\(found.output)")
    }

    @Test func `counts the same with the folder out of the configuration`() async throws {
        let file = try folder.write("config.json", #"{"knowledge": "articles"}"#)
        let outcome = try await knowledge("sync", "--config", file)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("2 new, 0 changed, 0 as before"), "\(outcome.output)")
    }

    @Test func `an article that cannot be read leaves the others alone, and the exit code says so`() async throws {
        try folder.write("articles/broken/bytes.md", bytes: [0x23, 0x20, 0xFF, 0xFE, 0x0A])
        try folder.write("articles/broken/front-matter.md", "---\ntitle: [unclosed\n---\n\nText.\n")
        try folder.write("articles/broken/large.md", bytes: [UInt8](repeating: 0x61, count: (1 << 20) + 1))
        let sync = try await knowledge("sync", "--knowledge", folder.path + "/articles")
        #expect(sync.code == 1)
        #expect(sync.output.hasPrefix("2 new, 0 changed, 0 as before, 0 removed, 3 left out"), "\(sync.output)")
        for key in ["broken/bytes", "broken/front-matter", "broken/large"] {
            #expect(sync.errors.contains("left out \(key): "), "\(sync.errors)")
        }
        let list = try await knowledge("list")
        #expect(list.code == 0)
        #expect(list.output == "help/delivery/cost  [en] Cost of delivery\nhelp/returns/send-back  [en] Send back an item\n2 articles\n")
        // Other commands go on with what there is.
        let ask = try await Demo.run(
            "ask", "What does delivery to France cost?", "--knowledge", folder.path + "/articles")
        #expect(ask.code == 0)
        #expect(ask.output.contains("9 euros"), "\(ask.output)")
        #expect(ask.errors.contains("left out broken/bytes"))
    }

    @Test func `an article that became unreadable keeps its last good text`() async throws {
        let articles = folder.path + "/articles"
        #expect(try await knowledge("sync", "--knowledge", articles).code == 0)
        try folder.write("articles/delivery/cost.md", bytes: [0xFF])
        #expect(try await knowledge("sync", "--knowledge", articles).code == 1)
        #expect(try await knowledge("search", "cost of delivery to France").output.contains("9 euros"))
    }

    @Test func `what an article says cannot steer the terminal`() async throws {
        try folder.write("articles/evil\u{1B}[2J/red\u{1B}[31m.md", "# Evil\u{1B}]0;owned\u{7} title\n\nEvil \u{1B}[2Jtext.\n")
        let articles = folder.path + "/articles"
        try folder.write("articles/evil\u{1B}[2J/bytes\u{1B}[1m.md", bytes: [0xFF])
        for words in [["sync", "--knowledge", articles], ["list"], ["search", "evil text"]] {
            let outcome = try await Demo.run(["knowledge"] + words + ["--data", folder.path + "/data"])
            #expect(!(outcome.output + outcome.errors).contains("\u{1B}"), "\(words)")
        }
        #expect(try await knowledge("search", "evil text").output.contains("text."))
    }

    @Test func `a folder that is not there is named`() async throws {
        let outcome = try await knowledge("sync", "--knowledge", folder.path + "/nowhere")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(folder.path + "/nowhere"), "\(outcome.errors)")
    }
}
