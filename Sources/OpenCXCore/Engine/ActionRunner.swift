/// Calls an action: binds what names the customer, puts raw values back, and goes through the ledger where something changes.
struct ActionRunner {
    let parts: AgentParts
    let claim: TurnClaim
    /// For how long the turn is kept from the moment on when a change begins.
    let lease: Duration

    private var session: Session { claim.session }
    private var contact: Contact { claim.contact }

    /// The turn may not change anything any more: somebody else has taken it up, or its session.
    struct Refused: Error {}

    /// How much of a result is kept, in characters.
    static let resultLimit = 4000
    /// How much of a result that comes as one text is kept, in characters.
    static let textLimit = 16_000

    /// - Throws: ``Refused``, or ``StoreError`` when the ledger fails; the call has not been made then.
    func run(
        _ definition: ActionDefinition, _ proposal: ActionProposal, customerSequence: Int,
        counts: inout PlaceholderCounts
    ) async throws -> ActionRecord {
        let intent = EffectIntent(session: session.id, customerSequence: customerSequence, proposal: proposal)
        // The ledger comes first: what it knows stays true when the vault has forgotten the arguments.
        if definition.effect == .change {
            let now = parts.clock.now()
            switch try await parts.store.beginEffect(intent, lease: claim.lease, until: now + lease, at: now) {
            case .known(.finished(let known)): return known
            case .known(.unknown): return record(proposal, .unknown, "An earlier try never reported back.")
            case .refused: throw Refused()
            case .begun: break
            }
        }
        let values: [String: UnredactedJSON]
        switch try await bind(definition, proposal) {
        case .success(let bound): values = bound
        case .failure(let problem):
            let refused = record(proposal, outcome(of: problem), RedactedText(derived: problem.message))
            if definition.effect == .change {
                try await parts.store.finishEffect(intent.key, refused, at: parts.clock.now())
            }
            return refused
        }
        let call = ActionCall(
            name: definition.name, values: values, idempotencyKey: intent.key.rawValue, session: session.id,
            ticket: session.ticket,
            customer: contact.isVerified && !session.hasOtherSenders ? contact.customID.map(UnredactedText.init) : nil)
        let record = try await perform(call, definition, proposal, &counts)
        if definition.effect == .change, record.outcome != .unknown {
            // When the ledger cannot take it, the turn's commit still tells what was done; when that fails too, the row stays
            // unknown, which is handed off.
            try? await parts.store.finishEffect(intent.key, record, at: parts.clock.now())
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
            // In order: which value gets which placeholder must not depend on how a dictionary lies in memory.
            for (name, value) in result.fields.sorted(by: { $0.key < $1.key }) {
                fields[name] = try await parts.redaction.redactForeign(value, in: session.id, counts: &counts)
                    .prefix(Self.resultLimit)
            }
            var text: RedactedText?
            if let whole = result.text {
                text = try await parts.redaction.redactForeign(whole, in: session.id, counts: &counts).prefix(
                    Self.textLimit)
            }
            return ActionRecord(
                name: proposal.name, arguments: proposal.arguments, outcome: .succeeded,
                result: wording(of: fields, text, definition), fields: fields,
                changes: definition.effect == .change)
        } catch let error as ActionError {
            let whole = [error.message, error.details?.reveal()].compactMap(\.self).joined(separator: "\n")
            let text = try await parts.redaction.redactForeign(
                UnredactedText(whole), in: session.id, counts: &counts)
            return record(proposal, outcome(of: error), text.prefix(Self.textLimit))
        } catch let error as CancellationError where definition.effect == .lookup {
            // The agent is stopping; the next run looks it up again.
            throw error
        } catch  where definition.effect == .lookup {
            return record(proposal, .failed, "The system behind the action could not be reached.")
        } catch {
            return record(proposal, .unknown, "The call was made, and what came of it is not known.")
        }
    }

    private func outcome(of error: ActionError) -> ActionRecord.Outcome {
        switch error.code {
        case .notFound: .notFound
        case .badArguments: .badArguments
        default: .failed
        }
    }

    /// The result in the team's words, as the provider put it, or member by member.
    private func wording(
        of fields: [String: RedactedText], _ text: RedactedText?, _ definition: ActionDefinition
    ) -> RedactedText {
        if let template = definition.reply(in: session.language ?? "en") {
            return RedactedText(derived: template).filling(fields)
        }
        if let text { return text }
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
    ) async throws -> Result<[String: UnredactedJSON], ActionError> {
        if let refusal = definition.refusal(for: contact, in: session) { return .failure(refusal) }
        var values: [String: JSONValue] = [:]
        for parameter in definition.parameters {
            if parameter.isBoundByPlatform {
                values[parameter.name] = contact.value(of: parameter.source).map(JSONValue.string)
            } else if let text = proposal.arguments[parameter.name] {
                let value = try await restored(parameter.value(from: text.text, definition.schemaDefinitions))
                if value.hasPlaceholders {
                    return .failure(
                        ActionError(.badArguments, "The value behind \(parameter.name) is not known any more."))
                }
                values[parameter.name] = value
            }
        }
        let (checked, objections) = definition.checked(values)
        guard objections.isEmpty else {
            return .failure(ActionError(.badArguments, objections.joined(separator: "; ")))
        }
        return .success(checked.mapValues(UnredactedJSON.init))
    }

    /// Raw values in place of placeholders, text by text, so that none of them can break out of its text.
    private func restored(_ value: JSONValue) async throws -> JSONValue {
        switch value {
        case .string(let text):
            return .string(try await parts.redaction.restore(RedactedText(derived: text), in: session.id).reveal())
        case .array(let items):
            var restoredItems: [JSONValue] = []
            for item in items { restoredItems.append(try await restored(item)) }
            return .array(restoredItems)
        case .object(let members):
            var restoredMembers: [String: JSONValue] = [:]
            for (name, member) in members { restoredMembers[name] = try await restored(member) }
            return .object(restoredMembers)
        case .null, .bool, .integer, .number: return value
        }
    }
}
