internal import Glibc
internal import OpenCXCore

/// What the thread of one program does. Used by that thread alone once it runs.
final class ChildLoop {
    private let process: ChildProcess
    private let program: SpawnedProgram
    private let bell: Int32
    private let grace: Duration
    private let onLine: @Sendable ([UInt8]) -> [[UInt8]]
    private let onEnd: @Sendable (LinkFailure) -> Void
    private var lines: LineBuffer
    private var inputIsOpen = true

    init(
        process: ChildProcess, program: SpawnedProgram, bell: Int32, limit: Int, grace: Duration,
        onLine: @escaping @Sendable ([UInt8]) -> [[UInt8]], onEnd: @escaping @Sendable (LinkFailure) -> Void
    ) {
        self.process = process
        self.program = program
        self.bell = bell
        self.grace = grace
        self.onLine = onLine
        self.onEnd = onEnd
        lines = LineBuffer(limit: limit)
    }

    /// Talks to the program until it ends or is not wanted any more, then sees to its end.
    func run() {
        let reason = talk()
        process.close()
        onEnd(reason)
        finish()
    }

    /// Without a thread: the program is not used.
    func abandon() {
        kill(-program.id, SIGKILL)
        finish()
    }

    // MARK: Talking

    private static let broken = LinkFailure.unknown(
        HTTPClientError(.interrupted, "The MCP server's program ended before it answered."))

    private func talk() -> LinkFailure {
        while !process.isClosing {
            var watched = [
                pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
                pollfd(fd: program.output, events: Int16(POLLIN), revents: 0),
            ]
            if process.hasOutput { watched.append(pollfd(fd: program.input, events: Int16(POLLOUT), revents: 0)) }
            // A program may end and leave its output open with one of its own; so its end is looked for as well.
            let count = poll(&watched, nfds_t(watched.count), 1000)
            if count == 0, hasEnded { return Self.broken }
            if count <= 0 { continue }
            if watched[0].revents != 0 { silenceBell() }
            if watched.count == 3, watched[2].revents != 0, !write() { return Self.broken }
            if watched[1].revents != 0 {
                do throws(LineBuffer.TooLong) {
                    guard try read() else { return Self.broken }
                } catch {
                    return .tooLarge
                }
            }
        }
        return .unknown(HTTPClientError(.interrupted, "The line to the MCP server was closed."))
    }

    private func silenceBell() {
        var bytes = [UInt8](repeating: 0, count: 256)
        _ = recv(bell, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    }

    /// Writes what the program takes; `false` when it takes nothing any more.
    private func write() -> Bool {
        let bytes = process.nextOutput()
        let count = send(program.input, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        if count > 0 { process.wrote(count) }
        return count >= 0 || errno == EAGAIN || errno == EINTR
    }

    /// Reads what there is; `false` at the end.
    private func read() throws(LineBuffer.TooLong) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(program.output, &bytes, bytes.count, 0)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        for line in try lines.take(bytes[..<count]) {
            // A program that asks and does not listen gets no answers, rather than all of our memory.
            for reply in onLine(line) { _ = process.send(reply) }
        }
        return true
    }

    // MARK: The end

    /// Whether the program has ended; its number stays its own until it is reaped.
    private var hasEnded: Bool {
        var information = siginfo_t()
        let status = waitid(P_PID, id_t(program.id), &information, WEXITED | WNOHANG | WNOWAIT)
        return status != 0 && errno == ECHILD || status == 0 && information.si_signo == SIGCHLD
    }

    private func finish() {
        Glibc.close(program.input)
        if !waitForEnd() {
            kill(-program.id, SIGTERM)
            if !waitForEnd() { kill(-program.id, SIGKILL) }
        }
        while !hasEnded { pause(milliseconds: 20) }
        // Its own programs end with it. Its number is not given to another group before it is reaped.
        kill(-program.id, SIGKILL)
        var status: Int32 = 0
        while waitpid(program.id, &status, 0) < 0, errno == EINTR {}
        Glibc.close(program.output)
        process.ended()
        Glibc.close(bell)
    }

    /// Waits for the program's end; throws away what it still says, for it may wait for that.
    private func waitForEnd() -> Bool {
        let deadline = ContinuousClock.now + grace
        while !hasEnded {
            if ContinuousClock.now >= deadline { return false }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            if recv(program.output, &bytes, bytes.count, 0) <= 0 { pause(milliseconds: 5) }
        }
        return true
    }

    /// This thread belongs to the program alone, so it may stand still.
    private func pause(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }
}
