/// A web server in forty lines without a socket; read "Hummingbird" or "Vapor". Nothing in here knows of OpenCX.
package struct Server: Sendable {
    package struct Request: Sendable {
        package var method: String
        package var path: String
        package var query: [String: String] = [:]
        package var headers: [String: String] = [:]
        package var body = ""

        package init(_ method: String, _ path: String, query: [String: String] = [:]) {
            (self.method, self.path, self.query) = (method, path, query)
        }
    }

    package struct Response: Sendable {
        package var status: Int
        package var headers: [String: String] = [:]
        package var body = ""

        package init(status: Int) {
            self.status = status
        }
    }

    package typealias Handler = @Sendable (Request) async throws -> Response
    private var routes: [(prefix: String, handler: Handler)] = []

    package init() {}

    /// Sends what begins with this path to a handler.
    package mutating func on(_ prefix: String, _ handler: @escaping Handler) {
        routes.append((prefix, handler))
    }

    /// What the socket would call.
    package func respond(to request: Request) async throws -> Response {
        for route in routes where request.path.hasPrefix(route.prefix) { return try await route.handler(request) }
        return Response(status: 404)
    }

    /// Serves until the task is cancelled.
    package func run() async throws {
        while true { try await Task.sleep(for: .seconds(60)) }
    }
}
