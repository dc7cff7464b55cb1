/// How the demo's listener listens, and how much it takes from a client.
public struct HTTPServerConfiguration: Sendable {
    /// The IP address to listen on, or `localhost`.
    public var host: String
    /// The port to listen on; 0 takes any free one.
    public var port: Int
    /// Whether an address that other machines can reach is allowed.
    ///
    /// The listener speaks plain HTTP and knows no accounts, so this is off unless somebody asks for it.
    public var allowsRemote: Bool
    /// How many bytes of a body are taken; more is answered with 413, and the connection is closed.
    public var maximumBodyBytes: Int
    /// Paths at which more bytes are taken, and how many.
    public var largerBodies: [String: Int]
    /// How many bytes the request line and the headers may take; also the memory that one connection costs.
    public var maximumHeaderBytes: Int
    /// After how many seconds without a byte a connection is closed. Time spent in the handler does not count.
    public var idleTimeout: Int
    /// How long the request line and the headers may take, however busily the client sends them. For a further request on
    /// a connection, the idle timeout is added.
    public var headTimeout: Duration
    /// How long a body may take, besides what ``slowestRate`` gives for its size.
    public var bodyTimeout: Duration
    /// How long a client may take to read an answer, or a piece of one that grows, besides what ``slowestRate`` gives
    /// for its size.
    public var sendTimeout: Duration
    /// How many bytes a second a client must send and read at least, once the timeouts are over.
    public var slowestRate: Int
    /// How long a handler may take before the client is told that it takes too long.
    public var handlerTimeout: Duration
    /// How many connections are served at once; more wait in the system's queue.
    public var maximumConnections: Int
    /// How many of them one address may have; `nil` for any number. Behind a proxy all clients have its address.
    public var connectionsPerAddress: Int?
    /// The proxies whose `X-Forwarded-For` says who a client is. Whoever else writes that header is not believed.
    public var trustedProxies: [AddressRange]
    /// How long requests in flight may take to finish once the server is told to stop.
    public var drainTimeout: Duration
    /// How often slow clients are looked for.
    package var sweepInterval: Duration

    /// Makes a configuration; what is not given has the default.
    public init(
        host: String = "127.0.0.1", port: Int = 0, allowsRemote: Bool = false, maximumBodyBytes: Int = 2 << 20,
        largerBodies: [String: Int] = [:], maximumHeaderBytes: Int = 16 << 10, idleTimeout: Int = 30,
        headTimeout: Duration = .seconds(20),
        bodyTimeout: Duration = .seconds(30), sendTimeout: Duration = .seconds(30), slowestRate: Int = 8 << 10,
        handlerTimeout: Duration = .seconds(120), maximumConnections: Int = 1000, connectionsPerAddress: Int? = nil,
        trustedProxies: [AddressRange] = [], drainTimeout: Duration = .seconds(10)
    ) {
        self.host = host
        self.port = port
        self.allowsRemote = allowsRemote
        self.maximumBodyBytes = maximumBodyBytes
        self.largerBodies = largerBodies
        self.maximumHeaderBytes = maximumHeaderBytes
        self.idleTimeout = idleTimeout
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
        self.sendTimeout = sendTimeout
        self.slowestRate = slowestRate
        self.handlerTimeout = handlerTimeout
        self.maximumConnections = maximumConnections
        self.connectionsPerAddress = connectionsPerAddress
        self.trustedProxies = trustedProxies
        self.drainTimeout = drainTimeout
        sweepInterval = .seconds(1)
    }
}

extension HTTPServerConfiguration {
    /// How many bytes of a body are taken at a path.
    func maximumBodyBytes(at path: String) -> Int { max(maximumBodyBytes, largerBodies[path] ?? 0) }

    /// How much of a body that is too large is read and thrown away, so that the client sees the answer.
    func toleratedBodyBytes(at path: String) -> Int {
        let (product, overflow) = maximumBodyBytes.multipliedReportingOverflow(by: 8)
        return overflow ? .max : max(product, largerBodies[path] ?? 0)
    }

    /// By when a body must be complete, or more of it must have come.
    func bodyDeadline(since start: ContinuousClock.Instant, received: Int) -> ContinuousClock.Instant {
        start + bodyTimeout + time(for: received)
    }

    /// By when so many bytes must be taken.
    func sendDeadline(for count: Int) -> ContinuousClock.Instant { .now + sendTimeout + time(for: count) }

    /// How long a connection may be without a whole request after the last one.
    var idlePatience: Duration { .seconds(idleTimeout) + headTimeout }

    /// How long requests may take to finish by themselves before those that wait for news are told to end.
    var windDownDelay: Duration { .milliseconds(200) }

    private func time(for bytes: Int) -> Duration { .seconds(bytes / max(1, slowestRate)) }
}
