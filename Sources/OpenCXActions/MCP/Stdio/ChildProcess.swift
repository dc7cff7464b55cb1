internal import Glibc
internal import OpenCXCore

/// A program that is talked to in lines. One thread reads, writes, and sees to the program's end.
final class ChildProcess: Sendable {
    /// How many bytes may wait for a program that does not read.
    static let queueLimit = 8 << 20

    private struct State {
        /// What is still to be written.
        var queue: [UInt8] = []
        var isClosing = false
        var isEnded = false
        /// Our end of the line that wakes the thread; -1 once it is closed.
        var bell: Int32
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Locked<State>

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: the program.
    ///   - limit: how many bytes a line may have.
    ///   - onLine: takes a line, on the thread; returns what to send back.
    ///   - onEnd: takes the reason why no more lines come; called once.
    init(
        _ command: MCPCommand, limit: Int, onLine: @escaping @Sendable ([UInt8]) -> [[UInt8]],
        onEnd: @escaping @Sendable (LinkFailure) -> Void
    ) throws(LinkFailure) {
        var bell: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &bell) == 0 else {
            throw .notSent("The program cannot be started: there are too many open files.")
        }
        state = Locked(State(bell: bell[0]))
        let program: SpawnedProgram
        do {
            program = try SpawnedProgram(command)
        } catch {
            Glibc.close(bell[0])
            Glibc.close(bell[1])
            throw error
        }
        let loop = ChildLoop(
            process: self, program: program, bell: bell[1], limit: limit, grace: command.grace, onLine: onLine,
            onEnd: onEnd)
        guard Self.startThread(loop) else {
            loop.abandon()
            throw .notSent("The program cannot be talked to: there are too many threads.")
        }
    }

    /// Sends a line.
    ///
    /// - Returns: `false` when it certainly is not sent: the program has ended, or has stopped reading.
    func send(_ line: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.isClosing, !state.isEnded, state.queue.count + line.count < Self.queueLimit else {
                return false
            }
            state.queue += line
            state.queue.append(0x0A)
            Self.ring(state.bell)
            return true
        }
    }

    /// Closes the program's input; it is killed when it does not end by itself.
    func close() {
        state.withLock { state in
            state.isClosing = true
            if !state.isEnded { Self.ring(state.bell) }
        }
    }

    /// Waits until the program has ended and nothing of it is left.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiting.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    /// Wakes the thread. When the line is full, it is awake anyway.
    private static func ring(_ bell: Int32) {
        var byte: UInt8 = 1
        _ = Glibc.send(bell, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    }

    private static func startThread(_ loop: ChildLoop) -> Bool {
        // Signals are the host program's business, so the thread blocks them all; it inherits the mask.
        var all = sigset_t()
        var old = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &old)
        defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
        var thread = pthread_t()
        let reference = Unmanaged.passRetained(loop)
        guard pthread_create(&thread, nil, runChildLoop, reference.toOpaque()) == 0 else {
            reference.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

// What the thread uses.
extension ChildProcess {
    var isClosing: Bool { state.withLock(\.isClosing) }
    var hasOutput: Bool { state.withLock { !$0.queue.isEmpty } }

    /// The next bytes to write.
    func nextOutput() -> [UInt8] { state.withLock { Array($0.queue.prefix(1 << 16)) } }

    /// Bytes were written.
    func wrote(_ count: Int) {
        state.withLock { $0.queue.removeFirst(count) }
    }

    /// The program is gone.
    func ended() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            (state.isClosing, state.isEnded, state.queue) = (true, true, [])
            Glibc.close(state.bell)
            state.bell = -1
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

private func runChildLoop(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    // The thread owns the reference that it was started with.
    Unmanaged<ChildLoop>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
