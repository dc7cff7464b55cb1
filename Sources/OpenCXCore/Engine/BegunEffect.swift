/// A change that an earlier try of a turn has begun, and of which nobody has heard yet.
///
/// It is dealt with first, whatever the customer has written since: read together with a newer message, a yes is no clear yes any
/// more, the customer would be asked again, and what was done once would be done twice (law 5). When the session is not the AI's
/// any more, the turn is only there to write down what became of it.
struct BegunEffect {
    /// The turn without what the customer wrote after the yes; that gets a turn of its own.
    var claim: TurnClaim
    /// What the ledger knows.
    var record: ActionRecord

    /// - Throws: ``StoreError`` when the ledger cannot be read.
    static func find(for claim: TurnClaim, in ledger: any EffectLedger) async throws -> BegunEffect? {
        guard let intent = claim.session.begunEffect else { return nil }
        switch try await ledger.effect(intent.key) {
        case .finished(let record) where record.outcome == .succeeded || record.outcome == .unknown:
            return BegunEffect(claim: claim.endingWithYes, record: record)
        case .finished(let record):
            // Nothing was done: a yes may still be acted upon, and anything else is answered as usual.
            return claim.session.awaitsAI ? nil : BegunEffect(claim: claim, record: record)
        case .unknown, nil:
            let record = ActionRecord(
                name: intent.proposal.name, arguments: intent.proposal.arguments, outcome: .unknown,
                result: "An earlier try never reported back.", changes: true)
            return BegunEffect(claim: claim.endingWithYes, record: record)
        }
    }
}

extension TurnClaim {
    /// The turn as it was when the customer had said yes, as far as that can be told.
    fileprivate var endingWithYes: TurnClaim {
        var question: [RedactedText] = []
        for entry in history where entry.sequence > session.settledSequence {
            guard let message = entry.message, message.author == .customer else { continue }
            question.append(message.text)
            // It was a clear one, or nothing would have begun, so it is enough to see where it is.
            guard Consent.isOpenedByYes(question.joined(separator: "\n").text) else { continue }
            var claim = self
            claim.session.lastCustomerSequence = entry.sequence
            claim.history.removeAll { $0.sequence > entry.sequence && $0.message?.author == .customer }
            return claim
        }
        return self
    }
}
