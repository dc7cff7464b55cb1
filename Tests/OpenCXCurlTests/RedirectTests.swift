import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct RedirectTests {
    /// Sends `/N` on to `/N-1`, and answers `/0` with what it was sent.
    static let countdown = answering { request, connection in
        if let number = Int(request.path.dropFirst()), number > 0 {
            return try connection.answer("302 Found", "gone", headers: "Location: \(number - 1)\r\n")
        }
        try connection.answer("200 OK", "\(request.method) \(request.header("x-api-key") ?? "none")")
    }

    @Test(arguments: [(0, 1, 302), (3, 3, 200), (3, 4, 302)])
    func `follows as often as it may`(limit: Int, hops: Int, status: Int) async throws {
        try await withServer(Self.countdown) { server in
            let client = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted, redirectLimit: limit))
            let request = HTTPRequest(url: "\(server.url)/\(hops)", headers: [("X-Api-Key", "key")])
            let response = try await client.send(request)
            #expect(response.status == status)
            if status == 200 { #expect(response.body == Array("GET key".utf8)) }
            let stream = try await client.open(request)
            #expect(stream.status == status)
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE"])
    func `a request that changes something is not sent on`(method: String) async throws {
        try await withServer(Self.countdown) { server in
            let client = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted, redirectLimit: 5))
            let response = try await client.send(HTTPRequest(method: method, url: "\(server.url)/1", body: [1]))
            #expect(response.status == 302)
        }
    }

    @Test func `another origin learns no credentials`() async throws {
        try await withServer(
            answering { request, connection in
                try connection.answer(
                    "200 OK", request.headers.map { $0.name.lowercased() }.sorted().joined(separator: " "))
            }
        ) { other in
            try await withServer(
                answering { _, connection in
                    try connection.answer("307 X", headers: "Location: \(other.url)/\r\n")
                }
            ) { server in
                let client = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted, redirectLimit: 1))
                let response = try await client.send(
                    HTTPRequest(
                        url: server.url,
                        headers: [
                            ("Authorization", "Bearer x"), ("X-Api-Key", "x"), ("Cookie", "x"), ("Accept", "text/html"),
                        ]))
                #expect(String(decoding: response.body, as: UTF8.self) == "accept accept-encoding host user-agent")
            }
        }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "http://[broken", ""])
    func `goes nowhere but to the web`(location: String) async throws {
        try await withServer(
            answering { _, connection in
                try connection.answer("302 Found", headers: "Location: \(location)\r\n")
            }
        ) { server in
            let client = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted, redirectLimit: 1))
            let response = try await client.send(HTTPRequest(url: server.url))
            #expect(response.status == 302)
        }
    }
}
