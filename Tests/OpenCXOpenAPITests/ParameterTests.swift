import OpenCXCore
import OpenCXOpenAPI
import Testing

/// The styles of OpenAPI 3, with the examples of its own table.
struct ParameterTests {
    static let empty: JSONValue = ""
    static let array: JSONValue = ["blue", "black", "brown"]
    static let object: JSONValue = ["R": 100, "G": 200, "B": 150]

    static let paths: [(String, Bool, JSONValue, String)] = [
        ("simple", false, "blue", "blue"), ("simple", false, array, "blue,black,brown"),
        ("simple", false, object, "B,150,G,200,R,100"), ("simple", true, object, "B=150,G=200,R=100"),
        ("label", false, "blue", ".blue"), ("label", false, array, ".blue,black,brown"),
        ("label", true, array, ".blue.black.brown"), ("label", true, object, ".B=150.G=200.R=100"),
        ("matrix", false, "blue", ";color=blue"), ("matrix", false, array, ";color=blue,black,brown"),
        ("matrix", true, array, ";color=blue;color=black;color=brown"),
        ("matrix", false, object, ";color=B,150,G,200,R,100"), ("matrix", true, object, ";B=150;G=200;R=100"),
        ("simple", false, "a/b c?d#é%", "a%2Fb%20c%3Fd%23%C3%A9%25"),
    ]

    @Test(arguments: paths)
    func `parameters in the path`(style: String, explode: Bool, value: JSONValue, text: String) async throws {
        let document = Shop.document(
            """
            parameters:
              - {name: color, in: path, required: true, style: \(style), explode: \(explode), schema: {}}
            """, path: "/things/{color}/end")
        let request = try await Shop.request(document, ["color": value])
        #expect(request.url == "https://api.example.com/v1/things/\(text)/end")
    }

    static let queries: [(String, Bool, JSONValue, String)] = [
        ("form", true, "blue", "color=blue"), ("form", true, "", "color="),
        ("form", true, array, "color=blue&color=black&color=brown"), ("form", false, array, "color=blue,black,brown"),
        ("form", true, object, "B=150&G=200&R=100"), ("form", false, object, "color=B,150,G,200,R,100"),
        ("spaceDelimited", false, array, "color=blue%20black%20brown"),
        ("pipeDelimited", false, array, "color=blue%7Cblack%7Cbrown"),
        ("deepObject", true, object, "color[B]=150&color[G]=200&color[R]=100"),
        ("form", true, "a&b=c d+é/:", "color=a%26b%3Dc%20d%2B%C3%A9%2F%3A"),
    ]

    @Test(arguments: queries)
    func `parameters in the query`(style: String, explode: Bool, value: JSONValue, text: String) async throws {
        let document = Shop.document(
            "parameters: [{name: color, in: query, style: \(style), explode: \(explode), schema: {}}]")
        let request = try await Shop.request(document, ["color": value])
        #expect(request.url == "https://api.example.com/v1/things?\(text)")
    }

    @Test func `reserved characters stay where the document allows it, but for those that would end the value`()
        async throws
    {
        let document = Shop.document("parameters: [{name: q, in: query, allowReserved: true, schema: {type: string}}]")
        let request = try await Shop.request(document, ["q": "/a:b?c@d!%20&e=#+"])
        #expect(request.url == "https://api.example.com/v1/things?q=/a:b?c@d!%20%26e%3D%23%2B")
    }

    @Test func `headers, cookies and JSON in the query`() async throws {
        let document = Shop.document(
            """
            parameters:
              - {name: X-Ids, in: header, schema: {type: array, items: {type: integer}}}
              - {name: tab, in: cookie, schema: {type: string}}
              - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
              - {name: "page[size]", in: query, schema: {type: integer}}
              - {name: Accept, in: header, schema: {type: string}}
            """)
        let request = try await Shop.request(
            document, ["X-Ids": [1, 2], "tab": "a b", "filter": ["a": "é"], "page_size": "5"])
        #expect(request.header("X-Ids") == "1,2")
        #expect(request.header("Cookie") == "tab=a%20b")
        #expect(
            request.url == "https://api.example.com/v1/things?filter=%7B%22a%22%3A%22%C3%A9%22%7D&page[size]=5")
        #expect(request.header("User-Agent") == "OpenCX")
    }

    @Test(arguments: [
        ("csv", "ids=1,2"), ("ssv", "ids=1%202"), ("tsv", "ids=1%092"), ("pipes", "ids=1%7C2"),
        ("multi", "ids=1&ids=2"),
    ])
    func `OpenAPI 2 has formats of collections`(format: String, query: String) async throws {
        let document = """
            swagger: "2.0"
            info: {title: Shop, version: "1"}
            host: api.example.com
            basePath: /v2
            schemes: [http, https]
            paths:
              /things:
                get:
                  operationId: list_things
                  description: Lists what the shop has for sale.
                  parameters:
                    - {name: ids, in: query, type: array, items: {type: integer}, collectionFormat: \(format)}
            """
        let request = try await Shop.request(Array(document.utf8), ["ids": [1, 2]])
        #expect(request.url == "https://api.example.com/v2/things?\(query)")
    }

    @Test(arguments: ["..", ".", "a/../b", "%2e%2e", "..\\x", "", "a\u{0}b"])
    func `no value leads out of the path`(value: String) async throws {
        let document = Shop.document(
            "parameters: [{name: id, in: path, required: true, schema: {type: string}}]", path: "/things/{id}")
        await #expect(throws: ActionError.self) {
            try await Shop.request(document, ["id": .string(value)])
        }
    }

    @Test func `no value brings a header of its own`() async throws {
        let document = Shop.document("parameters: [{name: X-Note, in: header, schema: {type: string}}]")
        await #expect(throws: ActionError.self) {
            try await Shop.request(document, ["X-Note": "a\r\nAuthorization: Bearer x"])
        }
    }
}
