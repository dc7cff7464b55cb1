internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXDemoServer
internal import OpenCXSearch

/// What a machine asks about the process: whether it lives, whether it is of use, and what it has done.
struct HealthPages: Sendable {
    static let routes = ["/healthz", "/readyz", "/metrics"]

    let house: House
    let server: HTTPServerStatistics
    let requests: RequestTimes
    /// Whether the agent runs.
    let isRunning: Locked<Bool>
    private let token: Secret?

    init(_ house: House, server: HTTPServerStatistics, requests: RequestTimes, isRunning: Locked<Bool>) throws {
        self.house = house
        self.server = server
        self.requests = requests
        self.isRunning = isRunning
        guard case .token(let variable) = house.configuration.server.metrics else {
            token = nil
            return
        }
        guard let value = ProcessInfo.processInfo.environment[variable], value.utf8.count >= 16 else {
            throw Failure("The variable \(variable), with the token for /metrics, needs at least 16 bytes.")
        }
        token = Secret(value)
    }

    /// Answers a request; `nil` when it is not for these pages.
    func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        guard Self.routes.contains(request.path) else { return nil }
        guard request.method == "GET" else { return .response(.error(405, "Use GET.")) }
        return switch request.path {
        case "/healthz": .response(.json(["status": "ok"]))
        case "/readyz": .response(await readiness())
        default: .response(await metrics(request))
        }
    }

    private func readiness() async -> WebhookResponse {
        var checks: [(name: String, isWell: Bool)] = [
            ("agent", isRunning.withLock { $0 }), ("listener", !server.snapshot.isDraining),
        ]
        // There is no such delivery, so nothing changes; but the store's writer has had its turn.
        let isWritable = (try? await house.store.redrive("readiness", at: house.agent.parts.clock.now())) != nil
        checks.append(("store", isWritable))
        let isIndexed = house.configuration.knowledge == nil || house.index.knowledgeVersion != nil
        checks.append(("knowledge", isIndexed))
        let isReady = checks.allSatisfy(\.isWell)
        let states = checks.map { ($0.name, JSONValue.string($0.isWell ? "ok" : "not ready")) }
        var response = WebhookResponse.json(
            [
                "status": .string(isReady ? "ready" : "not ready"),
                "checks": .object(Dictionary(uniqueKeysWithValues: states)),
            ], status: isReady ? 200 : 503)
        response.headers.append(("cache-control", "no-store"))
        return response
    }

    // MARK: Metrics

    private func metrics(_ request: WebhookRequest) async -> WebhookResponse {
        switch house.configuration.server.metrics {
        case .nobody: return .error(404, "There is nothing at this path.")
        case .thisMachine:
            guard request.isFromThisMachine else { return .error(403, "Metrics are for this machine only.") }
        case .token:
            guard let token, let given = request.header("authorization"),
                token.isEqual(to: given, after: "Bearer ")
            else { return .error(401, "Metrics need a bearer token.") }
        }
        var page = PrometheusText()
        house.meter.metrics.write(to: &page, prices: house.configuration.prices)
        await writeOutbox(to: &page)
        writeServer(to: &page)
        return WebhookResponse(
            status: 200,
            headers: [
                ("content-type", "text/plain; version=0.0.4; charset=utf-8"), ("cache-control", "no-store"),
            ], body: Array(page.text.utf8))
    }

    private func writeOutbox(to page: inout PrometheusText) async {
        var depths: [PrometheusText.Sample] = []
        for state in [OutboxEntry.State.pending, .dead] {
            guard let count = try? await house.store.outboxCount(state) else { continue }
            depths.append(.init(count, [.init("state", state.rawValue)]))
        }
        page.gauge("opencx_outbox_entries", "Deliveries that wait, or were given up.", depths)
    }

    private func writeServer(to page: inout PrometheusText) {
        let now = server.snapshot
        page.gauge("opencx_http_connections", "Open connections.", [.init(now.connections)])
        page.counter("opencx_http_connections_total", "Connections so far.", [.init(now.connectionsTotal)])
        page.counter(
            "opencx_http_connections_cut_total", "Connections cut because the client was too slow.",
            [.init(now.cutConnections)])
        page.gauge("opencx_http_requests_in_flight", "Requests that are not over.", [.init(now.requestsInFlight)])
        page.counter(
            "opencx_http_responses_total", "Responses by status; 0 where the client had gone.",
            now.responses.sorted { $0.key < $1.key }.map { .init($0.value, [.init("status", String($0.key))]) })
        page.counter("opencx_http_response_bytes_total", "Bytes of bodies.", [.init(now.bytesSent)])
        page.histogram(
            "opencx_http_request_seconds", "How long requests took, by route; long polls and streams with their wait.",
            requests.byRoute.map { ([.init("route", $0.route)], $0.times) })
        if let resident = Self.residentBytes {
            page.gauge("process_resident_memory_bytes", "Memory in use.", [.init(resident)])
        }
    }

    private static var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * 4096 } : nil
    }
}

extension WebhookRequest {
    /// Whether it was made on this machine and not handed on by a proxy. The listener takes connections from this machine only,
    /// so what tells them apart is what proxies add, and the name that a browser asks for.
    fileprivate var isFromThisMachine: Bool {
        let forwarding = ["forwarded", "via", "x-real-ip"]
        let isForwarded = headers.contains {
            forwarding.contains($0.name.lowercased()) || $0.name.lowercased().hasPrefix("x-forwarded")
        }
        let host = header("host") ?? "localhost"
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        return !isForwarded && ["localhost", "127.0.0.1", "[::1]"].contains(String(name).lowercased())
    }
}

extension Secret {
    /// Compares in a time that does not tell where the first difference is.
    fileprivate func isEqual(to text: String, after scheme: String) -> Bool {
        let expected = Array((scheme + reveal()).utf8)
        let given = Array(text.utf8)
        var difference = expected.count ^ given.count
        for (place, byte) in expected.enumerated() {
            difference |= Int(byte ^ (place < given.count ? given[place] : 0))
        }
        return difference == 0
    }
}

/// How long requests took, by the pattern of their path.
final class RequestTimes: Sendable {
    private let times = Locked<[String: MetricHistogram]>([:])

    func add(_ duration: Duration, route: String) {
        times.withLock { $0[route, default: MetricHistogram()].add(duration) }
    }

    var byRoute: [(route: String, times: MetricHistogram)] {
        times.withLock { $0.sorted { $0.key < $1.key }.map { (route: $0.key, times: $0.value) } }
    }
}
