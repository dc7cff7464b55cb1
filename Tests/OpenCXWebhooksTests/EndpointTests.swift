import OpenCXCore
import OpenCXTesting
import OpenCXWebhooks
import Testing

private let secret = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
private let event = EventDelivery(
    id: "event.7", name: .started, at: Timestamp(milliseconds: 1_614_265_330_123),
    payload: ["b": 1, "a": ["text": "Grüße, [EMAIL_1]"]])

struct EndpointTests {
    @Test func `posts the event, signed at the time of the try`() async throws {
        let http = AnsweringClient { _ in HTTPResponse(status: 204) }
        let clock = ManualClock()
        let endpoint = try endpoint(http, clock)
        try await endpoint.deliver(event)
        clock.advance(by: .seconds(3600))
        try await endpoint.deliver(event)
        let requests = http.requests
        #expect(requests.map(\.method) == ["POST", "POST"])
        #expect(requests.allSatisfy { $0.url == "https://crm.example.com/hooks?x=1" })
        #expect(
            String(decoding: requests[0].body, as: UTF8.self)
                == #"{"data":{"a":{"text":"Grüße, [EMAIL_1]"},"b":1},"timestamp":"2021-02-25T15:02:10.123Z","type":"conversation.started"}"#
        )
        #expect(requests[0].body == requests[1].body)
        let verifier = try WebhookVerifier(secrets: [secret])
        for (request, time) in zip(requests, [clock.now() - .seconds(3600), clock.now()]) {
            let received = WebhookRequest(headers: request.headers, body: request.body)
            let id = try verifier.verify(received, at: time)
            #expect(id == "event%2E7")
            #expect(received.header("content-type") == "application/json")
        }
        #expect(requests[0].timeout == .seconds(20))
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `any 2xx is a success`(status: Int) async throws {
        try await endpoint(AnsweringClient { _ in HTTPResponse(status: status) }).deliver(event)
    }

    @Test(arguments: [
        (300, EventError.Code.unavailable), (301, .unavailable), (307, .unavailable), (400, .unavailable),
        (401, .unauthorized), (403, .unauthorized), (404, .unavailable), (410, .rejected), (429, .unavailable),
        (500, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable),
    ])
    func `everything else is a failure, and only 410 is the last word`(status: Int, code: EventError.Code) async throws
    {
        let endpoint = try endpoint(AnsweringClient { _ in HTTPResponse(status: status) })
        let error = await #expect(throws: EventError.self) { try await endpoint.deliver(event) }
        #expect(error?.code == code)
        #expect(error?.isRetryable == (status != 410))
        #expect(error?.retryAfter == nil)
    }

    @Test(arguments: [429, 500, 503, 404, 401])
    func `comes back when the receiver says so`(status: Int) async throws {
        let inSeconds = try endpoint(
            AnsweringClient { _ in HTTPResponse(status: status, headers: [("Retry-After", "90")]) })
        let first = await #expect(throws: EventError.self) { try await inSeconds.deliver(event) }
        #expect(first?.retryAfter == .seconds(90))
        let byDate = try endpoint(
            AnsweringClient { _ in
                HTTPResponse(
                    status: status,
                    headers: [
                        ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT"),
                    ])
            })
        let second = await #expect(throws: EventError.self) { try await byDate.deliver(event) }
        #expect(second?.retryAfter == .seconds(120))
    }

    @Test(arguments: [
        HTTPClientError.Code.unreachable, .interrupted, .timeout, .tooLarge, .badRequest,
    ])
    func `a network that fails is tried again`(code: HTTPClientError.Code) async throws {
        let endpoint = try endpoint(AnsweringClient { _ in throw HTTPClientError(code, "No luck.") })
        let error = await #expect(throws: EventError.self) { try await endpoint.deliver(event) }
        #expect(error?.code == .unavailable)
    }

    @Test func `being cancelled is no failure of the receiver`() async throws {
        let endpoint = try endpoint(AnsweringClient { _ in throw CancellationError() })
        await #expect(throws: CancellationError.self) { try await endpoint.deliver(event) }
    }

    @Test(arguments: [
        ("https://example.com", false, true), ("HTTPS://example.com/x", false, true),
        ("https://127.0.0.1:8443/", false, true),
        ("http://example.com", false, false), ("http://example.com", true, false),
        ("http://127.0.0.1:80/x", false, false),
        ("http://127.0.0.1:80/x", true, true), ("http://localhost", true, true), ("http://[::1]:80?x", true, true),
        ("http://127.0.0.1.example.com/", true, false), ("http://localhost@example.com/", true, false),
        ("https://user:word@example.com/", true, false), ("http://[::2]/", true, false),
        ("ftp://localhost/", true, false),
        ("//localhost/", true, false), ("localhost", true, false), ("https:/example.com", true, false),
        ("https://", true, false),
        ("", true, false),
    ])
    func `sends in plain text to nobody but this machine`(url: String, allowsLoopback: Bool, isFine: Bool) throws {
        let make = {
            try HTTPWebhookEndpoint(
                id: "e", url: url, secrets: [secret], allowsPlainLoopback: allowsLoopback,
                http: AnsweringClient { _ in HTTPResponse(status: 200) }, clock: ManualClock())
        }
        if isFine {
            _ = try make()
        } else {
            let error = #expect(throws: WebhookError.self) { try make() }
            #expect(error?.code == .badURL)
        }
    }

    private func endpoint(_ http: AnsweringClient, _ clock: ManualClock = ManualClock()) throws -> HTTPWebhookEndpoint {
        try HTTPWebhookEndpoint(
            id: "crm", url: "https://crm.example.com/hooks?x=1", secrets: [secret], http: http, clock: clock)
    }
}

/// All that a client of one's own needs.
private final class AnsweringClient: HTTPClient {
    private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse
    private let seen = Locked<[HTTPRequest]>([])

    init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
        self.answer = answer
    }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        seen.withLock { $0.append(request) }
        return HTTPResponseStream(try await answer(request))
    }
}
