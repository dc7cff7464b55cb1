import OpenCXCore

/// Front, played in memory: it keeps what it is told, notes every call, and fails where a test wants it to.
final class FakeFront: HTTPClient {
    static let url = "https://api.front.test"

    /// What goes wrong with a call.
    enum Fault: Sendable {
        /// It is refused, and nothing is done.
        case status(Int, retryAfter: String? = nil)
        /// There is no way to Front; nothing is done.
        case unreachable
        /// It is done, and the answer is lost.
        case lost
        /// It is done, and half of the answer arrives.
        case truncated
    }

    private struct State: Sendable {
        var model = FrontModel()
        var calls: [String] = []
        var bodies: [JSONValue] = []
        var faults: [Int: Fault] = [:]
        var everyFault: Fault?
    }

    private let state = Locked(State())

    init(_ change: (inout FrontModel) -> Void = { _ in }) {
        var model = FrontModel()
        change(&model)
        state.withLock { [model] in $0.model = model }
    }

    /// Every call so far: `GET /conversations/cnv_1`.
    var calls: [String] { state.withLock(\.calls) }
    /// What each call had in its body.
    var bodies: [JSONValue] { state.withLock(\.bodies) }
    var model: FrontModel { state.withLock(\.model) }

    func change(_ body: (inout FrontModel) -> Void) {
        var model = model
        body(&model)
        state.withLock { [model] in $0.model = model }
    }

    /// The n-th call from now on goes wrong, counted from 1.
    func fail(call place: Int, _ fault: Fault) { state.withLock { $0.faults[$0.calls.count + place] = fault } }

    /// Nothing goes wrong any more.
    func mend() { state.withLock { $0.faults = [:] } }

    /// Every call goes wrong, or none.
    func failAll(_ fault: Fault?) { state.withLock { $0.everyFault = fault } }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        guard request.url.hasPrefix(Self.url),
            request.headers.contains(where: { $0.name == "authorization" && $0.value == "Bearer token" })
        else { return HTTPResponseStream(HTTPResponse(status: 401)) }
        let target = String(request.url.dropFirst(Self.url.count))
        let body: JSONValue = request.body.isEmpty ? .null : try JSONValue(parsing: request.body)
        let outcome: Result<HTTPResponse, HTTPClientError> = state.withLock { state in
            state.calls.append("\(request.method) \(target)")
            state.bodies.append(body)
            let fault = state.everyFault ?? state.faults.removeValue(forKey: state.calls.count)
            switch fault {
            case .status(let status, let wait):
                let headers: [(name: String, value: String)] = wait.map { [("Retry-After", $0)] } ?? []
                let error: JSONValue = [
                    "_error": [
                        "status": .integer(Int64(status)), "title": "Oh no", "message": "ada@example.com is bad",
                    ]
                ]
                return .success(HTTPResponse(status: status, headers: headers, body: error.serialized()))
            case .unreachable: return .failure(HTTPClientError(.unreachable, "There is no way to Front."))
            case .lost, .truncated, nil: break
            }
            var response = FrontRoutes(model: state.model).answer(request.method, target, body) { state.model = $0 }
            if case .lost = fault { return .failure(HTTPClientError(.interrupted, "The connection broke.")) }
            if case .truncated = fault { response.body = Array("{\"id\": \"com".utf8) }
            return .success(response)
        }
        return HTTPResponseStream(try outcome.get())
    }
}
