import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    /// A body that is made by hand, and tells what it was asked for.
    final class Body: Sendable {
        private let pieces = AsyncStream.makeStream(of: [UInt8].self)
        let asked = Locked(0)
        let askedOnce = Gate()
        let ended = Gate()

        func say(_ text: String) { pieces.continuation.yield(Array(text.utf8)) }
        func finish() { pieces.continuation.finish() }

        /// The answer; `last` is said when the body is told to end.
        func answer(last: String? = nil) -> WebhookAnswer {
            let stream = pieces.stream
            let isOver = Locked(false)
            // A body that is given up between two pieces is not asked again: it goes without a word.
            let life = Life(ended)
            let body = AsyncStream<[UInt8]>(unfolding: {
                guard !isOver.withLock({ $0 }) else { return nil }
                defer { withExtendedLifetime(life) {} }
                self.asked.withLock { $0 += 1 }
                self.askedOnce.open()
                var iterator = stream.makeAsyncIterator()
                if let piece = await iterator.next() { return piece }
                isOver.withLock { $0 = true }
                self.ended.open()
                return Task.isCancelled ? last.map { Array($0.utf8) } : nil
            })
            return .stream(WebhookStream(headers: [("Content-Type", "text/plain")], body: body))
        }
    }

    /// Opens a gate when nobody holds it any more.
    private final class Life: Sendable {
        private let gate: Gate

        init(_ gate: Gate) { self.gate = gate }

        deinit { gate.open() }
    }

    private static let request = "GET /stream HTTP/1.1\r\nHost: t\r\n\r\n"

    @Test func `sends pieces as they come, and keeps the connection`() async throws {
        let body = Body()
        let server = try await RunningServer.start(answer: { request in
            request.path == "/stream" ? body.answer() : .response(await echo(request))
        })
        let client = try await server.connect()
        try await client.send(Self.request)
        let head = try await client.response(withoutBody: true)
        #expect(head.status == 200)
        #expect(head.header("Transfer-Encoding") == "chunked")
        #expect(head.header("Content-Type") == "text/plain")
        for text in ["one", "two", "three"] {
            body.say(text)
            let piece = try await client.piece()
            #expect(piece.map { String(decoding: $0, as: UTF8.self) } == text)
        }
        body.finish()
        #expect(try await client.piece() == nil)
        try await client.send("GET /next HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(try await client.response().header("X-Path") == "/next")
        try await server.stop()
    }

    @Test(arguments: [1, 4096, 100_000, 3 << 20])
    func `sends large pieces whole`(size: Int) async throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let count = Locked(0)
        let server = try await RunningServer.start(answer: { _ in
            .stream(
                WebhookStream(
                    body: AsyncStream(unfolding: { () -> [UInt8]? in
                        count.withLock { count in
                            count += 1
                            return count <= 2 ? bytes : nil
                        }
                    })))
        })
        let response = try await server.get("/")
        #expect(response.body == bytes + bytes)
        try await server.stop()
    }

    @Test func `asks for a piece only when the last one is taken`() async throws {
        let asked = Locked(0)
        let piece = [UInt8](repeating: 120, count: 64 << 10)
        let server = try await RunningServer.start(
            HTTPServerConfiguration(drainTimeout: .zero),
            answer: { request in
                guard request.path == "/stream" else { return .response(await echo(request)) }
                return .stream(
                    WebhookStream(
                        body: AsyncStream(unfolding: {
                            asked.withLock { $0 += 1 }
                            return piece
                        })))
            })
        let client = try await server.connect()
        try await client.send(Self.request)
        #expect(try await client.response(withoutBody: true).status == 200)
        // The client reads nothing. What the system's buffers take is a few megabytes; other clients go on meanwhile, so
        // this waits until no piece was asked for during fifty of their requests.
        var before = -1
        while before != asked.withLock({ $0 }) {
            before = asked.withLock { $0 }
            for _ in 0..<50 { #expect(try await server.get("/").status == 200) }
        }
        #expect(before * piece.count < 64 << 20)
        try await server.stop()
    }

    @Test(arguments: [true, false])
    func `ends the body when the client is gone`(politely: Bool) async throws {
        let body = Body()
        var configuration = HTTPServerConfiguration(drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(10)
        let server = try await RunningServer.start(configuration, answer: { _ in body.answer() })
        let client = try await server.connect()
        try await client.send(Self.request)
        body.say("one")
        _ = try await client.response(withoutBody: true)
        _ = try await client.piece()
        politely ? client.close() : client.abort()
        await body.ended.pass()
        try await server.stop()
    }

    @Test func `a body that is told to end says its last words`() async throws {
        let body = Body()
        let server = try await RunningServer.start(answer: { _ in body.answer(last: "bye") })
        let client = try await server.connect()
        try await client.send(Self.request)
        _ = try await client.response(withoutBody: true)
        body.say("one")
        _ = try await client.piece()
        server.cancel()
        #expect(try await client.piece().map { String(decoding: $0, as: UTF8.self) } == "bye")
        #expect(try await client.piece() == nil)
        try await server.stop()
    }

    @Test func `a body that does not end is ended`() async throws {
        let gate = Gate()
        let server = try await RunningServer.start(
            HTTPServerConfiguration(drainTimeout: .zero),
            answer: { _ in
                .stream(
                    WebhookStream(
                        body: AsyncStream(unfolding: { () -> [UInt8]? in
                            await gate.pass()
                            return nil
                        })))
            })
        let client = try await server.connect()
        try await client.send(Self.request)
        _ = try await client.response(withoutBody: true)
        await gate.arrivals(1)
        try await server.stop()
        #expect(try await client.piece() == nil)
        gate.open()
    }

    @Test func `a handler that waits for news is told to end, one that changes something is not`() async throws {
        let waiting = Gate()
        let working = Gate()
        let server = try await RunningServer.start(handler: { request in
            guard request.method == "GET" else {
                await working.pass()
                return WebhookResponse(status: Task.isCancelled ? 500 : 202)
            }
            let (news, continuation) = AsyncStream.makeStream(of: Int.self)
            defer { continuation.finish() }
            let (notices, notice) = AsyncStream.makeStream(of: Void.self)
            async let arrival: Void = waiting.pass()
            for await _ in news {}
            notice.finish()
            for await _ in notices {}
            await arrival
            return WebhookResponse(status: 200, body: Array("no news".utf8))
        })
        waiting.open()
        let poller = try await server.connect()
        try await poller.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
        let writer = try await server.connect()
        try await writer.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx")
        await waiting.arrivals(1)
        await working.arrivals(1)
        server.cancel()
        #expect(try await poller.response().text == "no news")
        working.open()
        #expect(try await writer.response().status == 202)
        try await server.stop()
    }

    @Test func `HEAD of an answer that grows asks for nothing of it`() async throws {
        let body = Body()
        let server = try await RunningServer.start(answer: { _ in body.answer() })
        let client = try await server.connect()
        try await client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n")
        #expect(try await client.response(withoutBody: true).status == 200)
        try await server.stop()
        #expect(body.asked.withLock { $0 } == 0)
    }

    @Test func `an older client reads to the connection's end`() async throws {
        let body = Body()
        let server = try await RunningServer.start(answer: { _ in body.answer() })
        let client = try await server.connect()
        try await client.send("GET /stream HTTP/1.0\r\n\r\n")
        let head = try await client.response(withoutBody: true)
        #expect(head.header("Transfer-Encoding") == nil)
        body.say("one")
        body.finish()
        try await client.readToEnd()
        try await server.stop()
    }

    @Test func `streams under load begin, grow and end, or lose their clients`() async throws {
        var configuration = HTTPServerConfiguration(drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(10)
        let server = try await RunningServer.start(
            configuration,
            answer: { _ in
                let left = Locked(20)
                return .stream(
                    WebhookStream(
                        body: AsyncStream(unfolding: { () -> [UInt8]? in
                            await Task.yield()
                            return left.withLock { left in
                                left -= 1
                                return left >= 0 ? Array("piece \(left)\n".utf8) : nil
                            }
                        })))
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    for round in 0..<5 {
                        let client = try await server.connect()
                        try await client.send(Self.request)
                        if (number + round).isMultiple(of: 3) {
                            client.abort()
                        } else {
                            let text = try await client.response().text
                            #expect(text.hasSuffix("piece 0\n"))
                            #expect(text.split(separator: "\n").count == 20)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await server.stop()
    }
}
