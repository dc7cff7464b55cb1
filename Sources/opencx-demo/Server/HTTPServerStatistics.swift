internal import OpenCXCore

/// What a server has done so far and is doing now, for a metrics page.
public final class HTTPServerStatistics: Sendable {
    /// The numbers at one moment.
    public struct Snapshot: Sendable, Hashable {
        /// Open connections.
        public var connections = 0
        /// Connections since the start.
        public var connectionsTotal = 0
        /// Connections that were cut because the client was too slow.
        public var cutConnections = 0
        /// Requests that are not over yet.
        public var requestsInFlight = 0
        /// Requests since the start.
        public var requestsTotal = 0
        /// Responses by status; 0 for requests that ended without one.
        public var responses: [Int: Int] = [:]
        /// Bytes of bodies that were sent, or handed over to be sent.
        public var bytesSent = 0
        /// Whether the server is on its way to its end.
        public var isDraining = false
    }

    private let state = Locked(Snapshot())

    /// Makes numbers that are all 0.
    public init() {}

    /// The numbers of this moment.
    public var snapshot: Snapshot { state.withLock { $0 } }

    func connect() {
        state.withLock { state in
            state.connections += 1
            state.connectionsTotal += 1
        }
    }

    func disconnect() { state.withLock { $0.connections -= 1 } }

    func cut(_ count: Int) { if count > 0 { state.withLock { $0.cutConnections += count } } }

    func drain() { state.withLock { $0.isDraining = true } }

    /// A request begins; returns its number.
    func begin() -> Int {
        state.withLock { state in
            state.requestsInFlight += 1
            state.requestsTotal += 1
            return state.requestsTotal
        }
    }

    func end(_ record: AccessRecord, log: (@Sendable (AccessRecord) -> Void)?) {
        state.withLock { state in
            state.requestsInFlight -= 1
            state.responses[record.status, default: 0] += 1
            state.bytesSent += record.bytes
        }
        log?(record)
    }
}
