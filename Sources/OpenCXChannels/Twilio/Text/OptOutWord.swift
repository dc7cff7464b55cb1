/// What carriers make customers able to say with one word (CTIA, Messaging Principles; Twilio, default opt-out keywords).
enum OptOutWord: Sendable, Hashable {
    /// No more messages.
    case stop
    /// Messages again.
    case start
    /// What this number is.
    case help

    private static let words: [String: OptOutWord] = [
        "stop": .stop, "stopall": .stop, "unsubscribe": .stop, "cancel": .stop, "end": .stop, "quit": .stop,
        "revoke": .stop, "optout": .stop, "stopp": .stop, "arret": .stop, "arrêt": .stop, "alto": .stop,
        "start": .start, "unstop": .start, "help": .help, "info": .help,
    ]

    /// What a message says that consists of such a word alone. "yes", which Twilio takes for a start as well, is not among them: it
    /// is what customers answer to a question.
    init?(text: String) {
        let word = text.filter { !$0.isWhitespace && !$0.isPunctuation }.lowercased()
        guard word.count <= 12, let known = Self.words[word] else { return nil }
        self = known
    }

    /// What Twilio has taken it for (`OptOutType`).
    init?(type: String) {
        switch type {
        case "STOP": self = .stop
        case "START": self = .start
        case "HELP": self = .help
        default: return nil
        }
    }
}
