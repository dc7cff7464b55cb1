internal import OpenCXCore

/// A line over streamable HTTP: every message of ours is a POST, and the answer is JSON or a stream of events.
final class HTTPLink: Link {
    private let http: any HTTPClient
    private let url: String
    private let headers: [(name: String, value: String)]
    private let limit: Int
    private let desk: ServerDesk
    private let state = Locked(State())

    private struct State {
        var lastID: Int64 = 0
        var session: String?
        var version: String?
    }

    /// How long the server has to take notice of something that nobody waits for.
    private static let noticeTimeout: Duration = .seconds(5)

    init(
        _ http: any HTTPClient, url: String, headers: [(name: String, value: String)], limit: Int, desk: ServerDesk
    ) {
        self.http = http
        self.url = url
        self.headers = headers
        self.limit = limit
        self.desk = desk
    }

    var isAlive: Bool { true }

    func agree(on version: String) {
        state.withLock { $0.version = version }
    }

    func request(_ method: String, _ parameters: JSONValue, timeout: Duration) async throws -> JSONValue {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        do {
            let stream = try await post(RPCText.request(method, id: id, parameters), timeout: timeout)
            if method == "initialize" { try keepSession(of: stream) }
            return try await answer(to: id, in: stream)
        } catch {
            let failure = Self.failure(error)
            if method != "initialize" { await tell(of: failure, id) }
            throw failure
        }
    }

    func notify(_ method: String, timeout: Duration) async throws {
        do {
            // The answer is 202 without a body; what else comes is not read.
            _ = try await post(RPCText.notification(method), timeout: timeout)
        } catch {
            throw Self.failure(error)
        }
    }

    /// Tells the server that its session is not needed any more; it may refuse.
    func close() async {
        guard state.withLock(\.session) != nil else { return }
        _ = try? await http.open(request(method: "DELETE", body: [], timeout: Self.noticeTimeout))
    }

    // MARK: Requests

    private func request(method: String, body: [UInt8], timeout: Duration) -> HTTPRequest {
        let (session, version) = state.withLock { ($0.session, $0.version) }
        var headers = headers
        if !body.isEmpty {
            headers.append(("Content-Type", "application/json"))
            headers.append(("Accept", "application/json, text/event-stream"))
        }
        if let session { headers.append(("Mcp-Session-Id", session)) }
        if let version { headers.append(("MCP-Protocol-Version", version)) }
        return HTTPRequest(
            method: method, url: url, headers: headers, body: body, firstByteTimeout: timeout, timeout: timeout,
            responseLimit: limit)
    }

    /// Sends a message and looks at the status of the answer.
    private func post(_ body: [UInt8], timeout: Duration) async throws -> HTTPResponseStream {
        let request = request(method: "POST", body: body, timeout: timeout)
        let stream = try await http.open(request)
        switch stream.status {
        case 200..<300: return stream
        case 404 where request.headers.contains { $0.name == "Mcp-Session-Id" }: throw LinkFailure.sessionGone
        case 400..<500 where stream.status != 408: throw LinkFailure.turnedAway(status: stream.status)
        default: throw LinkFailure.malformed("the status \(stream.status)")
        }
    }

    private func keepSession(of stream: HTTPResponseStream) throws {
        guard let session = stream.header("mcp-session-id") else { return }
        guard (1...1024).contains(session.utf8.count), session.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw LinkFailure.malformed("without a session id that can be sent back")
        }
        state.withLock { $0.session = session }
    }

    // MARK: Answers

    private func answer(to id: Int64, in stream: HTTPResponseStream) async throws -> JSONValue {
        let type = (stream.header("content-type") ?? "").lowercased()
        if type.hasPrefix("text/event-stream") { return try await answerInEvents(to: id, stream) }
        guard type.hasPrefix("application/json") else { throw LinkFailure.malformed("neither JSON nor events") }
        var body: [UInt8] = []
        for try await piece in stream.body {
            guard body.count + piece.count <= limit else { throw LinkFailure.tooLarge }
            body += piece
        }
        guard let answer = try await find(id, in: body) else {
            throw LinkFailure.malformed("to another question")
        }
        return answer
    }

    private func answerInEvents(to id: Int64, _ stream: HTTPResponseStream) async throws -> JSONValue {
        var events = ServerSentEvents()
        var length = 0
        for try await piece in stream.body {
            length += piece.count
            guard length <= limit else { throw LinkFailure.tooLarge }
            for event in try events.take(piece) where event.name.isEmpty || event.name == "message" {
                if let answer = try await find(id, in: event.data) { return answer }
            }
        }
        throw LinkFailure.unknown(HTTPClientError(.interrupted, "The MCP server broke off its answer."))
    }

    /// The answer among messages; takes the others.
    private func find(_ id: Int64, in text: [UInt8]) async throws -> JSONValue? {
        for message in try RPCMessage.all(in: text) {
            switch message {
            case .result(id, let value): return value
            case .error(id, let code, let text): throw LinkFailure.rejected(code: code, text: text)
            default:
                guard let reply = desk.take(message) else { continue }
                // What becomes of it is the server's business.
                _ = try? await post(reply, timeout: Self.noticeTimeout)
            }
        }
        return nil
    }

    // MARK: Failures

    private static func failure(_ error: any Error) -> LinkFailure {
        switch error {
        // A stream whose reader is cancelled may end as if it had come to its end.
        case LinkFailure.unknown where Task.isCancelled: return .cancelled
        case let failure as LinkFailure: return failure
        case _ where Task.isCancelled: return .cancelled
        case let error as HTTPClientError:
            switch error.code {
            case .unreachable, .badRequest: return .notSent("It cannot be reached.")
            case .timeout: return .timedOut
            case .tooLarge: return .tooLarge
            default: return .unknown(HTTPClientError(.interrupted, "The MCP server broke off its answer."))
            }
        case is JSONParsingError: return .malformed("no JSON")
        case is ServerSentEvents.TooLong: return .tooLarge
        case is CancellationError: return .cancelled
        default: return .malformed("not there")
        }
    }

    /// Tells the server that nobody waits any more.
    private func tell(of failure: LinkFailure, _ id: Int64) async {
        switch failure {
        case .cancelled:
            // The task is cancelled, and whatever it awaits would be too, so the notice goes out on a task of its own. It
            // holds nothing but the request and ends by the request's own time limit.
            let notice = request(method: "POST", body: RPCText.cancellation(of: id), timeout: Self.noticeTimeout)
            Task { [http] in _ = try? await http.open(notice) }
        case .unknown(let error) where error.code == .timeout:
            _ = try? await post(RPCText.cancellation(of: id), timeout: Self.noticeTimeout)
        default: return
        }
    }
}

/// Makes lines over HTTP.
struct HTTPOpener: LinkOpener {
    let http: any HTTPClient
    let url: String
    let headers: [(name: String, value: String)]
    let limit: Int

    var pauseAfterFailure: Duration { .zero }

    func open(_ desk: ServerDesk) -> any Link {
        HTTPLink(http, url: url, headers: headers, limit: limit, desk: desk)
    }
}
