import Foundation
import OpenCXCore
import Testing

/// The REST API of the built server, over HTTP.
@Suite(.timeLimit(.minutes(2))) struct APITests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a program holds a conversation, and changes what the server does`() async throws {
        let data = folder.path + "/data"
        let made = try await DemoProcess.run("keys", "create", "CRM", "--full-access", "--data", data)
        let key = String(made.output.dropLast())
        let server = try DemoProcess([
            "serve", "--port", "0", "--data", data, "--knowledge", Demo.examples + "/help-center",
        ])
        let client = WebClient(port: try await server.port())
        #expect(try await client.get(path: "/openapi.json").json["openapi"] == "3.1.0")
        #expect(try await client.call("GET", "/contacts", key: "ocx_live_0").status == 401)

        let contact = try await client.call(
            "POST", "/contacts", key: key, ["contact": ["email": "kim@example.com", "name": "Kim"]])
        #expect(contact.status == 201, "\(contact.text)")
        let opened = try await client.call(
            "POST", "/chat/sessions", key: key,
            ["contact_id": contact.json["id"] ?? .null, "channel": ["type": "api"]])
        #expect(opened.status == 201, "\(opened.text)")
        let session = try #require(opened.json["id"]?.string)
        let question: JSONValue = [
            "sender": "contact", "message": ["type": "text", "text": "How do I return an item?"],
        ]
        let answer = try await client.call("POST", "/chat/sessions/\(session)/send", key: key, question)
        #expect(answer.status == 200)
        #expect(answer.json["data"]?["autopilotResponse"]?["value"]?["error"] == false, "\(answer.text)")

        // A key that is made, and one that is revoked, while the server runs.
        let reader = try await DemoProcess.run("keys", "create", "Reader", "--read-only", "--data", data)
        let other = String(reader.output.dropLast())
        #expect(try await client.call("GET", "/chat/sessions/\(session)", key: other).status == 200)
        #expect(try await client.call("PATCH", "/autopilot/api", key: other, ["is_on": false]).status == 403)
        let id = try #require(reader.errors.split(separator: ":").first)
        #expect(try await DemoProcess.run("keys", "revoke", String(id), "--data", data).code == 0)
        #expect(try await client.call("GET", "/chat/sessions/\(session)", key: other).status == 401)

        #expect(try await client.call("PATCH", "/autopilot/api", key: key, ["is_on": false]).status == 200)
        let silent = try await client.call("POST", "/chat/sessions/\(session)/send", key: key, question)
        #expect(silent.json["data"]?["code"] == "session_assigned_to_human_agent", "\(silent.text)")
        let erased = try await client.call("DELETE", "/contacts/\(contact.json["id"]?.string ?? "")", key: key)
        #expect(erased.status == 200)
        #expect(try await client.call("GET", "/chat/sessions/\(session)", key: key).status == 404)
        for secret in [key, other] { #expect(!server.output.contains(secret) && !server.errors.contains(secret)) }
    }

    @Test func `a document of actions that was imported is there after a restart`() async throws {
        let data = folder.path + "/data"
        let made = try await DemoProcess.run("keys", "create", "CRM", "--full-access", "--data", data)
        let key = String(made.output.dropLast())
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "Shop", "version": "1"],
            "servers": [["url": "https://shop.example.com"]],
            "paths": [
                "/orders/{number}": [
                    "get": [
                        "operationId": "find_order", "description": "Finds an order by its number and tells its state",
                        "parameters": [
                            ["name": "number", "in": "path", "required": true, "schema": ["type": "string"]]
                        ],
                        "responses": ["200": ["description": "The order."]],
                    ]
                ]
            ],
        ]
        for round in 1...2 {
            let server = try DemoProcess(["serve", "--port", "0", "--data", data])
            let client = WebClient(port: try await server.port())
            if round == 1 {
                let bad = try await client.call(
                    "POST", "/actions/import", key: key, ["name": "shop", "spec": "openapi: 9"])
                #expect(bad.status == 422, "\(bad.text)")
                let trial = try await client.call(
                    "POST", "/actions/import", key: key, ["name": "shop", "spec": document, "dry_run": true])
                #expect(trial.status == 200, "\(trial.text)")
                #expect(try await client.call("GET", "/actions", key: key).json["items"] == [])
                let taken = try await client.call(
                    "POST", "/actions/import", key: key, ["name": "shop", "spec": document])
                #expect(taken.status == 200)
                let clash = try await client.call(
                    "POST", "/actions/import", key: key, ["name": "other", "spec": document])
                #expect(clash.status == 422, "\(clash.text)")
            }
            let list = try await client.call("GET", "/actions", key: key)
            #expect(list.text.contains("\"find_order\""), "round \(round): \(list.text)")
            server.send(SIGTERM)
            _ = try await server.end()
        }
    }
}
