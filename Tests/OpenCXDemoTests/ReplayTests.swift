import Foundation
import OpenCXCore
import Testing

/// `inspect` and `replay` on what the demo has recorded.
@Suite(.timeLimit(.minutes(2))) struct ReplayTests {
    private static let article = """
        ---
        title: Return a tent
        description: How returns work.
        ---

        You can return any tent within 60 days of delivery. Pack it dry, and print the label in your account.

        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "help/return.md": Self.article,
            "old.json": #"{"knowledge": "help"}"#,
            "new.json": """
            {"knowledge": "help", "autopilot": {"never_topics": [{"name": "Returns", "examples": ["return a tent"]}]}}
            """,
        ])
    }

    private func command(_ words: String...) async throws -> Outcome {
        try await Demo.run(words + ["--data", folder.path + "/data"])
    }

    private func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in ["opencx.sqlite", "opencx.sqlite-wal"] {
            files[name] = FileManager.default.contents(atPath: folder.path + "/data/" + name)
        }
        return files
    }

    @Test func `what another configuration changes is listed, twice the same, and the file stays as it is`()
        async throws
    {
        for question in ["How do I return a tent?", "I want to talk to a person, please"] {
            let asked = try await command("ask", question, "--config", folder.path + "/old.json")
            #expect(asked.code == 0, "\(asked.errors)")
        }
        let before = try files()
        let replay = ["replay", "--config", folder.path + "/new.json", "--json", "--data", folder.path + "/data"]
        let first = try await Demo.run(replay)
        let second = try await Demo.run(replay)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output == second.output)
        #expect(try files()["opencx.sqlite"] == before["opencx.sqlite"])
        #expect(try files()["opencx.sqlite-wal"]?.isEmpty ?? true)
        let report = try JSONDecoder().decode(JSONValue.self, from: Data(first.output.utf8))
        #expect(report["turns"] == 2 && report["changed"] == 1)
        #expect(report["changes"]?["topic_gate"] == 1 && report["changes"]?["decision"] == 1)

        let text = try await command("replay", "--config", folder.path + "/new.json", "1001")
        #expect(text.output.contains("1 turns of 1 conversations: 1 change"), "\(text.output)")
        #expect(text.output.contains("topic_gate: ai → topic, Returns"), "\(text.output)")
        let same = try await command("replay", "--config", folder.path + "/old.json")
        #expect(same.output.hasPrefix("2 turns of 2 conversations: 0 change, 0 would ask"), "\(same.output)")
        let later = try await command("replay", "--config", folder.path + "/new.json", "--since", "2999-01-01")
        #expect(later.output.hasPrefix("0 turns"), "\(later.output)")
        for since in ["yesterday", "2026-13-01", "2026-01-01T25:00:00Z", ""] {
            let refused = try await command("replay", "--config", folder.path + "/new.json", "--since", since)
            #expect(refused.code == 2 && refused.errors.contains("--since must be a date"), "\(refused.errors)")
        }
        #expect(try await command("replay").code == 2)
    }

    @Test func `a store that is being written to can be replayed, and one that is not there is not made`() async throws
    {
        let server = try DemoProcess([
            "serve", "--port", "0", "--data", folder.path + "/data", "--config", folder.path + "/old.json",
        ])
        let client = WebClient(port: try await server.port())
        _ = try await client.post("How do I return a tent?", id: "1", thread: "replay-conversation")
        _ = try await client.settled("replay-conversation")
        let beside = try await command("replay", "--config", folder.path + "/new.json")
        #expect(beside.code == 0 && beside.output.hasPrefix("1 turns of 1 conversations: 1 change"), "\(beside)")
        // The process dies with its log not moved into the file.
        try await server.cut()
        let before = try files()
        #expect(before["opencx.sqlite-wal"]?.isEmpty == false)
        let after = try await command("replay", "--config", folder.path + "/new.json")
        #expect(after.output == beside.output)
        #expect(try files() == before)
        let missing = try await Demo.run(
            "replay", "--config", folder.path + "/new.json", "--data", folder.path + "/nowhere")
        #expect(missing.code == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/nowhere"))
    }

    @Test func `a turn with a model shows its prompt, its answer and its price, and is replayed without it`()
        async throws
    {
        let server = ModelServer { _ in
            .answer("You can return any tent within 60 days of delivery.", citations: ["P1"])
        }
        let outcomes = try await server.serve { [folder] url in
            let model = #""model": {"provider": "openai", "name": "scripted", "base_url": "\#(url)"}"#
            let prices = #""prices": {"currency": "EUR", "models": {"scripted": {"prompt": 1000, "reply": 1000}}}"#
            try Data(#"{"knowledge": "help", \#(model), \#(prices)}"#.utf8).write(
                to: URL(fileURLWithPath: folder.path + "/model.json"))
            let common = ["--data", folder.path + "/data", "--config", folder.path + "/model.json"]
            let asked = try await Demo.run(["ask", "How do I return a tent?"] + common)
            return [asked, try await Demo.run(["inspect", "1001", "--prompts"] + common)]
        }
        #expect(outcomes[0].output.contains("within 60 days"), "\(outcomes[0])")
        let inspected = outcomes[1].output
        #expect(inspected.contains("word for word as sent"), "\(inspected)")
        #expect(inspected.contains("  | Rules that nothing overrides:") && inspected.contains("EUR"), "\(inspected)")
        // The model's server is gone by now.
        let same = try await command("replay", "--config", folder.path + "/model.json")
        #expect(same.output.hasPrefix("1 turns of 1 conversations: 0 change, 0 would ask"), "\(same)")
        let article = Self.article.replacingOccurrences(of: "60 days", with: "30 days")
        try Data(article.utf8).write(to: URL(fileURLWithPath: folder.path + "/help/return.md"))
        let other = try await command("replay", "--config", folder.path + "/model.json")
        #expect(other.output.contains("would ask scripted"), "\(other)")
    }
}
