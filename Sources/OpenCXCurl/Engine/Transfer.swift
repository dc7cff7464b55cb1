internal import OpenCXCore

/// One request on its way: what the engine's thread leaves for the task that waits for it.
final class Transfer: Sendable {
    private struct State: Sendable {
        var head: ResponseHead?
        var isHeadTaken = false
        var body: [UInt8] = []
        /// Whether the engine has been told to wait until the body is read.
        var isPaused = false
        /// How it ended; what is in `body` comes first.
        var end: Result<Void, any Error>?
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// What the reader finds.
    private enum Step: Sendable {
        case piece([UInt8], wasPaused: Bool)
        case end(Result<Void, any Error>)
        case wait
    }

    let request: HTTPRequest
    /// When the whole exchange has to be over.
    let deadline: Int64
    /// Whether the reader wants everything at once; it is then woken once, and the connection never waits for it.
    private let collects: Bool
    private let engine: Engine
    private let state = Locked(State())

    /// How many bytes of a body are held before the connection has to wait.
    private static let highWater = 256 << 10

    init(_ request: HTTPRequest, collects: Bool, deadline: Int64, engine: Engine) {
        self.request = request
        self.collects = collects
        self.deadline = deadline
        self.engine = engine
    }

    // MARK: The reader's side

    /// Waits for the head of the response.
    func head() async throws -> ResponseHead {
        while true {
            let head: ResponseHead? = try state.withLock { state throws(any Error) in
                if case .failure(let error) = state.end, state.head == nil || collects { throw error }
                guard let head = state.head, !collects || state.end != nil else { return nil }
                state.isHeadTaken = true
                return head
            }
            if let head { return head }
            await wait()
        }
    }

    /// Waits for the next piece of the body; nil at its end.
    func next() async throws -> [UInt8]? {
        while true {
            let step: Step = state.withLock { state in
                if !state.body.isEmpty {
                    defer { (state.body, state.isPaused) = ([], false) }
                    return .piece(state.body, wasPaused: state.isPaused)
                }
                guard let end = state.end else { return .wait }
                // Whoever goes on reading after an error is at the end.
                state.end = .success(())
                return .end(end)
            }
            switch step {
            case .piece(let bytes, let wasPaused):
                if wasPaused { engine.submit(.resume(self)) }
                return bytes
            case .end(let end):
                try end.get()
                return nil
            case .wait: await wait()
            }
        }
    }

    /// Ends the transfer, wherever it is; does nothing to one that is over.
    func cancel() {
        let (waiter, wasRunning) = state.withLock { state in
            let wasRunning = state.end == nil
            if wasRunning {
                state.end = .failure(CancellationError())
                state.body = []
            }
            defer { state.waiter = nil }
            return (state.waiter, wasRunning)
        }
        waiter?.resume()
        if wasRunning { engine.submit(.cancel(self)) }
    }

    /// Waits until there is something to take.
    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let goesOn = state.withLock { state in
                    if isReady(state) { return true }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
    }

    private func isReady(_ state: State) -> Bool {
        if state.end != nil { return true }
        if collects { return false }
        return state.isHeadTaken ? !state.body.isEmpty : state.head != nil
    }

    // MARK: The engine's side

    func receive(_ head: ResponseHead) {
        state.withLock { $0.head = head }
    }

    /// Takes a piece of the body; false when the connection has to wait and hand it over again.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.end == nil else { return true }
            if !collects && state.body.count >= Self.highWater {
                state.isPaused = true
                return false
            }
            state.body.append(contentsOf: bytes)
            return true
        }
    }

    func finish(_ end: Result<Void, HTTPClientError>) {
        state.withLock { state in
            if state.end == nil { state.end = end.mapError { $0 } }
        }
    }

    /// Wakes the reader when there is something for it; called once after all that the network had is taken in.
    func wake() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard isReady(state) else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
