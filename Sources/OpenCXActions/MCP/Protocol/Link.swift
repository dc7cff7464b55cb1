internal import OpenCXCore

/// A line to a server, whatever it runs over.
protocol Link: Sendable {
    /// Whether something can be sent at all.
    var isAlive: Bool { get }

    /// Sends a request and waits for its answer. When the task is cancelled, the server is told.
    ///
    /// - Throws: ``LinkFailure``.
    func request(_ method: String, _ parameters: JSONValue, timeout: Duration) async throws -> JSONValue

    /// Sends a notice.
    ///
    /// - Throws: ``LinkFailure``.
    func notify(_ method: String, timeout: Duration) async throws

    /// Takes note of the version of the protocol that both sides speak.
    func agree(on version: String)

    /// Ends the line; returns when nothing of it is left.
    func close() async
}

/// Makes lines to one server.
protocol LinkOpener: Sendable {
    /// How long to wait before a server that could not be reached is tried again.
    var pauseAfterFailure: Duration { get }

    /// Makes a line.
    ///
    /// - Throws: ``LinkFailure``.
    func open(_ desk: ServerDesk) throws -> any Link
}

/// Why there is no answer.
enum LinkFailure: Error {
    /// Nothing was sent: certainly nothing was done.
    case notSent(String)
    /// The server does not know the session any more, so it has not looked at the request.
    case sessionGone
    /// The server turned the request away.
    case turnedAway(status: Int)
    /// The server answered with an error of JSON-RPC.
    case rejected(code: Int64, text: String)
    /// The request may have arrived, and there is no answer that can be used: nobody knows what was done.
    case unknown(HTTPClientError)
    /// The caller waits no longer.
    case cancelled
}

extension LinkFailure {
    static func malformed(_ what: String) -> LinkFailure {
        .unknown(HTTPClientError(.interrupted, "The MCP server's answer is \(what)."))
    }

    static var timedOut: LinkFailure {
        .unknown(HTTPClientError(.timeout, "The MCP server did not answer in time."))
    }

    static var tooLarge: LinkFailure {
        .unknown(HTTPClientError(.tooLarge, "The MCP server's answer is longer than messageLimit allows."))
    }

    /// What happened, for people; never holds what the server said.
    var summary: String {
        switch self {
        case .notSent(let message): message
        case .sessionGone: "The MCP server does not keep its sessions."
        case .turnedAway(401), .turnedAway(403): "The MCP server does not accept the credentials."
        case .turnedAway(let status): "The MCP server answered \(status)."
        case .rejected(let code, _): "The MCP server answered with the error \(code)."
        case .unknown(let error): error.message
        case .cancelled: "The call was cancelled."
        }
    }
}
