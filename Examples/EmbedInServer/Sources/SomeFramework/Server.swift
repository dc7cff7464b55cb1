/// A web server without a socket; read "Hummingbird" or "Vapor". Nothing in here knows of OpenCX.
public struct Server: Sendable {
    /// What came in.
    public struct Request: Sendable {
        /// `GET`, `POST`, …
        public var method: String
        /// Percent-decoded, without the query.
        public var path: String
        /// Percent-decoded.
        public var query: [String: String] = [:]
        /// By name.
        public var headers: [String: String] = [:]
        /// As it came in.
        public var body = ""

        /// A request without headers and body.
        public init(_ method: String, _ path: String, query: [String: String] = [:]) {
            (self.method, self.path, self.query) = (method, path, query)
        }
    }

    /// What goes out.
    public struct Response: Sendable {
        /// 200, 404, …
        public var status: Int
        /// By name.
        public var headers: [String: String] = [:]
        /// As it goes out.
        public var body = ""

        /// A response without headers and body.
        public init(status: Int) {
            self.status = status
        }
    }

    /// Answers a request.
    public typealias Handler = @Sendable (Request) async throws -> Response

    private var routes: [(prefix: String, handler: Handler)] = []

    /// A server without routes.
    public init() {}

    /// Sends what begins with this path to a handler.
    public mutating func on(_ prefix: String, _ handler: @escaping Handler) {
        routes.append((prefix, handler))
    }

    /// What the socket would call.
    public func respond(to request: Request) async throws -> Response {
        for route in routes where request.path.hasPrefix(route.prefix) { return try await route.handler(request) }
        return Response(status: 404)
    }

    /// Serves until the task is cancelled.
    public func run() async throws {
        while true { try await Task.sleep(for: .seconds(60)) }
    }
}
