internal import OpenCXCore

extension StoreScene {
    /// Carries out a command and checks that it writes what the core's rules say.
    func perform(_ command: TeamCommand, at seconds: Int) async throws {
        let before = try await session()
        let (history, outbox) = (try await history(), try await store.outbox(.pending, limit: 99))
        let change = try SessionChange.applying(command, to: before, at: time(seconds))
        let after = try await store.apply(command, to: "s1", at: time(seconds))
        try expect(after, is: change.session, "the session returned")
        try expect(try await session(), is: change.session, "the session stored")
        try expect(try await self.history(), is: history + change.entries, "the history")
        try expect(try await store.outbox(.pending, limit: 99), is: outbox + change.outbox, "the outbox")
    }
}

extension StoreContract {
    static let teamChecks: [Check] = [
        Check("commands write what the rules of a session say") { scene in
            try await scene.accept(scene.intake())
            let answer = Message(id: "p1", author: .person("Ana"), text: "Let me see.", at: scene.time(3))
            try await scene.perform(.takeOver("Ana"), at: 1)
            try await scene.perform(.note("Ana", "A regular customer."), at: 2)
            try await scene.perform(.reply("Ana", answer), at: 3)
            try await scene.perform(.assign(.person("Ben"), by: "Ana"), at: 4)
            try await scene.perform(.close(.closedResolved, by: .person("Ben")), at: 5)
            try await scene.perform(.close(.open, by: .customer), at: 6)
            try await scene.perform(.assign(.ai, by: "Ben"), at: 7)
        },
        Check("a command to an unknown session does nothing") { scene in
            let after = try await scene.store.apply(.takeOver("Ana"), to: "nowhere", at: scene.time(0))
            try scene.expect(after, is: nil, "the session")
        },
        Check("a session given back to the AI with a message open is due") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(5))
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            _ = try await scene.store.apply(.assign(.ai, by: "Ana"), to: "s1", at: scene.time(10))
            try scene.expect(try await scene.claim(at: 10).session.id, is: "s1", "the session")
        },
        Check("a session given back to the AI after a person's answer waits for the customer") { scene in
            try await scene.accept(scene.intake())
            let answer = Message(id: "p1", author: .person("Ana"), text: "Done.", at: scene.time(5))
            _ = try await scene.store.apply(.reply("Ana", answer), to: "s1", at: scene.time(5))
            _ = try await scene.store.apply(.assign(.ai, by: "Ana"), to: "s1", at: scene.time(6))
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            try await scene.accept(scene.intake("Thanks", message: "m2", at: 10))
            try scene.expect(try await scene.claim(at: 10).session.id, is: "s1", "the session")
        },
        Check("a session opened again takes its thread back") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(1))
            _ = try await scene.store.apply(.close(.open, by: .person("Ana")), to: "s1", at: scene.time(2))
            let open = try await scene.openSession(channel: "web", thread: "t1")
            try scene.expect(open?.id, is: "s1", "the open session")
            let next = try await scene.accept(scene.intake("Again", message: "m2", at: 3))
            try scene.expect(!next.startedSession, "the next message started a session")
        },
        Check("a session that another one has followed is not opened again") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(1))
            try await scene.accept(scene.intake("Again", message: "m2", session: "s2", at: 2))
            let answer = Message(id: "p1", author: .person("Ana"), text: "Here.", at: scene.time(3))
            let before = (try await scene.session(), try await scene.history())
            for isNewerOpen in [true, false] {
                if !isNewerOpen {
                    _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s2", at: scene.time(3))
                }
                for command: TeamCommand in [
                    .reply("Ana", answer), .close(.open, by: .person("Ana")), .assign(.ai, by: "Ana"),
                ] {
                    do {
                        _ = try await scene.store.apply(command, to: "s1", at: scene.time(4))
                        throw scene.violation("a session that another one has followed was opened again")
                    } catch let error as StoreError {
                        try scene.expect(error.code == .superseded, "the error should be superseded, and is \(error)")
                        try scene.expect(error.message.contains("#1002"), "the error does not name the newer ticket")
                    }
                }
            }
            try scene.expect(try await scene.session(), is: before.0, "the session")
            try scene.expect(try await scene.history(), is: before.1, "its history")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9).count, is: 0, "the number of deliveries")
            // A note goes to nobody but colleagues.
            _ = try await scene.store.apply(.note("Ana", "See #1002."), to: "s1", at: scene.time(5))
            _ = try await scene.store.apply(.reply("Ana", answer), to: "s2", at: scene.time(6))
            let open = try await scene.openSession(channel: "web", thread: "t1")
            try scene.expect(open?.id, is: "s2", "the open session")
        },
        Check("a thread's latest session is found, open or not") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(1))
            let closed = try await scene.store.latestSession(channel: "web", thread: "t1")
            try scene.expect(closed, is: try await scene.session("s1"), "the session that ended")
            try await scene.accept(scene.intake("Again", message: "m2", session: "s2", at: 2))
            _ = try await scene.store.apply(.note("Ana", "Look"), to: "s1", at: scene.time(9))
            let latest = try await scene.store.latestSession(channel: "web", thread: "t1")
            try scene.expect(latest?.id, is: "s2", "the session that began last")
            let other = try await scene.store.latestSession(channel: "sms", thread: "t1")
            try scene.expect(other, is: nil, "another channel's session")
        },
        Check("commands at once are all carried out, one after the other") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.concurrently(30) { index in
                try await scene.store.apply(
                    .note("Ana", RedactedText(derived: "Note \(index)", from: .empty)), to: "s1", at: scene.time(1))
            }
            let history = try await scene.history()
            try scene.expect(history.map(\.sequence), is: Array(1...31), "the places of the entries")
            try scene.expect(Set(history.map(\.event)).count, is: 31, "the number of different entries")
        },
    ]
}
