internal import OpenCXCore

/// Which delivery each message of ours was, as far as this process remembers: Front names messages by an id of its own, and takes
/// none of ours. Reports come within minutes; one that comes after a restart is told in the history.
final class SentMessages: Sendable {
    private struct State: Sendable {
        var deliveries: [String: String] = [:]
        var order: [String] = []
    }

    private let state = Locked(State())
    private static let limit = 5_000

    /// Remembers a message. The ones that were sent first are forgotten first.
    ///
    /// - Parameters:
    ///   - uid: Front's `message_uid`.
    ///   - delivery: our name for it.
    func keep(_ uid: String, as delivery: String) {
        state.withLock { state in
            if state.deliveries.updateValue(delivery, forKey: uid) == nil { state.order.append(uid) }
            if state.order.count > Self.limit {
                for old in state.order.prefix(Self.limit / 10) { state.deliveries[old] = nil }
                state.order.removeFirst(Self.limit / 10)
            }
        }
    }

    /// Our name for a message.
    func delivery(of uid: String) -> String? { state.withLock { $0.deliveries[uid] } }
}
