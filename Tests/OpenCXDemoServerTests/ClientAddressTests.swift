import OpenCXCore
import Testing

@testable import OpenCXDemoServer

/// Who a request is said to come from.
@Suite(.timeLimit(.minutes(5))) struct ClientAddressTests {
    private func client(_ peer: String, _ forwarded: [String], behind proxies: [String] = []) -> String? {
        ClientAddress.of(
            IPAddress(peer), forwarded.map { ("X-Forwarded-For", $0) }, behind: proxies.compactMap(AddressRange.init))
    }

    @Test func `whoever connects is the client, whatever they write`() {
        #expect(client("203.0.113.9", []) == "203.0.113.9")
        #expect(client("203.0.113.9", ["192.0.2.1"]) == "203.0.113.9")
        #expect(client("2001:db8::9", ["192.0.2.1"]) == "2001:db8::9")
        #expect(client("203.0.113.9", ["192.0.2.1"], behind: ["198.51.100.1"]) == "203.0.113.9")
    }

    @Test func `what comes from this machine is nobody's`() {
        for peer in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            #expect(client(peer, []) == nil)
            #expect(client(peer, ["192.0.2.1"]) == nil)
        }
    }

    @Test func `a known proxy is believed, as far as it has written`() {
        let proxies = ["127.0.0.1", "10.0.0.0/8"]
        #expect(client("127.0.0.1", ["192.0.2.1"], behind: proxies) == "192.0.2.1")
        // What the client itself has written stands before that.
        #expect(client("127.0.0.1", ["198.51.100.7, 192.0.2.1"], behind: proxies) == "192.0.2.1")
        #expect(client("127.0.0.1", ["198.51.100.7", "192.0.2.1"], behind: proxies) == "192.0.2.1")
        #expect(client("127.0.0.1", ["unreadable, 192.0.2.1"], behind: proxies) == "192.0.2.1")
        #expect(client("127.0.0.1", ["127.0.0.1,192.0.2.1"], behind: proxies) == "192.0.2.1")
        // Two of them, one behind the other.
        #expect(client("127.0.0.1", ["6.6.6.6, 192.0.2.1, 10.1.2.3"], behind: proxies) == "192.0.2.1")
        #expect(client("10.9.9.9", ["2001:db8::1"], behind: proxies) == "2001:db8::1")
        #expect(client("10.9.9.9", ["192.0.2.1:5123"], behind: proxies) == "192.0.2.1")
        #expect(client("10.9.9.9", ["[2001:db8::1]:5123"], behind: proxies) == "2001:db8::1")
    }

    @Test func `where a proxy does not say, nobody is meant`() {
        let proxies = ["127.0.0.1", "10.0.0.0/8"]
        for forwarded in [[], [""], ["unknown"], ["_hidden"], ["192.0.2.1, "], ["10.1.1.1"]] {
            #expect(client("10.9.9.9", forwarded, behind: proxies) == nil, "\(forwarded)")
        }
    }

    @Test(arguments: ["", "x", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8", "10.0.0/8", "localhost"])
    func `what is no network is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `networks hold what begins like them`() throws {
        func holds(_ range: String, _ address: String) throws -> Bool {
            try #require(AddressRange(range)).contains(#require(IPAddress(address)))
        }
        #expect(try holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"))
        #expect(try holds("0.0.0.0/0", "8.8.8.8") && !holds("0.0.0.0/0", "2001:db8::1"))
        #expect(try holds("2001:db8::/32", "2001:db8:ffff::1") && !holds("2001:db8::/32", "2001:db9::1"))
        #expect(
            try holds("2001:db8:0:0:8000::/65", "2001:db8::ffff:0:0:1")
                && !holds("2001:db8:0:0:8000::/65", "2001:db8::1"))
        #expect(try holds("192.0.2.7", "::ffff:192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"))
    }

    @Test func `the listener tells the handler`() async throws {
        let seen = Locked<[String?]>([])
        let configuration = HTTPServerConfiguration(
            trustedProxies: [try #require(AddressRange("127.0.0.0/8"))], drainTimeout: .seconds(3600))
        let handler: RunningServer.Handler = { request in
            seen.withLock { $0.append(request.clientAddress) }
            return WebhookResponse(status: 200)
        }
        try await withServer(configuration, handler: handler) { server in
            let client = try await server.connect()
            for header in ["", "X-Forwarded-For: 1.1.1.1, 192.0.2.1\r\n"] {
                try await client.send("GET / HTTP/1.1\r\nHost: t\r\n\(header)\r\n")
                #expect(try await client.response().status == 200)
            }
        }
        #expect(seen.withLock { $0 } == [nil, "192.0.2.1"])
    }
}
