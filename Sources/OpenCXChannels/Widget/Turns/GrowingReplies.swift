internal import OpenCXCore

/// What has been shown so far of the replies that grow in this process, so that whoever joins late, or comes back, sees each from
/// its beginning.
final class GrowingReplies: Sendable {
    /// How many replies are kept at most. One that another process has taken up never ends here, and is dropped in time.
    static let limit = 4096

    struct Reply: Sendable, Hashable {
        var message: MessageID
        var text: RedactedText
        fileprivate var order: Int
    }

    private struct State {
        var replies: [ThreadID: Reply] = [:]
        var count = 0
    }

    private let state = Locked(State())
    /// Wakes the readers; what they then show is in `state`.
    private let broadcast = ReplyBroadcast()

    func show(_ piece: ReplyPiece) {
        state.withLock { state in
            switch piece.content {
            case .began(let text):
                state.count += 1
                state.replies[piece.thread] = Reply(message: piece.message, text: text, order: state.count)
                if state.replies.count > Self.limit {
                    // Half of them at once, so that this costs little for each.
                    let oldest = state.replies.values.map(\.order).sorted()[Self.limit / 2]
                    state.replies = state.replies.filter { $0.value.order >= oldest }
                }
            case .grew(let more):
                guard let reply = state.replies[piece.thread], reply.message == piece.message else { return }
                state.replies[piece.thread]?.text = reply.text + more
            case .committed, .retracted:
                state.replies[piece.thread] = nil
            }
        }
        broadcast.show(piece)
    }

    /// The reply of a conversation that grows at the moment, as far as it is shown.
    subscript(thread: ThreadID) -> Reply? { state.withLock { $0.replies[thread] } }

    /// What wakes a reader of a conversation.
    func changes(in thread: ThreadID) -> ReplyBroadcast.Pieces { broadcast.pieces(in: thread) }
}
