import Glibc
import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct ProxyTests {
    @Test func `goes through the proxy that is configured`() async throws {
        try await withServer(answering { request, connection in try connection.answer("200 OK", request.line) }) {
            server in
            let client = CurlHTTPClient(CurlConfiguration(proxy: server.url))
            let response = try await client.send(HTTPRequest(url: "http://shop.invalid/a"))
            #expect(String(decoding: response.body, as: UTF8.self) == "GET http://shop.invalid/a HTTP/1.1")
        }
    }

    @Test(arguments: ["10.0.0.1", "[::1]", "2130706433"])
    func `asks no proxy for an address of the inside`(host: String) async throws {
        try await withServer(answering { _, connection in try connection.answer() }) { server in
            let client = CurlHTTPClient(CurlConfiguration(proxy: server.url))
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(HTTPRequest(url: "http://\(host)/"))
            }
            #expect(error?.code == .badRequest)
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `does not ask the environment for a proxy`() async {
        // In a process of its own, because the environment is everybody's.
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] { setenv(name, "http://127.0.0.1:1", 1) }
            unsetenv("no_proxy")
            try await withServer(answering { _, connection in try connection.answer() }) { server in
                let response = try await CurlHTTPClient(openClient).send(HTTPRequest(url: server.url))
                #expect(response.status == 200)
            }
        }
    }
}
