internal import OpenCXCore

/// Takes what a server sends unasked.
final class ServerDesk: Sendable {
    private let count = Locked(0)

    /// How often the list of tools may have changed.
    var changes: Int { count.withLock { $0 } }

    /// Notes that the list of tools may have changed.
    func noteChange() {
        count.withLock { $0 += 1 }
    }

    /// Takes a message that is no answer.
    ///
    /// - Returns: what to send back.
    func take(_ message: RPCMessage) -> [UInt8]? {
        switch message {
        case .notification("notifications/tools/list_changed"): noteChange()
        case .request(let id, "ping"): return RPCText.reply(to: id)
        case .request(let id, _): return RPCText.methodNotFound(id)
        case .notification, .result, .error: break
        }
        return nil
    }
}
