import OpenCXCore
import OpenCXOpenAPI
import Testing

struct ImportTests {
    static let malformed: [(String, String)] = [
        ("", ""), ("just words", ""), ("{", ""), ("[1]", ""), ("a: b: c", ""), ("openapi: 4.0.0", "/openapi"),
        ("swagger: '1.2'", "/swagger"), ("title: no document", ""),
        ("openapi: 3.0.0\ninfo: {title: A, version: '1'}", "/paths"),
        ("openapi: 3.0.0\npaths: {}\ninfo: {title: true, version: '1'}", "/info/title"),
        ("openapi: 3.0.0\npaths: {}\ninfo: {title: A}", "/info/version"),
        ("openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{}]\npaths: {}", "/servers/0/url"),
        (
            "openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: 0}}}",
            "/components/schemas/A/$ref"
        ),
        ("a: &a [1]\nb: *c", ""), ("a: 1\na: 2", ""),
    ]

    @Test(arguments: malformed)
    func `what is no OpenAPI document is refused, with the place`(document: String, place: String) {
        let error = #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: Array(document.utf8)) }
        #expect(error?.code == .failedToParseSpec)
        #expect(error?.place == place)
    }

    @Test func `aliases in YAML are understood, and do not explode`() throws {
        let document = Shop.document(
            """
            parameters:
              - &page {name: page, in: query, schema: {type: integer}}
              - {<<: *page, name: size}
            """)
        #expect(try OpenAPIImport(document: document).actions[0].parameters.map(\.name) == ["page", "size"])
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let below = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(below)]\n"
        }
        #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: Array(bomb.utf8)) }
        var deep = "a0: &a0 [x]\n"
        for level in 1...4000 { deep += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: Array(deep.utf8)) }
    }

    // MARK: Names and descriptions

    static func operation(_ text: String) -> [UInt8] {
        Array(
            """
            openapi: 3.1.0
            info: {title: Shop, version: "1"}
            servers: [{url: "https://api.example.com"}]
            paths:
              "/orders/{id}":
                get:
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  \(text)
            """.utf8)
    }

    static let rules: [(String, OpenAPIError.Code)] = [
        ("description: Looks up an order by its number.", .missingOperationID),
        ("operationId: get\n      description: Looks up an order by its number.", .badName),
        ("operationId: get_order", .badDescription),
        ("operationId: get_order\n      description: Looks up.", .badDescription),
        ("operationId: get_order\n      description: Looks up an order.\n      deprecated: 'no'", .invalidToolSchema),
    ]

    @Test(arguments: rules)
    func `names and descriptions must say something`(operation: String, code: OpenAPIError.Code) throws {
        #expect(try Shop.refusal(Self.operation(operation))?.code == code)
    }

    @Test func `a name can be made of method and path`() throws {
        let imported = try OpenAPIImport(
            document: Self.operation("description: Looks up an order by its number."),
            settings: OpenAPISettings(derivesNames: true))
        #expect(imported.actions.map(\.name) == ["get_orders_by_id"])
    }

    @Test func `two operations of one name are one too many`() throws {
        let document =
            Shop.document("x-none: 1")
            + Array(
                """

                  /others:
                    get:
                      operationId: the.operation
                      description: Does something else for a customer.
                """.utf8)
        let imported = try OpenAPIImport(document: document)
        #expect(imported.imported.count == 1)
        #expect(imported.refused.map(\.reason.code) == [.badName])
    }

    static let schemas: [(String, String)] = [
        ("parameters: [{name: q, in: query}]", "/paths/~1things/get/parameters/0"),
        ("parameters: [{in: query, schema: {}}]", "/paths/~1things/get/parameters/0"),
        ("parameters: [{name: q, in: nowhere, schema: {}}]", "/paths/~1things/get/parameters/0/in"),
        ("parameters: [{name: q, in: query, style: matrix, schema: {}}]", "/paths/~1things/get/parameters/0/style"),
        ("parameters: [{name: q, in: path, required: true, schema: {}}]", "/paths/~1things/get"),
        (
            "parameters: [{name: q, in: query, schema: {}}, {name: q, in: query, schema: {}}]",
            "/paths/~1things/get/parameters/1"
        ),
        ("parameters: {}", "/paths/~1things/get/parameters"),
        ("parameters: [{name: 'a b', in: header, schema: {}}]", "/paths/~1things/get/parameters/0/name"),
    ]

    @Test(arguments: schemas)
    func `malformed parameters are refused, with their place`(operation: String, place: String) throws {
        let refusal = try #require(try Shop.refusal(Shop.document(operation)))
        #expect(refusal.code == .invalidToolSchema)
        #expect(refusal.place == place)
    }

    @Test func `a path must name its parameters`() throws {
        #expect(try Shop.refusal(Shop.document("", path: "/things/{id}"))?.code == .invalidToolSchema)
        #expect(try Shop.refusal(Shop.document("", path: "/things/{id"))?.code == .invalidToolSchema)
        #expect(try Shop.refusal(Shop.document("", path: "things"))?.code == .invalidToolSchema)
    }

    // MARK: Extensions, effects

    @Test func `extensions say what must be confirmed, what is pinned, and how it is labelled`() throws {
        let action = try OpenAPIImport(
            document: Shop.document(
                "x-open-require-form-submission: true\nx-open-pinned: true\nx-open-tags: [orders, vip]")
        ).actions[0]
        #expect(action.asksFirst && action.needsYes && action.isPinned)
        #expect(action.effect == .lookup)
        #expect(action.tags == ["orders", "vip"])
        #expect(action.channels == [.web])
    }

    @Test(arguments: [
        ("get", true), ("head", true), ("options", true), ("post", false), ("delete", false), ("put", false),
    ])
    func `the method says whether something changes`(method: String, isLookup: Bool) throws {
        let document = Shop.document("", method: method)
        #expect(try OpenAPIImport(document: document).actions[0].effect == (isLookup ? .lookup : .change))
        let turned = ActionOverrides(effect: isLookup ? .change : .lookup)
        let settings = OpenAPISettings(operations: ["the_operation": turned])
        #expect(try OpenAPIImport(document: document, settings: settings).actions[0].effect == turned.effect)
    }

    @Test func `settings for what is not there are a mistake, not a hole`() {
        let document = Shop.document("parameters: [{name: q, in: query, schema: {}}]")
        for settings in [
            OpenAPISettings(bindings: [ActionBinding("customer", to: .email)]),
            OpenAPISettings(bindings: [ActionBinding("q", of: "another_operation", to: .email)]),
            OpenAPISettings(limits: [ActionLimit("amount", maximum: 5)]),
            OpenAPISettings(labels: ["Q": ["en": "question"]]),
            OpenAPISettings(credentials: ["mian": .bearer(Secret("t"))]),
            OpenAPISettings(operations: ["the_operatoin": ActionOverrides(segments: ["vip"])]),
        ] {
            let error = #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: document, settings: settings) }
            #expect(error?.code == .badSettings)
        }
    }

    @Test func `an operation can be left out`() throws {
        let settings = OpenAPISettings(operations: ["the_operation": ActionOverrides(isEnabled: false)])
        let imported = try OpenAPIImport(document: Shop.document(""), settings: settings)
        #expect(imported.imported.isEmpty && imported.refused.count == 1)
    }

    @Test func `a parameter is called what the settings say, then its title, then its name`() throws {
        let document = Shop.document(
            """
            parameters:
              - {name: orderNumber, in: query, schema: {type: string}}
              - {name: b, in: query, schema: {type: string, title: " size\\n of it "}}
              - {name: c, in: query, schema: {type: string, title: colour}}
            """)
        let settings = OpenAPISettings(labels: ["c": ["en": "color", "de": "Farbe"]])
        let parameters = try OpenAPIImport(document: document, settings: settings).actions[0].parameters
        #expect(parameters.map(\.label) == ["order number", "size of it", "color"])
        #expect(parameters.map { $0.label(in: "de") } == ["order number", "size of it", "Farbe"])
    }
}
