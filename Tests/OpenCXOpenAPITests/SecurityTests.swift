import OpenCXCore
import OpenCXOpenAPI
import Testing

struct SecurityTests {
    static func document(_ scheme: String, security: String = "[{main: []}]", operation: String = "") -> [UInt8] {
        Shop.document(
            "security: \(security)\n\(operation)",
            more: "components:\n  securitySchemes:\n    main: \(scheme)\n    other: {type: http, scheme: bearer}")
    }

    static let schemes: [(String, OpenAPICredential, String, String)] = [
        ("{type: apiKey, in: header, name: X-Key}", .apiKey(Secret("s3cret")), "X-Key", "s3cret"),
        ("{type: apiKey, in: cookie, name: key}", .apiKey(Secret("s3cret")), "Cookie", "key=s3cret"),
        (
            "{type: http, scheme: basic}", .basic(user: "u", password: Secret("s3cret")), "Authorization",
            "Basic dTpzM2NyZXQ="
        ),
        ("{type: http, scheme: Bearer}", .bearer(Secret("s3cret")), "Authorization", "Bearer s3cret"),
        ("{type: oauth2, flows: {}}", .bearer(Secret("s3cret")), "Authorization", "Bearer s3cret"),
        (
            "{type: openIdConnect, openIdConnectUrl: 'https://x'}", .bearer(Secret("s3cret")), "Authorization",
            "Bearer s3cret"
        ),
    ]

    @Test(arguments: schemes)
    func `credentials go where the scheme has them`(
        scheme: String, credential: OpenAPICredential, header: String, value: String
    ) async throws {
        let settings = OpenAPISettings(credentials: ["main": credential])
        let request = try await Shop.request(Self.document(scheme), settings: settings)
        #expect(request.header(header) == value)
    }

    @Test func `a key in the query is encoded`() async throws {
        let document = Self.document("{type: apiKey, in: query, name: key}")
        let settings = OpenAPISettings(credentials: ["main": .apiKey(Secret("a&b"))])
        #expect(try await Shop.request(document, settings: settings).url.hasSuffix("/things?key=a%26b"))
    }

    @Test func `of several ways, the one there are credentials for`() async throws {
        let document = Self.document(
            "{type: apiKey, in: header, name: X-Key}", security: "[{}, {main: []}, {other: []}]")
        let settings = OpenAPISettings(credentials: ["other": .bearer(Secret("t"))])
        #expect(try await Shop.request(document, settings: settings).header("Authorization") == "Bearer t")
        #expect(try await Shop.request(document).header("X-Key") == nil)
        #expect(try OpenAPIImport(document: document).notes.isEmpty)
    }

    @Test func `missing credentials are told once, wrong ones stop everything`() throws {
        let document = Self.document("{type: apiKey, in: header, name: X-Key}")
        let notes = try OpenAPIImport(document: document).notes
        #expect(notes.map(\.place) == ["/components/securitySchemes/main"])
        let wrong = OpenAPISettings(credentials: ["main": .basic(user: "u", password: Secret("s3cret"))])
        let error = #expect(throws: OpenAPIError.self) { try OpenAPIImport(document: document, settings: wrong) }
        #expect(error?.code == .badSettings)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test func `no argument takes the place of a credential or of a header of the team's`() async throws {
        let document = Self.document(
            "{type: apiKey, in: header, name: X-Key}",
            operation: "parameters: [{name: x-key, in: header, schema: {}}, {name: X-Team, in: header, schema: {}}]")
        let settings = OpenAPISettings(
            credentials: ["main": .apiKey(Secret("mine"))], headers: [("x-team", Secret("shop"))])
        let request = try await Shop.request(document, ["x-key": "theirs", "X-Team": "theirs"], settings: settings)
        #expect(request.headers.filter { $0.name.lowercased() == "x-key" }.map(\.value) == ["mine"])
        #expect(request.headers.filter { $0.name.lowercased() == "x-team" }.map(\.value) == ["shop"])
    }

    @Test func `secrets are printed as dots`() throws {
        let settings = OpenAPISettings(
            credentials: ["main": .bearer(Secret("s3cret"))], headers: [("x-team", Secret("s3cret"))])
        let imported = try OpenAPIImport(document: Self.document("{type: http, scheme: bearer}"), settings: settings)
        let actions = OpenAPIActions(imported, http: FakeAPI())
        var dumped = ""
        dump(actions, to: &dumped)
        dump(imported, to: &dumped)
        #expect(!dumped.contains("s3cret") && !"\(settings) \(imported) \(actions)".contains("s3cret"))
    }

    @Test func `what a call is made for is told where it is wanted`() async throws {
        let settings = OpenAPISettings(
            contextHeaders: [.session, .ticket, .organization, .externalUser], organization: "fernhill")
        let request = try await Shop.request(Shop.document(""), settings: settings, customer: "cust-7")
        #expect(request.header("x-opencx-session-id") == "s1")
        #expect(request.header("x-opencx-ticket-number") == "4521")
        #expect(request.header("x-opencx-org-id") == "fernhill")
        #expect(request.header("x-opencx-external-user-id") == "cust-7")
        let unknown = try await Shop.request(Shop.document(""), settings: settings)
        #expect(unknown.header("x-opencx-external-user-id") == nil)
        let silent = try await Shop.request(Shop.document(""), customer: "cust-7")
        #expect(!silent.headers.contains { $0.name.hasPrefix("x-opencx") })
    }
}
