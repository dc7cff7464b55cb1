internal import CMicrohttpd
internal import OpenCXCore

/// One request and its answer.
///
/// The library calls `step` on the connection's own thread, several times: for the head, for parts of the body, at the
/// end. Then the connection is suspended and the handler runs in a task. The task only ever leaves its answer here and
/// resumes the connection; the answer is queued by the next `step`, on the connection's thread again.
final class Exchange: Sendable {
    /// Why a handler is not waited for any longer.
    enum Reason: Sendable {
        case stopping, overdue, clientGone
    }

    private enum Phase: Sendable {
        case head
        case body
        case running(SuspendedConnection)
        case answered(WebhookAnswer)
        case sending(bytes: Int)
        case growing(GrowingBody)
        case over
    }

    private struct State: Sendable {
        var phase = Phase.head
        var request = WebhookRequest()
        var isSafe = false
        var method = ""
        var bodyBytes = 0
        var bodyBegan = ContinuousClock.now
        var handling: Task<Void, Never>?
        var status = 0
    }

    private let listener: Listener
    private let target: String
    private let number: Int
    private let began = ContinuousClock.now
    private let state = Locked(State())

    init(listener: Listener, target: String) {
        self.listener = listener
        self.target = target
        number = listener.statistics.begin()
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
        case .body where !upload.isEmpty: collect(upload, on: connection)
        case .body: handle(connection)
        // Not called while the connection is suspended.
        case .running: .YES
        case .answered(.response(let response)): send(response, on: connection)
        case .answered(.stream(let stream)): send(stream, on: connection)
        case .sending, .growing, .over: .NO
        }
    }

    private func begin(_ connection: OpaquePointer, method: String, version: String) -> MHD_Result {
        state.withLock { $0.method = method }
        guard listener.inFlight.phase == .open else {
            return send(.unavailable(.stopping), on: connection)
        }
        let head = RequestHead.read(
            connection, method: method, target: target, version: version, configuration: listener.configuration)
        switch head {
        case .failure(let refusal):
            return send(refusal.response(to: RequestHead.headers(of: connection)), on: connection)
        case .success(let request):
            Connection.of(connection)?.expect(by: listener.configuration.bodyDeadline(since: .now, received: 0))
            state.withLock { state in
                state.request = request
                state.isSafe = request.method == "GET"
                state.bodyBegan = .now
                state.phase = .body
            }
            return .YES
        }
    }

    private func collect(_ upload: UnsafeRawBufferPointer, on connection: OpaquePointer) -> MHD_Result {
        let limits = listener.configuration
        let (received, since, path) = state.withLock { state in
            state.bodyBytes += upload.count
            if state.bodyBytes <= limits.maximumBodyBytes(at: state.request.path) {
                state.request.body.append(contentsOf: upload)
            } else {
                state.request.body = []
            }
            return (state.bodyBytes, state.bodyBegan, state.request.path)
        }
        Connection.of(connection)?.expect(by: limits.bodyDeadline(since: since, received: received))
        // Past what is tolerated the connection is cut: the library takes no answer in the middle of a body.
        return received <= limits.toleratedBodyBytes(at: path) ? .YES : .NO
    }

    private func handle(_ connection: OpaquePointer) -> MHD_Result {
        let configuration = listener.configuration
        let (request, size) = state.withLock { state in
            defer { state.request.body = [] }
            return (state.request, state.bodyBytes)
        }
        let limit = configuration.maximumBodyBytes(at: request.path)
        guard size <= limit else {
            return send(Refusal.tooLarge(limit).response(to: request.headers), on: connection)
        }
        let record = Connection.of(connection)
        let suspended = SuspendedConnection.suspend(connection)
        state.withLock { $0.phase = .running(suspended) }
        // What only reads is of no use to a client that has gone; what changes something goes on to its end.
        record?.wait(
            for: self, until: .now + configuration.handlerTimeout, endsWithClient: state.withLock { $0.isSafe })
        // Asked after the state is set: whoever stops the listener either sees this request or is seen here.
        guard listener.inFlight.phase != .stopping else {
            finish(.response(.unavailable(.stopping)))
            return .YES
        }
        let handler = listener.handler
        // Whoever waits for an acknowledgement does not queue behind the turns that the last ones have caused.
        let task = Task(priority: .high) { self.finish(await handler(request)) }
        state.withLock { state in
            if case .running = state.phase { state.handling = task }
        }
        return .YES
    }

    /// Leaves the answer and wakes the connection; only the first call counts.
    private func finish(_ answer: WebhookAnswer) {
        let connection: SuspendedConnection? = state.withLock { state in
            guard case .running(let connection) = state.phase else { return nil }
            state.phase = .answered(answer)
            state.handling = nil
            return connection
        }
        guard let connection else { return }
        listener.inFlight.whileResuming { connection.resume() }
    }

    /// Asks what only reads to end soon: a growing body, and a handler that waits for news. Both may still say something.
    func windDown() {
        let (task, body): (Task<Void, Never>?, GrowingBody?) = state.withLock { state in
            if case .growing(let body) = state.phase { return (nil, body) }
            return (state.isSafe ? state.handling : nil, nil)
        }
        task?.cancel()
        body?.windDown()
    }

    /// Gives up on the handler, when there is no more time to wait for it.
    func abandon(_ reason: Reason) {
        let (task, body): (Task<Void, Never>?, GrowingBody?) = state.withLock { state in
            if case .growing(let body) = state.phase { return (nil, body) }
            return (state.handling, nil)
        }
        body?.cutOff(broken: reason == .clientGone)
        // In this order: what a handler still says once it is cancelled comes too late.
        finish(.response(.unavailable(reason)))
        task?.cancel()
    }

    /// The client has closed its side, and what it waited for is of no use to anybody.
    func clientIsGone() {
        abandon(.clientGone)
    }

    /// The request is over, whichever way it ended.
    func end(_ pointer: OpaquePointer?) {
        let (task, phase, method, status) = state.withLock { state in
            defer { state.phase = .over }
            return (state.handling, state.phase, state.method, state.status)
        }
        task?.cancel()
        var bytes = 0
        switch phase {
        case .growing(let body):
            body.cutOff(broken: true)
            bytes = body.sent
        case .sending(let count): bytes = count
        case .head, .body, .running, .answered, .over: break
        }
        pointer.flatMap(Connection.of)?.expect(by: .now + listener.configuration.idlePatience)
        listener.statistics.end(
            AccessRecord(
                number: number, method: method, target: target, status: status, bytes: bytes,
                duration: ContinuousClock.now - began),
            log: listener.log)
    }

    private func send(_ response: WebhookResponse, on connection: OpaquePointer) -> MHD_Result {
        state.withLock { state in
            state.phase = .sending(bytes: response.body.count)
            state.status = response.status
        }
        Connection.of(connection)?.expect(by: listener.configuration.sendDeadline(for: response.body.count))
        return ResponseWriter.queue(response, on: connection, closing: listener.inFlight.phase != .open)
    }

    private func send(_ stream: WebhookStream, on connection: OpaquePointer) -> MHD_Result {
        let body = GrowingBody(stream.body, of: self, listener: listener, connection: connection)
        state.withLock { state in
            state.phase = .growing(body)
            state.status = stream.status
        }
        // As above: asked after the state is set.
        if listener.inFlight.phase == .stopping { return send(.unavailable(.stopping), on: connection) }
        return ResponseWriter.queue(stream, body, on: connection, closing: listener.inFlight.phase != .open)
    }
}

extension WebhookResponse {
    fileprivate static func unavailable(_ reason: Exchange.Reason) -> WebhookResponse {
        let (status, message) =
            switch reason {
            case .stopping, .clientGone: (503, "The server is stopping.")
            case .overdue: (504, "This takes too long. Please try again.")
            }
        return error(status, message, headers: [("Retry-After", "5"), ("Connection", "close")])
    }
}
