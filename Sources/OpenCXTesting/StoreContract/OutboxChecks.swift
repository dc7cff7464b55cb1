internal import OpenCXCore

extension StoreScene {
    /// A session with handoffs and, behind them, a reply in the outbox.
    fileprivate func handedOffSession(helpdesks: [HelpdeskID] = ["front"]) async throws {
        try await accept(intake())
        var commit = commit(try await claim(at: 0), reply: reply(), at: 0)
        commit.handoff = handoff(at: 0)
        commit.helpdesks = helpdesks
        _ = try await store.commitTurn(commit)
    }

    /// A session with the AI's reply and a person's in the outbox.
    @discardableResult
    fileprivate func sessionWithTwoReplies(
        _ session: SessionID = "s1", thread: ThreadID = "t1"
    ) async throws -> [Message] {
        try await answeredSession(session, thread: thread, lease: LeaseToken("turn-\(session)"))
        return [reply(id: MessageID("\(session)-r1")), try await answer(session, at: 0)]
    }

    /// A person answers.
    fileprivate func answer(_ session: SessionID = "s1", at seconds: Int) async throws -> Message {
        let message = Message(
            id: MessageID("\(session)-a\(seconds)"), author: .person("Ana"), text: "I am looking into it.",
            at: time(seconds))
        _ = try await store.apply(.reply("Ana", message), to: session, at: time(seconds))
        return message
    }

    fileprivate func expectNothingToDeliver(at seconds: Int) async throws {
        let early = try await store.claimDelivery(now: time(seconds), lease: "early", until: time(seconds + 60))
        try expect(early, is: nil, "the delivery at \(seconds) s, when none may be handed out")
    }
}

