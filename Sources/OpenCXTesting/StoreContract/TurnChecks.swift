internal import OpenCXCore

extension StoreContract {
    static let turnChecks: [Check] = [
        Check("a claim holds the session, its contact and its history") { scene in
            let intake = scene.intake()
            try await scene.accept(intake)
            let claim = try await scene.claim(at: 1, lease: "mine")
            try scene.expect(claim.session, is: try await scene.session(), "the session")
            try scene.expect(claim.contact.id, is: "contact-m1", "the contact")
            try scene.expect(claim.history.compactMap(\.message), is: [intake.message], "the history")
            try scene.expect(claim.lease, is: "mine", "the lease")
            try scene.expect(claim.failedAttempts, is: 0, "the number of failed attempts")
        },
        Check("a claim's history is the newest part, oldest first") { scene in
            let count = TurnClaim.historyLimit + 5
            for index in 1...count {
                try await scene.accept(scene.intake("x", message: MessageID("m\(index)")))
            }
            let claim = try await scene.claim(at: 1)
            try scene.expect(claim.history.map(\.sequence), is: Array(6...count), "the places of the entries")
        },
        Check("a turn is not handed out before it is due") { scene in
            try await scene.accept(scene.intake(dueAt: 10))
            let early = try await scene.store.claimTurn(now: scene.time(9), lease: "l", until: scene.time(60))
            try scene.expect(early, is: nil, "the turn before its time")
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(10), "the time of the next turn")
            _ = try await scene.claim(at: 10)
        },
        Check("a later message moves the turn to its own time") { scene in
            try await scene.accept(scene.intake(dueAt: 10))
            try await scene.accept(scene.intake("And …", message: "m2", at: 5, dueAt: 15))
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(15), "the time of the next turn")
            let early = try await scene.store.claimTurn(now: scene.time(12), lease: "l", until: scene.time(60))
            try scene.expect(early, is: nil, "the turn before its time")
        },
        Check("a turn is handed out once") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.claim(at: 1)
            let second = try await scene.store.claimTurn(now: scene.time(2), lease: "other", until: scene.time(60))
            try scene.expect(second, is: nil, "the turn that is leased")
        },
        Check("however many ask at once, each turn is handed out once") { scene in
            for index in 0..<20 {
                try await scene.accept(
                    scene.intake(
                        message: MessageID("m\(index)"), session: SessionID("s\(index)"), thread: ThreadID("t\(index)"))
                )
            }
            let claims = try await scene.concurrently(40) { index in
                try await scene.store.claimTurn(
                    now: scene.time(1), lease: LeaseToken("l\(index)"), until: scene.time(60))
            }
            let sessions = claims.compactMap { $0?.session.id }
            try scene.expect(sessions.count, is: 20, "the number of claims")
            try scene.expect(Set(sessions).count, is: 20, "the number of different sessions")
        },
        Check("the turn that is due longest comes first") { scene in
            for (name, due) in [("a", 30), ("b", 10), ("c", 20)] {
                try await scene.accept(
                    scene.intake(
                        message: MessageID(name), session: SessionID(name), thread: ThreadID(name), dueAt: due))
            }
            var order: [SessionID] = []
            for index in 0..<3 {
                order.append(try await scene.claim(at: 40, lease: LeaseToken("l\(index)")).session.id)
            }
            try scene.expect(order, is: ["b", "c", "a"], "the order")
        },
        Check("several turns are taken up at once, the longest due first") { scene in
            for (name, due) in [("a", 30), ("b", 10), ("c", 20), ("d", 90)] {
                try await scene.accept(
                    scene.intake(
                        message: MessageID(name), session: SessionID(name), thread: ThreadID(name), dueAt: due))
            }
            let first = try await scene.store.claimTurns(
                limit: 2, now: scene.time(40), lease: "l", until: scene.time(99))
            try scene.expect(first.map(\.session.id), is: ["b", "c"], "the sessions")
            let rest = try await scene.store.claimTurns(
                limit: 9, now: scene.time(40), lease: "k", until: scene.time(99))
            try scene.expect(rest.map(\.session.id), is: ["a"], "the sessions then")
            let none = try await scene.store.claimTurns(
                limit: 0, now: scene.time(95), lease: "j", until: scene.time(99))
            try scene.expect(none.count, is: 0, "the number of claims when none is wanted")
        },
        Check("a customer who goes on writing is waited for, but not for ever") { scene in
            for step in 0..<9 {
                try await scene.accept(
                    scene.intake("…", message: MessageID("m\(step)"), at: step * 5, dueAt: step * 5 + 10))
            }
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(40), "the time of the next turn")
        },
        Check("who writes again before their turn has come keeps their place") { scene in
            for (place, name) in ["a", "b", "a"].enumerated() {
                try await scene.accept(
                    scene.intake(
                        message: MessageID("m\(place)"), session: SessionID(name), thread: ThreadID(name), at: place))
            }
            let turns = try await scene.store.claimTurns(
                limit: 9, now: scene.time(9), lease: "l", until: scene.time(60))
            try scene.expect(turns.map(\.session.id), is: ["a", "b"], "the sessions")
        },
        Check("a turn that was only stopped does not count as failed, and is due as before") { scene in
            try await scene.accept(scene.intake(dueAt: 5))
            _ = try await scene.claim(at: 6, lease: "one")
            try await scene.store.abandonTurn("s1", lease: "one", trace: nil, retryAt: nil, failed: false)
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(5), "the time of the next turn")
            try scene.expect(
                try await scene.claim(at: 6, lease: "two").failedAttempts, is: 0, "the number of failed attempts")
        },
        Check("a turn whose lease ended is handed out again, and counts as failed") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.claim(at: 1, lease: "one", until: 30)
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(30), "the time of the next turn")
            let second = try await scene.claim(at: 30, lease: "two")
            try scene.expect(second.failedAttempts, is: 1, "the number of failed attempts")
            let late = try await scene.store.extendTurn("s1", lease: "one", until: scene.time(200))
            try scene.expect(!late, "a lost lease could be extended")
            try await scene.store.abandonTurn("s1", lease: "one", trace: nil, retryAt: scene.time(0), failed: true)
            let third = try await scene.store.claimTurn(now: scene.time(31), lease: "three", until: scene.time(99))
            try scene.expect(third, is: nil, "the turn that an abandoned lost lease set free")
        },
        Check("a lease that is extended lasts longer") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.claim(at: 1, lease: "one", until: 30)
            let extended = try await scene.store.extendTurn("s1", lease: "one", until: scene.time(90))
            try scene.expect(extended, "the lease could not be extended")
            let second = try await scene.store.claimTurn(now: scene.time(60), lease: "two", until: scene.time(99))
            try scene.expect(second, is: nil, "the turn that is leased")
            _ = try await scene.claim(at: 90, lease: "two")
            let unknown = try await scene.store.extendTurn("nowhere", lease: "one", until: scene.time(90))
            try scene.expect(!unknown, "a turn of an unknown session could be extended")
        },
        Check("a turn given back is due when its worker says") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.claim(at: 1, lease: "one")
            try await scene.store.abandonTurn("s1", lease: "one", trace: nil, retryAt: scene.time(40), failed: true)
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(40), "the time of the next turn")
            let second = try await scene.claim(at: 40, lease: "two")
            try scene.expect(second.failedAttempts, is: 1, "the number of failed attempts")
            try await scene.store.abandonTurn("s1", lease: "two", trace: nil, retryAt: scene.time(50), failed: true)
            try scene.expect(
                try await scene.claim(at: 50, lease: "three").failedAttempts, is: 2, "the number of failed attempts")
        },
        Check("a turn given back leaves its trace, before that of the turn that succeeds") { scene in
            try await scene.accept(scene.intake())
            let first = try await scene.claim(at: 1, lease: "one")
            var failed = scene.commit(first, reply: nil, at: 1).trace
            failed.steps = [TraceStep(offset: 7, event: .failed(stage: "draft", reason: "No answer."))]
            try await scene.store.abandonTurn("s1", lease: "one", trace: failed, retryAt: scene.time(2), failed: true)
            try scene.expect(try await scene.store.traces("s1"), is: [failed], "the traces")
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(2), "the time of the next turn")
            let second = try await scene.claim(at: 2, lease: "two")
            let commit = scene.commit(second, reply: scene.reply(), at: 3)
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.traces("s1"), is: [failed, commit.trace], "the traces then")
        },
        Check("a worker that lost its lease leaves no trace when it gives its turn back") { scene in
            try await scene.accept(scene.intake())
            let slow = try await scene.claim(at: 1, lease: "slow", until: 30)
            _ = try await scene.claim(at: 30, lease: "fast")
            let trace = scene.commit(slow, reply: nil, at: 31).trace
            try await scene.store.abandonTurn("s1", lease: "slow", trace: trace, retryAt: scene.time(31), failed: true)
            try scene.expect(try await scene.store.traces("s1"), is: [], "the traces")
        },
        Check("a turn that came to an end forgets its failures") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.claim(at: 1, lease: "one")
            try await scene.store.abandonTurn("s1", lease: "one", trace: nil, retryAt: scene.time(2), failed: true)
            let second = try await scene.claim(at: 2, lease: "two")
            _ = try await scene.store.commitTurn(scene.commit(second, reply: scene.reply(), at: 3))
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            try await scene.accept(scene.intake("Thanks!", message: "m2", at: 10))
            try scene.expect(
                try await scene.claim(at: 10, lease: "three").failedAttempts, is: 0, "the number of failed attempts")
        },
        Check("a turn that is taken up with its message is a turn like any other") { scene in
            for (index, text) in (["Hello", "And …"] as [RedactedText]).enumerated() {
                let (lease, start) = (LeaseToken("with-\(index)"), index * 100)
                var intake = scene.intake(text, message: MessageID("m\(index)"), at: start, dueAt: start)
                intake.turnLease = TurnLease(lease, until: scene.time(start + 60))
                guard case .accepted(_, let taken) = try await scene.store.accept(intake) else {
                    throw scene.violation("the message was not stored")
                }
                // A store may leave it to the next who asks for turns.
                let turn: TurnClaim
                if let taken { turn = taken } else { turn = try await scene.claim(at: start, lease: lease) }
                try scene.expect(turn.session, is: try await scene.session(), "the session")
                try scene.expect(turn.contact.id, is: "contact-m0", "the contact")
                try scene.expect(turn.history, is: try await scene.history(), "the history")
                try scene.expect(turn.lease, is: lease, "the lease")
                try scene.expect(turn.failedAttempts, is: 0, "the number of failed attempts")
                let other = try await scene.store.claimTurn(
                    now: scene.time(start + 59), lease: "other", until: scene.time(start + 99))
                try scene.expect(other, is: nil, "the turn that is leased")
                let again = try await scene.claim(at: start + 60, lease: "again")
                try scene.expect(again.failedAttempts, is: 1, "the number of failed attempts after the lease")
                _ = try await scene.store.commitTurn(scene.commit(again, reply: scene.reply(), at: start + 61))
            }
        },
        Check("no turn is taken up with a message before it is due, or while somebody works on it") { scene in
            func accept(_ id: MessageID, at seconds: Int, dueAt: Int) async throws -> TurnClaim? {
                var intake = scene.intake("…", message: id, at: seconds, dueAt: dueAt)
                intake.turnLease = TurnLease(LeaseToken("\(id)"), until: scene.time(seconds + 60))
                guard case .accepted(_, let turn) = try await scene.store.accept(intake) else {
                    throw scene.violation("message \(id) was not stored")
                }
                return turn
            }
            try scene.expect(try await accept("m1", at: 0, dueAt: 5), is: nil, "the turn before its time")
            let turn = try await scene.claim(at: 5)
            try scene.expect(try await accept("m2", at: 6, dueAt: 6), is: nil, "the turn that is leased")
            let outcome = try await scene.store.commitTurn(scene.commit(turn, reply: nil, at: 7))
            try scene.expect(outcome != .leaseLost, "the lease was lost to a message")
            _ = try await scene.store.apply(.takeOver("Ada"), to: "s1", at: scene.time(8))
            try scene.expect(try await accept("m3", at: 9, dueAt: 9), is: nil, "the turn in a person's session")
        },
    ]
}
