internal import CMicrohttpd
internal import OpenCXCore

/// One request and its answer.
///
/// The library calls `step` on the connection's own thread, several times: for the head, for parts of the body, at the
/// end. Then the connection is suspended and the handler runs in a task. The task only ever leaves its answer here and
/// resumes the connection; the answer is queued by the next `step`, on the connection's thread again.
final class Exchange: Sendable {
    private enum Phase: Sendable {
        case head
        case body
        case running(SuspendedConnection)
        case answered(WebhookResponse)
        case sent
    }

    private struct State: Sendable {
        var phase = Phase.head
        var request = WebhookRequest()
        var bodyBytes = 0
        var handling: Task<Void, Never>?
    }

    private let listener: Listener
    private let target: String
    private let state = Locked(State())

    init(listener: Listener, target: String) {
        self.listener = listener
        self.target = target
    }

    /// Does what is next for the request, on the connection's thread.
    ///
    /// - Parameter upload: a part of the body; empty when there is none in this call.
    func step(
        _ connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        upload: UnsafeRawBufferPointer
    ) -> MHD_Result {
        switch state.withLock({ $0.phase }) {
        case .head: begin(connection, method: String(cString: method), version: String(cString: version))
        case .body where !upload.isEmpty: collect(upload)
        case .body: handle(connection)
        // Not called while the connection is suspended.
        case .running: .YES
        case .answered(let response): send(response, on: connection)
        case .sent: .NO
        }
    }

    private func begin(_ connection: OpaquePointer, method: String, version: String) -> MHD_Result {
        guard listener.inFlight.phase == .open else {
            return send(.stopping, on: connection)
        }
        let head = RequestHead.read(
            connection, method: method, target: target, version: version, configuration: listener.configuration)
        switch head {
        case .failure(let refusal):
            return send(refusal.response, on: connection)
        case .success(let request):
            state.withLock {
                $0.request = request
                $0.phase = .body
            }
            return .YES
        }
    }

    private func collect(_ upload: UnsafeRawBufferPointer) -> MHD_Result {
        let limits = listener.configuration
        return state.withLock { state in
            state.bodyBytes += upload.count
            if state.bodyBytes <= limits.maximumBodyBytes {
                state.request.body.append(contentsOf: upload)
            } else {
                state.request.body = []
            }
            // Past what is tolerated the connection is cut: the library takes no answer in the middle of a body.
            return state.bodyBytes <= limits.toleratedBodyBytes ? .YES : .NO
        }
    }

    private func handle(_ connection: OpaquePointer) -> MHD_Result {
        let configuration = listener.configuration
        let (request, size) = state.withLock { state in
            defer { state.request.body = [] }
            return (state.request, state.bodyBytes)
        }
        guard size <= configuration.maximumBodyBytes else {
            return send(Refusal.tooLarge(configuration).response, on: connection)
        }
        MHD_suspend_connection(connection)
        state.withLock { $0.phase = .running(SuspendedConnection(connection)) }
        // Asked after the state is set: whoever stops the listener either sees this request or is seen here.
        guard listener.inFlight.phase != .stopping else {
            finish(.stopping)
            return .YES
        }
        let handler = listener.handler
        let task = Task { self.finish(await handler(request)) }
        state.withLock { state in
            if case .running = state.phase { state.handling = task }
        }
        return .YES
    }

    /// Leaves the answer and wakes the connection; only the first call counts.
    private func finish(_ response: WebhookResponse) {
        let connection: SuspendedConnection? = state.withLock { state in
            guard case .running(let connection) = state.phase else { return nil }
            state.phase = .answered(response)
            state.handling = nil
            return connection
        }
        guard let connection else { return }
        listener.inFlight.whileResuming { connection.resume() }
    }

    /// Gives up on the handler, when there is no more time to wait for it.
    func abandon() {
        let task = state.withLock { $0.handling }
        task?.cancel()
        finish(.stopping)
    }

    private func send(_ response: WebhookResponse, on connection: OpaquePointer) -> MHD_Result {
        state.withLock { $0.phase = .sent }
        return ResponseWriter.queue(response, on: connection, closing: listener.inFlight.phase != .open)
    }
}

extension WebhookResponse {
    fileprivate static let stopping = error(
        503, "The server is stopping.", headers: [("Retry-After", "5"), ("Connection", "close")])
}

/// A connection that waits for a handler.
private struct SuspendedConnection: @unchecked Sendable {
    // Safe to hand to another thread: the pointer is used for nothing but `MHD_resume_connection`, which the library
    // allows from any thread for a suspended connection. `Exchange.finish` takes it out of the state at most once, and
    // a suspended connection lives until it is resumed.
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    func resume() {
        MHD_resume_connection(pointer)
    }
}
