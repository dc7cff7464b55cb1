internal import OpenCXCore

/// What this process remembers of conversations, so that answers fit the mail that they answer. Nothing depends on it: after a
/// restart answers refer to the mail that the conversation began with, and the subject as it was stored.
final class MailMemory: Sendable {
    struct Mail: Sendable {
        /// The id of the customer's last mail.
        var messageID: String?
        /// What that one refers to.
        var references: [String]
        /// Its subject, as its program will look for it.
        var subject: String?
    }

    private struct State: Sendable {
        var mails: [ThreadID: Mail] = [:]
        var order: [ThreadID] = []
    }

    private let state = Locked(State())
    private static let limit = 5_000

    /// Remembers a conversation's last mail. The ones that came first are forgotten first.
    func keep(_ mail: Mail, in thread: ThreadID) {
        state.withLock { state in
            if state.mails.updateValue(mail, forKey: thread) == nil { state.order.append(thread) }
            if state.order.count > Self.limit {
                for old in state.order.prefix(Self.limit / 10) { state.mails[old] = nil }
                state.order.removeFirst(Self.limit / 10)
            }
        }
    }

    /// What is known of a conversation.
    func mail(in thread: ThreadID) -> Mail? { state.withLock { $0.mails[thread] } }
}
