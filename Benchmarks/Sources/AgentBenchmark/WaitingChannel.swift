import OpenCXCore
import Synchronization

/// A channel on which a customer can wait for the reply.
final class WaitingChannel: Channel {
    private enum Reply {
        case awaited(CheckedContinuation<Void, Never>)
        case arrived
    }

    let id: ChannelID = "bench"
    let kind = ChannelKind.api
    private let replies = Mutex<[ThreadID: Reply]>([:])

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let waiter = replies.withLock { replies -> CheckedContinuation<Void, Never>? in
            if case .awaited(let waiter) = replies.removeValue(forKey: message.thread) { return waiter }
            replies[message.thread] = .arrived
            return nil
        }
        waiter?.resume()
        return DeliveryReceipt()
    }

    /// Returns when a reply has arrived that nobody has waited for yet.
    func reply(in thread: ThreadID) async {
        await withCheckedContinuation { waiter in
            let isThere = replies.withLock { replies in
                if case .arrived = replies.removeValue(forKey: thread) { return true }
                replies[thread] = .awaited(waiter)
                return false
            }
            if isThere { waiter.resume() }
        }
    }
}
