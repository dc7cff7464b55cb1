import OpenCXCore
import OpenCXCurl
import Testing

@Suite(.timeLimit(.minutes(5))) struct GuardTests {
    /// Other spellings of 127.0.0.1, and names that lead there.
    static let hosts = [
        "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0177.0.0.1",
        "017700000001", "0x7f.1", "127.0.0.1.", "0", "0.0.0.0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]",
        "[::]",
    ]

    @Test(arguments: hosts)
    func `no spelling of loopback gets past the guard`(host: String) async throws {
        try await withServer(answering { _, connection in try connection.answer() }) { server in
            let error = await #expect(throws: HTTPClientError.self) {
                try await CurlHTTPClient().send(
                    HTTPRequest(method: "POST", url: "http://\(host):\(server.port)/", body: [1]))
            }
            #expect(server.connectionCount == 0)
            // A spelling that the resolver does not take is refused even earlier, and names may not exist here.
            #expect(error?.code == .badRequest || error?.code == .unreachable)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
    func `says that it was the guard`(host: String) async throws {
        let error = await #expect(throws: HTTPClientError.self) {
            try await CurlHTTPClient().send(HTTPRequest(url: "http://\(host):9/"))
        }
        #expect(error?.code == .badRequest)
        #expect(error?.message.contains("address policy") == true)
    }

    @Test(arguments: [
        AddressPolicy.unrestricted,
        .publicAnd(networks: [IPNetwork("127.0.0.0/8")!]),
        .publicAnd(networks: [IPNetwork("127.0.0.1")!]),
        .publicAnd(hosts: ["LocalHost."]),
    ])
    func `what the configuration allows is reached`(policy: AddressPolicy) async throws {
        try await withServer(answering { _, connection in try connection.answer() }) { server in
            let client = CurlHTTPClient(CurlConfiguration(addresses: policy))
            for _ in 0..<2 {
                let response = try await client.send(HTTPRequest(url: "http://localhost:\(server.port)/"))
                #expect(response.status == 200)
            }
        }
    }

    @Test func `a host that is allowed does not open its address to others`() async throws {
        try await withServer(answering { _, connection in try connection.answer() }) { server in
            let client = CurlHTTPClient(CurlConfiguration(addresses: .publicAnd(hosts: ["localhost"])))
            _ = try await client.send(HTTPRequest(url: "http://localhost:\(server.port)/"))
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
            }
            #expect(error?.code == .badRequest)
        }
    }

    @Test func `a redirect is guarded like the first request`() async throws {
        try await withServer(
            answering { request, connection in
                let target =
                    request.header("Host").map { "http://127.0.0.1:\($0.split(separator: ":")[1])/inside" } ?? ""
                try connection.answer("302 Found", headers: "Location: \(target)\r\n")
            }
        ) { server in
            let client = CurlHTTPClient(
                CurlConfiguration(addresses: .publicAnd(hosts: ["localhost"]), redirectLimit: 5))
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(HTTPRequest(url: "http://localhost:\(server.port)/"))
            }
            #expect(error?.code == .badRequest)
            #expect(server.connectionCount == 1)
        }
    }
}
