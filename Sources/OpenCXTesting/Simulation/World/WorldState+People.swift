internal import OpenCXCore

extension WorldState {
    /// What a person of the team, or a customer on the channel's page, does to one of the sessions.
    enum Deed: Sendable {
        case takeOver, reply(String), note(String), assign(SessionOwner), close(SessionStatus), redrive
        case rate(Int, String), vote(MessageID, isHelpful: Bool), tag([String], [String]), describe(String), erase
    }

    mutating func personDecides(on session: SessionID?) -> (SessionID, PersonID, Deed)? {
        guard let session = session ?? (watch.order.isEmpty ? nil : random.pick(watch.order)) else { return nil }
        let person = PersonID(random.pick(["ada", "ben"]))
        let text = "Call me at \(Canary.any(random.below(90), &random))"
        let deed: Deed =
            switch random.below(20) {
            case 0, 1, 2: .takeOver
            case 3, 4: .reply(text)
            case 5: .note(text)
            case 6, 7: .assign(.ai)
            case 8: .assign(random.chance(0.5) ? .team : .person(person))
            case 9, 10: .close(random.chance(0.5) ? .closedResolved : .closedUnresolved)
            case 11: .redrive
            case 12, 13: .rate(random.within(0...6), text)
            case 14, 15: vote(in: session) ?? .takeOver
            case 16: .tag([random.pick(["vip", "eu"]), text], [random.pick(["vip", "eu"])])
            case 17: .describe(text)
            default: weather.forgets ? .erase : .describe(text)
            }
        return (session, person, deed)
    }

    /// A word on something that the AI has said.
    private mutating func vote(in session: SessionID) -> Deed? {
        let answers = (watch.histories[session] ?? []).compactMap(\.message).filter { $0.author == .ai }
        guard !answers.isEmpty else { return nil }
        return .vote(random.pick(answers).id, isHelpful: random.chance(0.5))
    }
}

extension WorldState {
    /// While the AI thinks about a question for so long, somebody may do something in its session.
    mutating func interrupt(_ question: RedactedText, within milliseconds: Int) {
        guard isStormy, let number = Customers.tokens(in: question.text).first, let session = watch.stored[number]
        else {
            return
        }
        let due = now + .milliseconds(random.below(milliseconds + 30))
        if random.chance(weather.personInterrupts) { agenda.add(.person(session), at: due) }
        if random.chance(weather.customerInterrupts) { writeAgain(in: customers.messages[number].thread, at: due) }
    }
}

extension SimulatedProcess {
    /// A person does something in this process; failures are theirs to see.
    func perform(_ deed: WorldState.Deed, on session: SessionID, by person: PersonID) {
        begin { [agent] in
            switch deed {
            case .takeOver: _ = try? await agent.takeOver(session, by: person)
            case .reply(let text): _ = try? await agent.reply(to: session, as: person, UnredactedText(text))
            case .note(let text): _ = try? await agent.note(on: session, by: person, UnredactedText(text))
            case .assign(let owner): _ = try? await agent.assign(session, to: owner, by: person)
            case .close(let status): _ = try? await agent.close(session, as: status, by: .person(person))
            case .rate(let score, let text):
                _ = try? await agent.rate(session, score: score, comment: UnredactedText(text))
            case .vote(let message, let isHelpful):
                _ = try? await agent.vote(on: message, in: session, isHelpful: isHelpful)
            case .tag(let added, let removed):
                _ = try? await agent.tag(session, adding: added, removing: removed, by: .person(person))
            case .describe(let text):
                _ = try? await agent.describe(session, with: ["note": UnredactedText(text)])
                _ = try? await agent.checkpoint(UnredactedJSON(["note": .string(text)]), in: session)
            case .erase:
                guard let contact = try? await agent.parts.store.session(session)?.contact else { return }
                _ = try? await agent.erase(contact)
            case .redrive:
                let store = agent.parts.store
                for entry in (try? await store.outbox(.dead, limit: 3)) ?? [] {
                    _ = try? await store.redrive(entry.id, at: agent.parts.clock.now())
                }
            }
        }
    }
}
