internal import OpenCXCore

/// A line to a program: messages are lines of JSON on its standard input and output.
final class StdioLink: Link {
    private let replies: PendingReplies
    private let child: ChildProcess
    private let clock: any AgentClock

    init(_ command: MCPCommand, limit: Int, clock: any AgentClock, desk: ServerDesk) throws(LinkFailure) {
        let replies = PendingReplies()
        self.replies = replies
        self.clock = clock
        child = try ChildProcess(
            command, limit: limit,
            onLine: { line in Self.take(line, replies, desk) },
            onEnd: { replies.end($0) })
    }

    deinit {
        child.close()
    }

    var isAlive: Bool { replies.isOpen }

    func agree(on version: String) {}

    func request(_ method: String, _ parameters: JSONValue, timeout: Duration) async throws -> JSONValue {
        let id = replies.makeID()
        let deadline = clock.now() + timeout
        return try await withThrowingTaskGroup(of: JSONValue.self) { group in
            group.addTask { try await self.answer(to: id, method, parameters) }
            group.addTask {
                do {
                    try await self.clock.sleep(until: deadline)
                } catch {
                    throw LinkFailure.cancelled
                }
                throw LinkFailure.timedOut
            }
            // Whoever is second is cancelled; a request that is tells the server so.
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw LinkFailure.cancelled }
            return answer
        }
    }

    func notify(_ method: String, timeout: Duration) async throws {
        guard child.send(RPCText.notification(method)) else { throw LinkFailure.notSent("It has ended.") }
    }

    func close() async {
        child.close()
        await child.waitForEnd()
    }

    private func answer(to id: Int64, _ method: String, _ parameters: JSONValue) async throws -> JSONValue {
        do {
            return try await replies.wait(for: id) { child.send(RPCText.request(method, id: id, parameters)) }
        } catch LinkFailure.cancelled {
            // The protocol does not let the first request of all be taken back.
            if method != "initialize" { _ = child.send(RPCText.cancellation(of: id)) }
            throw LinkFailure.cancelled
        }
    }

    /// Takes a line of the program's.
    ///
    /// - Returns: what to send back.
    private static func take(_ line: [UInt8], _ replies: PendingReplies, _ desk: ServerDesk) -> [[UInt8]] {
        // Programs print other things as well; what is no message is passed over.
        guard let messages = try? RPCMessage.all(in: line) else { return [] }
        return messages.compactMap { message in
            switch message {
            case .result(let id, let value): replies.finish(id, .success(value))
            case .error(let id, let code, let text):
                replies.finish(id, .failure(LinkFailure.rejected(code: code, text: text)))
            default: return desk.take(message)
            }
            return nil
        }
    }
}

/// Starts programs.
struct StdioOpener: LinkOpener {
    let command: MCPCommand
    let limit: Int
    let clock: any AgentClock

    /// A program that ends as soon as it has begun is not started again and again.
    var pauseAfterFailure: Duration { .seconds(5) }

    func open(_ desk: ServerDesk) throws -> any Link {
        try StdioLink(command, limit: limit, clock: clock, desk: desk)
    }
}
