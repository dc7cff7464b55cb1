import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct RefusalTests {
    static let requests: [HTTPRequest] = [
        HTTPRequest(url: "http://127.0.0.1/\r\nX: y"),
        HTTPRequest(url: "http://127.0.0.1/a b"),
        HTTPRequest(url: "http://127.0.0.1\\@example.com/"),
        HTTPRequest(url: "http://user:word@127.0.0.1/"),
        HTTPRequest(url: "http://"),
        HTTPRequest(url: "http:///path"),
        HTTPRequest(url: "http://127.0.0.1:port/"),
        HTTPRequest(url: "http://127.0.0.1:99999/"),
        HTTPRequest(url: "ftp://127.0.0.1/"),
        HTTPRequest(url: "file:///etc/passwd"),
        HTTPRequest(url: "/relative"),
        HTTPRequest(url: ""),
        HTTPRequest(url: "http://bücher.example/"),
        HTTPRequest(method: "", url: "http://127.0.0.1/"),
        HTTPRequest(method: "get", url: "http://127.0.0.1/"),
        HTTPRequest(method: "GET / HTTP/1.1\r\nX: y", url: "http://127.0.0.1/"),
        HTTPRequest(method: "CONNECT", url: "http://127.0.0.1/"),
        HTTPRequest(method: "TRACE", url: "http://127.0.0.1/"),
        HTTPRequest(method: "HEAD", url: "http://127.0.0.1/", body: [1]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("X-A", "b\r\nX-C: d")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("X-A", "b\nX-C: d")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("X-A", "b\u{0}c")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("X-A: b\r\nX-C", "d")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("X A", "d")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("", "d")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("Content-Length", "5")]),
        HTTPRequest(url: "http://127.0.0.1/", headers: [("transfer-encoding", "chunked")]),
    ]

    @Test(arguments: requests.indices)
    func `refuses what cannot be sent as it is`(index: Int) async throws {
        let error = await #expect(throws: HTTPClientError.self) {
            try await CurlHTTPClient(openClient).send(Self.requests[index])
        }
        #expect(error?.code == .badRequest)
    }

    @Test func `says nothing secret`() async throws {
        let secret = "sk-canary"
        for url in ["http://nowhere.invalid/?key=\(secret)", "http://127.0.0.1:1/?key=\(secret)", "ftp://x/\(secret)"] {
            let error = await #expect(throws: HTTPClientError.self) {
                try await CurlHTTPClient(openClient).send(
                    HTTPRequest(url: url, headers: [("Authorization", secret)], body: Array(secret.utf8)))
            }
            #expect(error?.description.contains(secret) == false)
        }
    }
}
