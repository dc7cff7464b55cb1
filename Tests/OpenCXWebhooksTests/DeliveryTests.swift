import OpenCXCore
import OpenCXCurl
import OpenCXDemoServer
import OpenCXTesting
import OpenCXWebhooks
import Testing

/// From an endpoint over a real connection into a receiver that checks what it gets.
@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
    @Test func `a receiver takes what an endpoint sends`() async throws {
        let secret = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        let clock = ManualClock()
        let verifier = try WebhookVerifier(secrets: [secret])
        let received = Locked<[String]>([])
        let server = HTTPServer(configuration: HTTPServerConfiguration()) { request in
            do {
                let id = try verifier.verify(request, at: clock.now())
                received.withLock { $0.append("\(id) \(String(decoding: request.body, as: UTF8.self))") }
                return WebhookResponse(status: 200, body: Array(repeating: 120, count: 1 << 20))
            } catch {
                return WebhookResponse(status: 400)
            }
        }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { continuation.yield($0) } }
        var ready = ports.makeAsyncIterator()
        let port = try #require(await ready.next())

        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        let event = EventDelivery(id: "1", name: .started, at: .epoch, payload: ["n": 1])
        func endpoint(_ secret: Secret) throws -> HTTPWebhookEndpoint {
            try HTTPWebhookEndpoint(
                id: "e", url: "http://127.0.0.1:\(port)/", secrets: [secret], allowsPlainLoopback: true, http: http,
                clock: clock)
        }
        try await endpoint(secret).deliver(event)
        try await endpoint(secret).deliver(event)
        let seen = received.withLock { $0 }
        let expected = #"1 {"data":{"n":1},"timestamp":"1970-01-01T00:00:00.000Z","type":"conversation.started"}"#
        #expect(seen == [expected, expected])

        let wrong = Secret("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        let error = await #expect(throws: EventError.self) { try await endpoint(wrong).deliver(event) }
        #expect(error?.isRetryable == true)

        await http.close()
        running.cancel()
        try await running.value
    }
}
