import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// The document is true: of every operation, and of its answers. (Every other test checks its answers against it as well.)
@Suite struct DocumentTests {
    @Test func `the document is served to everybody, and stays the same`() async throws {
        let site = try await Site()
        guard
            case .response(let response)? = await site.api.answer(WebhookRequest(method: "GET", path: "/openapi.json"))
        else { throw Unanswered(path: "/openapi.json") }
        let document = try JSONValue(parsing: response.body)
        #expect(response.status == 200 && document == site.api.document)
        #expect(document["openapi"] == "3.1.0")
        let ids = site.checker.operations.compactMap { $0.operation["operationId"]?.string }
        #expect(ids.count == site.checker.operations.count && Set(ids).count == ids.count)
    }

    @Test func `every path of the document is known to access logs, and no other`() async throws {
        let site = try await Site()
        let paths = Set(site.checker.operations.map(\.path)).union(["/openapi.json"])
        #expect(Set(RESTAPI.routes) == paths)
        #expect(RESTAPI.routes.count == paths.count)
    }

    @Test func `every reference in the document leads somewhere`() async throws {
        let site = try await Site()
        guard case .object(let schemas)? = site.api.document.at("components.schemas") else { return }
        var references: Set<String> = []
        func walk(_ value: JSONValue) {
            switch value {
            case .array(let items): items.forEach(walk)
            case .object(let members):
                if let reference = members["$ref"]?.string { references.insert(reference) }
                members.values.forEach(walk)
            default: break
            }
        }
        walk(site.api.document)
        #expect(!references.isEmpty)
        for reference in references {
            #expect(schemas.keys.contains { "#/components/schemas/" + $0 == reference }, "\(reference)")
        }
        #expect(references.count == schemas.count, "a schema that nothing uses")
    }

    @Test func `what is not supplied is neither in the document nor there`() async throws {
        let site = try await Site { parts in
            parts.channel = nil
            parts.documents = nil
            parts.importActions = nil
            parts.authenticateWidgetUser = nil
        }
        let ids = Set(site.checker.operations.compactMap { $0.operation["operationId"]?.string })
        for id in [
            "createSession", "sendMessage", "createTraining", "updateAutopilot", "importActions", "authenticateUser",
        ] {
            #expect(!ids.contains(id))
        }
        #expect(try await site.send("POST", "/training", [:]).status == 405)
        #expect(try await site.send("GET", "/training").items.count == 1)
        #expect(await site.api.answer(WebhookRequest(method: "POST", path: "/widget/authenticate-user")) == nil)
    }

    @Test func `every operation can be carried out, and answers as the document says`() async throws {
        let site = try await Site()
        try await site.running {
            var values = ["channel": "api", "tag": "vip"]
            var done: Set<String> = []
            let message = try await site.receive("Do you ship to Spain?")
            values["session_id"] = message.session.rawValue
            let order = [
                "createContact", "createTraining", "createSession", "sendMessage", "addTags", "updateSession",
                "submitScore",
            ]
            let last = ["deleteTraining", "deleteContact"]
            func rank(_ id: String) -> Int { order.firstIndex(of: id) ?? (last.contains(id) ? 99 : 50) }
            let all = site.checker.operations.sorted {
                rank($0.operation["operationId"]?.string ?? "") < rank($1.operation["operationId"]?.string ?? "")
            }
            for (method, path, operation) in all {
                let id = try #require(operation["operationId"]?.string)
                let group = operation["tags"] == ["Sessions"] || operation["tags"] == ["Tags"] ? "session" : nil
                var concrete = path
                let own =
                    switch operation["tags"] {
                    case ["Contacts"]: values["contact"]
                    case ["Training"]: values["training"]
                    case ["Webhooks"]: "crm"
                    default: group.flatMap { values[$0] } ?? values["session_id"]
                    }
                concrete = concrete.replacing("{id}", with: own ?? "")
                for (name, value) in values { concrete = concrete.replacing("{\(name)}", with: value) }
                var body = Samples.bodies[id]
                if id == "createSession" {
                    body = ["contact_id": .string(values["contact"] ?? ""), "channel": ["type": "api"]]
                }
                if id == "redactSession" { body = ["sessionId": .string(values["session_id"] ?? "")] }
                if id == "redactMessage" { body = ["messageId": .string((values["session_id"] ?? "") + ".1")] }
                if id == "searchKnowledge" { concrete += "?query=return items" }
                let needsBody = operation["requestBody"] != nil
                let answer = try await site.send(method, concrete, needsBody ? body : nil)
                #expect((200..<300).contains(answer.status), "\(id): \(answer.status) \(answer.message)")
                done.insert(id)
                if id == "createContact" { values["contact"] = answer["id"].string }
                if id == "createTraining" { values["training"] = answer["id"].string }
                if id == "createSession" { values["session"] = answer["id"].string }
                if id == "sendMessage" {
                    #expect(answer["data"].at("autopilotResponse.value.content") == "Yes, we do.")
                    _ = try await site.agent.close(message.session, by: .customer)
                }
                if id == "createSession" { values["session_id"] = answer["id"].string }
            }
            #expect(done.count == site.checker.operations.count)
        }
    }
}
