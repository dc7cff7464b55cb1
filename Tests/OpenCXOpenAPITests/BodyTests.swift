import OpenCXCore
import OpenCXOpenAPI
import Testing

struct BodyTests {
    static func document(_ type: String, more: String = "", required: Bool = true) -> [UInt8] {
        Shop.document(
            """
            requestBody:
              required: \(required)
              content:
                \(type):
                  schema:
                    type: object
                    required: [name]
                    properties:
                      name: {type: string}
                      count: {type: integer}
                      tags: {type: array, items: {type: string}}
                      place: {type: object, properties: {zip: {type: string}}}
                      file: {type: string, format: binary}
                      id: {type: string, readOnly: true}
            \(more)
            """, method: "post")
    }

    static let values: [String: JSONValue] = [
        "name": "A & B", "count": "2", "tags": ["x", "y"], "place": ["zip": "12345"],
    ]

    @Test func `JSON, with the members of the body as arguments`() async throws {
        let request = try await Shop.request(Self.document("application/json"), Self.values)
        #expect(request.method == "POST")
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.text == #"{"count":2,"name":"A & B","place":{"zip":"12345"},"tags":["x","y"]}"#)
        #expect(request.header("Idempotency-Key") == "effect-1")
    }

    @Test func `a form`() async throws {
        let request = try await Shop.request(Self.document("application/x-www-form-urlencoded"), Self.values)
        #expect(request.text == "count=2&name=A+%26+B&place=%7B%22zip%22%3A%2212345%22%7D&tags=x&tags=y")
        let deep = Self.document(
            "application/x-www-form-urlencoded",
            more: "      encoding: {place: {style: deepObject, explode: true}, tags: {style: form, explode: false}}")
        #expect(try await Shop.request(deep, Self.values).text == "count=2&name=A+%26+B&place[zip]=12345&tags=x,y")
    }

    @Test func `a form of several parts`() async throws {
        var values = Self.values
        values["file"] = "raw\r\n--OpenCX-effect-1-0"
        let request = try await Shop.request(Self.document("multipart/form-data"), values)
        let boundary = "OpenCX-effect-1-1"
        #expect(request.header("Content-Type") == "multipart/form-data; boundary=\(boundary)")
        let parts = [
            "Content-Disposition: form-data; name=\"count\"\r\n\r\n2",
            "Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\nraw\r\n--OpenCX-effect-1-0",
            "Content-Disposition: form-data; name=\"name\"\r\n\r\nA & B",
            "Content-Disposition: form-data; name=\"place\"\r\nContent-Type: application/json\r\n\r\n{\"zip\":\"12345\"}",
            "Content-Disposition: form-data; name=\"tags\"\r\n\r\nx",
            "Content-Disposition: form-data; name=\"tags\"\r\n\r\ny",
        ]
        #expect(request.text == parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n")
    }

    @Test func `a body that is no plain object is one argument`() async throws {
        let document = Shop.document(
            """
            requestBody:
              required: true
              content:
                application/merge-patch+json: {schema: {type: array, items: {type: integer}}}
            """, method: "patch")
        let request = try await Shop.request(document, ["body": "[1, \"2\"]"])
        #expect(request.text == "[1,2]")
        #expect(request.header("Content-Type") == "application/merge-patch+json")
    }

    @Test func `a body that is not required is sent only with something in it, and then whole`() async throws {
        let document = Self.document("application/json", required: false)
        #expect(try await Shop.request(document).body.isEmpty)
        await #expect(throws: ActionError.self) { try await Shop.request(document, ["count": 1]) }
    }

    @Test func `what only responses have is not asked for`() throws {
        let action = try OpenAPIImport(document: Self.document("application/json")).actions[0]
        #expect(action.parameters.map(\.name) == ["count", "file", "name", "place", "tags"])
        #expect(action.inputSchema["required"] == ["name"])
    }

    @Test func `OpenAPI 2 has bodies and form data among the parameters`() async throws {
        func document(_ parameters: String, _ consumes: String) -> [UInt8] {
            Array(
                """
                swagger: "2.0"
                info: {title: Shop, version: "1"}
                host: api.example.com
                paths:
                  /things:
                    post:
                      operationId: add_a_thing
                      description: Adds a thing to what the shop has.
                      consumes: [\(consumes)]
                      parameters: \(parameters)
                definitions:
                  Thing: {type: object, required: [name], properties: {name: {type: string}}}
                """.utf8)
        }
        let json = document(
            ##"[{name: b, in: body, required: true, schema: {$ref: "#/definitions/Thing"}}]"##, "application/json")
        #expect(try await Shop.request(json, ["name": "x"]).text == #"{"name":"x"}"#)
        let form = document(
            "[{name: a, in: formData, type: string, required: true}]", "application/x-www-form-urlencoded")
        #expect(try await Shop.request(form, ["a": "x y"]).text == "a=x+y")
        let file = document("[{name: f, in: formData, type: file, required: true}]", "multipart/form-data")
        #expect(try await Shop.request(file, ["f": "x"]).text.contains("filename=\"f\""))
    }

    @Test(arguments: ["application/xml", "image/png"])
    func `other bodies are refused`(type: String) throws {
        #expect(try Shop.refusal(Self.document(type))?.code == .unsupported)
    }
}
