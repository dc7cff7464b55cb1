import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct AccessLogTests {
    private static let routes = RoutePatterns([
        "/", "/v1/sessions/{id}/messages", "/v1/sessions/mine", "/help/{article}", "/files/{path}...",
    ])

    @Test(arguments: [
        ("/", "/"), ("/v1/sessions/0f9a-secret/messages", "/v1/sessions/{id}/messages"),
        ("/v1/sessions/mine", "/v1/sessions/mine"), ("/v1/sessions", "-"), ("/help/a", "/help/{article}"),
        ("/help/a/b", "-"), ("/files/a", "/files/{path}..."), ("/files/a/b/c", "/files/{path}..."), ("/files", "-"),
        ("/eve@example.org", "-"),
    ])
    func `a path becomes its pattern`(path: String, pattern: String) {
        #expect(Self.routes.pattern(of: path) == pattern)
    }

    @Test func `says what was asked and how it went, and nothing about anybody`() async throws {
        let records = Locked<[AccessRecord]>([])
        let statistics = HTTPServerStatistics()
        let server = try await RunningServer.start(
            statistics: statistics, log: { record in records.withLock { $0.append(record) } },
            answer: { request in
                .response(WebhookResponse(status: request.method == "POST" ? 202 : 404, body: Array("1234".utf8)))
            })
        let client = try await server.connect()
        try await client.send(
            "POST /v1/sessions/secret-thread/messages?token=secret HTTP/1.1\r\nHost: t\r\n"
                + "Authorization: Bearer secret\r\nContent-Length: 6\r\n\r\nsecret")
        _ = try await client.response()
        try await client.send("GET /secret HTTP/1.1\r\nHost: t\r\n\r\n")
        _ = try await client.response()
        try await client.send("SECRET / HTTP/1.1\r\nHost: t\r\n\r\n")
        _ = try await client.response()
        try await server.stop()
        let lines = records.withLock { $0 }.map { $0.line(routes: Self.routes) }
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("id=1 method=POST route=/v1/sessions/{id}/messages status=202 bytes=4 ms="))
        #expect(lines[1].hasPrefix("id=2 method=GET route=- status=404 bytes=4 ms="))
        #expect(lines[2].hasPrefix("id=3 method=? route=/ status=501 bytes="))
        #expect(!lines.contains { $0.lowercased().contains("secret") })
        let snapshot = statistics.snapshot
        #expect(snapshot.responses == [202: 1, 404: 1, 501: 1])
        #expect(snapshot.requestsTotal == 3)
        #expect(snapshot.isDraining)
    }
}
