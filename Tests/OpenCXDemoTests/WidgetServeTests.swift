import Foundation
import OpenCXCore
import Testing

/// The chat widget's API as `serve` answers it, over the loopback.
@Suite(.timeLimit(.minutes(2))) struct WidgetServeTests {
    private let folder: TemporaryFolder
    private static let key = "0123456789abcdef0123456789abcdef"

    init() throws {
        folder = try TemporaryFolder([
            "config.json": """
            {"title": "Fernhill", "satisfaction": {"channels": {"widget": 0}}, "widget": {"token": "public", "key_variable": "TEST_WIDGET_KEY", "uploads": "uploads",
             "streaming": true, "session_polling_seconds": 0.25, "modes": [{"id": "m", "name": "Checkout"}]}}
            """
        ])
    }

    private func serve(_ environment: [String: String] = ["TEST_WIDGET_KEY": key]) throws -> DemoProcess {
        try DemoProcess(
            [
                "serve", "--port", "0", "--knowledge", Demo.examples + "/help-center", "--config",
                folder.path + "/config.json", "--data", folder.path + "/data",
            ], environment: environment)
    }

    @Test func `a widget is served from its configuration to a rating`() async throws {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        func headers(_ contact: String?, _ type: String = "application/json") -> [(String, String)] {
            [("X-Bot-Token", "public"), ("Content-Type", type), ("Origin", "https://shop.example")]
                + (contact.map { [("Authorization", "Bearer \($0)")] } ?? [])
        }
        func call(_ method: String, _ path: String, _ body: JSONValue? = nil, as contact: String?) async throws
            -> WebClient.Response
        {
            try await client.request(
                method, "/backend/widget/" + path, headers: headers(contact), body: body?.serialized() ?? [])
        }

        let preflight = try await client.request(
            "OPTIONS", "/backend/widget/v2/chat/send",
            headers: [("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST")])
        #expect(preflight.status == 204)
        #expect(preflight.head.lowercased().contains("access-control-allow-origin: *"))
        let config = try await call("GET", "v2/config", as: nil).json
        #expect(config["org"] == ["id": "default", "name": "Fernhill"])
        #expect(config["sessionPollingIntervalSeconds"] == .number(0.25))
        #expect(config["agent"]?["streaming"] == true)
        #expect(try await call("GET", "v2/sessions", as: nil).status == 401)

        let contact = try #require(
            try await call("POST", "v2/contact/create-unverified", [:], as: nil).json["token"]?.string)
        let device = "11111111-2222-4333-8444-555555555555"
        let session = try await call(
            "POST", "v2/create-session", ["customData": ["external_id": .string(device)]], as: contact)
        let id = try #require(session.json["id"]?.string)

        // As large as a file may be, which is more than any other request.
        var file = Array("GIF89a".utf8)
        file += [UInt8](repeating: 0x0D, count: (5 << 20) - file.count)
        let form = Array("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\n".utf8) + file
        let uploaded = try await client.request(
            "POST", "/backend/widget/v2/upload", headers: headers(contact, "multipart/form-data; boundary=x"),
            body: form + Array("\r\n--x--\r\n".utf8))
        #expect(uploaded.status == 200, "\(uploaded.text)")
        let url = try #require(uploaded.json["fileUrl"]?.string)
        let origin = "http://localhost:\(client.port)"
        #expect(url.hasPrefix(origin + "/backend/widget/v2/files/"))
        let served = try await client.request("GET", String(url.dropFirst(origin.count)), headers: [])
        #expect(served.status == 200 && served.body == file)
        let head = served.head.lowercased()
        #expect(head.contains("x-content-type-options: nosniff") && head.contains("content-type: image/gif"))

        let sent = try await call(
            "POST", "v2/chat/send",
            [
                "uuid": "00000000-0000-4000-8000-000000000001", "content": "How do I return an item?",
                "session_id": .string(id), "bot_token": "public",
                "attachments": [["id": "1", "name": "a.gif", "size": 1, "type": "image/gif", "url": .string(url)]],
            ], as: contact
        ).json
        #expect(sent["success"] == true && sent["autopilotResponse"]?["mightSolveUserIssue"] == true)

        let streamed = try await call(
            "POST", "v5/chat/stream",
            [
                "uuid": "00000000-0000-4000-8000-000000000002", "content": "How long does delivery take?",
                "session_id": .string(id), "bot_token": "public",
            ], as: contact)
        #expect(streamed.status == 200 && streamed.head.lowercased().contains("x-vercel-ai-ui-message-stream: v1"))
        #expect(streamed.text.contains("text-delta") && streamed.text.contains("data: [DONE]"))

        #expect(
            try await call("POST", "v2/session/resolve", ["session_id": .string(id)], as: contact).json["isOpened"]
                == false)
        let rated = try await call("POST", "v2/submit-csat", ["session_id": .string(id), "score": 5], as: contact)
        #expect(rated.json == ["success": true])
        let history = try await call("GET", "v2/poll/\(id)", as: contact).json["history"]
        guard case .array(let entries)? = history else { return }
        #expect(entries.filter { $0["sender"]?["kind"] == "user" }.count == 2)
        #expect(entries.filter { $0["sender"]?["kind"] == "ai" }.count == 2)
        #expect(entries.contains { $0["type"] == "csat_requested" })
        #expect(entries.last?["systemMessagePayload"]?["type"] == "csat_submitted")
        process.send(SIGTERM)
        #expect(try await process.end() == 0)
        #expect(process.errors.isEmpty, "\(process.errors)")

        // With the customer go the files.
        let ticket = session.json["ticketNumber"].map { "\($0)" } ?? ""
        let number = String(ticket.filter(\.isNumber))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/uploads").count == 2)
        let erased = try await DemoProcess.run(
            "erase", number, "--yes", "--data", folder.path + "/data", "--config", folder.path + "/config.json")
        #expect(erased.code == 0, "\(erased.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/uploads").isEmpty)
    }

    /// What a team's own server does for somebody who has signed in there.
    @Test func `a user whom a program vouches for finds their conversations everywhere`() async throws {
        let data = folder.path + "/data"
        func key(_ scopes: String) async throws -> String {
            let made = try await DemoProcess.run("keys", "create", "Shop", "--scopes", scopes, "--data", data)
            return String(made.output.dropLast())
        }
        let (shop, other) = (try await key("widget:write,contacts:read"), try await key("contacts:read"))
        let process = try serve()
        let client = WebClient(port: try await process.port())
        func vouch(_ user: JSONValue, _ key: String = shop) async throws -> WebClient.Response {
            try await client.call("POST", "/widget/authenticate-user", key: key, user)
        }
        let jo: JSONValue = ["email": "Jo@Example.com", "name": "Jo", "customData": ["plan": "pro"]]
        #expect(try await vouch(jo, other).status == 403)
        #expect(try await vouch(jo, "ocx_live_0").status == 401)
        #expect(try await vouch(["name": "Jo"]).status == 400, "somebody has to be named")
        let made = try await vouch(jo)
        #expect(made.status == 201, "\(made.text)")
        let token = try #require(made.json["token"]?.string)
        let contact = try #require(made.json["contact"]?["id"]?.string)
        let known = try await client.call("GET", "/contacts/\(contact)", key: shop).json
        #expect(known["email"] == "jo@example.com" && known["name"] == "Jo")

        func call(_ method: String, _ path: String, as token: String, _ body: JSONValue? = nil) async throws
            -> WebClient.Response
        {
            try await client.request(
                method, "/backend/widget/v2/" + path,
                headers: [
                    ("X-Bot-Token", "public"), ("Content-Type", "application/json"),
                    ("Authorization", "Bearer " + token),
                ], body: body?.serialized() ?? [])
        }
        let session = try await call("POST", "create-session", as: token, ["customData": [:]])
        #expect(session.json["isVerified"] == true, "\(session.text)")
        let id = session.json["id"]?.string ?? ""
        // A newer token, as on another device, is the same person's; somebody else's is not.
        let again = try await vouch(jo).json["token"]?.string ?? ""
        #expect(try await call("GET", "poll/\(id)", as: again).status == 200)
        let ann = try await vouch(["email": "ann@example.com"]).json["token"]?.string ?? ""
        #expect(try await call("GET", "poll/\(id)", as: ann).status == 404)
        #expect(try await call("GET", "sessions", as: ann).json["items"] == [])
        // Whoever only types the address is nobody in particular.
        let typed = try await call("POST", "contact/create-unverified", as: "", ["email": "jo@example.com"])
        #expect(try await call("GET", "poll/\(id)", as: typed.json["token"]?.string ?? "").status == 404)
        try await process.cut()
        for text in [process.output, process.errors] { #expect(!text.contains(token) && !text.contains(shop)) }
    }

    @Test func `without a widget there is nobody to vouch for`() async throws {
        let data = folder.path + "/data"
        let made = try await DemoProcess.run("keys", "create", "Shop", "--full-access", "--data", data)
        let process = try DemoProcess(["serve", "--port", "0", "--data", data])
        let client = WebClient(port: try await process.port())
        let reply = try await client.call(
            "POST", "/widget/authenticate-user", key: String(made.output.dropLast()), ["email": "jo@example.com"])
        #expect(reply.status == 404)
        let document = try await client.get(path: "/openapi.json").json
        #expect(document["paths"]?["/widget/authenticate-user"] == nil)
        try await process.cut()
    }

    @Test func `without a key in the environment one is kept in the data folder, and tokens outlive a restart`()
        async throws
    {
        let (data, config) = (folder.path + "/data", folder.path + "/keyless.json")
        try Data(#"{ "widget": { "token": "public" } }"#.utf8).write(to: URL(filePath: config))
        var contact: String?
        for _ in 0..<2 {
            let process = try DemoProcess(["serve", "--port", "0", "--config", config, "--data", data])
            let client = WebClient(port: try await process.port())
            if contact == nil {
                let made = try await client.request(
                    "POST", "/backend/widget/v2/contact/create-unverified", headers: [("X-Bot-Token", "public")])
                contact = made.json["token"]?.string
            }
            let sessions = try await client.request(
                "GET", "/backend/widget/v2/sessions?filters=%7B%22external_id%22%3A%22device-1%22%7D",
                headers: [("X-Bot-Token", "public"), ("Authorization", "Bearer \(contact ?? "")")])
            #expect(sessions.status == 200)
            process.send(SIGTERM)
            #expect(try await process.end() == 0)
        }
        let key = try String(contentsOfFile: data + "/widget.key", encoding: .utf8)
        #expect(key.utf8.count >= 32)
        let attributes = try FileManager.default.attributesOfItem(atPath: data + "/widget.key")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: data).allSatisfy { !$0.hasPrefix("widget.key.") })
    }

    @Test(arguments: [[:], ["TEST_WIDGET_KEY": ""], ["TEST_WIDGET_KEY": "short"]] as [[String: String]])
    func `a widget without a key that is one does not start`(environment: [String: String]) async throws {
        let process = try serve(environment)
        #expect(try await process.end() != 0)
        #expect(process.errors.contains("widget"))
        #expect(!process.errors.contains("short"))
    }
}