extension StoreContract {
    static let outboxChecks: [Check] = [
        Check("deliveries are handed out by where they go") { scene in
            try await scene.handedOffSession()
            let front = try await scene.claimDelivery(to: .helpdesk("front"), at: 9, lease: "f")
            try scene.expect(front.destination, is: .helpdesk("front"), "the destination")
            let other = try await scene.store.claimDeliveries(
                to: .helpdesk("zendesk"), limit: 9, now: scene.time(9), lease: "z", until: scene.time(99))
            try scene.expect(other, is: [], "what goes to another helpdesk")
            try scene.expect(
                try await scene.store.nextDeliveryDue(to: .helpdesk("zendesk")), is: nil, "when that is due")
            let reply = try await scene.claimDelivery(to: .channel("web"), at: 9, lease: "c")
            try scene.expect(reply.destination, is: .channel("web"), "the destination of the reply")
        },
        Check("a reply's delivery can be taken up with its commit") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.delivery = DeliveryLease("mine", until: scene.time(60))
            guard case .committed(_, let delivery) = try await scene.store.commitTurn(commit) else {
                throw scene.violation("a plain reply was not committed")
            }
            // A store need not offer it; what it hands out is ours alone.
            let others = try await scene.store.claimDeliveries(
                to: nil, limit: 9, now: scene.time(3), lease: "other", until: scene.time(60))
            if let delivery {
                try scene.expect(delivery.attempts, is: 1, "the number of tries")
                try scene.expect(others, is: [], "what another worker gets")
                _ = try await scene.store.settleDelivery(
                    delivery.id, lease: "mine", .delivered(reference: nil), at: scene.time(4), telling: [])
            } else {
                try scene.expect(others.count, is: 1, "the number of deliveries for others")
                _ = try await scene.store.settleDelivery(
                    others[0].id, lease: "other", .delivered(reference: nil), at: scene.time(4), telling: [])
            }
            try scene.expect(try await scene.store.outbox(.delivered, limit: 9).count, is: 1, "what was delivered")
        },
        Check("a reply behind another message of its session is not taken up with its commit") { scene in
            try await scene.answeredSession()
            try await scene.accept(scene.intake("And?", message: "m2", at: 3))
            var commit = scene.commit(
                try await scene.claim(at: 4, lease: "two"), reply: scene.reply("Also.", id: "r2", at: 5), at: 5)
            commit.delivery = DeliveryLease("mine", until: scene.time(60))
            guard case .committed(_, let delivery) = try await scene.store.commitTurn(commit) else {
                throw scene.violation("a plain reply was not committed")
            }
            try scene.expect(delivery, is: nil, "the second delivery, before the first")
        },
        Check("settling says whether more of the lane waits") { scene in
            try await scene.answeredSession()
            try await scene.accept(scene.intake("And?", message: "m2", at: 3))
            let second = scene.commit(
                try await scene.claim(at: 4, lease: "two"), reply: scene.reply("Also.", id: "r2", at: 5), at: 5)
            _ = try await scene.store.commitTurn(second)
            for (number, isLast) in [(1, false), (2, true)] {
                let lease = LeaseToken("d\(number)")
                let entry = try await scene.claimDelivery(at: 9, lease: lease)
                let hasMore = try await scene.store.settleDelivery(
                    entry.id, lease: lease, .delivered(reference: nil), at: scene.time(9), telling: [])
                try scene.expect(hasMore, is: !isLast, "whether more waits after delivery \(number)")
            }
        },
        Check("a try that was not begun does not count") { scene in
            try await scene.answeredSession()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(
                first.id, lease: "one", .notBegun(at: scene.time(20), reason: "busy"), at: scene.time(2))
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(20), "the time of the next one")
            let again = try await scene.claimDelivery(at: 20, lease: "two")
            try scene.expect(again.id, is: first.id, "the delivery then")
            try scene.expect(again.attempts, is: 1, "the number of tries")
        },
        Check("what the AI could not say is handed off, to every helpdesk") { scene in
            try await scene.answeredSession()
            let entry = try await scene.claimDelivery(at: 1, lease: "one")
            let handoff = DeliveryHandoff(scene.handoff(at: 2), to: ["front", "files"])
            _ = try await scene.store.settleDelivery(
                entry.id, lease: "one", .dead(reason: "blocked", handingOff: handoff), at: scene.time(2),
                telling: [EventSubscription("crm", to: [.handoffToHuman])])
            let session = try await scene.session()
            try scene.expect(session.owner, is: .team, "the owner")
            try scene.expect(session.handoff, is: handoff.record, "the handoff")
            try scene.expect(
                try await scene.history().suffix(3).map(\.event),
                is: [
                    .deliveryFailed(entry.id, reason: "blocked"), .handoff(handoff.record), .owner(.team, by: .system),
                ], "the last entries")
            let pending = try await scene.store.outbox(.pending, limit: 9)
            try scene.expect(
                pending.map(\.destination), is: [.helpdesk("front"), .helpdesk("files"), .event("crm")],
                "who is told")
        },
        Check("what the AI could not say is nothing to hand off once a person has the session") { scene in
            try await scene.answeredSession()
            let entry = try await scene.claimDelivery(at: 1, lease: "one")
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(2))
            let handoff = DeliveryHandoff(scene.handoff(at: 2), to: ["front"])
            _ = try await scene.store.settleDelivery(
                entry.id, lease: "one", .dead(reason: "blocked", handingOff: handoff), at: scene.time(3), telling: [])
            try scene.expect(try await scene.session().owner, is: .person("Ana"), "the owner")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "what is to be delivered")
        },
        Check("an entry driven again has its whole budget again") { scene in
            try await scene.answeredSession()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try scene.expect(first.pendingSince, is: scene.time(0), "since when it waits")
            try await scene.store.settleDelivery(first.id, lease: "one", .dead(reason: "401"), at: scene.time(2))
            let redriven = try await scene.store.redrive(first.id, at: scene.time(500))
            try scene.expect(redriven, "the entry could not be driven again")
            let again = try await scene.claimDelivery(at: 500, lease: "two")
            try scene.expect(again.pendingSince, is: scene.time(500), "since when it waits")
            try scene.expect(again.createdAt, is: scene.time(0), "when it was committed")
            try scene.expect(again.attempts, is: 1, "the number of tries")
        },
        Check("a session's deliveries to one destination are handed out one after the other") { scene in
            let replies = try await scene.sessionWithTwoReplies()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try scene.expect(first.payload, is: .message(replies[0]), "the first delivery")
            try scene.expect(first.attempts, is: 1, "the number of tries")
            try await scene.expectNothingToDeliver(at: 1)
            try await scene.store.settleDelivery(first.id, lease: "one", .delivered(reference: nil), at: scene.time(2))
            let second = try await scene.claimDelivery(at: 2, lease: "two")
            try scene.expect(second.payload, is: .message(replies[1]), "the second delivery")
            try await scene.store.settleDelivery(second.id, lease: "two", .delivered(reference: nil), at: scene.time(3))
            let delivered = try await scene.store.outbox(.delivered, limit: 9)
            try scene.expect(delivered.map(\.id), is: [first.id, second.id], "what was delivered")
            try scene.expect(try await scene.store.nextDeliveryDue(), is: nil, "the time of the next delivery")
        },
        Check("a helpdesk that is down does not hold up the channel") { scene in
            try await scene.handedOffSession()
            let handoff = try await scene.claimDelivery(at: 1, lease: "one")
            try scene.expect(handoff.payload, is: .handoff("front", scene.handoff(at: 0)), "the first delivery")
            let reply = try await scene.claimDelivery(at: 1, lease: "two")
            try scene.expect(reply.payload, is: .message(scene.reply()), "the delivery beside it")
            try await scene.store.settleDelivery(
                handoff.id, lease: "one", .retry(at: scene.time(50), reason: "503"), at: scene.time(2))
            try await scene.store.settleDelivery(reply.id, lease: "two", .delivered(reference: nil), at: scene.time(2))
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(50), "the time of the next one")
            let answer = try await scene.answer(at: 3)
            try scene.expect(
                try await scene.store.nextDeliveryDue(), is: scene.time(3), "the time of the person's answer")
            let next = try await scene.claimDelivery(at: 3, lease: "three", until: 90)
            try scene.expect(next.payload, is: .message(answer), "the delivery while the helpdesk is down")
            try await scene.expectNothingToDeliver(at: 49)
            try scene.expect(
                try await scene.claimDelivery(at: 50, lease: "four").id, is: handoff.id, "the delivery then")
        },
        Check("a channel that is down does not hold up the helpdesk") { scene in
            try await scene.answeredSession()
            let reply = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(
                reply.id, lease: "one", .retry(at: scene.time(50), reason: "503"), at: scene.time(2))
            try await scene.accept(scene.intake("A person, please", message: "m2", at: 3))
            var commit = scene.commit(
                try await scene.claim(at: 3, lease: "turn-2"), reply: scene.reply(id: "r2", at: 3), at: 3)
            commit.handoff = scene.handoff(at: 3)
            commit.helpdesks = ["front"]
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(3), "the time of the handoff")
            let handoff = try await scene.claimDelivery(at: 3, lease: "two", until: 90)
            try scene.expect(handoff.payload, is: .handoff("front", scene.handoff(at: 3)), "the delivery")
            try await scene.expectNothingToDeliver(at: 49)
            try scene.expect(
                try await scene.claimDelivery(at: 50, lease: "three").id, is: reply.id, "the delivery then")
        },
        Check("a helpdesk that is down does not hold up another helpdesk") { scene in
            try await scene.handedOffSession(helpdesks: ["front", "files"])
            let front = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(
                front.id, lease: "one", .retry(at: scene.time(50), reason: "503"), at: scene.time(2))
            let files = try await scene.claimDelivery(at: 2, lease: "two")
            try scene.expect(
                files.payload, is: .handoff("files", scene.handoff(at: 0)), "the other helpdesk's delivery")
        },
        Check("the helpdesk's own name for the session is in the history") { scene in
            try await scene.handedOffSession()
            let entry = try await scene.claimDelivery(at: 1, lease: "one")
            let before = try await scene.session()
            try await scene.store.settleDelivery(
                entry.id, lease: "one", .delivered(reference: "cnv_1"), at: scene.time(2))
            let last = try await scene.history().last
            try scene.expect(last?.event, is: .helpdesk("front", reference: "cnv_1"), "the last entry")
            try scene.expect(last?.sequence, is: before.lastSequence + 1, "its place")
            try scene.expect(try await scene.session().lastSequence, is: before.lastSequence + 1, "the last place")
        },
        Check("one session's deliveries do not hold up another's") { scene in
            try await scene.sessionWithTwoReplies("s1", thread: "t1")
            try await scene.sessionWithTwoReplies("s2", thread: "t2")
            var sessions: [SessionID] = []
            for index in 0..<2 {
                sessions.append(try await scene.claimDelivery(at: 1, lease: LeaseToken("d\(index)")).session)
            }
            try scene.expect(Set(sessions), is: ["s1", "s2"], "the sessions")
            try await scene.expectNothingToDeliver(at: 1)
        },
        Check("however many ask at once, each delivery is handed out once") { scene in
            for index in 0..<20 {
                try await scene.answeredSession(
                    SessionID("s\(index)"), thread: ThreadID("t\(index)"), lease: LeaseToken("l\(index)"))
            }
            let entries = try await scene.concurrently(40) { index in
                try await scene.store.claimDelivery(
                    now: scene.time(1), lease: LeaseToken("d\(index)"), until: scene.time(60))
            }
            let ids = entries.compactMap { $0?.id }
            try scene.expect(ids.count, is: 20, "the number of deliveries handed out")
            try scene.expect(Set(ids).count, is: 20, "the number of different ones")
        },
        Check("a delivery whose lease ended is handed out again") { scene in
            try await scene.answeredSession()
            let first = try await scene.claimDelivery(at: 1, lease: "one", until: 30)
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(30), "the time of the next one")
            let early = try await scene.store.claimDelivery(now: scene.time(29), lease: "two", until: scene.time(60))
            try scene.expect(early, is: nil, "the delivery that is leased")
            let second = try await scene.claimDelivery(at: 30, lease: "two")
            try scene.expect(second.id, is: first.id, "the delivery")
            try scene.expect(second.attempts, is: 2, "the number of tries")
            try await scene.store.settleDelivery(first.id, lease: "one", .dead(reason: "late"), at: scene.time(31))
            try scene.expect(try await scene.store.outbox(.dead, limit: 9), is: [], "what a lost lease settled")
            try await scene.store.settleDelivery(first.id, lease: "two", .delivered(reference: nil), at: scene.time(32))
            try scene.expect(try await scene.store.outbox(.delivered, limit: 9).count, is: 1, "what was delivered")
        },
        Check("a delivery to be tried again waits, and its followers with it") { scene in
            try await scene.sessionWithTwoReplies()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(
                first.id, lease: "one", .retry(at: scene.time(50), reason: "503"), at: scene.time(2))
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(50), "the time of the next one")
            try await scene.expectNothingToDeliver(at: 49)
            let again = try await scene.claimDelivery(at: 50, lease: "two")
            try scene.expect(again.id, is: first.id, "the delivery")
            try scene.expect(again.attempts, is: 2, "the number of tries")
            try scene.expect(again.lastFailure, is: "503", "why the last try failed")
        },
        Check("a lease that ended behind a delivery that waits again makes nothing due") { scene in
            try await scene.sessionWithTwoReplies()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(first.id, lease: "one", .dead(reason: "401"), at: scene.time(2))
            // Whoever has this one does not come back.
            let second = try await scene.claimDelivery(at: 2, lease: "two", until: 30)
            try scene.expect(try await scene.store.redrive(first.id, at: scene.time(3)), "it was not driven again")
            try scene.expect(try await scene.claimDelivery(at: 3, lease: "three").id, is: first.id, "the delivery")
            try await scene.store.settleDelivery(
                first.id, lease: "three", .retry(at: scene.time(500), reason: "503"), at: scene.time(4))
            for destination in [nil, first.destination] {
                try scene.expect(
                    try await scene.store.nextDeliveryDue(to: destination), is: scene.time(500), "the time of the next")
            }
            try await scene.expectNothingToDeliver(at: 499)
            try await scene.store.settleDelivery(second.id, lease: "two", .delivered(reference: nil), at: scene.time(5))
        },
        Check("of deliveries due at the same time the oldest comes first") { scene in
            try await scene.handedOffSession(helpdesks: ["front", "files"])
            var order: [OutboxEntry.Payload] = []
            for index in 0..<3 {
                order.append(try await scene.claimDelivery(at: 1, lease: LeaseToken("d\(index)")).payload)
            }
            let handoff = scene.handoff(at: 0)
            try scene.expect(
                order, is: [.handoff("front", handoff), .handoff("files", handoff), .message(scene.reply())],
                "the order")
        },
        Check("the delivery that is due longest comes first") { scene in
            try await scene.answeredSession("s1", thread: "t1", lease: "l1")
            try await scene.answeredSession("s2", thread: "t2", lease: "l2", at: 5)
            let first = try await scene.claimDelivery(at: 5, lease: "d1")
            try scene.expect(first.session, is: "s1", "the session of the first one")
            try await scene.store.settleDelivery(
                first.id, lease: "d1", .retry(at: scene.time(9), reason: "503"), at: scene.time(6))
            try scene.expect(
                try await scene.claimDelivery(at: 20, lease: "d2").session, is: "s2", "the session of the next one")
        },
        Check("a delivery given up is recorded and lets the next one pass") { scene in
            let replies = try await scene.sessionWithTwoReplies()
            let first = try await scene.claimDelivery(at: 1, lease: "one")
            try await scene.store.settleDelivery(first.id, lease: "one", .dead(reason: "401"), at: scene.time(2))
            let dead = try await scene.store.outbox(.dead, limit: 9)
            try scene.expect(dead.map(\.id), is: [first.id], "what is dead")
            try scene.expect(dead[0].lastFailure, is: "401", "why")
            try scene.expect(
                try await scene.history().last?.event, is: .deliveryFailed(first.id, reason: "401"), "the last entry")
            let second = try await scene.claimDelivery(at: 2, lease: "two")
            try scene.expect(second.payload, is: .message(replies[1]), "the next delivery")
        },
        Check("a dead delivery can be driven again, and nothing else") { scene in
            try await scene.answeredSession()
            let entry = try await scene.claimDelivery(at: 1, lease: "one")
            try scene.expect(
                !(try await scene.store.redrive(entry.id, at: scene.time(2))), "a pending one was redriven")
            try scene.expect(!(try await scene.store.redrive("none", at: scene.time(2))), "an unknown one was redriven")
            try await scene.store.settleDelivery(entry.id, lease: "one", .dead(reason: "401"), at: scene.time(2))
            try scene.expect(try await scene.store.redrive(entry.id, at: scene.time(10)), "a dead one was not redriven")
            try scene.expect(try await scene.store.nextDeliveryDue(), is: scene.time(10), "the time of the next one")
            let again = try await scene.claimDelivery(at: 10, lease: "two")
            try scene.expect(again.id, is: entry.id, "the delivery")
            try scene.expect(again.attempts, is: 1, "the number of tries, counted anew")
        },
        Check("the outbox is counted, however much is in it") { scene in
            for index in 0..<5 {
                try await scene.answeredSession(
                    SessionID("s\(index)"), thread: ThreadID("t\(index)"), lease: LeaseToken("l\(index)"), at: index)
            }
            func counts() async throws -> [Int] {
                var all: [Int] = []
                for state in [OutboxEntry.State.pending, .delivered, .dead] {
                    all.append(try await scene.store.outboxCount(state))
                }
                return all
            }
            try scene.expect(try await counts(), is: [5, 0, 0], "how many wait")
            for settlement: DeliverySettlement in [.delivered(reference: nil), .dead(reason: "401")] {
                let entry = try await scene.claimDelivery(at: 10, lease: "one")
                try await scene.store.settleDelivery(entry.id, lease: "one", settlement, at: scene.time(11))
            }
            try scene.expect(try await counts(), is: [3, 1, 1], "how many wait, are delivered, and were given up")
        },
        Check("the outbox lists oldest first, up to a limit") { scene in
            for index in 0..<5 {
                try await scene.answeredSession(
                    SessionID("s\(index)"), thread: ThreadID("t\(index)"), lease: LeaseToken("l\(index)"), at: index)
            }
            let pending = try await scene.store.outbox(.pending, limit: 3)
            try scene.expect(pending.map(\.session), is: ["s0", "s1", "s2"], "the sessions")
            try scene.expect(try await scene.store.outbox(.pending, limit: 0), is: [], "none of them")
        },
    ]
}
