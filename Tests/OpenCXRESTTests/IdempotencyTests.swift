import OpenCXAccess
import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

@Suite struct IdempotencyTests {
    private let body: JSONValue = ["title": "a", "content": "b"]

    @Test func `the same request with the same key is carried out once`() async throws {
        let site = try await Site()
        let first = try await site.send("POST", "/training", body, idempotency: "k1")
        let second = try await site.send("POST", "/training", body, idempotency: "k1")
        #expect(first.status == 201 && second.status == 201 && first.json == second.json)
        #expect(first.header("idempotent-replayed") == nil && second.header("idempotent-replayed") == "true")
        #expect(second.header("location") == first.header("location"))
        #expect(try await site.send("POST", "/training", body, idempotency: "k2").json != first.json)
        #expect(try await site.send("POST", "/training", body).json != first.json)
        #expect(try await site.send("GET", "/training").items.count == 4)
    }

    @Test func `another request with the same key is refused`() async throws {
        let site = try await Site()
        try await site.send("POST", "/training", body, idempotency: "k1")
        let other = try await site.send("POST", "/training", ["title": "a", "content": "c"], idempotency: "k1")
        #expect(other.status == 422)
        #expect(try await site.send("PATCH", "/autopilot/api", ["is_on": true], idempotency: "k1").status == 422)
        // Another caller's keys are others.
        let key = try await site.keys.create(name: "Other", scopes: nil).key
        #expect(try await site.send("POST", "/training", body, key: key, idempotency: "k1").status == 201)
    }

    @Test func `what was refused for its form may be mended under the same key`() async throws {
        let site = try await Site()
        #expect(try await site.send("POST", "/training", ["title": "a"], idempotency: "k1").status == 400)
        #expect(try await site.send("POST", "/training", body, idempotency: "k1").status == 201)
    }

    @Test func `what could not be carried out may come again`() async throws {
        let fails = Locked(true)
        let site = try await Site { parts in
            parts.authenticateWidgetUser = { _ in
                if fails.withLock({ $0 }) { throw StoreError(.unavailable, "no") }
                return WidgetUserToken(token: Secret("t"), contact: "c")
            }
        }
        let user: JSONValue = ["email": "jo@example.com"]
        #expect(try await site.send("POST", "/widget/authenticate-user", user, idempotency: "k").status == 503)
        fails.withLock { $0 = false }
        #expect(try await site.send("POST", "/widget/authenticate-user", user, idempotency: "k").status == 201)
    }

    @Test func `a request that is still being carried out is told so`() async throws {
        let (started, go) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
        let site = try await Site { parts in
            parts.authenticateWidgetUser = { _ in
                started.continuation.yield()
                for await _ in go.stream { break }
                return WidgetUserToken(token: Secret("t"), contact: "c")
            }
        }
        let user: JSONValue = ["email": "jo@example.com"]
        async let first = site.send("POST", "/widget/authenticate-user", user, idempotency: "k")
        for await _ in started.stream { break }
        let second = try await site.send("POST", "/widget/authenticate-user", user, idempotency: "k")
        #expect(second.status == 409 && second.header("retry-after") == "1")
        go.continuation.yield()
        #expect(try await first.status == 201)
        #expect(try await site.send("POST", "/widget/authenticate-user", user, idempotency: "k").status == 201)
    }

    @Test(arguments: ["", "two words", "ä", String(repeating: "x", count: 201)])
    func `a key has a form`(_ key: String) async throws {
        let site = try await Site()
        #expect(try await site.send("POST", "/training", body, idempotency: key).status == 400)
    }
}
