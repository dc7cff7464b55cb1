import OpenCXCore
import OpenCXMCP
import OpenCXTesting
import Testing

/// From a list of tools to actions, and from a call to the server's names.
struct ToolTests {
    static func tool(_ schema: JSONValue, name: String = "the_tool") -> JSONValue {
        ["name": .string(name), "description": "Does it.", "inputSchema": schema]
    }

    static func list(_ tools: [JSONValue], _ settings: MCPSettings = MCPSettings()) async throws -> MCPToolList {
        try await MCPActions(FakeServer { $0.tools = tools }, settings: settings).tools()
    }

    @Test func `a tool is an action with the same arguments`() async throws {
        let list = try await Self.list([Tools.find, Tools.refund])
        #expect(list.refused.isEmpty && list.notes.isEmpty)
        let (find, refund) = (list.actions[0], list.actions[1])
        #expect(find.name == "orders_find")
        #expect(find.summary == "Finds an order by its number.")
        #expect(find.title == "Find an order")
        #expect(find.effect == .lookup && refund.effect == .change)
        #expect(find.channels == [.web])
        #expect(find.parameters.map(\.name) == ["customer", "orderId"])
        #expect(find.parameters.map(\.isRequired) == [false, true])
        #expect(find.parameters[1].label == "order id")
        #expect(
            refund.inputSchema["$defs"]
                == ["Money_Amount": ["type": "object", "properties": ["amount": ["type": "number"]]]])
    }

    @Test func `only a plain yes makes a tool a look-up, and only where the server is believed`() async throws {
        func effect(_ hint: JSONValue, _ settings: MCPSettings = MCPSettings()) async throws -> ActionDefinition.Effect?
        {
            let tool: JSONValue = [
                "name": "t", "inputSchema": ["type": "object"],
                "annotations": ["readOnlyHint": hint, "destructiveHint": false, "idempotentHint": true],
            ]
            return try await Self.list([tool], settings).actions.first?.effect
        }
        #expect(try await effect(true) == .lookup)
        for hint in [false, "true", 1, .null] as [JSONValue] { #expect(try await effect(hint) == .change) }
        #expect(try await effect(true, MCPSettings(trustsReadOnlyHint: false)) == .change)
        #expect(try await effect(true, MCPSettings(tools: ["t": ActionOverrides(effect: .change)])) == .change)
        #expect(try await effect(false, MCPSettings(tools: ["t": ActionOverrides(effect: .lookup)])) == .lookup)
    }

    @Test func `the call has the server's names, the types of the schema, and the ledger's key for a change`()
        async throws
    {
        let server = FakeServer()
        let actions = try MCPActions(server)
        _ = try await actions.call(ActionCall("orders_find", ["orderId": "4711"]))
        _ = try await actions.call(.refund)
        #expect(server.calls[0] == ["name": "orders.find", "arguments": ["orderId": 4711]])
        #expect(
            server.calls[1] == [
                "name": "refund", "arguments": ["to": "canary.bird@example.org"],
                "_meta": ["cx.open/idempotency-key": "effect-1"],
            ])
    }

    @Test func `arguments that do not fit are not sent, and not quoted`() async throws {
        let server = FakeServer()
        let actions = try MCPActions(server)
        for call in [
            ActionCall("orders_find", ["orderId": "canary"]), ActionCall("orders_find"), ActionCall("no_such_tool"),
            ActionCall("orders_find", ["orderId": 1, "more": 2]),
        ] {
            let error = await #expect(throws: ActionError.self) { try await actions.call(call) }
            #expect(error?.code == .badArguments)
            #expect(error?.description.contains("canary") == false)
        }
        #expect(server.calls.isEmpty)
    }

    @Test func `names that no model takes are mapped there and back`() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["order id": [:], "order.id": [:], "größe": [:]]]
        let server = FakeServer { $0.tools = [Self.tool(schema, name: "shop/tool 1")] }
        let actions = try MCPActions(server, settings: MCPSettings(namePrefix: "a_"))
        let definition = try #require(try await actions.actions().first)
        #expect(definition.name == "a_shop_tool_1")
        #expect(definition.parameters.map(\.name) == ["gr_e", "order_id", "order_id_2"])
        _ = try await actions.call(
            ActionCall("a_shop_tool_1", ["gr_e": "1", "order_id": "2", "order_id_2": "3"]))
        #expect(
            server.calls == [
                [
                    "name": "shop/tool 1", "arguments": ["größe": "1", "order id": "2", "order.id": "3"],
                    "_meta": ["cx.open/idempotency-key": "effect-1"],
                ]
            ])
    }

    static let broken: [(JSONValue, MCPError.Code)] = [
        (["name": "t"], .unsupportedSchema),
        (["description": "no name", "inputSchema": ["type": "object"]], .badTool),
        (["name": "", "inputSchema": ["type": "object"]], .badTool),
        (["name": "…", "inputSchema": ["type": "object"]], .badTool),
        ("no tool", .badTool),
        (tool(["type": "array"]), .unsupportedSchema),
        (tool(["properties": ["a": 5]]), .unsupportedSchema),
        (tool(["properties": [1]]), .unsupportedSchema),
        (tool(["required": ["ghost"]]), .unsupportedSchema),
        (tool(["properties": ["a": ["$ref": "https://evil.example/schema"]]]), .unsupportedSchema),
        (tool(["properties": ["a": ["$ref": "#/properties/b"]]]), .unsupportedSchema),
        (tool(["properties": ["a": ["$ref": "#/$defs/ghost"]]]), .unsupportedSchema),
        (tool(["properties": ["a": ["items": nested(40)]]]), .unsupportedSchema),
        (
            tool(["properties": ["a": ["description": .string(String(repeating: "x", count: 70_000))]]]),
            .unsupportedSchema
        ),
    ]

    static func nested(_ depth: Int) -> JSONValue { depth == 0 ? [:] : ["items": nested(depth - 1)] }

    @Test(arguments: broken)
    func `a tool that cannot be read is refused, and the others are not`(tool: JSONValue, code: MCPError.Code)
        async throws
    {
        let list = try await Self.list([tool, Tools.find])
        #expect(list.refused.map(\.reason.code) == [code])
        #expect(list.actions.map(\.name) == ["orders_find"])
    }

    @Test func `of two tools that would have one name, the first is taken`() async throws {
        let list = try await Self.list([Self.tool(["type": "object"], name: "a.b"), Self.tool([:], name: "a/b")])
        #expect(list.actions.count == 1)
        #expect(list.refused.map(\.reason.code) == [.nameTaken])
    }

    @Test func `what is left to the server is said`() async throws {
        let list = try await Self.list([
            Self.tool(["properties": ["a": ["type": "string", "pattern": "(a)\\1"]], "oneOf": [[:]]])
        ])
        #expect(list.actions.count == 1)
        #expect(list.notes.count == 2)
        #expect(list.actions[0].parameters[0].schema == ["type": "string"])
    }

    // MARK: Settings

    @Test func `only allowed tools are actions`() async throws {
        let list = try await Self.list(
            [Tools.find, Tools.refund], MCPSettings(allowedTools: ["refund", "ghost"]))
        #expect(list.actions.map(\.name) == ["refund"])
        #expect(list.refused.map(\.reason.code) == [.leftOut])
        #expect(list.notes.map(\.code) == [.badSettings])
        let none = try await Self.list(
            [Tools.find], MCPSettings(tools: ["orders.find": ActionOverrides(isEnabled: false)]))
        #expect(none.actions.isEmpty)
    }

    @Test func `what is bound is not shown to a model, and is needed`() async throws {
        let settings = MCPSettings(bindings: [ActionBinding("customer", to: .customID)])
        let find = try await Self.list([Tools.find], settings).actions[0]
        #expect(find.inputSchema["properties"]?["customer"] == nil)
        #expect(find.parameters[0].source == .contactCustomID && find.parameters[0].isRequired)
    }

    @Test func `a binding or a limit that would bind nothing keeps the tool out`() async throws {
        for settings in [
            MCPSettings(bindings: [ActionBinding("customer_id", of: "orders.find", to: .customID)]),
            MCPSettings(limits: [ActionLimit("customer.name", of: "orders.find", allowed: ["x"])]),
        ] {
            let list = try await Self.list([Tools.find], settings)
            #expect(list.actions.isEmpty)
            #expect(list.refused.map(\.reason.code) == [.badSettings])
        }
    }

    @Test func `a binding or a limit for all tools that meets none is told`() async throws {
        let settings = MCPSettings(
            bindings: [ActionBinding("customer", to: .email), ActionBinding("client", to: .email)],
            limits: [ActionLimit("money.amount", maximum: 5), ActionLimit("sum", maximum: 5)])
        let list = try await Self.list([Tools.find, Tools.refund], settings)
        #expect(list.notes.map(\.code) == [.badSettings, .badSettings])
        #expect(list.notes.first?.message.contains("client") == true)
    }

    @Test func `a limit holds, also inside an argument and behind a reference`() async throws {
        let server = FakeServer()
        let limits = [
            ActionLimit("money.amount", of: "refund", maximum: 50), ActionLimit("orderId", allowed: [1, 2]),
        ]
        let actions = try MCPActions(server, settings: MCPSettings(limits: limits))
        #expect(try await actions.tools().refused.isEmpty)
        for call in [
            ActionCall("refund", ["to": "a@example.org", "money": ["amount": 51]]),
            ActionCall("orders_find", ["orderId": 3]),
        ] {
            let error = await #expect(throws: ActionError.self) { try await actions.call(call) }
            #expect(error?.code == .badArguments)
        }
        _ = try await actions.call(ActionCall("refund", ["to": "a@example.org", "money": ["amount": 50]]))
        #expect(server.calls.count == 1)
    }

    // MARK: The list

    @Test func `a list in pages is read to its end`() async throws {
        let tools = (0..<25).map { Self.tool(["type": "object"], name: "tool_\($0)") }
        let server = FakeServer {
            $0.tools = tools
            $0.pageSize = 10
        }
        #expect(try await MCPActions(server).actions().count == 25)
        #expect(server.methods.filter { $0 == "tools/list" }.count == 3)
        let some = try await MCPActions(server, settings: MCPSettings(toolLimit: 15)).tools()
        #expect(some.actions.count == 15)
        #expect(some.notes.map(\.code) == [.tooMany])
    }

    @Test(arguments: ["always", ""])
    func `a list without an end is read no further`(cursor: String) async throws {
        let server = FakeServer {
            $0.own["tools/list"] = { message in
                let id = message["id"] ?? .null
                let count = message["params"]?["cursor"]?.string?.count ?? 0
                let next = cursor.isEmpty ? String(repeating: "x", count: count + 1) : cursor
                let answer: JSONValue = [
                    "jsonrpc": "2.0", "id": id, "result": ["tools": [], "nextCursor": .string(next)],
                ]
                return .json(String(decoding: answer.serialized(), as: UTF8.self))
            }
        }
        let list = try await MCPActions(server).tools()
        #expect(list.notes.map(\.code) == [.tooMany])
        #expect(server.methods.filter { $0 == "tools/list" }.count <= 100)
    }

    @Test func `the list is read again when the server says so, and when it is old`() async throws {
        let clock = ManualClock()
        let server = FakeServer {
            $0.answersInEvents = true
            $0.before = []
        }
        let actions = try MCPActions(server, clock: clock, settings: MCPSettings(listLifetime: .seconds(60)))
        #expect(try await actions.actions().count == 2)
        server.change {
            $0.tools = [Tools.find]
            $0.before = [["jsonrpc": "2.0", "method": "notifications/tools/list_changed"]]
        }
        #expect(try await actions.actions().count == 2)
        _ = try await actions.call(.find)
        server.change { $0.before = [] }
        #expect(try await actions.actions().count == 1)
        server.change { $0.tools = [] }
        clock.advance(by: .seconds(59))
        #expect(try await actions.actions().count == 1)
        clock.advance(by: .seconds(1))
        #expect(try await actions.actions().isEmpty)
    }

    @Test func `a server without tools is not asked for them`() async throws {
        let server = FakeServer { $0.capabilities = ["resources": [:]] }
        #expect(try await MCPActions(server).actions().isEmpty)
        #expect(!server.methods.contains("tools/list"))
    }

    @Test func `a list that is none is an error, not an empty list`() async throws {
        let server = FakeServer {
            $0.own["tools/list"] = { _ in .json(#"{"jsonrpc":"2.0","id":2,"result":{"tools":5}}"#) }
        }
        let error = await #expect(throws: ActionError.self) { try await MCPActions(server).actions() }
        #expect(error?.code == .unavailable)
    }

    // MARK: Results

    static let results: [(JSONValue, String, [String: String])] = [
        (["content": [["type": "text", "text": "a"], ["type": "text", "text": "b"]]], "a\nb", ["result": "a\nb"]),
        (
            ["content": [["type": "text", "text": #"{"state": "sent", "days": 2}"#]]], #"{"state": "sent", "days": 2}"#,
            ["state": "sent", "days": "2"]
        ),
        (
            ["content": [["type": "text", "text": #"{"a": 1}"#]], "structuredContent": ["a": 1]], #"{"a": 1}"#,
            ["a": "1"]
        ),
        (
            ["content": [["type": "text", "text": "Sent."]], "structuredContent": ["order": ["id": 7], "x@y.zz": 1]],
            "Sent.\n" + #"{"order":{"id":7},"x@y.zz":1}"#, ["order.id": "7"]
        ),
        (["structuredContent": ["a": [1, 2]]], #"{"a":[1,2]}"#, ["a": "1, 2"]),
        (
            [
                "content": [
                    ["type": "image", "data": "AAAA", "mimeType": "image/png"], ["type": "new thing"], 5,
                    ["type": "resource", "resource": ["uri": "file:///a", "text": "inside"]],
                    ["type": "resource_link", "uri": "https://example.com/a", "name": "a"],
                ]
            ], "(An image.)\ninside\nhttps://example.com/a", ["result": "(An image.)\ninside\nhttps://example.com/a"]
        ),
    ]

    @Test(arguments: results)
    func `a result is read`(result: JSONValue, text: String, fields: [String: String]) async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { message in
                let answer: JSONValue = ["jsonrpc": "2.0", "id": message["id"] ?? .null, "result": result]
                return .json(String(decoding: answer.serialized(), as: UTF8.self))
            }
        }
        let read = try await MCPActions(server).call(.find)
        #expect(read.text?.reveal() == text)
        #expect(read.fields.mapValues { $0.reveal() } == fields)
    }

    @Test func `what a failed tool says is kept for redaction, out of the message`() async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { message in
                let answer: JSONValue = [
                    "jsonrpc": "2.0", "id": message["id"] ?? .null,
                    "result": ["isError": true, "content": [["type": "text", "text": "canary is unknown"]]],
                ]
                return .json(String(decoding: answer.serialized(), as: UTF8.self))
            }
        }
        let error = await #expect(throws: ActionError.self) { try await MCPActions(server).call(.refund) }
        #expect(error?.details?.reveal() == "canary is unknown")
        #expect(error?.description.contains("canary") == false)
    }
}
