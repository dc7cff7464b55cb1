/// What the handoff policy makes of a turn.
extension TurnMachine {
    func verdict(on signals: [HandoffSignal]) -> SignalVerdict {
        let lastReply = conversation.earlier.last { $0.author == .ai }
        let wasAsked =
            lastReply.map { reply in
                settings.phrasebook(on: claim.session.channel).wordings.values.contains {
                    $0.beforeHandoff == reply.text
                }
            } ?? false
        var signals = signals
        // Whoever was asked what it is about has asked for a person before, and gets one.
        if wasAsked, !signals.contains(where: { $0.trigger == .explicitRequest }) {
            let evidence: RedactedText = "earlier in the conversation"
            signals.append(HandoffSignal(trigger: .explicitRequest, strength: 1, evidence: evidence))
        }
        let isRequested = signals.contains { $0.trigger == .explicitRequest }
        return SignalVerdict.of(
            signals, under: settings.handoff,
            in: SignalVerdict.Situation(
                replies: replies, statesProblem: isRequested && conversation.statesProblem,
                wasAsked: wasAsked))
    }

    /// The signs, with what the customer thinks of the last answer: a thumbs-down says without words that it did not help.
    func withVote(_ signals: [HandoffSignal]) -> [HandoffSignal] {
        guard let answer = claim.history.last(where: { $0.message?.author == .ai })?.message,
            Conversation.lastVote(on: answer.id, in: claim.history) == false
        else { return signals }
        let vote = HandoffSignal(trigger: .noProgress, strength: 0.8, evidence: "👎")
        guard let known = signals.firstIndex(where: { $0.trigger == .noProgress }) else { return signals + [vote] }
        var signals = signals
        if signals[known].strength < vote.strength { signals[known] = vote }
        return signals
    }

    /// What the customer is told where there is to be no handoff; `nil` where there is one.
    func insteadOfHandoff(_ trigger: HandoffTrigger, _ wording: Wording) -> RedactedText? {
        let rules = settings.handoff.toggles
        // What was changed has to be told, and only the record of a handoff tells it by now.
        guard !request.results.contains(where: { $0.changes && $0.outcome == .succeeded }) else { return nil }
        if !rules.isEnabled {
            switch trigger {
            // Somebody has to look at these, and autopilot is a rule of its own.
            case .autopilotOff, .topic, .actionUnknown, .turnFailed, .undeliverable, .person: return nil
            case .prohibitedTopic: return wording.topicDeclined
            case .explicitRequest: return wording.humanDeclined
            case .lowConfidence, .frustration, .noProgress, .actionFailed, .aiDecision: return wording.unknownDeclined
            }
        }
        let mayAsk = claim.session.clarifications < settings.handoff.clarificationLimit
        if trigger == .lowConfidence, mayAsk, replies < rules.requiredReplies {
            return wording.rephrase
        }
        return nil
    }

    private var replies: Int { conversation.earlier.count { $0.author == .ai } }

    /// Whether the AI's last reply said the same to another message.
    func says(_ text: RedactedText) -> Bool {
        let rules = settings.handoff.toggles
        guard rules.isEnabled, rules.onUnproductive else { return false }
        let replies = request.history.filter { $0.author == .ai }
        return replies.count >= max(1, rules.requiredReplies) && replies.last?.text == text
    }
}

extension TurnDecision {
    /// Whether the next move is the customer's, and silence no sign that they were helped.
    var asksBack: Bool {
        switch self {
        case .askBack, .decline: true
        case .reply, .handoff: false
        }
    }
}

extension Conversation {
    /// Whether the customer has said what it is about, besides asking for a person.
    var statesProblem: Bool {
        (earlier + pending).contains { message in
            message.author == .customer && SmallTalk.kind(of: message.text.text) == nil
                && HumanRequest.otherWords(in: message.text.text) > 1
        }
    }
}
