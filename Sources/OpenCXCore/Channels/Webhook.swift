/// A request that reached the embedding server and is meant for a channel.
///
/// The library owns no socket: whatever server there is turns its request into this value and the
/// ``WebhookResponse`` back into its own.
public struct WebhookRequest: Sendable {
    /// The HTTP method, in capitals.
    public var method: String
    /// The path, percent-decoded, without the query.
    public var path: String
    /// The query's parameters, decoded, in order.
    public var query: [(name: String, value: String)]
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body, byte for byte as it came: signatures are computed over it.
    public var body: [UInt8]
    /// The IP address that the request comes from, where the server knows it: not a proxy's that hands on everybody's requests. It is
    /// for limits, and is neither stored nor logged.
    public var clientAddress: String?

    /// Makes a request from its parts.
    public init(
        method: String = "POST", path: String = "/", query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], clientAddress: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.clientAddress = clientAddress
    }

    /// The value of the first header with this name, whatever its capitals.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The value of the first query parameter with this name.
    public func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}

/// What the embedding server sends back.
public struct WebhookResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Makes a response from its parts.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
