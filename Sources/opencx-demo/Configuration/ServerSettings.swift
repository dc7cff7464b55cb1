internal import OpenCXCore
internal import OpenCXDemoServer

/// What the configuration says about the listener besides where it listens.
struct ServerSettings: Sendable, Hashable {
    /// Who may read `/metrics`.
    enum Metrics: Sendable, Hashable {
        case nobody
        /// Whoever asks on this machine, and not through a proxy.
        case thisMachine
        /// Whoever has the token that is in this variable of the environment.
        case token(variable: String)
    }

    var metrics = Metrics.thisMachine
    /// A file for the access log, `-` for standard output.
    var accessLog: String?
    var maximumConnections = 10_000
    var connectionsPerAddress: Int?
    var maximumHeaderBytes = 8 << 10
    /// The proxies that say who a client is.
    var trustedProxies: [AddressRange] = []

    init() {}

    init(_ reader: ConfigurationReader) throws {
        let token = try reader.string("metrics_token_variable")
        switch try reader.string("metrics") ?? (token == nil ? "local" : "token") {
        case "off": metrics = .nobody
        case "local": metrics = .thisMachine
        case "token":
            guard let token, !token.isEmpty else { throw reader.problem("metrics_token_variable", "is missing") }
            metrics = .token(variable: token)
        default: throw reader.problem("metrics", "must be \"local\", \"token\" or \"off\"")
        }
        let log = try reader.string("access_log")
        accessLog = log == "-" ? log : try reader.path("access_log")
        maximumConnections = try reader.integer("maximum_connections", in: 10...1_000_000) ?? maximumConnections
        maximumHeaderBytes =
            try reader.integer("maximum_header_bytes", in: 2048...65_536) ?? maximumHeaderBytes
        trustedProxies =
            try reader.strings("trusted_proxies")?.map { text in
                guard let range = AddressRange(text) else {
                    throw reader.problem(
                        "trusted_proxies", "must list IP addresses or networks, such as \"127.0.0.1\" or \"10.0.0.0/8\""
                    )
                }
                return range
            } ?? []
        connectionsPerAddress = try reader.integer("connections_per_address", in: 1...1_000_000)
    }
}
