import OpenCXCore
import OpenCXOpenAPI
import Testing

struct ResponseTests {
    static func call(
        _ method: String, limit: Int = 1 << 20, _ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse
    ) async throws -> ActionResult {
        let imported = try OpenAPIImport(
            document: Shop.document("", method: method), settings: OpenAPISettings(responseLimit: limit))
        return try await OpenAPIActions(imported, http: FakeAPI(answer)).call(ActionCall("the_operation", [:]))
    }

    static func response(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    }

    @Test func `status and body are the result, and members can be named in a reply`() async throws {
        let body = #"{"status": "sent", "order": {"id": 7, "items": ["a", "b"]}, "note": null, "jane@example.com": 1}"#
        let result = try await Self.call("get") { _ in Self.response(200, body) }
        #expect(result.text?.reveal() == "status: 200\nbody: \(body)")
        #expect(
            result.fields.mapValues { $0.reveal() } == [
                "http_status": "200", "status": "sent", "order.id": "7", "order.items": "a, b",
            ])
    }

    @Test func `a long body is cut between characters, and binary is only counted`() async throws {
        let long = try await Self.call("get", limit: 10) { _ in Self.response(200, "123456789é123") }
        #expect(long.text?.reveal() == "status: 200\nbody: 123456789\n(The body is longer; the rest was not read.)")
        let binary = try await Self.call("get") { _ in HTTPResponse(status: 200, body: [0, 1, 2, 0xFF]) }
        #expect(binary.text?.reveal() == "status: 200\nbody: 4 bytes that are no text")
    }

    /// Which kind of failure a status is, for a lookup and for a change; `nil` where nobody knows.
    static let statuses: [(Int, ActionError.Code, ActionError.Code?)] = [
        (400, .refused, .refused), (401, .refused, .refused), (404, .notFound, .notFound), (409, .refused, .refused),
        (410, .notFound, .notFound), (422, .refused, .refused), (429, .refused, .refused), (408, .refused, nil),
        (302, .unavailable, nil), (500, .unavailable, nil), (503, .unavailable, nil),
    ]

    @Test(arguments: statuses)
    func `a status says whether anything was done`(
        status: Int, lookup: ActionError.Code, change: ActionError.Code?
    ) async throws {
        let error = await #expect(throws: ActionError.self) {
            try await Self.call("get") { _ in Self.response(status, "no such jane@example.com") }
        }
        #expect(error?.code == lookup)
        #expect(error?.details?.reveal() == "status: \(status)\nbody: no such jane@example.com")
        #expect(error?.description.contains("jane") == false)
        do {
            _ = try await Self.call("post") { _ in Self.response(status, "x") }
            Issue.record("A failure is an error.")
        } catch let error as ActionError {
            #expect(error.code == change)
        } catch {
            #expect(error is HTTPClientError && change == nil)
        }
    }

    static let failures: [(HTTPClientError.Code, String, Bool)] = [
        (.unreachable, "Something went wrong", true), (.badRequest, "Something went wrong", true),
        (.timeout, "status: 408\nbody: Request timed out after 60000ms", false),
        (.interrupted, "Something went wrong", false), (.tooLarge, "Something went wrong", false),
    ]

    @Test(arguments: failures)
    func `without a response, only what was never sent is certain`(
        code: HTTPClientError.Code, details: String, isCertain: Bool
    ) async throws {
        let failure = HTTPClientError(code, "Failed.")
        let lookup = await #expect(throws: ActionError.self) { try await Self.call("get") { _ in throw failure } }
        #expect(lookup?.code == .unavailable)
        #expect(lookup?.details?.reveal() == details)
        do {
            _ = try await Self.call("post") { _ in throw failure }
            Issue.record("A failure is an error.")
        } catch {
            #expect((error is ActionError) == isCertain)
        }
    }

    @Test func `a call takes a minute at most, and a stop stops it`() async throws {
        let request = try await Shop.request(Shop.document(""))
        #expect(request.timeout == .seconds(60))
        await #expect(throws: CancellationError.self) { try await Self.call("get") { _ in throw CancellationError() } }
    }
}
