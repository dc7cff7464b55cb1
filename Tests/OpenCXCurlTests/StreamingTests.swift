import Glibc
import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamingTests {
    @Test func `a piece is there as soon as it is sent`() async throws {
        let taken = Gate()
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Kind: stream\r\n\r\n")
            for word in ["one", "two", "three"] {
                // Nothing more comes before the test has what was sent.
                taken.pass()
                try connection.write("\(String(word.utf8.count, radix: 16))\r\n\(word)\r\n")
            }
            taken.pass()
            try connection.write("0\r\nX-Trailer: late\r\n\r\n")
        } _: { server in
            let stream = try await CurlHTTPClient(openClient).open(HTTPRequest(url: server.url))
            #expect(stream.status == 200)
            #expect(stream.header("x-kind") == "stream")
            #expect(stream.header("x-trailer") == nil)
            var pieces: [String] = []
            taken.open()
            for try await piece in stream.body {
                pieces.append(String(decoding: piece, as: UTF8.self))
                taken.open()
            }
            #expect(pieces == ["one", "two", "three"])
        }
    }

    @Test func `takes a response byte by byte`() async throws {
        let answer = """
            HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
            HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nx-twice: 1\r\nX-Twice: 2\r\nTransfer-Encoding: chunked\r\n\r\n\
            3;note=x\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n
            """
        try await withServer(
            answering { _, connection in
                for byte in answer.utf8 { try connection.write([byte]) }
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            for _ in 0..<2 {
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.status == 200)
                #expect(response.header("link") == nil)
                #expect(response.header("x-folded") == "a b")
                #expect(response.headers.filter { $0.name.lowercased() == "x-twice" }.map(\.value) == ["1", "2"])
                #expect(response.body == Array("abcdefg".utf8))
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `a slow reader holds the server up and not the memory`() async throws {
        let size = 96 << 20
        let sent = Locked(0)
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 1 << 20)
            for _ in 0..<size >> 20 {
                try connection.write(piece)
                sent.withLock { $0 += piece.count }
            }
        } _: { server in
            let stream = try await CurlHTTPClient(openClient).open(
                HTTPRequest(url: server.url, responseLimit: size))
            var received = 0
            var most = 0
            for try await piece in stream.body {
                received += piece.count
                most = max(most, piece.count)
                // What is on the way is bounded by the sockets' buffers and what the client holds.
                let ahead = sent.withLock { $0 } - received
                #expect(ahead < 24 << 20)
            }
            #expect(received == size)
            #expect(most <= 512 << 10)
        }
    }

    @Test func `other requests go on while one body waits for its reader`() async throws {
        try await withServer(
            answering { request, connection in
                guard request.path == "/large" else { return try connection.answer("200 OK", "small") }
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(32 << 20)\r\n\r\n")
                for _ in 0..<32 { try connection.write([UInt8](repeating: 7, count: 1 << 20)) }
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let large = try await client.open(HTTPRequest(url: "\(server.url)/large", responseLimit: 32 << 20))
            for _ in 0..<20 {
                let small = try await client.send(HTTPRequest(url: "\(server.url)/small"))
                #expect(small.body == Array("small".utf8))
            }
            var received = 0
            for try await piece in large.body { received += piece.count }
            #expect(received == 32 << 20)
        }
    }

    @Test func `what came before the cut is handed over before the error`() async throws {
        try await withServer { connection in
            _ = try connection.request()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        } _: { server in
            let stream = try await CurlHTTPClient(openClient).open(HTTPRequest(url: server.url))
            var received: [UInt8] = []
            let error = await #expect(throws: HTTPClientError.self) {
                for try await piece in stream.body { received += piece }
            }
            #expect(received == Array("half".utf8))
            #expect(error?.code == .interrupted)
        }
    }
}
