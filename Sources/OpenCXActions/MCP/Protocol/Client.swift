internal import OpenCXCore

/// A client of one server: connects when it is needed, and again when the server has forgotten it or has ended.
final class Client: Sendable {
    /// The versions of the protocol that are spoken, the preferred one first.
    static let versions = ["2025-06-18", "2025-03-26"]

    let desk = ServerDesk()
    private let opener: any LinkOpener
    private let clock: any AgentClock
    private let timeout: Duration
    private let turnstile = Turnstile()
    private let state = Locked(State())

    private struct State {
        var session: Session?
        var pausedUntil: Timestamp?
        var lastSession = 0
    }

    /// A line on which both sides have introduced themselves.
    struct Session {
        var number: Int
        var link: any Link
        var hasTools: Bool
    }

    init(_ opener: any LinkOpener, clock: any AgentClock, timeout: Duration) {
        self.opener = opener
        self.clock = clock
        self.timeout = timeout
    }

    /// Sends a request, on a new session where the server has forgotten the old one.
    ///
    /// - Throws: `ActionError` when there is no connection, so nothing was sent; `LinkFailure` for everything after that;
    ///   `CancellationError`.
    func request(_ method: String, _ parameters: JSONValue, timeout: Duration) async throws -> JSONValue {
        let session = try await session()
        do {
            return try await session.link.request(method, parameters, timeout: timeout)
        } catch LinkFailure.sessionGone {
            forget(session)
            return try await self.session().link.request(method, parameters, timeout: timeout)
        }
    }

    /// The session, begun if there is none.
    func session() async throws -> Session {
        if let session = living() { return session }
        return try await turnstile.pass {
            if let session = living() { return session }
            if let until = state.withLock(\.pausedUntil), clock.now() < until {
                throw ActionError(
                    .unavailable, "The MCP server could not be used a moment ago; it is tried again soon.")
            }
            do {
                return try await begin()
            } catch let failure as LinkFailure {
                if case .cancelled = failure { throw CancellationError() }
                let pause = opener.pauseAfterFailure
                if pause > .zero { state.withLock { $0.pausedUntil = clock.now() + pause } }
                throw ActionError(.unavailable, "The MCP server cannot be used. \(failure.summary)")
            }
        }
    }

    /// Ends the session, if there is one.
    func close() async {
        let session = state.withLock { state in
            defer { state.session = nil }
            return state.session
        }
        await session?.link.close()
    }

    private func living() -> Session? {
        let session = state.withLock(\.session)
        return session?.link.isAlive == true ? session : nil
    }

    private func forget(_ session: Session) {
        state.withLock { state in
            if state.session?.number == session.number { state.session = nil }
        }
    }

    private func begin() async throws -> Session {
        let link = try opener.open(desk)
        do {
            let hasTools = try await introduce(on: link)
            // Whatever was known of the tools was known of another session.
            desk.noteChange()
            return state.withLock { state in
                state.lastSession += 1
                let session = Session(number: state.lastSession, link: link, hasTools: hasTools)
                state.session = session
                state.pausedUntil = nil
                return session
            }
        } catch {
            await link.close()
            throw error
        }
    }

    /// Agrees with the server on a version.
    ///
    /// - Returns: whether the server has tools.
    private func introduce(on link: any Link) async throws -> Bool {
        let answer = try await link.request(
            "initialize",
            [
                "protocolVersion": .string(Self.versions[0]), "capabilities": [:],
                "clientInfo": ["name": "opencx-swift", "title": "OpenCX for Swift", "version": "0.1.0"],
            ], timeout: timeout)
        guard let version = answer["protocolVersion"]?.string, Self.versions.contains(version) else {
            throw LinkFailure.notSent(
                "It speaks none of the versions of the protocol that are supported: "
                    + Self.versions.joined(separator: ", ") + ".")
        }
        link.agree(on: version)
        try await link.notify("notifications/initialized", timeout: timeout)
        if case .object? = answer["capabilities"]?["tools"] { return true }
        return false
    }
}
