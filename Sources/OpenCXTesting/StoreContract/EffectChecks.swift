internal import OpenCXCore

extension StoreScene {
    /// What the customer of ``turnToChange(lease:until:)`` has agreed to.
    var intent: EffectIntent {
        EffectIntent(
            session: "s1", customerSequence: 1,
            proposal: ActionProposal(name: "cancel_order", arguments: ["order": "4711"]))
    }

    /// A session whose customer was asked about a change and has said yes; its turn is taken up.
    @discardableResult
    func turnToChange(lease: LeaseToken = "turn", until: Int = 60) async throws -> TurnClaim {
        try await accept(intake("Cancel order 4711"))
        var asking = commit(try await claim(at: 0), reply: reply("Shall I?"), at: 1)
        asking.asksBack = true
        asking.pendingAction = PendingAction(proposal: intent.proposal, proposedAt: 1, expiresAt: time(900))
        _ = try await store.commitTurn(asking)
        try await accept(intake("Yes", message: "m2", at: 2))
        return try await claim(at: 3, lease: lease, until: until)
    }

    func begin(
        _ intent: EffectIntent? = nil, lease: LeaseToken = "turn", at seconds: Int = 4, until: Int = 60
    ) async throws -> EffectStart {
        try await store.beginEffect(
            intent ?? self.intent, lease: lease, until: time(until), at: time(seconds))
    }

    fileprivate func expectRefusal(_ what: String) async throws {
        let before = try await session()
        try expect(try await begin(at: 9), is: .refused, what)
        try expect(try await store.effect(intent.key), is: nil, "what the ledger knows then")
        try expect(try await session(), is: before, "the session then")
    }

    func record(_ outcome: ActionRecord.Outcome = .succeeded) -> ActionRecord {
        ActionRecord(
            name: "cancel_order", arguments: ["order": "4711"], outcome: outcome, result: "Done.", changes: true)
    }
}

extension StoreContract {
    static let effectChecks: [Check] = [
        Check("an intent begins once, then is unknown until it is finished") { scene in
            try await scene.turnToChange()
            let intent = scene.intent
            try scene.expect(try await scene.store.effect(intent.key), is: nil, "before")
            try scene.expect(try await scene.begin(), is: .begun, "the first time")
            try scene.expect(try await scene.store.effect(intent.key), is: .unknown, "what is known then")
            try scene.expect(try await scene.begin(at: 9), is: .known(.unknown), "the second time")
            try await scene.store.finishEffect(intent.key, scene.record(), at: scene.time(10))
            try scene.expect(try await scene.begin(at: 11), is: .known(.finished(scene.record())), "the third time")
            try scene.expect(
                try await scene.store.effect(intent.key), is: .finished(scene.record()), "what is known in the end")
        },
        Check("however many begin an intent at once, one may call") { scene in
            try await scene.turnToChange()
            let states = try await scene.concurrently(20) { _ in try await scene.begin() }
            try scene.expect(states.count { $0 == .begun }, is: 1, "how many may call")
            try scene.expect(states.count { $0 == .known(.unknown) }, is: 19, "how many may not")
        },
        Check("a turn that has lost its lease begins no change") { scene in
            try await scene.turnToChange(until: 5)
            _ = try await scene.claim(at: 6, lease: "other")
            try await scene.expectRefusal("a change of a turn that another worker has taken up")
        },
        Check("no change begins once a person has taken over") { scene in
            try await scene.turnToChange()
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(5))
            try await scene.expectRefusal("a change in a person's session")
        },
        Check("no change begins once a person has led the session and given it back") { scene in
            try await scene.turnToChange()
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(5))
            _ = try await scene.store.apply(.assign(.ai, by: "Ana"), to: "s1", at: scene.time(6))
            try await scene.expectRefusal("a change that the customer agreed to before that")
        },
        Check("no change begins in a session that has ended") { scene in
            try await scene.turnToChange()
            _ = try await scene.store.apply(.close(.closedResolved, by: .customer), to: "s1", at: scene.time(5))
            try await scene.expectRefusal("a change in a session that has ended")
        },
        Check("no change begins that the customer was not asked about") { scene in
            try await scene.turnToChange()
            let other = EffectIntent(session: "s1", customerSequence: 2, proposal: scene.intent.proposal)
            try scene.expect(try await scene.begin(other), is: .refused, "a change for another message")
        },
        Check("a change that begins keeps the turn's lease") { scene in
            try await scene.turnToChange(until: 10)
            try scene.expect(try await scene.begin(until: 90), is: .begun, "the change")
            let early = try await scene.store.claimTurn(now: scene.time(89), lease: "other", until: scene.time(99))
            try scene.expect(early, is: nil, "the turn while it is made")
            _ = try await scene.claim(at: 90, lease: "other")
        },
        Check("a turn is due until it was told what became of a change, whoever owns the session") { scene in
            try await scene.turnToChange(until: 10)
            try scene.expect(try await scene.begin(until: 10), is: .begun, "the change")
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(5))
            _ = try await scene.store.apply(.close(.closedResolved, by: .person("Ana")), to: "s1", at: scene.time(6))
            // The process has died; its lease ends.
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(10), "when the turn is due")
            let turn = try await scene.claim(at: 10, lease: "other")
            try scene.expect(turn.session.begunEffect, is: scene.intent, "the change that was begun")
            try await scene.store.abandonTurn(
                "s1", lease: "other", trace: nil, retryAt: scene.time(20), failed: true)
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(20), "when it is due again")
            var telling = scene.commit(try await scene.claim(at: 20, lease: "third"), reply: nil, at: 21)
            telling.actions = [scene.record(.unknown)]
            _ = try await scene.store.commitTurn(telling)
            try scene.expect(
                try await scene.history().last?.event, is: .action(scene.record(.unknown)), "the last entry")
            try scene.expect(try await scene.session().begunEffect, is: nil, "the change that is to be told of")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "when another turn is due")
        },
    ]
}
