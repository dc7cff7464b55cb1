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
    /// How many bytes the request line and the headers may take; also the memory that one connection costs.
    public var maximumHeaderBytes: Int
    /// After how many seconds without a byte a connection is closed. Time spent in the handler does not count.
    public var idleTimeout: Int
    /// How many connections are served at once; more wait in the system's queue.
    public var maximumConnections: Int
    /// How long requests in flight may take to finish once the server is told to stop.
    public var drainTimeout: Duration

    /// Makes a configuration; what is not given has the default.
    public init(
        host: String = "127.0.0.1", port: Int = 0, allowsRemote: Bool = false, maximumBodyBytes: Int = 2 << 20,
        maximumHeaderBytes: Int = 16 << 10, idleTimeout: Int = 30, maximumConnections: Int = 1000,
        drainTimeout: Duration = .seconds(10)
    ) {
        self.host = host
        self.port = port
        self.allowsRemote = allowsRemote
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumHeaderBytes = maximumHeaderBytes
        self.idleTimeout = idleTimeout
        self.maximumConnections = maximumConnections
        self.drainTimeout = drainTimeout
    }
}
