import OpenCXCore
import Testing

/// The demo with a language model, from the terminal to the model's server and back.
@Suite(.timeLimit(.minutes(2))) struct ModelConversationTests {
    private static let fact = "You can return any tent within 60 days of delivery."
    private static let mia = "mia.keller@example.com"

    private static func folder(_ url: String) throws -> TemporaryFolder {
        try TemporaryFolder([
            "help/return.md": """
            ---
            title: Return a tent
            description: How returns work.
            ---

            \(fact) Pack it dry, and print the label in your account.

            """,
            "shop.json": """
            {"knowledge": "help", "orders": "\(Demo.examples)/orders.json",
             "actions": [{"openapi": "\(Demo.examples)/orders-api.yaml", "bind": {"X-Customer-Email": "email"}}],
             "model": {"provider": "openai", "name": "scripted", "base_url": "\(url)"}}
            """,
        ])
    }

    private static let model: @Sendable (JSONValue) -> ModelServer.Act = { body in
        let (role, text) = body.lastTurn
        if role == "tool" { return .answer("Order FH-10431 is cancelled now. The stove stays with us.", citations: []) }
        if text.contains("Cancel my order") { return .call("cancel_order", arguments: ["number": "FH-10431"]) }
        if text.contains("Must the tent be dry") { return .fail(503) }
        return .answer(fact + " Print the label in your account.", citations: ["P1"])
    }

    @Test func `a question with its source, a tool with a yes, and somebody to stand in when the model is down`()
        async throws
    {
        let server = ModelServer(Self.model)
        let outcome = try await server.serve { url in
            let folder = try Self.folder(url)
            return try await DemoProcess.run(
                "chat", "--config", folder.path + "/shop.json", "--data", folder.path + "/data", "--as", Self.mia,
                input:
                    "How do I return a tent?\nCancel my order FH-10431\nyes\nMust the tent be dry when I return it?\n")
        }
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let answers = outcome.output.split(separator: "agent> ").dropFirst().map(String.init)
        try #require(answers.count == 4, "\(outcome.output)")
        // Shown while it is written, and once.
        #expect(answers[0].hasPrefix(Self.fact + " Print the label in your account.\n  source: Return a tent"))
        #expect(answers[1].contains("FH-10431") && answers[1].contains("yes"))
        #expect(answers[2].contains("Order FH-10431 is cancelled now"), "\(answers[2])")
        // The embedded answerer quotes the article.
        #expect(answers[3].contains("Pack it dry") && answers[3].contains("source: Return a tent"), "\(answers[3])")
        #expect(!outcome.output.contains("taken back"))

        let requests = server.requests
        // One for the question, one before the yes and one after the call, and three that failed.
        #expect(requests.count == 6)
        #expect(requests.allSatisfy { $0["stream"] == true && $0["model"] == "scripted" })
        #expect(requests[2].lastTurn.role == "tool" && requests[2].lastTurn.text.contains("cancelled"))
        #expect(!"\(requests)".contains("mia.keller"))
    }
}
