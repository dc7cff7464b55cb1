import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXWidget

/// Who may read and do what: tokens, devices, other people's sessions, other pages.
@Suite(.timeLimit(.minutes(5))) struct AccessTests {
    @Test func `every route asks for the widget token`() async throws {
        let desk = try WidgetDesk()
        for (method, path) in Self.routes {
            for token in [nil, "", "another-token", WidgetDesk.token + "x"] {
                let headers = token.map { [("X-Bot-Token", $0)] } ?? []
                let reply = try await desk.call(method, path, headers: headers)
                #expect(reply.status == 401, "\(method) \(path)")
            }
        }
    }

    @Test func `all but the configuration and new contacts ask for a contact token`() async throws {
        let desk = try WidgetDesk()
        let forged = try ContactTokens(key: Secret("another-key-another-key-another-k")).issue(
            for: ContactHandle(customID: "1", isVerified: true), at: desk.clock.now())
        let expired = try desk.tokens.issue(
            for: ContactHandle(customID: "1", isVerified: true), at: desk.clock.now(), lifetime: .zero)
        for (method, path) in Self.routes where path != "config" && path != "contact/create-unverified" {
            for token in [nil, "", "x", forged, expired] {
                let reply = try await desk.call(method, path, as: token)
                #expect(reply.status == 401, "\(method) \(path)")
                #expect(reply["statusCode"] == 401)
            }
            let basic = WidgetDesk.headers(as: nil) + [("Authorization", "Basic eDp5")]
            #expect(try await desk.call(method, path, headers: basic).status == 401)
        }
    }

    private static let routes = [
        ("GET", "config"), ("POST", "contact/create-unverified"), ("GET", "sessions"), ("POST", "create-session"),
        ("POST", "chat/send"), ("GET", "poll/x"), ("POST", "upload"), ("POST", "chat/vote"),
        ("POST", "session/resolve"), ("POST", "checkpoint"), ("POST", "submit-csat"), ("GET", "session/history/x"),
        ("POST", "action/execute"), ("POST", "/backend/widget/v5/chat/stream"),
        ("GET", "/backend/widget/v5/chat/x/stream"), ("POST", "/backend/widget/v5/chat/x/stop"),
        ("GET", "/backend/widget/v5/chat/x/messages"), ("POST", "/backend/widget/v5/chat/x/page-reply"),
        ("POST", "/backend/widget/v5/dictation/sessions"), ("POST", "/backend/widget/v5/connections/x/start"),
        ("GET", "/backend/widget/v5/connections/x/attempts/y"),
    ]

    @Test func `a message names the same widget token in its body`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.createSession()
            let body = client.body("Hello", uuid: client.nextID(), ["bot_token": "another-token"])
            #expect(try await desk.call("POST", "chat/send", body, as: client.contact).status == 401)
        }
    }

    @Test func `an unverified visitor names the device`() async throws {
        let desk = try WidgetDesk()
        let visitor = try await desk.visitor(["email": "jo@example.com", "non_verified_name": "Jo"])
        for filters in [nil, "", "{}", #"{"external_id":""}"#, #"{"external_id":null}"#] {
            let query = filters.map { [(name: "filters", value: $0)] } ?? []
            #expect(try await desk.call("GET", "sessions", as: visitor, query: query).status == 403)
        }
        for body in [nil, [:], ["customData": .null], ["customData": [:]]] as [JSONValue?] {
            #expect(try await desk.call("POST", "create-session", body, as: visitor).status == 403)
        }
        for filters in ["[", "[]", "1", String(repeating: "x", count: 3000)] {
            let query = [(name: "filters", value: filters)]
            #expect(try await desk.call("GET", "sessions", as: visitor, query: query).status == 400)
        }
    }

    @Test func `an address that is known to others opens nothing on another device`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            let body: JSONValue = ["email": "Jo@Example.com", "non_verified_name": "Jo"]
            var jo = try await WidgetClient(desk, contact: try await desk.visitor(body))
            try await jo.write("My order is late")
            // The same address on the same device: a page that is loaded again.
            let again = try await WidgetClient(desk, contact: try await desk.visitor(["email": "jo@example.com"]))
            #expect(try await again.sessions()["items"]?.items.count == 1)
            // The same address on another device.
            let elsewhere = try await WidgetClient(
                desk, externalID: "99999999-2222-4333-8444-555555555555",
                contact: try await desk.visitor(["email": "jo@example.com"]))
            #expect(try await elsewhere.sessions()["items"] == [])
            // Another visitor who knows the device's id.
            let other = try await WidgetClient(desk, contact: try await desk.visitor(["email": "mallory@example.com"]))
            #expect(try await other.sessions()["items"] == [])
            let nobody = try await WidgetClient(desk)
            #expect(try await nobody.sessions()["items"] == [])
        }
    }

    /// Each of these is somebody else's session, and for whoever asks there is none.
    @Test func `another contact's session is not there`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var jo = try await WidgetClient(desk)
            try await jo.write("My order is late")
            let uploaded = try await desk.upload(Array("GIF89a".utf8), named: "a.gif", as: jo.contact)
            let url = try #require(uploaded["fileUrl"])
            let before = try await desk.store.history(SessionID(jo.sessionID), after: 0, limit: 50)

            let verified = try desk.tokens.issue(
                for: ContactHandle(email: "mallory@example.com", isVerified: true), at: desk.clock.now())
            let visitors = [
                try await desk.visitor(), try await desk.visitor(["email": "mallory@example.com"]), verified,
            ]
            let id = JSONValue.string(jo.sessionID)
            let message: [String: JSONValue] = [
                "uuid": "00000000-0000-4000-8000-0000000000ff", "content": "Cancel it", "session_id": id,
            ]
            let calls: [(String, String, JSONValue?)] = [
                ("GET", "poll/\(jo.sessionID)", nil), ("GET", "session/history/\(jo.sessionID)", nil),
                ("POST", "session/resolve", ["session_id": id]),
                ("POST", "submit-csat", ["session_id": id, "score": 1]),
                ("POST", "checkpoint", ["session_id": id, "payload": ["a": 1]]),
                (
                    "POST", "chat/vote",
                    ["sessionId": id, "action": "downvote", "messagePublicId": .string(jo.messages[1].id)]
                ), ("POST", "chat/send", .object(message)),
                ("POST", "/backend/widget/v5/chat/stream", .object(message)),
                ("GET", "/backend/widget/v5/chat/\(jo.sessionID)/stream", nil),
                ("POST", "/backend/widget/v5/chat/\(jo.sessionID)/stop", nil),
                ("GET", "/backend/widget/v5/chat/\(jo.sessionID)/messages", nil),
            ]
            for visitor in visitors {
                for (method, path, body) in calls {
                    let reply = try await desk.call(method, path, body, as: visitor)
                    #expect(reply.status == 404, "\(method) \(path)")
                    #expect(!reply.text.contains("late") && !reply.text.contains("An answer"))
                }
                // A file of somebody else's cannot be sent in a conversation of one's own.
                var own = try await WidgetClient(desk, contact: visitor)
                try await own.createSession()
                let reply = try await own.write("Look", ["attachments": [["id": "1", "name": "a", "url": url]]])
                #expect(reply.status == 404)
            }
            #expect(try await desk.store.history(SessionID(jo.sessionID), after: 0, limit: 50) == before)
        }
    }

    @Test func `sessions of other channels are not there`() async throws {
        let desk = try WidgetDesk()
        let client = try await WidgetClient(desk)
        let other = try await desk.agent.receive(
            InboundMessage(
                channel: "web", channelKind: .web, thread: "t", providerID: nil,
                sender: ContactHandle(customID: "x", isVerified: false), text: UnredactedText("Hello")))
        let reply = try await desk.call("GET", "poll/\(other.0.session)", as: client.contact)
        #expect(reply.status == 404)
        // Not even those of the same contact: what was said in a mail need not stand on a page.
        let jo = ContactHandle(email: "jo@example.com", isVerified: true)
        let mail = try await desk.agent.receive(
            InboundMessage(
                channel: "mail", channelKind: .email, thread: "t", providerID: nil, sender: jo,
                text: UnredactedText("Hello")))
        let token = try desk.tokens.issue(for: jo, at: desk.clock.now())
        #expect(try await desk.call("GET", "sessions", as: token)["items"] == [])
        #expect(try await desk.call("GET", "poll/\(mail.0.session)", as: token).status == 404)
        let own = try await desk.call("POST", "create-session", as: token)
        #expect(try await desk.call("GET", "sessions", as: token)["items"]?.items.map { $0["id"] } == [own["id"]])
    }

    @Test func `a place in a list that somebody has made up leads to nobody else's sessions`() async throws {
        let desk = try WidgetDesk()
        var jo = try await WidgetClient(desk)
        for _ in 0..<3 { try await jo.createSession() }
        var other = try await WidgetClient(desk, contact: try await desk.visitor(["email": "mallory@example.com"]))
        try await other.createSession()
        for cursor in ["updated.9999999999999.9999", "updated.9223372036854775807.9223372036854775807"] {
            let page = try await other.sessions(cursor: ("cursor", cursor))
            #expect(page["items"]?.items.map { $0["id"] } == [other.session["id"]], "\(cursor)")
        }
        for cursor in ["created.0.9999", "oldest.0.0", "updated.0", "updated.x.1", "' OR 1=1 --", "updated.-1.-1"] {
            let page = try await other.sessions(cursor: ("cursor", cursor))
            #expect([200, 400, 422].contains(page.status) && !page.text.contains(jo.sessionID), "\(cursor)")
            if page.status == 200 { #expect(page["items"] == []) }
        }
    }

    @Test func `a vote is on what was said in its own session`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            var client = try await WidgetClient(desk)
            try await client.write("Hello")
            let said = client.messages[1].id
            try await client.createSession()
            let reply = try await desk.call(
                "POST", "chat/vote",
                [
                    "action": "downvote", "sessionId": .string(client.sessionID), "messagePublicId": .string(said),
                ], as: client.contact)
            #expect(reply.status == 404)
            #expect(try await desk.store.history(SessionID(client.sessionID), after: 0, limit: 9).isEmpty)
        }
    }

    @Test func `a verified contact finds all conversations, on any device, and nobody else's`() async throws {
        let desk = try WidgetDesk()
        try await desk.open {
            func token(_ handle: ContactHandle) throws -> String {
                try desk.tokens.issue(for: handle, at: desk.clock.now())
            }
            let jo = try token(ContactHandle(email: "jo@example.com", customID: "42", name: "Jo", isVerified: true))
            var phone = try await WidgetClient(desk, externalID: "phone-phone", contact: jo)
            try await phone.write("Hello")
            #expect(phone.session["isVerified"] == true)
            // Nothing has to name a device.
            let created = try await desk.call("POST", "create-session", ["customData": ["plan": "pro"]], as: jo)
            #expect(created["isVerified"] == true)
            let laptop = try await desk.call("GET", "sessions", as: jo, query: [("filters", "{}")])
            #expect(laptop["items"]?.items.count == 2)
            #expect(try await desk.call("GET", "poll/\(phone.sessionID)", as: jo).status == 200)
            // Somebody else at the same address, as the team's own ids say.
            let ann = try token(ContactHandle(email: "jo@example.com", customID: "43", isVerified: true))
            #expect(try await desk.call("GET", "sessions", as: ann)["items"] == [])
            #expect(try await desk.call("GET", "poll/\(phone.sessionID)", as: ann).status == 404)
            // Whoever types that address is not that contact.
            let visitor = try await desk.visitor(["email": "jo@example.com"])
            #expect(try await desk.call("GET", "poll/\(phone.sessionID)", as: visitor).status == 404)
        }
    }

    @Test func `an address that two contacts share is neither's`() async throws {
        let desk = try WidgetDesk()
        func token(_ handle: ContactHandle) throws -> String {
            try desk.tokens.issue(for: handle, at: desk.clock.now())
        }
        var sessions: [String] = []
        for id in ["42", "43"] {
            let token = try token(ContactHandle(email: "family@example.com", customID: id, isVerified: true))
            sessions.append(try await desk.call("POST", "create-session", as: token)["id"]?.string ?? "")
        }
        let byAddress = try token(ContactHandle(email: "family@example.com", isVerified: true))
        for session in sessions { #expect(try await desk.call("GET", "poll/\(session)", as: byAddress).status == 404) }
        #expect(try await desk.call("GET", "sessions", as: byAddress)["items"] == [])
    }

    // MARK: Other pages

    @Test func `a browser that asks first is told what it may send`() async throws {
        let desk = try WidgetDesk()
        for path in ["config", "chat/send", "poll/x", "/backend/widget/v5/chat/stream"] {
            let reply = try await desk.call(
                "OPTIONS", path,
                headers: [
                    ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Headers", "authorization,content-type,x-bot-token"),
                ])
            #expect(reply.status == 204 && reply.body.isEmpty)
            #expect(reply.header("access-control-allow-origin") == "*")
            let headers = reply.header("access-control-allow-headers")?.lowercased().split(separator: ", ") ?? []
            #expect(Set(["x-bot-token", "content-type", "accept", "authorization"]).isSubset(of: headers))
            let methods = reply.header("access-control-allow-methods")?.split(separator: ", ") ?? []
            #expect(Set(["GET", "POST"]).isSubset(of: methods))
            #expect(reply.header("access-control-allow-credentials") == nil)
        }
        #expect(try await desk.call("OPTIONS", "nothing/here", headers: []).status == 404)
    }

    @Test func `every answer may be read by the page, refusals as well`() async throws {
        let desk = try WidgetDesk()
        for (method, path) in Self.routes + [("GET", "nothing"), ("PUT", "config")] {
            let reply = try await desk.call(method, path)
            #expect(reply.header("access-control-allow-origin") == "*", "\(method) \(path) \(reply.status)")
        }
    }

    @Test func `where pages are named, no other may use the widget`() async throws {
        let desk = try WidgetDesk { $0.allowedOrigins = ["https://shop.example"] }
        func reply(_ method: String, _ origin: String?) async throws -> WidgetReply {
            let headers = [("X-Bot-Token", WidgetDesk.token)] + (origin.map { [("Origin", $0)] } ?? [])
            return try await desk.call(method, "config", headers: headers)
        }
        for method in ["GET", "OPTIONS"] {
            let allowed = try await reply(method, "https://shop.example")
            #expect(allowed.header("access-control-allow-origin") == "https://shop.example")
            #expect(allowed.header("vary") == "Origin")
            #expect(allowed.status < 300)
            for origin in ["https://evil.example", "https://shop.example.evil.example", "http://shop.example", "null"] {
                let refused = try await reply(method, origin)
                #expect(refused.status == 403)
                #expect(refused.header("access-control-allow-origin") == nil)
            }
        }
        // Programs are no browsers.
        #expect(try await reply("GET", nil).status == 200)
    }

    @Test func `other paths and methods are refused or somebody else's`() async throws {
        let desk = try WidgetDesk()
        for path in ["/", "/backend", "/backend/widgets/v2/config", "/v1/sessions"] {
            #expect(await desk.api.answer(WebhookRequest(method: "GET", path: path)) == nil)
        }
        for path in ["v2", "/backend/widget/", "/backend/widget/v3/config", "config/", "poll", "poll/a/b", "files"] {
            #expect(try await desk.call("GET", path).status == 404, "\(path)")
        }
        let wrong = try await desk.call("DELETE", "chat/send")
        #expect(wrong.status == 405 && wrong.header("allow") == "POST, OPTIONS")
    }

    @Test func `private answers are for no cache`() async throws {
        let desk = try WidgetDesk()
        let reply = try await desk.call(
            "GET", "sessions", as: try await desk.visitor(), query: [("filters", #"{"external_id":"x"}"#)])
        #expect(reply.header("cache-control") == "no-store")
        #expect(reply.header("x-content-type-options") == "nosniff")
    }

    @Test func `what is not offered is said honestly`() async throws {
        let desk = try WidgetDesk()
        let visitor = try await desk.visitor()
        let expected = [
            ("POST", "action/execute", 501), ("POST", "/backend/widget/v5/dictation/sessions", 501),
            ("POST", "/backend/widget/v5/connections/crm/start", 410),
            ("GET", "/backend/widget/v5/connections/crm/attempts/1", 404),
            ("POST", "/backend/widget/v5/chat/x/page-reply", 404),
        ]
        for (method, path, status) in expected {
            let reply = try await desk.call(method, path, [:], as: visitor)
            #expect(reply.status == status, "\(path)")
            #expect(reply["message"]?.string?.isEmpty == false)
        }
    }
}
