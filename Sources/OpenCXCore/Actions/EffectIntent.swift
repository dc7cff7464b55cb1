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

/// Whether a call may be made.
public enum EffectStart: Sendable, Hashable {
    /// The intent is written down: the call may be made.
    case begun
    /// An earlier try has written it down, and this is known of it: the call is not made.
    case known(EffectState)
    /// The turn may not change anything any more, and nothing was written: the call is not made.
    case refused
}

/// What the ledger knows of an intent.
public enum EffectState: Sendable, Hashable, Codable {
    /// Written down by a try that has not reported back yet: nobody knows whether the call was made.
    case unknown
    /// Done or refused, with what came of it.
    case finished(ActionRecord)
}
