internal import OpenCXCore

extension StoreContract {
    static let retentionChecks: [Check] = [
        Check("nothing is removed without a cutoff, nor what is not older than it") { scene in
            try await scene.furnish("a")
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "a", at: scene.time(10))
            let before = try await Remains(of: "a", in: scene.store)
            let none = try await scene.store.removeExpired(RetentionCutoffs(), limit: 99, at: scene.time(99))
            try scene.expect(none, is: RemovedRecords(), "what was removed without a cutoff")
            let start = scene.time(0)
            let young = RetentionCutoffs(
                traces: start, closedSessions: start, deliveries: start, deadLetters: start, dedupeKeys: start,
                effects: start)
            let removed = try await scene.store.removeExpired(young, limit: 99, at: scene.time(99))
            try scene.expect(removed, is: RemovedRecords(), "what was removed too early")
            try scene.expect(try await Remains(of: "a", in: scene.store), is: before, "what is there")
        },
        Check("each kind is removed by its own cutoff") { scene in
            try await scene.furnish("a")
            let now = scene.time(99)
            func remove(_ cutoffs: RetentionCutoffs) async throws -> RemovedRecords {
                try await scene.store.removeExpired(cutoffs, limit: 99, at: now)
            }
            let before = try await Remains(of: "a", in: scene.store)
            try scene.expect(try await remove(RetentionCutoffs(traces: now)).traces, is: 1, "the traces removed")
            try scene.expect(
                try await remove(RetentionCutoffs(deliveries: now)), is: RemovedRecords(deliveries: 1), "the deliveries"
            )
            try scene.expect(
                try await remove(RetentionCutoffs(deadLetters: now)), is: RemovedRecords(deliveries: 1),
                "the dead letters")
            let after = try await Remains(of: "a", in: scene.store)
            try scene.expect(after.session, is: before.session, "the session")
            try scene.expect(after.history, is: before.history, "the history")
            try scene.expect(after.traces, is: [], "the traces left")
            try scene.expect(
                after.outbox, is: before.outbox.filter { $0.state == .pending }, "the deliveries left: pending ones")
        },
        Check("a dedupe key that has been kept long enough does not count any more") { scene in
            try await scene.accept(scene.intake(at: 0))
            try await scene.accept(
                scene.intake(message: "m2", dedupe: .content(hash: "h", since: scene.time(-9)), at: 1))
            try await scene.accept(scene.intake(message: "m3", at: 50))
            let removed = try await scene.store.removeExpired(
                RetentionCutoffs(dedupeKeys: scene.time(10)), limit: 99, at: scene.time(60))
            try scene.expect(removed, is: RemovedRecords(dedupeKeys: 2), "what was removed")
            try await scene.accept(scene.intake(at: 61))
            try await scene.accept(
                scene.intake(message: "m2", dedupe: .content(hash: "h", since: scene.time(-9)), at: 62))
            guard case .duplicate = try await scene.store.accept(scene.intake(message: "m3", at: 63)) else {
                throw scene.violation("a key that is young was removed")
            }
        },
        Check("an effect that has been kept long enough is forgotten") { scene in
            try await scene.turnToChange()
            try scene.expect(try await scene.begin(at: 4), is: .begun, "the change")
            for (cutoff, removed) in [(4, 0), (5, 1)] {
                let records = try await scene.store.removeExpired(
                    RetentionCutoffs(effects: scene.time(cutoff)), limit: 99, at: scene.time(60))
                try scene.expect(records, is: RemovedRecords(effects: removed), "what was removed")
            }
            try scene.expect(try await scene.store.effect(scene.intent.key), is: nil, "what is known of it")
        },
        Check("closed sessions go with all that hangs on them, and a contact with the last one") { scene in
            let jane = ContactHandle(customID: "jane", isVerified: true)
            for (name, closed) in [("a", 10), ("b", 50)] {
                try await scene.accept(
                    scene.intake(
                        message: MessageID(name), session: SessionID(name), thread: ThreadID(name), sender: jane))
                _ = try await scene.store.apply(
                    .close(.closedResolved, by: .system), to: SessionID(name), at: scene.time(closed))
            }
            try await scene.accept(scene.intake(message: "c", session: "open", thread: "c"))
            let (a, b) = (try await scene.session("a"), try await scene.session("b"))
            let first = try await scene.store.removeExpired(
                RetentionCutoffs(closedSessions: scene.time(50)), limit: 99, at: scene.time(60))
            try scene.expect(first.sessions.map(\.id), is: ["a"], "what went first")
            try scene.expect(try await Remains(of: "a", in: scene.store), is: Remains(), "what is left of it")
            try scene.expect(try await scene.store.removal(of: a.ticket), is: scene.time(60), "the removal")
            try scene.expect(try await scene.store.contact(a.contact) != nil, "the contact has gone too early")
            let second = try await scene.store.removeExpired(
                RetentionCutoffs(closedSessions: scene.time(99)), limit: 99, at: scene.time(99))
            try scene.expect(second.sessions.map(\.id), is: ["b"], "what went then")
            try scene.expect(try await scene.store.contact(b.contact), is: nil, "the contact")
            try scene.expect(try await scene.store.session("open") != nil, "an open session has gone")
        },
        Check("a closed session with a pending delivery stays") { scene in
            try await scene.answeredSession()
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(5))
            let cutoffs = RetentionCutoffs(closedSessions: scene.time(90))
            let early = try await scene.store.removeExpired(cutoffs, limit: 99, at: scene.time(99))
            try scene.expect(early, is: RemovedRecords(), "what was removed")
            let entry = try await scene.claimDelivery(at: 6, lease: "d")
            try await scene.store.settleDelivery(entry.id, lease: "d", .delivered(reference: nil), at: scene.time(7))
            let removed = try await scene.store.removeExpired(cutoffs, limit: 99, at: scene.time(99))
            try scene.expect(removed.sessions.map(\.id), is: ["s1"], "what was removed then")
        },
        Check("where sessions are named no other one goes, and none that has not been kept long enough") { scene in
            for name in ["a", "b", "open"] {
                try await scene.accept(
                    scene.intake(message: MessageID(name), session: SessionID(name), thread: ThreadID(name)))
            }
            for name in ["a", "b"] {
                _ = try await scene.store.apply(
                    .close(.closedResolved, by: .system), to: SessionID(name), at: scene.time(5))
            }
            var cutoffs = RetentionCutoffs(closedSessions: scene.time(90), sessions: [])
            let none = try await scene.store.removeExpired(cutoffs, limit: 99, at: scene.time(99))
            try scene.expect(none.sessions, is: [], "what was removed where none is named")
            cutoffs.sessions = ["b", "open", "nobody"]
            let removed = try await scene.store.removeExpired(cutoffs, limit: 99, at: scene.time(99))
            try scene.expect(removed.sessions.map(\.id), is: ["b"], "what was removed")
            try scene.expect(try await scene.store.session("a") != nil, "a session has gone that was not named")
            try scene.expect(try await scene.store.session("open") != nil, "an open session has gone")
        },
        Check("no more is removed at once than was asked for") { scene in
            for name in ["a", "b", "c"] {
                try await scene.furnish(name)
            }
            let now = scene.time(99)
            let cutoffs = RetentionCutoffs(traces: now, deliveries: now, deadLetters: now, dedupeKeys: now)
            var rounds: [RemovedRecords] = []
            for _ in 0..<5 { rounds.append(try await scene.store.removeExpired(cutoffs, limit: 2, at: now)) }
            try scene.expect(rounds.map(\.traces), is: [2, 1, 0, 0, 0], "the traces")
            try scene.expect(rounds.map(\.deliveries), is: [2, 2, 2, 0, 0], "the deliveries")
            try scene.expect(rounds.map(\.dedupeKeys), is: [2, 2, 2, 0, 0], "the dedupe keys")
        },
    ]
}
