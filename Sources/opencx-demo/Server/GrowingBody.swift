internal import CMicrohttpd
internal import OpenCXCore

/// The body of an answer that grows, between the task that makes it and the connection that sends it.
///
/// The connection's thread takes bytes with `read`. When there are none it suspends the connection and lets the task ask
/// for the next piece, so there is never more than one piece here, and a client that does not read stops the task. The
/// library asks for more only once the last bytes are with the system.
final class GrowingBody: Sendable {
    private enum End: Sendable { case none, whole, broken }

    private struct State: Sendable {
        var piece: ArraySlice<UInt8> = []
        var end = End.none
        /// The connection, while it waits for the next piece.
        var suspended: SuspendedConnection?
        /// The task, while it waits until the piece is taken.
        var maker: CheckedContinuation<Bool, Never>?
        var task: Task<Void, Never>?
        var hasBegun = false
        var sent = 0
    }

    private let listener: Listener
    private let exchange: Exchange
    private let pieces: AsyncStream<[UInt8]>
    private let connection: SuspendableConnection
    private let state = Locked(State())

    init(_ pieces: AsyncStream<[UInt8]>, of exchange: Exchange, listener: Listener, connection: OpaquePointer) {
        self.pieces = pieces
        self.exchange = exchange
        self.listener = listener
        self.connection = SuspendableConnection(connection)
    }

    /// How many bytes were handed to the connection.
    var sent: Int { state.withLock { $0.sent } }

    /// Fills the buffer, on the connection's thread.
    ///
    /// - Returns: how many bytes; 0 once the connection is suspended; or one of the library's two ends.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let (count, maker, begins) = state.withLock { state -> (Int, CheckedContinuation<Bool, Never>?, Bool) in
            if !state.piece.isEmpty {
                let part = state.piece.prefix(buffer.count)
                part.withUnsafeBytes { buffer.copyMemory(from: $0) }
                state.piece = state.piece.dropFirst(part.count)
                state.sent += part.count
                return (part.count, nil, false)
            }
            switch state.end {
            case .whole: return (opencx_mhd_end, nil, false)
            case .broken: return (opencx_mhd_broken, nil, false)
            case .none: break
            }
            state.suspended = connection.suspend()
            defer {
                state.maker = nil
                state.hasBegun = true
            }
            return (0, state.maker, !state.hasBegun)
        }
        if count == 0 { connection.record?.wait(for: exchange, until: nil, endsWithClient: true) }
        maker?.resume(returning: true)
        if begins { begin() }
        return count
    }

    private func begin() {
        let task = Task {
            for await piece in self.pieces where !piece.isEmpty {
                guard await self.offer(piece) else { break }
            }
            self.finish(.whole)
        }
        let isOver = state.withLock { state in
            state.task = task
            return state.end != .none
        }
        if isOver { task.cancel() }
    }

    /// Leaves a piece for the connection, and waits until it is taken.
    private func offer(_ piece: [UInt8]) async -> Bool {
        await withCheckedContinuation { continuation in
            let suspended: SuspendedConnection? = state.withLock { state in
                guard state.end == .none else { return nil }
                state.piece = piece[...]
                state.maker = continuation
                defer { state.suspended = nil }
                return state.suspended
            }
            // The connection waits whenever a piece is asked for, so without one the body has ended meanwhile.
            guard let suspended else { return continuation.resume(returning: false) }
            connection.record?.expect(by: listener.configuration.sendDeadline(for: piece.count))
            listener.inFlight.whileResuming { suspended.resume() }
        }
    }

    /// Tells the task to end; what it still says within its time is sent.
    func windDown() {
        state.withLock { $0.task }?.cancel()
    }

    /// Ends the body now, as something whole or as something broken off.
    func cutOff(broken: Bool) {
        state.withLock { $0.task }?.cancel()
        finish(broken ? .broken : .whole)
    }

    private func finish(_ end: End) {
        let (suspended, maker) = state.withLock { state in
            defer { (state.suspended, state.maker) = (nil, nil) }
            if state.end == .none { state.end = end }
            if end == .broken { state.piece = [] }
            return (state.suspended, state.maker)
        }
        maker?.resume(returning: false)
        guard let suspended else { return }
        connection.record?.expect(by: listener.configuration.sendDeadline(for: 0))
        listener.inFlight.whileResuming { suspended.resume() }
    }
}

/// A connection whose answer is being sent.
private struct SuspendableConnection: @unchecked Sendable {
    // Safe to keep: `suspend` is called by `GrowingBody.read` only, on the connection's thread, while the library asks
    // for bytes and so while the connection lives.
    private let pointer: OpaquePointer
    let record: Connection?

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        record = Connection.of(pointer)
    }

    func suspend() -> SuspendedConnection { .suspend(pointer) }
}

// Free functions, so that no actor can claim them: the library calls them on its own threads.

/// Asks for the next bytes of a growing body.
func readGrowingBody(
    context: UnsafeMutableRawPointer?, position: UInt64, buffer: UnsafeMutablePointer<CChar>?, size: Int
) -> Int {
    guard let context, let buffer else { return opencx_mhd_broken }
    return Unmanaged<GrowingBody>.fromOpaque(context).takeUnretainedValue()
        .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

/// Lets go of a growing body, once its response is gone.
func releaseGrowingBody(context: UnsafeMutableRawPointer?) {
    context.map { Unmanaged<GrowingBody>.fromOpaque($0).release() }
}
