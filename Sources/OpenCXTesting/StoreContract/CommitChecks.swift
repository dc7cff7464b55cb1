internal import OpenCXCore

extension StoreScene {
    /// Commits a turn that the world has overtaken, and checks that nothing but the record of it is written.
    fileprivate func expectWithheld(_ commit: TurnCommit, for reason: WithheldReason) async throws {
        let before = try await history()
        let outcome = try await store.commitTurn(commit)
        try expect(outcome, is: .withheld(reason), "the outcome")
        let pending = try await store.outbox(.pending, limit: 9)
        try expect(pending, is: [], "the outbox")
        let added = try await history().dropFirst(before.count).map(\.event)
        let text = try require(commit.reply, "the reply").text
        try expect(added, is: commit.actions.map { .action($0) } + [.withheld(reason, text)], "what the history gained")
        let trace = try require(try await store.traces(commit.session).last, "the trace")
        try expect(trace.steps.dropLast(), is: commit.trace.steps[...], "the trace up to its last step")
        try expect(trace.steps.last?.event, is: .withheld(reason), "the trace's last step")
    }
}

extension StoreContract {
    static let commitChecks: [Check] = [
        Check("a reply is in the history, the outbox and the trace") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            var commit = scene.commit(claim, reply: scene.reply(at: 2), at: 2)
            commit.language = "de"
            commit.placeholders = PlaceholderCounts(highest: ["EMAIL": 2])
            commit.pendingAction = PendingAction(
                proposal: ActionProposal(name: "cancel_order", arguments: ["order": "4711"]), proposedAt: 1,
                expiresAt: scene.time(3600))
            let (change, _) = SessionChange.committing(commit, to: claim.session)
            try scene.expect(
                try await scene.store.commitTurn(commit), is: .committed(change.session, delivery: nil), "the outcome")
            try scene.expect(try await scene.session(), is: change.session, "the session")
            try scene.expect(try await scene.history().dropFirst(), is: change.entries[...], "the new entries")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: change.outbox, "the outbox")
            try scene.expect(try await scene.store.traces("s1"), is: [commit.trace], "the traces")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
        },
        Check("a handoff goes to every helpdesk and to the inbox") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(at: 2), at: 2)
            commit.handoff = scene.handoff(at: 2)
            commit.helpdesks = ["front", "files"]
            _ = try await scene.store.commitTurn(commit)
            let pending = try await scene.store.outbox(.pending, limit: 9).map(\.payload)
            let handoff = scene.handoff(at: 2)
            try scene.expect(
                pending,
                is: [.handoff("front", handoff), .handoff("files", handoff), .message(scene.reply(at: 2))],
                "the outbox")
            let inbox = try await scene.store.sessions(.handedOff, limit: 9)
            try scene.expect(inbox.map(\.id), is: ["s1"], "the inbox")
            try scene.expect(inbox[0].owner, is: .team, "the owner")
            try await scene.accept(scene.intake("Hello?", message: "m2", at: 3))
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
        },
        Check("a turn that resolves the session closes it") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.resolves = true
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.session().status, is: .closedResolved, "the status")
            try scene.expect(
                try await scene.openSession(channel: "web", thread: "t1"), is: nil, "the open session")
        },
        Check("a reply is withheld when a person took over") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(2))
            try await scene.expectWithheld(scene.commit(claim, reply: scene.reply(), at: 3), for: .ownerChanged)
            try scene.expect(try await scene.session().owner, is: .person("Ana"), "the owner")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
        },
        Check("a reply is withheld when the customer wants none") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            let expiry = SessionExpiry(at: scene.time(90), status: .closedUnresolved, by: .system)
            _ = try await scene.store.apply(.stopReply(expiry: expiry), to: "s1", at: scene.time(2))
            try scene.expect(try await scene.history().last?.event, is: .withheld(.stopped, .empty), "what is told")
            try await scene.expectWithheld(scene.commit(claim, reply: scene.reply(), at: 3), for: .ownerChanged)
            try scene.expect(try await scene.session().owner, is: .ai, "the owner")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            try scene.expect(try await scene.store.nextExpiry(), is: scene.time(90), "the time of the end")
            let before = try await scene.history()
            _ = try await scene.store.apply(.stopReply(), to: "s1", at: scene.time(4))
            try scene.expect(try await scene.history(), is: before, "what a second time adds")
        },
        Check("what the customer has read of a reply that is stopped stays") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            let shown = Message(id: "half", author: .ai, text: "Send it", at: scene.time(2))
            _ = try await scene.store.apply(.stopReply(shown: shown), to: "s1", at: scene.time(2))
            try scene.expect(
                try await scene.history().suffix(2).map(\.event), is: [.message(shown), .withheld(.stopped, .empty)],
                "what the history gained")
            try await scene.expectWithheld(scene.commit(claim, reply: scene.reply(), at: 3), for: .ownerChanged)
            try scene.expect(try await scene.store.outbox(.pending, limit: 10), is: [], "what is to be sent")
        },
        Check("a reply is withheld when the session has ended") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            _ = try await scene.store.apply(.close(.closedUnresolved, by: .customer), to: "s1", at: scene.time(2))
            try await scene.expectWithheld(scene.commit(claim, reply: scene.reply(), at: 3), for: .sessionClosed)
        },
        Check("a reply is withheld when the customer wrote again, and the turn is due at once") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            try await scene.accept(scene.intake("No, the other one", message: "m2", at: 2))
            try await scene.expectWithheld(scene.commit(claim, reply: scene.reply(), at: 3), for: .newerMessage)
            let next = try await scene.claim(at: 3, lease: "two")
            try scene.expect(next.failedAttempts, is: 0, "the number of failed attempts")
            try scene.expect(next.history.count { $0.message?.author == .customer }, is: 2, "the messages it knows of")
            let outcome = try await scene.store.commitTurn(scene.commit(next, reply: scene.reply(at: 4), at: 4))
            guard case .committed = outcome else {
                throw scene.violation("the second turn came to \(outcome)")
            }
            let traces = try await scene.store.traces("s1")
            try scene.expect(traces.map(\.id), is: ["trace-lease-1", "trace-two"], "the traces")
        },
        Check("what was done is recorded, also when the reply is withheld") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            try await scene.accept(scene.intake("Stop!", message: "m2", at: 2))
            var commit = scene.commit(claim, reply: scene.reply(), at: 3)
            commit.actions = [
                ActionRecord(
                    name: "cancel_order", arguments: ["order": "4711"], outcome: .succeeded, result: "Cancelled.")
            ]
            try await scene.expectWithheld(commit, for: .newerMessage)
        },
        Check("a worker that lost its lease writes nothing") { scene in
            try await scene.accept(scene.intake())
            let slow = try await scene.claim(at: 1, lease: "slow", until: 30)
            let fast = try await scene.claim(at: 30, lease: "fast")
            let before = try await scene.history()
            try scene.expect(
                try await scene.store.commitTurn(scene.commit(slow, reply: scene.reply(), at: 31)), is: .leaseLost,
                "the outcome for the slow one")
            try scene.expect(try await scene.history(), is: before, "the history")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "the outbox")
            try scene.expect(try await scene.store.traces("s1"), is: [], "the traces")
            _ = try await scene.store.commitTurn(scene.commit(fast, reply: scene.reply(), at: 32))
            try scene.expect(try await scene.store.outbox(.pending, limit: 9).count, is: 1, "the outbox")
        },
        Check("a turn is committed once") { scene in
            try await scene.accept(scene.intake())
            let commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.commitTurn(commit), is: .leaseLost, "the second outcome")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9).count, is: 1, "the outbox")
        },
        Check("a lease that ended and that nobody took is good for a commit") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1, until: 30)
            let outcome = try await scene.store.commitTurn(scene.commit(claim, reply: scene.reply(), at: 50))
            guard case .committed = outcome else {
                throw scene.violation("the turn came to \(outcome)")
            }
        },
        Check("of a reply and a takeover at once both are recorded and one wins") { scene in
            for index in 0..<20 {
                let name = "\(index)"
                let session = SessionID("s\(name)")
                try await scene.accept(
                    scene.intake(message: MessageID("m\(name)"), session: session, thread: ThreadID("t\(name)")))
                let claim = try await scene.claim(at: 1, lease: LeaseToken("l\(name)"))
                async let takeover = scene.store.apply(.takeOver("Ana"), to: session, at: scene.time(2))
                async let outcome = scene.store.commitTurn(scene.commit(claim, reply: scene.reply(), at: 2))
                let (after, committed) = (try await takeover, try await outcome)
                try scene.expect(after?.owner, is: .person("Ana"), "the owner")
                let events = try await scene.history(session).map(\.event)
                let replied = events.contains(.message(scene.reply()))
                let withheld = events.contains(.withheld(.ownerChanged, scene.reply().text))
                try scene.expect(replied != withheld, "the reply was sent and withheld, or neither")
                try scene.expect(withheld, is: committed == .withheld(.ownerChanged), "whether the reply was withheld")
                try scene.expect(
                    try await scene.session(session).lastSequence, is: events.count, "the last entry's place")
            }
        },
    ]
}
