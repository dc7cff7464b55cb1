/// What a policy makes of the signs in a message. Pure: signs and situation in, verdict out.
enum SignalVerdict: Equatable {
    /// Nothing that counts: the AI answers.
    case goOn
    /// The team takes over.
    case handOff(HandoffSignal)
    /// The customer is asked what it is about before the team takes over.
    case gather(HandoffSignal)
    /// The request for a person is not granted, or not yet.
    case decline(HandoffSignal)

    /// How far a conversation has come.
    struct Situation: Equatable {
        /// How often the AI has replied.
        var replies: Int
        /// Whether the customer has said what it is about, besides asking for a person.
        var statesProblem: Bool
        /// Whether the AI has just asked for it.
        var wasAsked: Bool
    }

    static func of(_ signals: [HandoffSignal], under policy: HandoffPolicy, in situation: Situation) -> SignalVerdict {
        let rules = policy.toggles
        func signal(_ trigger: HandoffTrigger, from threshold: Double) -> HandoffSignal? {
            signals.first { $0.trigger == trigger && $0.strength >= threshold }
        }
        let isTried = situation.replies >= rules.requiredReplies
        let unmoved = situation.replies > 0 ? signal(.noProgress, from: HandoffSignal.surely) : nil
        let counts = rules.isEnabled && isTried
        let frustration = counts && rules.onFrustration ? signal(.frustration, from: rules.frustrationThreshold) : nil
        let noProgress = counts && rules.onUnproductive ? unmoved : nil
        if let request = signal(.explicitRequest, from: HandoffSignal.surely) {
            guard rules.isEnabled, rules.onHumanRequest else { return .decline(request) }
            // Whoever is at the end of their patience is not asked for patience.
            if frustration == nil, noProgress == nil {
                if situation.replies < rules.requiredRepliesOnRequest { return .decline(request) }
                if rules.requiresProblem, !situation.statesProblem, !situation.wasAsked { return .gather(request) }
            }
            return .handOff(request)
        }
        return (frustration ?? noProgress).map(SignalVerdict.handOff) ?? .goOn
    }
}

extension HandoffReason {
    /// All that led to a handoff, what set it off first.
    ///
    /// - Parameters:
    ///   - given: what the answerer said; else it follows from the trigger.
    ///   - signals: the signs in the message.
    ///   - isUnclear: whether what the team wrote does not say clearly what to do.
    static func all(
        of trigger: HandoffTrigger, given: [HandoffReason]?, signals: [HandoffSignal], isUnclear: Bool
    ) -> [HandoffReason] {
        var reasons = given ?? [trigger.reason]
        for signal in signals where signal.strength >= HandoffSignal.surely {
            // Frustration is a rule of the team's that applies; it is a reason only where it set the handoff off.
            if signal.trigger == .explicitRequest || signal.trigger == .noProgress {
                reasons.append(signal.trigger.reason)
            }
        }
        if isUnclear { reasons.append(.instructionsNotClear) }
        return reasons.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
