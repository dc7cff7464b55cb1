internal import OpenCXAccess
internal import OpenCXCore

/// Counts who asks how often (``WidgetLimits``).
struct WidgetThrottle: Sendable {
    /// What a request does, as far as limits go.
    enum Kind { case read, write, contact }

    private let visitorReads: RateLimiter?
    private let visitorWrites: RateLimiter?
    private let addressReads: RateLimiter?
    private let addressWrites: RateLimiter?
    private let addressContacts: RateLimiter?

    /// So many visitors and addresses are told apart; a bucket takes about a hundred bytes.
    private static let capacity = 50_000

    init(_ limits: WidgetLimits, clock: any AgentClock) {
        func limiter(_ count: Int?) -> RateLimiter? {
            count.map { RateLimiter(.init(max(1, $0), per: .seconds(60)), capacity: Self.capacity, clock: clock) }
        }
        visitorReads = limiter(limits.readsPerVisitor)
        visitorWrites = limiter(limits.writesPerVisitor)
        addressReads = limiter(limits.readsPerAddress)
        addressWrites = limiter(limits.writesPerAddress)
        addressContacts = limiter(limits.contactsPerAddress)
    }

    /// Counts a request of an address; of nobody where the address is not known.
    func count(_ kind: Kind, from address: String?, _ budget: inout Budget) throws(WidgetProblem) {
        guard let address = address.map(Self.network) else { return }
        try budget.spend((kind == .read ? addressReads : addressWrites)?.take(address))
        if kind == .contact { try budget.spend(addressContacts?.take(address)) }
    }

    /// Counts a request of a visitor. Two tokens are two visitors: of an address that somebody has typed, anybody can have one made,
    /// and must not use up what its owner may.
    func count(_ kind: Kind, token: String, _ budget: inout Budget) throws(WidgetProblem) {
        let signature = token.split(separator: ".").last.map(String.init) ?? token
        try budget.spend((kind == .read ? visitorReads : visitorWrites)?.take(signature))
    }

    /// An IPv4 address, or the network that an IPv6 address is in: whoever has one of its addresses has all of them.
    static func network(_ address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let groups = address.split(separator: ":")
        // What "::" leaves out is zeros.
        let head = address.split(separator: ":", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        let zeros = Array(repeating: Substring("0"), count: max(0, 8 - groups.count))
        return (head + zeros + groups.dropFirst(head.count)).prefix(4).joined(separator: ":") + "::/64"
    }

    /// What is left for who makes a request.
    struct Budget {
        private var tightest: RateLimiter.Decision?

        mutating func spend(_ decision: RateLimiter.Decision?) throws(WidgetProblem) {
            guard let decision else { return }
            if tightest.map({ decision.remaining < $0.remaining }) ?? true { tightest = decision }
            guard !decision.isAllowed else { return }
            tightest = decision
            throw .tooMany(after: decision.retryAfter)
        }

        /// The form that the REST API has, too.
        var headers: [(name: String, value: String)] {
            guard let tightest else { return [] }
            return [
                ("ratelimit-limit", String(tightest.limit)), ("ratelimit-remaining", String(tightest.remaining)),
                ("ratelimit-reset", String(tightest.untilFull.wholeSeconds)),
            ]
        }
    }
}

extension WidgetRoute {
    /// What a request for it does, as far as limits go.
    var kind: WidgetThrottle.Kind {
        switch self {
        case .config, .listSessions, .poll, .history, .file, .resume, .turns: .read
        case .createUnverifiedContact: .contact
        case .createSession, .send, .upload, .vote, .resolve, .checkpoint, .rate, .executeAction, .stream, .stop,
            .notOffered:
            .write
        }
    }
}

extension Duration {
    /// Rounded up.
    var wholeSeconds: Int64 { components.attoseconds > 0 ? components.seconds + 1 : components.seconds }
}
