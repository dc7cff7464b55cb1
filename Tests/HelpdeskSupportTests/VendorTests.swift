import HelpdeskSupport
import OpenCXCore
import Testing

@Suite struct VendorTests {
    private struct Answering: HTTPClient {
        var answer: @Sendable (HTTPRequest) throws -> HTTPResponse
        func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
            HTTPResponseStream(try answer(request))
        }
    }

    private func api(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) -> VendorAPI {
        VendorAPI(vendor: "Desk", baseURL: "https://api.desk.example", http: Answering(answer: answer)) { "Bearer t" }
    }

    @Test func `a request carries credentials, query and body`() async throws {
        let api = api { request in
            #expect(request.url == "https://api.desk.example/a?limit=5&q=a+b")
            #expect(request.headers.contains { $0 == ("authorization", "Bearer t") })
            #expect(request.body == Array(#"{"x":1}"#.utf8))
            return HTTPResponse(status: 201, headers: [("X-Id", "7")], body: Array(#"{"id":"9"}"#.utf8))
        }
        let answer = try await api.send("POST", "/a", query: [("limit", "5"), ("q", "a b")], body: ["x": 1])
        #expect(answer.body["id"] == "9")
        #expect(answer.header("x-id") == "7")
    }

    @Test(arguments: [
        "https://evil.example/x", "https://api.desk.example.evil.example/x", "https://user@sub.desk.example/x",
        "http://sub.desk.example/x", "https://evildesk.example/x", "ftp://api.desk.example",
    ])
    func `credentials go nowhere else`(link: String) async {
        let api = api { _ in HTTPResponse(status: 200) }
        await #expect(throws: VendorFailure.self) { try await api.send("GET", link, trusting: "desk.example") }
    }

    @Test(arguments: ["https://api.desk.example/x?page=2", "https://acme.desk.example/x", "https://desk.example/x"])
    func `the vendor's own links are followed`(link: String) async throws {
        let api = api { request in
            #expect(request.url == link)
            return HTTPResponse(status: 204)
        }
        #expect(try await api.send("GET", link, trusting: "desk.example").body == .null)
    }

    @Test(arguments: [
        (401, HelpdeskError.Code.unauthorized, false), (403, .unauthorized, false), (404, .rejected, false),
        (409, .unavailable, false), (422, .rejected, false), (429, .unavailable, false), (500, .unavailable, true),
        (503, .unavailable, false),
    ])
    func `a failure says what it means`(status: Int, code: HelpdeskError.Code, mayBeDone: Bool) async {
        let api = api { _ in
            HTTPResponse(
                status: status, headers: [("retry-after", "7")],
                body: Array(#"{"_error":{"title":"Oh no","message":"jane@example.com"}}"#.utf8))
        }
        let failure = await #expect(throws: VendorFailure.self) { try await api.send("GET", "/a") }
        #expect(failure?.mayHaveBeenDone == mayBeDone)
        let error = failure?.helpdeskError(doing: "add a comment")
        #expect(error?.code == code)
        #expect(error?.retryAfter == .seconds(7))
        #expect(error?.message.contains("Oh no") == true)
        #expect(error?.message.contains("jane") == false)
        #expect(failure?.channelError(doing: "reply").isRetryable == (code != .rejected))
    }

    @Test func `no answer and no sense are worth another try`() async {
        let lost = api { _ in throw HTTPClientError(.unreachable, "No route.") }
        let failure = await #expect(throws: VendorFailure.self) { try await lost.send("GET", "/a") }
        #expect(failure?.mayHaveBeenDone == true)
        #expect(failure?.helpdeskError(doing: "list tags").isRetryable == true)
        let garbled = api { _ in HTTPResponse(status: 200, body: Array("<html>".utf8)) }
        let other = await #expect(throws: VendorFailure.self) { try await garbled.send("GET", "/a") }
        #expect(other?.sourceError(doing: "list articles").code == .unreachable)
    }

    @Test(arguments: [
        (0, true), (299_999, true), (-300_000, true), (300_001, false), (-300_001, false), (Int64.min, false),
    ])
    func `old and future requests are not believed`(offset: Int64, isFresh: Bool) {
        let now = Timestamp(milliseconds: 1_760_000_000_000)
        #expect(WebhookClock.isFresh(milliseconds: now.milliseconds &+ offset, now: now) == isFresh)
    }
}
