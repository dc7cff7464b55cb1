import OpenCXCore
import OpenCXCurl
import Testing

/// A client that may reach loopback.
let openClient = CurlConfiguration(addresses: .unrestricted)

@Suite(.timeLimit(.minutes(5))) struct ExchangeTests {
    @Test func `sends what it is given and nothing of curl's own`() async throws {
        try await withServer(
            answering { request, connection in
                let headers = request.headers.filter { $0.name != "Accept-Encoding" }
                    .map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                // What else depends on how the library was built.
                guard request.header("Accept-Encoding")?.contains("gzip") == true else { return }
                try connection.answer("200 OK", "\(request.line)\n\(headers)\n\n\(request.text)")
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let response = try await client.send(
                HTTPRequest(
                    method: "POST", url: "\(server.url)/a?b=%20c", headers: [("X-One", "1"), ("X-Empty", "")],
                    body: Array("Grüße".utf8)))
            #expect(response.status == 200)
            #expect(
                String(decoding: response.body, as: UTF8.self) == """
                    POST /a?b=%20c HTTP/1.1
                    Host: 127.0.0.1:\(server.port)
                    User-Agent: opencx-swift
                    Accept: */*
                    X-One: 1
                    X-Empty:\(" ")
                    Content-Length: 7

                    Grüße
                    """)
        }
    }

    @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], [0, 3, 5000])
    func `sends every method with and without a body`(method: String, size: Int) async throws {
        try await withServer(
            answering { request, connection in
                #expect(request.header("Content-Type") == nil)
                try connection.answer("200 OK", "\(request.method) \(request.body.count)")
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            let body = [UInt8](repeating: 120, count: size)
            // Twice, because the second one uses what the first has set.
            for _ in 0..<2 {
                let response = try await client.send(HTTPRequest(method: method, url: server.url, body: body))
                #expect(String(decoding: response.body, as: UTF8.self) == "\(method) \(size)")
                let get = try await client.send(HTTPRequest(url: server.url))
                #expect(String(decoding: get.body, as: UTF8.self) == "GET 0")
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `takes the answer to HEAD without waiting for a body`() async throws {
        try await withServer(
            answering { request, connection in
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n")
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            for _ in 0..<2 {
                let response = try await client.send(HTTPRequest(method: "HEAD", url: server.url))
                #expect(response.header("content-length") == "5000000000")
                #expect(response.body.isEmpty)
            }
        }
    }

    @Test func `keeps a connection for the next request`() async throws {
        try await withServer(answering { request, connection in try connection.answer("200 OK", "ok") }) { server in
            let client = CurlHTTPClient(openClient)
            for _ in 0..<50 {
                let response = try await client.send(HTTPRequest(url: server.url))
                #expect(response.status == 200)
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `serves two hundred requests at once`() async throws {
        let everybody = Gate()
        let waiting = Locked(0)
        try await withServer(
            answering { request, connection in
                // Nobody is answered before all are there.
                let isLast = waiting.withLock { waiting in
                    waiting += 1
                    return waiting == 200
                }
                if isLast { for _ in 0..<200 { everybody.open() } }
                everybody.pass()
                try connection.answer("200 OK", String(request.path))
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let response = try await client.send(HTTPRequest(url: "\(server.url)/\(number)"))
                        return response.body == Array("/\(number)".utf8)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func `a status is an answer and no error`() async throws {
        try await withServer(
            answering { request, connection in
                try connection.answer("\(request.path.dropFirst()) X", "no", headers: "Retry-After: 3\r\n")
            }
        ) { server in
            let client = CurlHTTPClient(openClient)
            for status in [204, 301, 304, 401, 404, 429, 500, 503] {
                let response = try await client.send(HTTPRequest(url: "\(server.url)/\(status)"))
                #expect(response.status == status)
                #expect(response.header("retry-after") == "3")
            }
        }
    }

    @Test func `says that a refused connection did nothing`() async throws {
        let server = try LoopbackServer.start { _ in }
        let url = server.url
        server.stop()
        let error = await #expect(throws: HTTPClientError.self) {
            try await CurlHTTPClient(openClient).send(HTTPRequest(method: "POST", url: url, body: [1]))
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `says that a name without an address did nothing`() async throws {
        let error = await #expect(throws: HTTPClientError.self) {
            try await CurlHTTPClient(openClient).send(HTTPRequest(url: "http://nowhere.invalid/"))
        }
        #expect(error?.code == .unreachable)
    }

    @Test(arguments: [
        // Nothing at all, half a head, half a body, half a chunk.
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", "Good day\r\n\r\n",
    ])
    func `does not know what a request did whose answer is cut`(answer: String) async throws {
        try await withServer { connection in
            _ = try connection.request()
            try connection.write(answer)
        } _: { server in
            let error = await #expect(throws: HTTPClientError.self) {
                try await CurlHTTPClient(openClient).send(HTTPRequest(method: "POST", url: server.url, body: [1]))
            }
            #expect(error?.code == .interrupted)
        }
    }

    @Test(arguments: [("POST", 1), ("DELETE", 1), ("GET", 2)])
    func `sends nothing twice but what is harmless`(method: String, attempts: Int) async throws {
        // The first request is answered; the connection then takes the second one and dies.
        let seen = Locked<[String]>([])
        try await withServer { connection in
            while let request = try connection.request() {
                seen.withLock { $0.append(request.line) }
                if request.path == "/second", seen.withLock({ $0.count }) == 2 { return }
                try connection.answer("200 OK", "ok")
            }
        } _: { server in
            let client = CurlHTTPClient(openClient)
            _ = try await client.send(HTTPRequest(url: "\(server.url)/first"))
            let second = HTTPRequest(method: method, url: "\(server.url)/second")
            if attempts == 1 {
                let error = await #expect(throws: HTTPClientError.self) { try await client.send(second) }
                #expect(error?.code == .interrupted)
            } else {
                #expect(try await client.send(second).status == 200)
            }
            let count = seen.withLock { $0.count }
            #expect(count == 1 + attempts)
        }
    }
}
