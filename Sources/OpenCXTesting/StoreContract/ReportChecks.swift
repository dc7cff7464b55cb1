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
        _ stage: DeliveryStage, of delivery: OutboxEntry, as settlement: DeliverySettlement? = nil, at seconds: Int = 10
    ) async throws -> Bool {
        try await store.report(stage, of: delivery.id, as: settlement, at: time(seconds), telling: [])
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
