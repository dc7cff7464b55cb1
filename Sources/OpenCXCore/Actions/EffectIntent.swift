/// The intent to have a side effect, written down before the call is made (law 5).
public struct EffectIntent: Sendable, Hashable, Codable {
    /// Names the intent: the same session, message, action and arguments always give the same key. Goes to the API as the
    /// idempotency key.
    public var key: EffectKey
    /// The session.
    public var session: SessionID
    /// The customer's message it is for.
    public var customerSequence: Int
    /// The action and its arguments.
    public var proposal: ActionProposal

    /// Makes an intent; the key follows from the rest.
    public init(session: SessionID, customerSequence: Int, proposal: ActionProposal) {
        self.session = session
        self.customerSequence = customerSequence
        self.proposal = proposal
        var hash = StableHash()
        hash.combine(session.rawValue)
        hash.combine("\(customerSequence)")
        hash.combine(proposal.name)
        for (name, value) in proposal.arguments.sorted(by: { $0.key < $1.key }) {
            hash.combine(name)
            hash.combine(value.text)
        }
        key = EffectKey("effect-\(hash.hexDigits)")
    }
}

/// Names an intent to have a side effect.
public typealias EffectKey = Identifier<EffectIntent>

/// What the ledger knows of an intent.
public enum EffectState: Sendable, Hashable, Codable {
    /// Written down just now: the call may be made.
    case begun
    /// Written down by an earlier try that never reported back: nobody knows whether the call was made.
    case unknown
    /// Done or refused, with what came of it.
    case finished(ActionRecord)
}
