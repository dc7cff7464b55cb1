import CZlib
import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct LimitTests {
    @Test(arguments: [(1000, true), (1001, false)])
    func `takes a body up to its limit`(size: Int, fits: Bool) async throws {
        try await withServer(
            answering { _, connection in
                try connection.answer("200 OK", String(repeating: "x", count: size))
            }
        ) { server in
            let request = HTTPRequest(url: server.url, responseLimit: 1000)
            let client = CurlHTTPClient(openClient)
            if fits {
                let response = try await client.send(request)
                #expect(response.body.count == size)
            } else {
                let collected = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
                #expect(collected?.code == .tooLarge)
                let streamed = await #expect(throws: HTTPClientError.self) {
                    for try await _ in try await client.open(request).body {}
                }
                #expect(streamed?.code == .tooLarge)
            }
        }
    }

    @Test func `undoes gzip, and the limit is on what comes out`() async throws {
        let small = try gzipped([UInt8](repeating: 65, count: 5000))
        let bomb = try gzipped([UInt8](repeating: 0, count: 16 << 20))
        #expect(bomb.count < 50_000)
        try await withServer(
            answering { request, connection in
                let body = request.path == "/bomb" ? bomb : small
                try connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
                try connection.write(body)
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let response = try await client.send(HTTPRequest(url: server.url))
            #expect(response.body == [UInt8](repeating: 65, count: 5000))
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(HTTPRequest(url: "\(server.url)/bomb", responseLimit: 1 << 20))
            }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test(arguments: [(200, false), (4000, true)])
    func `takes large heads, but not endless ones`(lines: Int, isRefused: Bool) async throws {
        let headers = (0..<lines).map { "X-\($0): \(String(repeating: "v", count: 100))\r\n" }.joined()
        try await withServer(
            answering { _, connection in
                try connection.answer("200 OK", "body", headers: headers)
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let request = HTTPRequest(url: server.url)
            if isRefused {
                let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
                #expect(error?.code == .tooLarge)
            } else {
                let response = try await client.send(request)
                #expect(response.header("x-\(lines - 1)")?.count == 100)
            }
        }
    }

    @Test func `a server that never answers is given up on`() async throws {
        let ended = Gate()
        try await withServer { connection in
            _ = try connection.request()
            connection.waitForEnd()
            ended.open()
        } _: { server in
            let error = await #expect(throws: HTTPClientError.self) {
                try await CurlHTTPClient(openClient).send(
                    HTTPRequest(url: server.url, firstByteTimeout: .milliseconds(50)))
            }
            #expect(error?.code == .timeout)
            // And its connection is closed.
            #expect(await ended.passed())
        }
    }

    @Test func `a body that never ends is given up on`() async throws {
        let ended = Gate()
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            connection.waitForEnd()
            ended.open()
        } _: { server in
            let stream = try await CurlHTTPClient(openClient).open(
                HTTPRequest(url: server.url, firstByteTimeout: .seconds(20), timeout: .milliseconds(1500)))
            #expect(stream.status == 200)
            let error = await #expect(throws: HTTPClientError.self) { for try await _ in stream.body {} }
            #expect(error?.code == .timeout)
            #expect(await ended.passed())
        }
    }

    @Test func `the time for the first byte does not count for the body`() async throws {
        let late = Gate()
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha")
            late.pass()
            try connection.write("lf")
            connection.waitForEnd()
        } _: { server in
            let client = CurlHTTPClient(openClient)
            let stream = try await client.open(HTTPRequest(url: server.url, firstByteTimeout: .milliseconds(1500)))
            // Another request runs into the same limit; by then the first has passed it too.
            let other = try LoopbackServer.start { $0.waitForEnd() }
            defer { other.stop() }
            _ = try? await client.send(HTTPRequest(url: other.url, firstByteTimeout: .milliseconds(1500)))
            late.open()
            var received: [UInt8] = []
            for try await piece in stream.body { received += piece }
            #expect(received == Array("half".utf8))
        }
    }

    @Test func `a connection that is never made did nothing`() async throws {
        // An address for documentation: nothing answers there, or the network says at once that it cannot be reached.
        let error = await #expect(throws: HTTPClientError.self) {
            try await CurlHTTPClient(openClient).send(
                HTTPRequest(url: "http://192.0.2.1/", connectTimeout: .milliseconds(50)))
        }
        #expect(error?.code == .unreachable)
    }
}

/// The bytes as a gzip file.
private func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    let isReady = deflateInit2_(
        &stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    try #require(isReady == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let count = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
        }
    }
    return Array(output.prefix(count))
}
