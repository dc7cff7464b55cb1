internal import OpenCXCore

extension StoreScene {
    /// A session whose reply the provider has taken; the delivery.
    fileprivate func takenReply() async throws -> OutboxEntry {
        try await answeredSession()
        let delivery = try await claimDelivery(to: .channel("web"), at: 9, lease: "d")
        _ = try await store.settleDelivery(
            delivery.id, lease: "d", .delivered(reference: "p1"), at: time(9), telling: [])
        return delivery
    }

    fileprivate func report(
        _ stage: DeliveryStage, part: Int? = nil, of delivery: OutboxEntry, as settlement: DeliverySettlement? = nil,
        at seconds: Int = 10
    ) async throws -> Bool {
        try await store.report(
            stage, part: part.flatMap { DeliveryPart($0, of: 2) }, of: delivery.id, as: settlement, at: time(seconds),
            telling: [])
    }

    /// What the history tells of a message's way.
    fileprivate func stages() async throws -> [DeliveryStage] {
        try await history().compactMap { if case .delivery(_, let stage) = $0.event { stage } else { nil } }
    }
}

extension StoreContract {
    /// What providers tell of messages that they took.
    static let reportChecks: [Check] = [
        Check("a report of a message is kept, in the history too, and only if it is news") { scene in
            let delivery = try await scene.takenReply()
            let before = try await scene.history().count
            try scene.expect(try await scene.report(.sent, of: delivery), "the first report was not taken")
            try scene.expect(try await scene.report(.delivered, of: delivery), "a later stage was not taken")
            for stage in [DeliveryStage.sent, .failed, .delivered] {
                try scene.expect(!(try await scene.report(stage, of: delivery)), "\(stage) was taken after delivered")
            }
            try scene.expect(try await scene.store.delivery(delivery.id)?.stage, is: .delivered, "the stage")
            let told = try await scene.history().dropFirst(before).map(\.event)
            try scene.expect(
                told, is: [.delivery("s1-r1", .sent), .delivery("s1-r1", .delivered)], "what the history tells")
        },
        Check("a message that failed on its way is sent again") { scene in
            let delivery = try await scene.takenReply()
            let again = DeliverySettlement.retry(at: scene.time(60), reason: "unreachable")
            try scene.expect(try await scene.report(.failed, of: delivery, as: again), "the report was not taken")
            let pending = try await scene.store.claimDeliveries(
                to: .channel("web"), limit: 9, now: scene.time(60), lease: "e", until: scene.time(99))
            try scene.expect(pending.map(\.id), is: [delivery.id], "what is sent again")
            try scene.expect(pending[0].attempts, is: 2, "the number of tries")
            try scene.expect(pending[0].stage, is: nil, "the stage of what is sent again")
        },
        Check("a message that will never arrive is the team's") { scene in
            let delivery = try await scene.takenReply()
            let dead = DeliverySettlement.dead(reason: "landline")
            try scene.expect(try await scene.report(.failed, of: delivery, as: dead), "the report was not taken")
            try scene.expect(try await scene.session().owner, is: .team, "the owner")
            try scene.expect(try await scene.store.outbox(.dead, limit: 9).map(\.id), is: [delivery.id], "what is dead")
            try scene.expect(!(try await scene.report(.delivered, of: delivery)), "a dead delivery was reported on")
        },
        Check("reports of what is not known or not taken yet tell nothing") { scene in
            try await scene.answeredSession()
            let pending = try await scene.store.outbox(.pending, limit: 9)
            try scene.expect(!(try await scene.report(.sent, of: pending[0])), "a pending delivery was reported on")
            let unknown = try await scene.store.report(.sent, of: "none", as: nil, at: scene.time(9), telling: [])
            try scene.expect(!unknown, "a delivery that is not there was reported on")
            try scene.expect(try await scene.store.delivery("none"), is: nil, "a delivery that is not there")
            try scene.expect(try await scene.store.delivery(pending[0].id), is: pending[0], "a delivery")
        },
        Check("a message in parts has come as far as the part that is furthest behind, whoever is told of first") {
            scene in
            let orders: [[(Int, DeliveryStage)]] = [
                [(1, .sent), (2, .sent), (1, .delivered), (2, .delivered)],
                [(2, .delivered), (2, .sent), (1, .sent), (1, .delivered)],
                [(1, .delivered), (1, .delivered), (2, .delivered), (2, .sent), (1, .sent)],
            ]
            let expected: [[DeliveryStage]] = [[.sent, .delivered], [.sent, .delivered], [.delivered]]
            for (place, order) in orders.enumerated() {
                let session = SessionID("s\(place)")
                try await scene.answeredSession(
                    session, thread: ThreadID("t\(place)"), lease: LeaseToken("lease-\(place)"))
                let delivery = try await scene.claimDelivery(to: .channel("web"), at: 9, lease: "d")
                _ = try await scene.store.settleDelivery(
                    delivery.id, lease: "d", .delivered(reference: "p"), at: scene.time(9), telling: [])
                let before = try await scene.session(session).updatedAt
                for (number, stage) in order {
                    _ = try await scene.report(stage, part: number, of: delivery, at: 10)
                    if number == order[0].0, stage == order[0].1 {
                        try scene.expect(
                            try await scene.store.delivery(delivery.id)?.stage, is: nil, "the stage of one part")
                        try scene.expect(try await scene.session(session).updatedAt, is: before, "the last change")
                    }
                }
                let told = try await scene.history(session).compactMap { entry -> DeliveryStage? in
                    if case .delivery(_, let stage) = entry.event { stage } else { nil }
                }
                try scene.expect(told, is: expected[place], "what the history tells of order \(place)")
                let known = try await scene.store.delivery(delivery.id)
                try scene.expect(known?.parts, is: [1: .delivered, 2: .delivered], "the parts")
            }
        },
        Check("a part that failed makes the message go out again, and what has arrived counts") { scene in
            let delivery = try await scene.takenReply()
            let again = DeliverySettlement.retry(at: scene.time(60), reason: "unreachable")
            try scene.expect(
                try await scene.report(.failed, part: 2, of: delivery, as: again), "the report was not taken")
            // Both come while the message waits to go out again.
            try scene.expect(try await scene.report(.delivered, part: 1, of: delivery), "the other part was not noted")
            try scene.expect(!(try await scene.report(.failed, part: 2, of: delivery)), "a failed part was noted again")
            let leased = try await scene.claimDelivery(to: .channel("web"), at: 60, lease: "e")
            try scene.expect(leased.parts, is: [1: .delivered], "the parts that have arrived")
            _ = try await scene.report(.read, part: 1, of: delivery, at: 61)
            _ = try await scene.store.settleDelivery(
                delivery.id, lease: "e", .delivered(reference: "p2"), at: scene.time(61), telling: [])
            try scene.expect(
                try await scene.store.delivery(delivery.id)?.state, is: .delivered, "the state: the lease was lost")
            try scene.expect(
                try await scene.report(.delivered, part: 2, of: delivery, at: 62), "the part was not taken")
            try scene.expect(try await scene.stages(), is: [.failed, .delivered], "what the history tells")
        },
        Check("a part that will never arrive makes the message the team's, and is driven again with it") { scene in
            let delivery = try await scene.takenReply()
            _ = try await scene.report(.delivered, part: 1, of: delivery)
            let dead = DeliverySettlement.dead(reason: "landline")
            try scene.expect(
                try await scene.report(.failed, part: 2, of: delivery, as: dead), "the report was not taken")
            try scene.expect(try await scene.session().owner, is: .team, "the owner")
            try scene.expect(
                !(try await scene.report(.delivered, part: 2, of: delivery)), "a dead delivery was reported on")
            try scene.expect(try await scene.store.redrive(delivery.id, at: scene.time(20)), "it was not driven again")
            let known = try await scene.store.delivery(delivery.id)
            try scene.expect(known?.parts, is: [1: .delivered], "the parts that have arrived")
        },
        Check("who wants no more messages is remembered, and no turn waits") { scene in
            let sender = ContactHandle(phone: "+15550001", isVerified: true)
            try await scene.accept(scene.intake(sender: sender))
            var stop = scene.intake("STOP", message: "m2", sender: sender, at: 5)
            stop.give(false)
            try await scene.accept(stop)
            let session = try await scene.session()
            let silenced = try await scene.store.contact(session.contact)
            try scene.expect(silenced?.wantsMessages(on: "web"), is: false, "whether messages are wanted")
            try scene.expect(session.awaitsTurn, is: false, "whether a turn waits")
            try scene.expect(try await scene.history().last?.event, is: .consent(isGiven: false), "the last entry")
            var start = scene.intake("START", message: "m3", sender: sender, at: 9)
            start.give(true)
            try await scene.accept(start)
            let back = try await scene.store.contact(session.contact)
            try scene.expect(back?.wantsMessages(on: "web"), is: true, "whether messages are wanted again")
        },
    ]
}
