internal import CCurl
internal import Glibc
internal import OpenCXCore

/// What the tasks of a client share with its thread: a list of commands, and a way to wake the thread for them.
final class Engine: Sendable {
    /// What the thread is told to do.
    enum Command: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        /// The reader has taken what was held; the connection may go on.
        case resume(Transfer)
    }

    private enum Phase: Sendable { case idle, running, stopping, stopped }

    private struct State: Sendable {
        var phase = Phase.idle
        var commands: [Command] = []
        /// Whether the thread waits for the network and has to be woken; while it works it looks by itself.
        var isAsleep = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    let configuration: CurlConfiguration
    /// An event descriptor; it lives as long as this object, so that nobody writes to one that is closed.
    let wakeup: Int32
    private let state = Locked(State())

    init(_ configuration: CurlConfiguration) {
        self.configuration = configuration
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit {
        if wakeup >= 0 { Glibc.close(wakeup) }
    }

    // MARK: Any task's side

    func submit(_ command: Command) {
        let (isAccepted, isFirst, isAsleep) = state.withLock { state in
            guard state.phase == .idle || state.phase == .running else { return (false, false, false) }
            let isFirst = state.phase == .idle
            defer { state.isAsleep = false }
            state.phase = .running
            state.commands.append(command)
            return (true, isFirst, state.isAsleep)
        }
        if isFirst, wakeup < 0 || !startThread() {
            abandon()
        } else if isAsleep {
            wake()
        } else if !isAccepted {
            fail([command], "The HTTP client is closed.")
        }
    }

    /// Tells the thread to end, without waiting for it.
    func stop() {
        let isAsleep = state.withLock { state in
            defer { state.isAsleep = false }
            if state.phase == .idle { state.phase = .stopped }
            if state.phase == .running { state.phase = .stopping }
            return state.isAsleep
        }
        if isAsleep { wake() }
    }

    /// Tells the thread to end, and waits until it has closed everything.
    func close() async {
        stop()
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                if state.phase != .stopped { state.closers.append(continuation) }
                return state.phase == .stopped
            }
            if isStopped { continuation.resume() }
        }
    }

    private func wake() {
        eventfd_write(wakeup, 1)
    }

    private func startThread() -> Bool {
        // Signals are the host program's business, so the thread blocks them all; it inherits the mask.
        var all = sigset_t()
        var old = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &old)
        defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
        var thread = pthread_t()
        let engine = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, runEngine, engine.toOpaque()) == 0 else {
            engine.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Fails what is waiting; the next request tries again to begin.
    fileprivate func abandon() {
        let (commands, closers) = state.withLock { state in
            defer { (state.commands, state.closers) = ([], []) }
            state.phase = state.phase == .stopping ? .stopped : .idle
            return (state.commands, state.closers)
        }
        fail(commands, "The system has no descriptors or threads left for HTTP.")
        for closer in closers { closer.resume() }
    }

    private func fail(_ commands: [Command], _ message: String) {
        for case .start(let transfer) in commands {
            transfer.finish(.failure(HTTPClientError(.unreachable, message)))
            transfer.wake()
        }
    }

    // MARK: The thread's side

    func take() -> (commands: [Command], isStopping: Bool) {
        state.withLock { state in
            defer { state.commands.removeAll() }
            state.isAsleep = false
            return (state.commands, state.phase == .stopping)
        }
    }

    /// Whether the thread may wait for the network: not when there are commands.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty && state.phase == .running
            return state.isAsleep
        }
    }

    func didStop() {
        let (rest, closers) = state.withLock { state in
            defer { (state.commands, state.closers) = ([], []) }
            state.phase = .stopped
            return (state.commands, state.closers)
        }
        fail(rest, "The HTTP client is closed.")
        for closer in closers { closer.resume() }
    }
}

/// The thread. A free function, so that no actor can claim it: a closure formed in an isolated context would trap here.
private func runEngine(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let engine = Unmanaged<Engine>.fromOpaque(context).takeRetainedValue()
    opencx_name_thread("opencx-http")
    if let loop = EngineLoop(engine) {
        loop.run()
        engine.didStop()
    } else {
        engine.abandon()
    }
    return nil
}
