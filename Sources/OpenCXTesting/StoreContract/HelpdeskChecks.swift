internal import OpenCXCore

extension StoreContract {
    /// What helpdesks know and tell.
    static let helpdeskChecks: [Check] = [
        Check("what a provider tells twice is done once, for each who tells it") { scene in
            try await scene.accept(scene.intake())
            let first = try await scene.tell("evt-1", at: 1)
            try scene.expect(first?.isRepeat, is: false, "whether the first one is a repeat")
            let again = try await scene.tell("evt-1", at: 2)
            try scene.expect(again?.isRepeat, is: true, "whether the second one is a repeat")
            try scene.expect(again?.session, is: first?.session, "the session after the repeat")
            let other = try await scene.tell("evt-1", from: .helpdesk("zendesk"), at: 3)
            try scene.expect(other?.isRepeat, is: false, "whether another one's event is a repeat")
            let entries = try await scene.history().count { $0.event == .activity("Assigned.", by: .system) }
            try scene.expect(entries, is: 2, "the number of entries")
        },
        Check("what is told of no session, or does not fit, is not remembered") { scene in
            let nobody = try await scene.tell("evt-1", session: "s9", at: 1)
            try scene.expect(nobody, is: nil, "what came of it")
            try await scene.accept(scene.intake())
            let long = RedactedText(derived: String(repeating: "x", count: 20_000))
            do {
                _ = try await scene.tell("evt-1", .checkpoint(long), at: 2)
                throw scene.violation("a checkpoint was kept that is too long")
            } catch let error as StoreError {
                try scene.expect(error.code == .refused, "the error should be refused, and is \(error)")
            }
            try scene.expect(try await scene.tell("evt-1", at: 3)?.isRepeat, is: false, "whether it was told before")
        },
        Check("what a provider told is forgotten with its session, or when it is old") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.tell("evt-1", at: 1)
            var cutoffs = RetentionCutoffs()
            cutoffs.dedupeKeys = scene.time(2)
            let removed = try await scene.store.removeExpired(cutoffs, limit: 99, at: scene.time(3))
            try scene.expect(removed.dedupeKeys, is: 2, "the number of keys that are removed")
            try scene.expect(try await scene.tell("evt-1", at: 4)?.isRepeat, is: false, "whether it is remembered")
            let contact = try await scene.session().contact
            _ = try await scene.store.erase(contact, at: scene.time(5))
            try await scene.accept(scene.intake(message: "m2", session: "s2", thread: "t2", at: 6))
            let outcome = try await scene.tell("evt-1", session: "s2", at: 7)
            try scene.expect(outcome?.isRepeat, is: false, "whether it is remembered after the erasure")
        },
        Check("a session is found by the name that a helpdesk has for it") { scene in
            var intake = scene.intake()
            intake.helpdesk = "front"
            try await scene.accept(intake)
            let session = try await scene.session()
            try scene.expect(session.home, is: "front", "where the conversation lives")
            try scene.expect(session.tickets, is: ["front": session.thread.rawValue], "its names")
            let found = try await scene.store.session(at: "front", ticket: session.thread.rawValue)
            try scene.expect(found, is: session, "the session of the thread")
            let wrong = try await scene.store.session(at: "zendesk", ticket: session.thread.rawValue)
            try scene.expect(wrong, is: nil, "the session at another helpdesk")
        },
        Check("a helpdesk that takes a handoff gives the session a name, and hears when it ends") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            var commit = scene.commit(claim, reply: nil, at: 2)
            commit.handoff = scene.handoff(at: 2)
            commit.helpdesks = ["zendesk"]
            _ = try await scene.store.commitTurn(commit)
            let delivery = try await scene.claimDelivery(to: .helpdesk("zendesk"), at: 3)
            try scene.expect(
                try await scene.store.session(at: "zendesk", ticket: ""), is: nil, "the session without a name")
            try await scene.accept(scene.intake("Hello?", message: "m2", at: 3))
            try await scene.store.settleDelivery(
                delivery.id, lease: "delivery-1", .delivered(reference: "17"), at: scene.time(4))
            let more = try await scene.claimDelivery(to: .helpdesk("zendesk"), at: 4)
            let sequence = try await scene.session().lastCustomerSequence
            try scene.expect(more.payload, is: .followUp("zendesk", sequence: sequence), "what follows")
            try await scene.store.settleDelivery(
                more.id, lease: "delivery-1", .delivered(reference: nil), at: scene.time(4))
            let found = try scene.require(try await scene.store.session(at: "zendesk", ticket: "17"), "the session")
            try scene.expect(found.tickets, is: ["zendesk": "17"], "its names")
            try await scene.perform(.close(.closedResolved, by: .person("Ana")), at: 5)
            let ending = try await scene.claimDelivery(to: .helpdesk("zendesk"), at: 6)
            try scene.expect(
                ending.payload, is: .ending("zendesk", .closedResolved, by: .person("Ana")), "what it is told")
            try await scene.store.settleDelivery(
                ending.id, lease: "delivery-1", .left(reason: "Somebody has it."), at: scene.time(7))
            let last = try await scene.history().last?.event
            try scene.expect(last, is: .activity("Somebody has it.", by: .system), "the last entry")
            try scene.expect(try await scene.store.outbox(.delivered, limit: 9).count, is: 3, "what is delivered")
        },
        Check("a helpdesk that told of an end is not told of it") { scene in
            var intake = scene.intake()
            intake.helpdesk = "front"
            try await scene.accept(intake)
            _ = try await scene.tell("evt-1", .close(.closedResolved, by: .system, toldBy: "front"), at: 1)
            try scene.expect(try await scene.session().status, is: .closedResolved, "the status")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "what waits")
        },
        Check("a reply that a person has sent elsewhere is recorded, and not sent again") { scene in
            try await scene.accept(scene.intake())
            let message = Message(id: "r-1", author: .person("Ana"), text: "Hello!", at: scene.time(1))
            let outcome = try await scene.tell("evt-1", .reply("Ana", message, isSent: true), at: 1)
            try scene.expect(outcome?.session.owner, is: .person("Ana"), "the owner")
            try scene.expect(try await scene.history().compactMap(\.message).last, is: message, "the last message")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "what waits")
        },
        Check("what was withdrawn is told, and the team has the session") { scene in
            try await scene.accept(scene.intake())
            let commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            _ = try await scene.store.commitTurn(commit)
            let delivery = try await scene.claimDelivery(at: 3)
            try await scene.store.settleDelivery(
                delivery.id, lease: "delivery-1", .withdrawn(reason: "Ana has it."), at: scene.time(4))
            try scene.expect(try await scene.session().owner, is: .team, "the owner")
            let withheld = try await scene.history().contains {
                if case .withheld(.ownerChanged, _) = $0.event { true } else { false }
            }
            try scene.expect(withheld, is: true, "whether the history tells it")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "what waits")
        },
        Check("whom others lead is kept out of the AI's hands") { scene in
            var intake = scene.intake()
            intake.helpdesk = "front"
            try await scene.accept(intake)
            var next = scene.intake("And now?", message: "m2", session: "s1", at: 1)
            next.holder = .person("Ana")
            try await scene.accept(next)
            try scene.expect(try await scene.session().owner, is: .person("Ana"), "the owner")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the next turn")
        },
    ]
}

extension StoreScene {
    /// A provider tells something of a session.
    func tell(
        _ id: String, _ command: TeamCommand = .log("Assigned.", by: .system), session: SessionID = "s1",
        from source: OutboxDestination = .channel("front"), at seconds: Int
    ) async throws -> ToldEventOutcome? {
        try await store.apply(
            command, to: session, at: time(seconds), once: ToldEventKey(source: source, id: id), telling: [])
    }
}
