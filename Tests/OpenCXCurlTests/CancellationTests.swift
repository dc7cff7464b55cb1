import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct CancellationTests {
    @Test(arguments: [false, true])
    func `a cancelled task closes the connection before the head`(streams: Bool) async throws {
        let (arrived, ended) = (Gate(), Gate())
        try await withServer { connection in
            _ = try connection.request()
            arrived.open()
            connection.waitForEnd()
            ended.open()
        } _: { server in
            let client = CurlHTTPClient(openClient)
            let task = Task {
                let request = HTTPRequest(url: server.url)
                if streams { _ = try await client.open(request) } else { _ = try await client.send(request) }
            }
            #expect(await arrived.passed())
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await ended.passed())
        }
    }

    @Test func `a cancelled task closes the connection while the body is read`() async throws {
        let (half, ended) = (Gate(), Gate())
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            connection.waitForEnd()
            ended.open()
        } _: { server in
            let client = CurlHTTPClient(openClient)
            let task = Task {
                for try await _ in try await client.open(HTTPRequest(url: server.url)).body { half.open() }
            }
            #expect(await half.passed())
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await ended.passed())
        }
    }

    @Test(arguments: [0, 1])
    func `whoever lets go of a response closes its connection`(pieces: Int) async throws {
        let ended = Gate()
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            connection.waitForEnd()
            ended.open()
        } _: { server in
            let client = CurlHTTPClient(openClient)
            do {
                let stream = try await client.open(HTTPRequest(url: server.url))
                if pieces > 0 {
                    for try await _ in stream.body { break }
                }
            }
            #expect(await ended.passed())
            // The client is as good as new.
            let other = try LoopbackServer.start(answering { _, connection in try connection.answer() })
            defer { other.stop() }
            let response = try await client.send(HTTPRequest(url: other.url))
            #expect(response.status == 200)
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let seen = Locked(0)
        try await withServer(
            answering { _, connection in
                seen.withLock { $0 += 1 }
                try connection.answer()
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let begin = Gate()
            let task = Task {
                _ = await begin.passed()
                _ = try await client.send(HTTPRequest(method: "POST", url: server.url))
            }
            task.cancel()
            begin.open()
            await #expect(throws: CancellationError.self) { try await task.value }
            _ = try await client.send(HTTPRequest(url: server.url))
            let count = seen.withLock { $0 }
            #expect(count == 1)
        }
    }

    @Test func `cancelling at any moment loses nothing and hangs nobody`() async throws {
        try await withServer(
            answering { _, connection in
                try connection.answer("200 OK", String(repeating: "x", count: 2000))
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    let task = Task { try await client.send(HTTPRequest(url: server.url)).body.count }
                    group.addTask {
                        // A different moment each time.
                        for _ in 0..<number % 30 { await Task.yield() }
                        task.cancel()
                        if let count = try? await task.value { #expect(count == 2000) }
                    }
                }
            }
            let response = try await client.send(HTTPRequest(url: server.url))
            #expect(response.body.count == 2000)
        }
    }

    @Test func `closing ends what is in flight`() async throws {
        let arrived = Gate()
        try await withServer { connection in
            guard let request = try connection.request() else { return }
            if request.path == "/body" {
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            }
            arrived.open()
            connection.waitForEnd()
        } _: { server in
            let client = CurlHTTPClient(openClient)
            let waiting = Task { try await client.send(HTTPRequest(url: "\(server.url)/head")) }
            #expect(await arrived.passed())
            let stream = try await client.open(HTTPRequest(url: "\(server.url)/body"))
            await client.close()
            let first = await #expect(throws: HTTPClientError.self) { try await waiting.value }
            #expect(first?.code == .interrupted)
            let second = await #expect(throws: HTTPClientError.self) { for try await _ in stream.body {} }
            #expect(second?.code == .interrupted)
            let late = await #expect(throws: HTTPClientError.self) {
                try await client.send(HTTPRequest(url: server.url))
            }
            #expect(late?.code == .unreachable)
            await client.close()
        }
    }

    @Test func `a client that is let go closes its connections`() async throws {
        let ended = Gate()
        try await withServer { connection in
            _ = try connection.request()
            try connection.answer()
            connection.waitForEnd()
            ended.open()
        } _: { server in
            _ = try await CurlHTTPClient(openClient).send(HTTPRequest(url: server.url))
            #expect(await ended.passed())
        }
    }

    @Test func `a client may be closed that was never used`() async {
        await CurlHTTPClient().close()
    }

    @Test func `a response outlives the last mention of its client`() async throws {
        try await withServer(answering { _, connection in try connection.answer("200 OK", "whole") }) { server in
            let stream = try await CurlHTTPClient(openClient).open(HTTPRequest(url: server.url))
            var received: [UInt8] = []
            for try await piece in stream.body { received += piece }
            #expect(received == Array("whole".utf8))
        }
    }
}
