import OpenCXCore
import OpenCXOpenAPI
import Testing

struct ServerTests {
    static func document(_ servers: String) -> [UInt8] {
        Array(
            """
            openapi: 3.0.3
            info: {title: Shop, version: "1"}
            \(servers)
            paths:
              /things:
                get: {operationId: list_things, description: Lists what the shop has for sale.}
            """.utf8)
    }

    static let good: [(String, String?, [String: String], String)] = [
        ("servers: [{url: 'https://api.example.com/v1/'}]", nil, [:], "https://api.example.com/v1/things"),
        (
            "servers: [{url: 'http://api.example.com'}, {url: 'https://api.example.com'}]", nil, [:],
            "https://api.example.com/things"
        ),
        (
            "servers: [{url: 'https://{region}.example.com/{v}', variables: {region: {default: eu}, v: {default: '2'}}}]",
            nil, ["region": "us"], "https://us.example.com/2/things"
        ),
        ("servers: [{url: /v3}]", "https://example.com/docs/openapi.json", [:], "https://example.com/v3/things"),
        ("servers: [{url: v3}]", "https://example.com/docs/openapi.json", [:], "https://example.com/docs/v3/things"),
        ("", "https://example.com/openapi.json", [:], "https://example.com/things"),
    ]

    @Test(arguments: good)
    func `the document says where its API is`(
        servers: String, source: String?, variables: [String: String], url: String
    ) async throws {
        let settings = OpenAPISettings(documentURL: source, serverVariables: variables)
        #expect(try await Shop.request(Self.document(servers), settings: settings).url == url)
    }

    @Test(arguments: [
        "", "servers: [{url: /v1}]", "servers: [{url: 'http://api.example.com'}]",
        "servers: [{url: 'http://localhost:8080'}]", "servers: [{url: 'ftp://api.example.com'}]",
        "servers: [{url: 'https://user:secret@api.example.com'}]", "servers: [{url: 'https://'}]",
        "servers: [{url: 'https://{region}.example.com'}]", "servers: [{url: 'https://api.example.com/../x'}]",
        "servers: [{url: 'https://{r}.example.com', variables: {r: {default: us, enum: [eu]}}}]",
    ])
    func `an address that is missing, relative or unsafe is refused`(servers: String) throws {
        let refusal = try #require(try Shop.refusal(Self.document(servers)))
        #expect(refusal.code == .cannotDetermineAPIEndpoint)
        #expect(!refusal.description.contains("secret"))
    }

    @Test func `the settings have the last word`() async throws {
        let document = Self.document("servers: [{url: 'https://api.example.com'}]")
        let settings = OpenAPISettings(serverBaseURL: "https://test.example.com/api/")
        #expect(try await Shop.request(document, settings: settings).url == "https://test.example.com/api/things")
        let plain = OpenAPISettings(serverBaseURL: "http://test.example.com")
        let error = #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: document, settings: plain) }
        #expect(error?.code == .badSettings)
    }

    @Test(arguments: ["http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1"])
    func `plain HTTP goes to this machine alone, where it is allowed`(url: String) async throws {
        let document = Self.document("servers: [{url: '\(url)'}]")
        let settings = OpenAPISettings(allowsLoopbackHTTP: true)
        #expect(try await Shop.request(document, settings: settings).url == "\(url)/things")
        let outside = Self.document("servers: [{url: 'http://127.0.0.1.example.com'}]")
        #expect(try Shop.refusal(outside, settings: settings)?.code == .cannotDetermineAPIEndpoint)
    }
}
