import OpenCXCore
import OpenCXOpenAPI
import Testing

struct ReferenceTests {
    @Test func `references are followed, with escapes of both kinds`() async throws {
        let document = Shop.document(
            ##"parameters: [{$ref: "#/components/parameters/a~1b%20c~0d"}]"##,
            more: ##"""
                components:
                  parameters:
                    "a/b c~d": {name: q, in: query, schema: {$ref: "#/components/schemas/Text"}}
                  schemas:
                    Text: {$ref: "#/components/schemas/Other"}
                    Other: {type: string, maxLength: 3}
                """##)
        #expect(try await Shop.request(document, ["q": "abc"]).url.hasSuffix("?q=abc"))
        await #expect(throws: ActionError.self) { try await Shop.request(document, ["q": "abcd"]) }
    }

    @Test func `a schema may hold itself, and is checked as deep as it goes`() async throws {
        let document = Shop.document(
            ##"""
            requestBody:
              required: true
              content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}
            """##, method: "post",
            more: ##"""
                components:
                  schemas:
                    Node:
                      type: object
                      properties:
                        value: {type: integer}
                        next: {$ref: "#/components/schemas/Node"}
                        children: {type: array, items: {$ref: "#/components/schemas/Node"}}
                """##)
        let good: [String: JSONValue] = ["next": ["children": [["value": "5"]]]]
        #expect(try await Shop.request(document, good).text == #"{"next":{"children":[{"value":5}]}}"#)
        await #expect(throws: ActionError(.badArguments, "next.children[0].value must be a whole number")) {
            try await Shop.request(document, ["next": ["children": [["value": "x"]]]])
        }
        let action = try OpenAPIImport(document: document).actions[0]
        #expect(action.inputSchema["$defs"]?["Node"]?["properties"]?["next"] == ["$ref": "#/$defs/Node"])
    }

    static let broken: [(String, OpenAPIError.Code, String)] = [
        (##"{$ref: "#/components/schemas/Gone"}"##, .badReference, "/components/schemas/Gone"),
        (
            "{$ref: 'https://example.com/schemas.json#/A'}", .badReference,
            "/paths/~1things/get/parameters/0/schema/$ref"
        ),
        ("{$ref: 'other.yaml'}", .badReference, "/paths/~1things/get/parameters/0/schema/$ref"),
        (##"{$ref: "#/components/schemas/Circle"}"##, .badReference, "/components/schemas/Circle"),
        ("{properties: [1]}", .invalidToolSchema, "/paths/~1things/get/parameters/0/schema/properties"),
        ("{allOf: {}}", .invalidToolSchema, "/paths/~1things/get/parameters/0/schema/allOf"),
    ]

    @Test(arguments: broken)
    func `what cannot be followed is refused, with its place`(
        schema: String, code: OpenAPIError.Code, place: String
    ) throws {
        let document = Shop.document(
            "parameters: [{name: q, in: query, schema: \(schema)}]",
            more: ##"components: {schemas: {Circle: {$ref: "#/components/schemas/Circle"}}}"##)
        let refusal = try #require(try Shop.refusal(document))
        #expect(refusal.code == code)
        #expect(refusal.place == place)
    }

    @Test func `one operation's broken reference is nobody else's`() throws {
        let document = ##"""
            {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
             "servers": [{"url": "https://api.example.com"}],
             "paths": {
               "/a": {"get": {"operationId": "get_a_thing", "description": "Gets a thing by what it is.",
                 "parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/A"}}]}},
               "/b": {"get": {"operationId": "get_b_thing", "description": "Gets a thing by what it is.",
                 "parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/components/schemas/B"}}]}}},
             "components": {"schemas": {
               "A": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/Gone"}]},
               "B": {"type": "string"}}}}
            """##
        let imported = try OpenAPIImport(document: Array(document.utf8))
        #expect(imported.imported.map(\.action) == ["get_b_thing"])
        #expect(imported.refused.map(\.operationID) == ["get_a_thing"])
        #expect(imported.actions[0].parameters[0].schema == ["type": "string"])
    }
}
