internal import OpenCXCore

extension StoreContract {
    static let lifecycleChecks: [Check] = [
        Check("a session that was closed a short time ago goes on with the next message") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(10))
            var again = scene.intake("One more thing", message: "m2", at: 50)
            again.reopensSince = scene.time(5)
            let before = try await scene.session()
            let change = SessionChange.accepting(again, into: before, isContact: true)
            let accepted = try await scene.accept(again)
            try scene.expect(!accepted.startedSession, "the message started a session")
            try scene.expect(accepted.ticket, is: before.ticket, "the ticket")
            try scene.expect(accepted.sequence, is: change.session.lastSequence, "the message's place")
            try scene.expect(try await scene.session(), is: change.session, "the session")
            try scene.expect(try await scene.history().suffix(2), is: ArraySlice(change.entries), "the history")
            try scene.expect(try await scene.claim(at: 50).session.status, is: .open, "the status")
        },
        Check("a session that was closed long ago, or by the customer, is followed by another one") { scene in
            for (name, actor, closed) in [("a", HistoryEntry.Actor.system, 10), ("b", .customer, 90)] {
                let (first, thread) = (SessionID("\(name)1"), ThreadID(name))
                try await scene.accept(scene.intake(message: MessageID("\(name)1"), session: first, thread: thread))
                _ = try await scene.store.apply(.close(.closedResolved, by: actor), to: first, at: scene.time(closed))
                var again = scene.intake(
                    "Hello", message: MessageID("\(name)2"), session: first, thread: thread, at: 100)
                again.reopensSince = scene.time(20)
                try scene.expect(
                    try await scene.store.accept(again), is: .sessionChanged, "the outcome with the old session's id")
                again.session = SessionID("\(name)2")
                try scene.expect(try await scene.accept(again).startedSession, "the message started no session")
            }
        },
        Check("a redacted message that belongs to the reopened session is not stored in a new one") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(10))
            var again = scene.intake("Hello", message: "m2", session: "s2", at: 20)
            again.reopensSince = scene.time(5)
            try scene.expect(try await scene.store.accept(again), is: .sessionChanged, "the outcome")
        },
        Check("a session ends when its expiry has come, once") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.expiry = SessionExpiry(at: scene.time(60), status: .closedResolved, by: .ai)
            _ = try await scene.store.commitTurn(commit)
            try scene.expect(try await scene.store.nextExpiry(), is: scene.time(60), "the time of the next expiry")
            let early = try await scene.store.expireSessions(limit: 9, at: scene.time(59), telling: [])
            try scene.expect(early, is: [], "what ended too early")
            let before = try await scene.session()
            let change = try scene.require(SessionChange.expiring(before, at: scene.time(60)), "the transition")
            let ended = try await scene.store.expireSessions(limit: 9, at: scene.time(60), telling: [])
            try scene.expect(ended, is: [change.session], "what ended")
            try scene.expect(try await scene.session(), is: change.session, "the session")
            try scene.expect(try await scene.history().last, is: change.entries.last, "the last entry")
            try scene.expect(try await scene.store.nextExpiry(), is: nil, "the time of the next expiry")
            let again = try await scene.store.expireSessions(limit: 9, at: scene.time(61), telling: [])
            try scene.expect(again, is: [], "what ended a second time")
        },
        Check("a message calls the expiry off") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.expiry = SessionExpiry(at: scene.time(60), status: .closedResolved, by: .ai)
            _ = try await scene.store.commitTurn(commit)
            try await scene.accept(scene.intake("Wait", message: "m2", at: 59))
            try scene.expect(try await scene.store.nextExpiry(), is: nil, "the time of the next expiry")
            let ended = try await scene.store.expireSessions(limit: 9, at: scene.time(99), telling: [])
            try scene.expect(ended, is: [], "what ended")
        },
        Check("what has to be sent again moves the end that silence would bring") { scene in
            try await scene.accept(scene.intake())
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.expiry = SessionExpiry(at: scene.time(60), status: .closedResolved, by: .ai)
            _ = try await scene.store.commitTurn(commit)
            let before = (try await scene.session(), try await scene.history())
            var time = 2
            for next in [10, 40] {
                let delivery = try await scene.claimDelivery(to: .channel("web"), at: time, lease: "d")
                try await scene.store.settleDelivery(
                    delivery.id, lease: "d", .retry(at: scene.time(next), reason: "503"), at: scene.time(time + 3))
                time = next
            }
            try scene.expect(try await scene.store.nextExpiry(), is: scene.time(98), "the time of the next expiry")
            try scene.expect(try await scene.session().updatedAt, is: before.0.updatedAt, "the last change")
            try scene.expect(try await scene.history(), is: before.1, "the history")
        },
        Check("sessions end the longest due first, no more than were asked for") { scene in
            for (name, expiry) in [("a", 30), ("b", 10), ("c", 20)] {
                try await scene.accept(
                    scene.intake(message: MessageID(name), session: SessionID(name), thread: ThreadID(name)))
                var commit = scene.commit(
                    try await scene.claim(at: 1, lease: LeaseToken(name)), reply: scene.reply(), at: 2)
                commit.expiry = SessionExpiry(at: scene.time(expiry), status: .closedUnresolved, by: .system)
                _ = try await scene.store.commitTurn(commit)
            }
            let first = try await scene.store.expireSessions(limit: 2, at: scene.time(50), telling: [])
            try scene.expect(first.map(\.id), is: ["b", "c"], "what ended first")
            let second = try await scene.store.expireSessions(limit: 2, at: scene.time(50), telling: [])
            try scene.expect(second.map(\.id), is: ["a"], "what ended then")
        },
        Check("events are written with what they tell of, for who wants them") { scene in
            let all = EventSubscription("crm")
            let closings = EventSubscription("stats", to: [.closed])
            var intake = scene.intake()
            intake.subscriptions = [all, closings]
            try await scene.accept(intake)
            var commit = scene.commit(try await scene.claim(at: 1), reply: nil, at: 2)
            commit.handoff = scene.handoff(at: 2)
            commit.helpdesks = ["front"]
            commit.subscriptions = [all, closings]
            _ = try await scene.store.commitTurn(commit)
            let handoff = try await scene.claimDelivery(to: .helpdesk("front"), at: 3, lease: "d")
            _ = try await scene.store.settleDelivery(
                handoff.id, lease: "d", .dead(reason: "404"), at: scene.time(4), telling: [all, closings])
            _ = try await scene.store.apply(
                .close(.closedResolved, by: .person("Ana")), to: "s1", at: scene.time(5), telling: [all, closings])
            let events = try await scene.store.outbox(.pending, limit: 99).compactMap { entry in
                if case .event(let endpoint, let event) = entry.payload {
                    "\(endpoint) \(event.name) \(event.sequence)"
                } else {
                    nil
                }
            }
            try scene.expect(
                events,
                is: [
                    "crm conversation.started 1", "crm conversation.contact_response 1",
                    "crm conversation.handoff_to_human 2", "crm conversation.handoff_to_third_party_failed 4",
                    "crm conversation.closed 5", "stats conversation.closed 5",
                ], "the events")
        },
    ]
}
