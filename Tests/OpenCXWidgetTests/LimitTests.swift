import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// How often visitors and addresses may ask.
@Suite(.timeLimit(.minutes(5))) struct LimitTests {
    private static func desk(_ limits: WidgetLimits) throws -> WidgetDesk {
        try WidgetDesk { $0.limits = limits }
    }

    @Test func `a visitor who asks too often is told when to come back, and others are not held up`() async throws {
        let desk = try Self.desk(WidgetLimits(readsPerVisitor: 3, writesPerVisitor: 60))
        let (busy, other) = (try await desk.visitor(), try await desk.visitor())
        let query = [(name: "filters", value: #"{"external_id":"11111111"}"#)]
        var left: [String?] = []
        for _ in 0..<3 {
            let reply = try await desk.call("GET", "sessions", as: busy, query: query)
            #expect(reply.status == 200 && reply.header("ratelimit-limit") == "3")
            left.append(reply.header("ratelimit-remaining"))
        }
        #expect(left == ["2", "1", "0"])
        let refused = try await desk.call("GET", "sessions", as: busy, query: query)
        #expect(refused.status == 429)
        #expect(refused.header("retry-after") == "20" && refused.header("ratelimit-remaining") == "0")
        #expect(refused.header("ratelimit-reset") == "60")
        #expect(
            refused.json == [
                "statusCode": 429, "message": "Too many requests. Please wait a moment.",
                "error": "Too Many Requests",
            ])
        // A page's script may read all of that.
        #expect(refused.header("access-control-allow-origin") == "*")
        let exposed = refused.header("access-control-expose-headers")?.lowercased() ?? ""
        for name in ["retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] {
            #expect(exposed.contains(name))
        }
        // What changes something is counted apart, so that a page that polls too often can still write.
        let body: JSONValue = ["customData": ["external_id": "11111111"]]
        #expect(try await desk.call("POST", "create-session", body, as: busy).status == 200)
        #expect(try await desk.call("GET", "sessions", as: other, query: query).status == 200)
        desk.clock.advance(by: .seconds(20))
        #expect(try await desk.call("GET", "sessions", as: busy, query: query).status == 200)
    }

    @Test func `writing too often is refused, in streams as well, and nothing of it is kept`() async throws {
        let desk = try Self.desk(WidgetLimits(writesPerVisitor: 2))
        try await desk.open {
            var client = try await WidgetClient(desk)
            #expect(try await client.write("Hello").status == 200)
            #expect(try await client.write("Hello again").status == 429)
            let body = client.body("Hello?", uuid: client.nextID())
            let stream = try await desk.call("POST", "/backend/widget/v5/chat/stream", body, as: client.contact)
            #expect(stream.status == 429)
            #expect(try await client.poll().count == 2)
        }
    }

    @Test func `an address is held up whoever asks from it, and whatever they show`() async throws {
        let desk = try Self.desk(WidgetLimits(readsPerAddress: 2, contactsPerAddress: 2))
        func ask(_ method: String, _ path: String, from address: String?, token: String = WidgetDesk.token)
            async throws -> Int
        {
            try await desk.answer(
                WebhookRequest(
                    method: method, path: "/backend/widget/v2/" + path, headers: [("X-Bot-Token", token)],
                    clientAddress: address)
            ).status
        }
        // Guessing widget tokens counts, too.
        #expect(try await ask("GET", "config", from: "192.0.2.1", token: "x") == 401)
        #expect(try await ask("GET", "config", from: "192.0.2.1") == 200)
        #expect(try await ask("GET", "config", from: "192.0.2.1") == 429)
        #expect(try await ask("GET", "files/abc", from: "192.0.2.1") == 429)
        #expect(try await ask("GET", "config", from: "192.0.2.2") == 200)
        // A browser that asks before it sends is not counted.
        for _ in 0..<5 { #expect(try await ask("OPTIONS", "config", from: "192.0.2.1") == 204) }

        #expect(try await ask("POST", "contact/create-unverified", from: "192.0.2.1") == 200)
        #expect(try await ask("POST", "contact/create-unverified", from: "192.0.2.1") == 200)
        #expect(try await ask("POST", "contact/create-unverified", from: "192.0.2.1") == 429)

        // Nobody's address is nobody's limit: else all who come through one proxy would share it.
        for _ in 0..<9 { #expect(try await ask("GET", "config", from: nil) == 200) }
    }

    @Test func `whoever has an IPv6 network has one address`() async throws {
        #expect(WidgetThrottle.network("192.0.2.1") == "192.0.2.1")
        #expect(WidgetThrottle.network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(WidgetThrottle.network("2001:db8:1:2::1") == "2001:db8:1:2::/64")
        #expect(WidgetThrottle.network("2001:db8::1") == "2001:db8:0:0::/64")
        #expect(WidgetThrottle.network("2001::3:4:5:6:7") == "2001:0:0:3::/64")
        #expect(WidgetThrottle.network("::1") == "0:0:0:0::/64")
        #expect(WidgetThrottle.network("fe80::") == "fe80:0:0:0::/64")
    }

    @Test func `an address that others have typed, too, is not theirs to use up`() async throws {
        let desk = try Self.desk(WidgetLimits(readsPerVisitor: 1))
        let body: JSONValue = ["email": "jo@example.com"]
        let (jo, mallory) = (
            try await desk.visitor(body), try await desk.visitor(["email": "jo@example.com", "non_verified_name": "M"])
        )
        let query = [(name: "filters", value: #"{"external_id":"11111111"}"#)]
        for _ in 0..<3 { _ = try await desk.call("GET", "sessions", as: mallory, query: query) }
        #expect(try await desk.call("GET", "sessions", as: jo, query: query).status == 200)
    }

    @Test func `what the widget does never comes near the limits`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            // Four pages that poll four times a second, for a minute.
            for _ in 0..<960 {
                #expect(try await desk.call("GET", "poll/\(client.sessionID)", as: client.contact).status == 200)
            }
        }
    }

    @Test func `no limits are none, and say nothing`() async throws {
        let desk = try Self.desk(.none)
        for _ in 0..<3000 {
            let answer = try await desk.answer(
                WebhookRequest(
                    method: "GET", path: "/backend/widget/v2/config", headers: [("X-Bot-Token", WidgetDesk.token)],
                    clientAddress: "192.0.2.1"))
            #expect(answer.status == 200)
            #expect(!answer.headers.contains { $0.name.hasPrefix("ratelimit") })
        }
    }
}
