import OpenCXAccess
import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// Who is let in, and to what.
@Suite struct AccessTests {
    /// A request for each operation, with ids of things that are there, and somebody's name in the body.
    private func requests(_ site: Site) -> [(method: String, path: String)] {
        site.checker.operations.map { ($0.method, $0.path.replacing("{", with: "").replacing("}", with: "")) }
    }

    @Test func `without a key that is good nothing is told`() async throws {
        let site = try await Site()
        let revoked = try await site.keys.create(name: "Old", scopes: nil)
        try await site.keys.revoke(revoked.record.id)
        // Good for everything, of another organization, under the same id.
        let foreign = try await Site().key
        for authorization in [
            "Bearer " + foreign.reveal(),
            nil, "", "Bearer", "Bearer ", "Basic " + site.key.reveal(),
            "Bearer ocx_live_" + String(repeating: "0", count: 64),
            "Bearer " + revoked.key.reveal(), site.key.reveal(), "Bearer \(site.key.reveal()) x",
        ] {
            for (method, path) in requests(site) {
                let headers = authorization.map { [("Authorization", $0)] } ?? []
                let answer = try await site.send(site.request(method, path, headers))
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.header("www-authenticate") == "Bearer")
                #expect(!answer.message.contains(revoked.key.reveal()))
            }
        }
    }

    @Test func `a key without the scope is refused, whether or not there is what it asks for`() async throws {
        let site = try await Site()
        let message = try await site.receive("Do you ship to Spain?")
        for (method, path, operation) in site.checker.operations {
            let scope = try #require(
                operation["description"]?.string?.split(separator: "`").dropFirst().last { APIScope($0) != nil }
                    .flatMap { APIScope($0) })
            let others = Set(APIScope.all).subtracting([scope])
            let key = try await site.keys.create(name: "Others", scopes: others).key
            let there = path.replacing("{id}", with: message.session.rawValue)
                .replacing("{session_id}", with: message.session.rawValue).replacing("{tag}", with: "t")
                .replacing("{channel}", with: "api")
            for path in [there, path.replacing("{", with: "").replacing("}", with: "")] {
                let answer = try await site.send(method, path, key: key)
                #expect(answer.status == 403 && answer.message.contains("\(scope)"), "\(method) \(path)")
            }
        }
    }

    @Test func `a key that only reads changes nothing`() async throws {
        let site = try await Site(scopes: Set(APIScope.all.filter { $0.access == .read }))
        let message = try await site.receive("Do you ship to Spain?")
        let before = try await site.store.session(message.session)
        for (method, path) in requests(site) where method != "GET" && path != "/chat/sessions/filter" {
            #expect(try await site.send(method, path, [:]).status == 403, "\(method) \(path)")
        }
        #expect(try await site.store.session(message.session) == before)
        #expect(try await site.send("POST", "/chat/sessions/filter", [:]).status == 200)
    }

    @Test func `ids of nothing are not found, and no id is a way out of its place`() async throws {
        let site = try await Site()
        for (method, path, operation) in site.checker.operations where path.contains("{") {
            for id in ["none", "..", "%", "' OR 1=1 --", String(repeating: "x", count: 5000), "\u{0}", "ä"] {
                let path = path.split(separator: "/").map { $0.hasPrefix("{") ? id : String($0) }
                let body =
                    operation["requestBody"] == nil ? nil : Samples.bodies[operation["operationId"]?.string ?? ""]
                let answer = try await site.send(
                    WebhookRequest(
                        method: method, path: "/" + path.joined(separator: "/"),
                        headers: [
                            ("authorization", "Bearer " + site.key.reveal()), ("content-type", "application/json"),
                        ], body: body?.serialized() ?? []))
                #expect(answer.status == 404, "\(method) \(path): \(answer.status) \(answer.message)")
            }
        }
    }

    @Test func `other methods are refused, and the right ones named`() async throws {
        let site = try await Site()
        let answer = try await site.send("PUT", "/contacts")
        #expect(answer.status == 405 && answer.header("allow") == "GET, POST")
        #expect(try await site.send("OPTIONS", "/chat/sessions/x").header("allow") == "GET, PATCH")
        #expect(try await site.send("POST", "/openapi.json").status == 405)
        let other = await site.api.answer(WebhookRequest(method: "GET", path: "/chat.css"))
        #expect(other == nil)
    }

    @Test func `each key may ask so often in a minute, and is told how often more`() async throws {
        let site = try await Site(limit: 3)
        let other = try await site.keys.create(name: "Other", scopes: nil).key
        var answers: [Answered] = []
        for _ in 0..<4 { answers.append(try await site.send("GET", "/tags")) }
        #expect(answers.map(\.status) == [200, 200, 200, 429])
        #expect(answers.map { $0.header("ratelimit-remaining") } == ["2", "1", "0", "0"])
        #expect(answers.allSatisfy { $0.header("ratelimit-limit") == "3" })
        #expect(answers[3].header("retry-after") == "20" && answers[3].header("ratelimit-reset") == "60")
        #expect(try await site.send("GET", "/tags", key: other).status == 200)
        site.clock.advance(by: .seconds(20))
        #expect(try await site.send("GET", "/tags").status == 200)
    }
}
