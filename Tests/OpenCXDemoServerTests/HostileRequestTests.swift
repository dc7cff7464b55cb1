import OpenCXCore
import OpenCXDemoServer
import Testing

/// Requests that no client would send, made from a seed: a failing case says which one.
@Suite(.timeLimit(.minutes(2)), .serialized) struct HostileRequestTests {
    @Test(arguments: 0..<16) func `whatever comes, the next client is answered`(seed: Int) async throws {
        let seen = Locked<[WebhookRequest]>([])
        let statistics = HTTPServerStatistics()
        var configuration = HTTPServerConfiguration(
            maximumBodyBytes: 1000, headTimeout: .seconds(5), bodyTimeout: .seconds(5),
            drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(20)
        let server = try await RunningServer.start(
            configuration, statistics: statistics,
            answer: { request in
                seen.withLock { $0.append(request) }
                return .response(WebhookResponse(status: 200, body: request.body))
            })
        let polite = try await server.connect()
        func ask() async throws {
            try await polite.send("POST /polite HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nok")
            let response = try await polite.response()
            #expect(response.status == 200)
            #expect(response.text == "ok")
        }
        try await ask()
        var random = HostileRequests(seed: UInt64(seed))
        for _ in 0..<8 {
            let rude = try await server.connect()
            // The server may close while the request is still being sent.
            try? await rude.send(random.next())
            try await ask()
            rude.abort()
        }
        try await server.stop()
        for request in seen.withLock({ $0 }) {
            #expect(RequestLimits.hold(for: request), "\(request)")
        }
        #expect(statistics.snapshot.requestsInFlight == 0)
        #expect(statistics.snapshot.connections == 0)
    }

    /// What a handler may rely on, whatever was sent.
    private enum RequestLimits {
        static func hold(for request: WebhookRequest) -> Bool {
            let texts =
                [request.path] + request.query.flatMap { [$0.name, $0.value] }
                + request.headers.flatMap { [$0.name, $0.value] }
            let lengths = request.headers.count {
                ["content-length", "transfer-encoding"].contains($0.name.lowercased())
            }
            return request.body.count <= 1000 && lengths <= 1
                && (request.path.hasPrefix("/") || request.path == "*" && request.method == "OPTIONS")
                && texts.allSatisfy { !$0.utf8.contains { [0, 10, 13].contains($0) } }
                && request.headers.count { $0.name.lowercased() == "host" } <= 1
        }
    }
}

/// Makes requests that are nearly right.
struct HostileRequests {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var bytes = Array(request().utf8)
        for _ in 0..<pick([0, 0, 1, 2, 5]) { mutate(&bytes) }
        return bytes
    }

    private mutating func request() -> String {
        let count = pick([1, 1, 1, 2, 8])
        return (0..<count).map { _ in one() }.joined()
    }

    private mutating func one() -> String {
        let method = pick(["GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "", "G\u{0}T", "POST POST", "M"])
        let target = pick([
            "/", "/a?b=c", "/%00", "/%zz", "//", "/../../etc/passwd", "http://t/x", "*", "", "/\u{0}",
            "/" + String(repeating: "a", count: 20_000), "/ä",
        ])
        let version = pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "http/1.1", "HTTP/1.1 ", ""])
        let body = pick(["", "hello", String(repeating: "x", count: 2000)])
        let end = pick(["\r\n", "\r\n", "\r\n", "\n", "\r"])
        let lines = pick([1, 2, 3, 500]) - 1
        let headers =
            (0..<lines).map { _ in header(for: body) } + [pick(["Host: t", "Host: t", "", "Host: t\r\nHost: u"])]
        return "\(method) \(target) \(version)\(end)\(headers.joined(separator: end))\(end)\(end)\(body)"
    }

    private mutating func header(for body: String) -> String {
        pick([
            "Content-Length: \(body.utf8.count)", "Content-Length: 1", "Content-Length: -1", "Content-Length: 1e9",
            "Content-Length: 18446744073709551616", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding : chunked", "transfer-encoding: CHUNKED", " folded: yes", "X", ": empty",
            "X-Nul: a\u{0}b", "Connection: close", "Connection: keep-alive, upgrade", "Upgrade: h2c",
            "Expect: 100-continue", "X-Long: " + String(repeating: "y", count: 9000), "Content-Length: 1, 1",
            "Range: bytes=0-18446744073709551615", "Cookie: " + String(repeating: "a=b; ", count: 300),
        ])
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 3: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: bytes.prefix(64), at: place)
        }
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(random.next() % UInt64(values.count))]
    }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
