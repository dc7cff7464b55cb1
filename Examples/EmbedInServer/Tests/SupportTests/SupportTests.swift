import FoundationEssentials
import SomeFramework
import Support
import Testing

@Suite struct SupportTests {
    private let chat = "/v1/sessions/visitor-0123456789abcdef/messages"

    @Test(.timeLimit(.minutes(1)))
    func `a webhook delivered five times gets one reply`() async throws {
        try await withServer { server in
            var places: Set<Int> = []
            for _ in 1...5 {
                let response = try await server.respond(to: post(#"{"id": "m-1", "text": "How do I return a tent?"}"#))
                #expect(response.status == 202)
                places.insert(try decode(Place.self, response).sequence)
            }
            #expect(places == [1])

            let first = try await server.respond(to: Server.Request("GET", chat, query: ["after": "1", "wait": "20"]))
            #expect(try decode(Conversation.self, first).messages.map(\.author) == ["ai"])

            // A second question is answered after everything that the first one caused.
            _ = try await server.respond(to: post(#"{"id": "m-2", "text": "How long does a refund take?"}"#))
            let all = try await untilIdle(server)
            #expect(all.messages.map(\.author) == ["customer", "ai", "customer", "ai"])
            #expect(all.messages[1].citations.map(\.title) == ["Return an item"])
        }
    }

    @Test func `what is not JSON is refused`() async throws {
        try await withServer { server in
            let response = try await server.respond(to: post("text=hello"))
            #expect(response.status == 400)
        }
    }

    @Test func `the server's other routes stay its own`() async throws {
        try await withServer { server in
            let health = try await server.respond(to: Server.Request("GET", "/healthz"))
            #expect(health.status == 200)
            let elsewhere = try await server.respond(to: Server.Request("GET", "/elsewhere"))
            #expect(elsewhere.status == 404)
        }
    }
}

// MARK: Support

extension SupportTests {
    struct Place: Decodable { var sequence: Int }

    struct Conversation: Decodable {
        struct Message: Decodable {
            struct Citation: Decodable { var title: String }
            var author: String
            var citations: [Citation]
        }
        var working: Bool
        var messages: [Message]
    }

    /// Runs a server with the agent beside it, as `main.swift` does.
    private func withServer(_ body: (Server) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/support-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let articles = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/help-center"
        let support = try await Support(database: folder + "/support.sqlite", articles: articles)
        var routes = Server()
        routes.on("/healthz") { _ in Server.Response(status: 200) }
        support.mount(on: &routes)
        let server = routes
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { try await support.run() }
            defer { group.cancelAll() }
            try await body(server)
        }
        await support.close()
    }

    private func post(_ body: String) -> Server.Request {
        var request = Server.Request("POST", chat)
        request.headers["Content-Type"] = "application/json"
        request.body = body
        return request
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ response: Server.Response) throws -> Value {
        try JSONDecoder().decode(type, from: Data(response.body.utf8))
    }

    /// The conversation once the agent has nothing more to say.
    private func untilIdle(_ server: Server) async throws -> Conversation {
        var seen = 3
        while true {
            let query = ["after": "\(seen)", "wait": "20"]
            _ = try await server.respond(to: Server.Request("GET", chat, query: query))
            let all = try await server.respond(to: Server.Request("GET", chat))
            let conversation = try decode(Conversation.self, all)
            if !conversation.working { return conversation }
            seen = conversation.messages.count
        }
    }
}
