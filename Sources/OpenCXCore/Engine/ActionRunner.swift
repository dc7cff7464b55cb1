/// Calls an action: binds what names the customer, puts raw values back, and goes through the ledger where something changes.
struct ActionRunner {
    let parts: AgentParts
    let session: Session
    let contact: Contact

    /// How much of a result is kept, in characters.
    static let resultLimit = 4000

    /// - Throws: ``StoreError`` when the ledger fails; the call has not been made then.
    func run(
        _ definition: ActionDefinition, _ proposal: ActionProposal, customerSequence: Int,
        counts: inout PlaceholderCounts
    ) async throws -> ActionRecord {
        let intent = EffectIntent(session: session.id, customerSequence: customerSequence, proposal: proposal)
        // The ledger comes first: what it knows stays true when the vault has forgotten the arguments.
        if definition.effect == .change {
            switch try await parts.store.beginEffect(intent, at: parts.clock.now()) {
            case .finished(let known): return known
            case .unknown: return record(proposal, .unknown, "An earlier try never reported back.")
            case .begun: break
            }
        }
        let arguments: [String: UnredactedText]
        switch try await bind(definition, proposal) {
        case .success(let bound): arguments = bound
        case .failure(let problem):
            let refused = record(proposal, .failed, RedactedText(derived: problem.message))
            if definition.effect == .change {
                try await parts.store.finishEffect(intent.key, refused, at: parts.clock.now())
            }
            return refused
        }
        let call = ActionCall(
            name: definition.name, arguments: arguments, idempotencyKey: intent.key.rawValue, session: session.id,
            ticket: session.ticket)
        let record = try await perform(call, definition, proposal, &counts)
        if definition.effect == .change, record.outcome != .unknown {
            try await parts.store.finishEffect(intent.key, record, at: parts.clock.now())
        }
        return record
    }

    private func perform(
        _ call: ActionCall, _ definition: ActionDefinition, _ proposal: ActionProposal,
        _ counts: inout PlaceholderCounts
    ) async throws -> ActionRecord {
        guard let provider = parts.actions else { return record(proposal, .failed, "No actions are configured.") }
        do {
            let result = try await provider.call(call)
            var fields: [String: RedactedText] = [:]
            for (name, value) in result.fields {
                fields[name] = try await parts.redaction.redact(value, in: session.id, counts: &counts)
                    .prefix(Self.resultLimit)
            }
            return ActionRecord(
                name: proposal.name, arguments: proposal.arguments, outcome: .succeeded,
                result: wording(of: fields, definition), fields: fields,
                changes: definition.effect == .change)
        } catch let error as ActionError {
            let text = try await parts.redaction.redact(UnredactedText(error.message), in: session.id, counts: &counts)
            return record(proposal, error.code == .notFound ? .notFound : .failed, text)
        } catch let error as CancellationError where definition.effect == .lookup {
            // The agent is stopping; the next run looks it up again.
            throw error
        } catch  where definition.effect == .lookup {
            return record(proposal, .failed, "The system behind the action could not be reached.")
        } catch {
            return record(proposal, .unknown, "The call was made, and what came of it is not known.")
        }
    }

    /// The result in the team's words, or member by member.
    private func wording(of fields: [String: RedactedText], _ definition: ActionDefinition) -> RedactedText {
        let replies = definition.replies
        let language = session.language ?? "en"
        let template = replies[language] ?? replies[LanguageTag(rawValue: language.primary)] ?? replies["en"]
        if let template { return RedactedText(derived: template).filling(fields) }
        let lines = fields.sorted { $0.key < $1.key }.map { RedactedText(derived: "\($0.key): ") + $0.value }
        return lines.joined(separator: "\n")
    }

    private func record(
        _ proposal: ActionProposal, _ outcome: ActionRecord.Outcome, _ result: RedactedText
    ) -> ActionRecord {
        ActionRecord(name: proposal.name, arguments: proposal.arguments, outcome: outcome, result: result)
    }

    /// Law 10: what names the customer comes from the verified contact, whatever the proposal says.
    private func bind(
        _ definition: ActionDefinition, _ proposal: ActionProposal
    ) async throws -> Result<[String: UnredactedText], ActionError> {
        if session.hasOtherSenders,
            definition.effect == .change || definition.parameters.contains(where: \.isBoundByPlatform)
        {
            return .failure(
                ActionError(
                    .badArguments,
                    "Somebody other than the verified customer has written in this session, so the action was not called."
                ))
        }
        var bound: [String: UnredactedText] = [:]
        for parameter in definition.parameters {
            if parameter.isBoundByPlatform {
                guard contact.isVerified, let value = contactValue(parameter.source) else {
                    return .failure(
                        ActionError(.badArguments, "The customer is not verified, so the action was not called."))
                }
                bound[parameter.name] = UnredactedText(value)
            } else {
                guard let value = proposal.arguments[parameter.name] else {
                    return .failure(ActionError(.badArguments, "The argument \(parameter.name) is missing."))
                }
                let raw = try await parts.redaction.restore(value, in: session.id)
                if !Placeholder.all(in: raw.reveal()).isEmpty {
                    return .failure(
                        ActionError(.badArguments, "The value behind \(parameter.name) is not known any more."))
                }
                bound[parameter.name] = raw
            }
        }
        return .success(bound)
    }

    private func contactValue(_ source: ActionParameter.Source) -> String? {
        switch source {
        case .code: nil
        case .contactEmail: contact.email
        case .contactPhone: contact.phone
        case .contactCustomID: contact.customID
        }
    }
}
