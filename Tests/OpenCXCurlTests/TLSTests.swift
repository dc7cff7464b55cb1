import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5)), .enabled(if: TLSServer.tool != nil, "there is no openssl to serve TLS with"))
struct TLSTests {
    @Test func `a certificate that nobody vouches for is refused before anything is sent`() async throws {
        let server = try await TLSServer(name: "DNS:localhost,IP:127.0.0.1")
        let client = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPRequest(method: "POST", url: "https://localhost:\(server.port)/", body: [1]))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("certificate") == true)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `a certificate of a configured authority is accepted`(host: String) async throws {
        let server = try await TLSServer(name: "DNS:localhost,IP:127.0.0.1")
        let client = CurlHTTPClient(
            CurlConfiguration(addresses: .unrestricted, certificateAuthorities: server.certificate))
        for _ in 0..<2 {
            let response = try await client.send(HTTPRequest(url: "https://\(host):\(server.port)/"))
            #expect(response.status == 200)
            #expect(String(decoding: response.body, as: UTF8.self).contains("s_server"))
        }
    }

    @Test func `a certificate for another name is refused, whoever vouches for it`() async throws {
        let server = try await TLSServer(name: "DNS:shop.example")
        let client = CurlHTTPClient(
            CurlConfiguration(addresses: .unrestricted, certificateAuthorities: server.certificate))
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/"))
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `a file of authorities that is not there lets nobody in`() async throws {
        let server = try await TLSServer(name: "DNS:localhost")
        let client = CurlHTTPClient(
            CurlConfiguration(addresses: .unrestricted, certificateAuthorities: server.certificate + ".missing"))
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/"))
        }
        #expect(error?.code == .unreachable)
    }
}
