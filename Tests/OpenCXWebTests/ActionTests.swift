import OpenCXCore
import OpenCXTesting
import OpenCXWeb
import Testing

/// What a customer does besides writing, and who may do it.
@Suite(.timeLimit(.minutes(5))) struct ActionTests {
    private let desk = WebDesk(settings: AgentSettings(satisfaction: SatisfactionPolicy(delays: ["web": .zero])))

    private func post(
        _ resource: String, _ body: JSONValue, thread: String = WebDesk.thread, type: String = "application/json"
    ) async throws -> Reply {
        try await desk.respond(
            WebhookRequest(
                path: "/v1/sessions/\(thread)/\(resource)", headers: [("Content-Type", type)], body: body.serialized()))
    }

    @Test func `a customer is done, and says what they think`() async throws {
        try await desk.post("Hello", id: "1")
        try await desk.agent.runUntilIdle()
        #expect(try await post("rating", ["score": 5]).status == 422)
        let resolved = try await post("resolve", [:])
        #expect(resolved["status"] == "closed_resolved")
        #expect(resolved.json["asks_rating"] == true)
        #expect(try await post("resolve", [:]).status == 200)
        #expect(try await desk.get().json["asks_rating"] == true)
        let rated = try await post("rating", ["score": 4, "comment": "Call me: 0170 1234567"])
        #expect(rated.status == 200)
        #expect(rated.json["rating"] == 4)
        #expect(rated.json["asks_rating"] == false)
        let session = try #require(try await desk.store.latestSession(channel: "web", thread: ThreadID(WebDesk.thread)))
        #expect(session.rating?.score == 4)
        #expect(session.rating?.comment?.text.contains("1234567") == false)
    }

    @Test(
        arguments: [
            ["score": 0], ["score": 6], ["score": "5"], [:], ["score": .null],
        ] as [JSONValue])
    func `a rating is a whole number from 1 to 5`(body: JSONValue) async throws {
        try await desk.post("Hello", id: "1")
        _ = try await post("resolve", [:])
        #expect([400, 422].contains(try await post("rating", body).status))
    }

    @Test(arguments: ["resolve", "rating"])
    func `needs a conversation, and a type that foreign forms cannot send`(resource: String) async throws {
        #expect(try await post(resource, ["score": 5]).status == 404)
        try await desk.post("Hello", id: "1")
        #expect(try await post(resource, ["score": 5], type: "text/plain").status == 400)
        #expect(try await post(resource, ["score": 5], thread: "another-visitor-1").status == 404)
        let session = try #require(try await desk.store.latestSession(channel: "web", thread: ThreadID(WebDesk.thread)))
        #expect(session.status == .open)
    }

    @Test func `other sites' pages may speak with the server where the team says so`() async throws {
        let path = desk.path()
        func ask(_ origins: WebOrigins, method: String, from origin: String) async -> Reply? {
            let chat = WebChat(agent: desk.agent, origins: origins)
            return await chat.respond(
                to: WebhookRequest(method: method, path: path, headers: [("Origin", origin)])
            ).map(Reply.init)
        }
        let allowed = "access-control-allow-origin"
        let shop = WebOrigins(["https://shop.example/"])
        for method in ["OPTIONS", "GET"] {
            #expect(
                await ask(shop, method: method, from: "https://shop.example")?.header(allowed) == "https://shop.example"
            )
            #expect(await ask(shop, method: method, from: "https://shop.example.evil.example")?.header(allowed) == nil)
            #expect(await ask(shop, method: method, from: "null")?.header(allowed) == nil)
            #expect(await ask(.none, method: method, from: "https://shop.example")?.header(allowed) == nil)
            #expect(await ask(WebOrigins(["*"]), method: method, from: "https://a.example")?.header(allowed) == "*")
        }
        let preflight = await ask(shop, method: "OPTIONS", from: "https://shop.example")
        #expect(preflight?.status == 204)
        #expect(preflight?.header("access-control-allow-headers")?.contains("content-type") == true)
        // No cookies are involved, so none are ever allowed.
        #expect(preflight?.header("access-control-allow-credentials") == nil)
    }
}
