internal import CMicrohttpd
internal import Glibc
internal import OpenCXCore

/// One client's connection: its socket, and by when the client must have done what is next.
///
/// The library's own timeout is for a client that is silent. This one is for a client that is never silent and never
/// done: one byte every ten seconds, of a head, of a body, or taken from an answer.
final class Connection: Sendable {
    /// What is found out about a connection from outside its thread.
    enum Finding {
        case well
        /// Its time was over, and it was cut.
        case cut
        /// It waits for a handler, and the client has closed its side.
        case gone(Exchange)
        /// Its handler has taken too long.
        case overdue(Exchange)
    }

    private struct State: Sendable {
        /// -1 once the library closes the socket: then the number may already be another's.
        var socket: Int32
        var deadline: ContinuousClock.Instant?
        /// The request that is with its handler, and whose connection reads nothing meanwhile.
        var waiting: Exchange?
        /// Whether that is of no use to anybody once the client has closed its side.
        var endsWithClient = false
    }
    private let state: Locked<State>
    /// Who has connected.
    let peer: IPAddress?

    init(socket: Int32, peer: IPAddress?, deadline: ContinuousClock.Instant) {
        self.peer = peer
        state = Locked(State(socket: socket, deadline: deadline))
    }

    /// The connection that the library keeps for a client.
    static func of(_ pointer: OpaquePointer) -> Connection? {
        opencx_mhd_kept(pointer).map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The client is to do something by then; `nil` while it is not its turn.
    func expect(by deadline: ContinuousClock.Instant?) {
        state.withLock { state in
            state.deadline = deadline
            state.waiting = nil
        }
    }

    /// It is the handler's turn, until then.
    func wait(for exchange: Exchange, until deadline: ContinuousClock.Instant?, endsWithClient: Bool) {
        state.withLock { state in
            state.deadline = deadline
            state.waiting = exchange
            state.endsWithClient = endsWithClient
        }
    }

    /// The library closes the socket.
    func close() {
        state.withLock { state in
            state.socket = -1
            state.waiting = nil
        }
    }

    /// Looks at the connection from outside its thread, and cuts it when its time is over: its thread then sees an end.
    func look(at now: ContinuousClock.Instant) -> Finding {
        state.withLock { state in
            guard state.socket >= 0 else { return .well }
            let isOverdue = state.deadline.map { $0 < now } ?? false
            guard let exchange = state.waiting else {
                guard isOverdue else { return .well }
                shutdown(state.socket, Int32(SHUT_RDWR))
                state.deadline = nil
                return .cut
            }
            if isOverdue {
                state.waiting = nil
                return .overdue(exchange)
            }
            guard state.endsWithClient, Self.isAtEnd(state.socket) else { return .well }
            state.waiting = nil
            return .gone(exchange)
        }
    }

    /// Whether the client has closed its side. Reads nothing, and does not block.
    private static func isAtEnd(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
    }
}

/// The connections of one server.
final class Connections: Sendable {
    private let all = Locked<[ObjectIdentifier: Connection]>([:])

    var count: Int { all.withLock { $0.count } }

    func insert(_ connection: Connection) {
        all.withLock { $0[ObjectIdentifier(connection)] = connection }
    }

    func remove(_ connection: Connection) {
        connection.close()
        all.withLock { $0[ObjectIdentifier(connection)] = nil }
    }

    /// Looks at every connection: cuts those whose time is over, and gives up on handlers that nobody waits for.
    ///
    /// - Returns: how many were cut.
    func sweep(at now: ContinuousClock.Instant = .now) -> Int {
        var cut = 0
        for connection in all.withLock({ Array($0.values) }) {
            switch connection.look(at: now) {
            case .well: break
            case .cut: cut += 1
            case .gone(let exchange): exchange.clientIsGone()
            case .overdue(let exchange): exchange.abandon(.overdue)
            }
        }
        return cut
    }
}
