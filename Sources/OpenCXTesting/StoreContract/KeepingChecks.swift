internal import OpenCXCore

extension StoreContract {
    /// Ratings, votes, labels, checkpoints and custom data.
    static let keepingChecks: [Check] = [
        Check("what a session keeps besides messages is written as its rules say") { scene in
            try await scene.answeredSession()
            try await scene.perform(.vote("s1-r1", isHelpful: false), at: 1)
            try await scene.perform(.tag(adding: ["vip", " vip ", "eu"], removing: ["old"], by: .person("Ana")), at: 2)
            try await scene.perform(.tag(adding: ["vip"], removing: ["eu"], by: .system), at: 3)
            try await scene.perform(.checkpoint("{\"step\":2}"), at: 4)
            try await scene.perform(.describe(["plan": "gold", "seat": "12A"]), at: 5)
            try await scene.perform(.describe(["plan": "free", "seat": ""]), at: 6)
            try await scene.perform(.close(.closedResolved, by: .person("Ana"), ratingAt: scene.time(7)), at: 7)
            try await scene.perform(.rate(CustomerRating(score: 2, comment: "Slow.", at: scene.time(8))), at: 8)
            try await scene.perform(.rate(CustomerRating(score: 5, at: scene.time(9))), at: 9)
            let session = try await scene.session()
            try scene.expect(session.tags, is: ["vip"], "the tags")
            try scene.expect(session.attributes, is: ["plan": "free"], "the custom data")
            try scene.expect(session.rating?.score, is: 5, "the rating that counts")
            let ratings = try await scene.history().count { if case .rated = $0.event { true } else { false } }
            try scene.expect(ratings, is: 2, "the number of ratings in the history")
        },
        Check("a command that a session does not take is refused, and nothing is written") { scene in
            try await scene.accept(scene.intake())
            let long = RedactedText(derived: String(repeating: "x", count: 20_000))
            let many = Dictionary(
                uniqueKeysWithValues: (0...SessionLimits.attributes).map { ("name \($0)", "x" as RedactedText) })
            let open: [TeamCommand] = [
                .rate(CustomerRating(score: 5, at: scene.time(1))), .checkpoint(long), .describe(["name": long]),
                .describe(many), .describe([long.text: "x"]), .tag(adding: [long.text], removing: [], by: .system),
                .tag(adding: (0...SessionLimits.tags).map { "tag \($0)" }, removing: [], by: .system),
            ]
            try await scene.refuse(open, at: 1)
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(2))
            let closed: [TeamCommand] = [
                .rate(CustomerRating(score: 0, at: scene.time(3))), .rate(CustomerRating(score: 6, at: scene.time(3))),
                .rate(CustomerRating(score: 1, comment: long, at: scene.time(3))),
            ]
            try await scene.refuse(closed, at: 3)
        },
        Check("a customer is asked for a rating when the time for it has come") { scene in
            try await scene.answeredSession()
            let command = TeamCommand.close(.closedResolved, by: .person("Ana"), ratingAt: scene.time(60))
            _ = try await scene.store.apply(command, to: "s1", at: scene.time(10))
            try scene.expect(try await scene.store.nextExpiry(), is: scene.time(60), "the time to ask")
            let early = try await scene.store.expireSessions(limit: 9, at: scene.time(59), telling: [])
            try scene.expect(early, is: [], "who was asked too early")
            let before = try await scene.session()
            let change = try scene.require(
                SessionChange.expiring(before, at: scene.time(60), telling: [EventSubscription("crm")]), "the change")
            let asked = try await scene.store.expireSessions(
                limit: 9, at: scene.time(60), telling: [EventSubscription("crm")])
            try scene.expect(asked, is: [change.session], "who was asked")
            try scene.expect(try await scene.session().ratingRequestedAt, is: scene.time(60), "when they were asked")
            try scene.expect(try await scene.history().last?.event, is: .ratingRequested, "the last entry")
            try scene.expect(try await scene.store.nextExpiry(), is: nil, "the next time to ask")
            let events = try await scene.store.outbox(.pending, limit: 99).filter { $0.destination == .event("crm") }
            try scene.expect(events, is: change.outbox, "who is told")
        },
        Check("nobody is asked whose session goes on, or who has rated it") { scene in
            for (number, name) in ["on", "rated"].enumerated() {
                try await scene.answeredSession(SessionID(name), thread: ThreadID(name), lease: LeaseToken(name))
                _ = try await scene.store.apply(
                    .close(.closedResolved, by: .system, ratingAt: scene.time(60)), to: SessionID(name),
                    at: scene.time(10 + number))
            }
            var more = scene.intake("Wait", message: "m2", session: "on", thread: "on", at: 20)
            more.reopensSince = scene.time(0)
            try await scene.accept(more)
            _ = try await scene.store.apply(
                .rate(CustomerRating(score: 4, at: scene.time(21))), to: "rated", at: scene.time(21))
            try scene.expect(try await scene.store.nextExpiry(), is: nil, "the time to ask")
            let asked = try await scene.store.expireSessions(limit: 9, at: scene.time(99), telling: [])
            try scene.expect(asked, is: [], "who was asked")
        },
        Check("a session that ends by itself, or by its turn, asks for a rating") { scene in
            try await scene.accept(scene.intake(session: "silent", thread: "silent"))
            var commit = scene.commit(try await scene.claim(at: 1), reply: scene.reply(), at: 2)
            commit.expiry = SessionExpiry(
                at: scene.time(60), status: .closedResolved, by: .ai, ratingAt: scene.time(60))
            _ = try await scene.store.commitTurn(commit)
            try await scene.accept(scene.intake(message: "m2", session: "done", thread: "done", at: 3))
            commit = scene.commit(try await scene.claim(at: 3), reply: scene.reply(id: "r2"), at: 4)
            commit.resolves = true
            commit.ratingAt = scene.time(4)
            _ = try await scene.store.commitTurn(commit)
            _ = try await scene.store.expireSessions(limit: 9, at: scene.time(70), telling: [])
            for (name, time) in [("silent", 70), ("done", 4)] {
                let session = try await scene.session(SessionID(name))
                try scene.expect(session.status, is: .closedResolved, "the status of \(name)")
                try scene.expect(session.ratingRequestedAt, is: scene.time(time), "when \(name) was asked for a rating")
            }
        },
        Check("when the first message and the first reply came is kept") { scene in
            try await scene.accept(scene.intake(at: 3))
            try scene.expect(try await scene.session().firstReplyAt, is: nil, "the first reply")
            _ = try await scene.store.commitTurn(
                scene.commit(try await scene.claim(at: 4), reply: scene.reply(at: 5), at: 5))
            try await scene.accept(scene.intake("And?", message: "m2", at: 6))
            let answer = Message(id: "p1", author: .person("Ana"), text: "Let me see.", at: scene.time(7))
            _ = try await scene.store.apply(.reply("Ana", answer), to: "s1", at: scene.time(7))
            let session = try await scene.session()
            try scene.expect(session.firstMessageAt, is: scene.time(3), "the first message")
            try scene.expect(session.firstReplyAt, is: scene.time(5), "the first reply")
        },
        Check("custom data of a contact grows with their handle") { scene in
            func sender(_ attributes: [String: String]) -> ContactHandle {
                ContactHandle(customID: "jane", attributes: attributes, isVerified: true)
            }
            try await scene.accept(scene.intake(sender: sender(["plan": "gold"])))
            let id = try await scene.session().contact
            try scene.expect(try await scene.store.contact(id)?.attributes, is: ["plan": "gold"], "the custom data")
            try await scene.accept(
                scene.intake("More", message: "m2", sender: sender(["plan": "free", "seat": "2"]), at: 1))
            let grown = try await scene.store.contact(id)?.attributes
            try scene.expect(grown, is: ["plan": "free", "seat": "2"], "the custom data")
        },
    ]
}

extension StoreScene {
    fileprivate func refuse(_ commands: [TeamCommand], at seconds: Int) async throws {
        let before = (try await session(), try await history())
        for command in commands {
            do {
                _ = try await store.apply(command, to: "s1", at: time(seconds))
                throw violation("a command was carried out that the session does not take: \(command)")
            } catch let error as StoreError {
                try expect(error.code == .refused, "the error should be refused, and is \(error)")
            }
        }
        try expect(try await session(), is: before.0, "the session")
        try expect(try await history(), is: before.1, "the history")
    }
}
