internal import OpenCXCore

extension StoreContract {
    static let intakeChecks: [Check] = [
        Check("a message is stored with everything that belongs to it") { scene in
            let intake = scene.intake(at: 5)
            let accepted = try await scene.accept(intake)
            let ticket = TicketNumber(rawValue: 1001)
            try scene.expect(
                accepted,
                is: AcceptedMessage(session: "s1", ticket: ticket, message: "m1", sequence: 1, startedSession: true),
                "the receipt")
            let session = try await scene.session()
            try scene.expect(
                session,
                is: SessionChange.accepting(
                    intake, into: SessionChange.newSession(for: intake, contact: session.contact, ticket: ticket),
                    isContact: true
                ).session, "the session")
            try scene.expect(try await scene.store.session(ticket: ticket), is: session, "the session of the ticket")
            try scene.expect(
                try await scene.openSession(channel: "web", thread: "t1"), is: session,
                "the open session of the thread")
            try scene.expect(
                try await scene.store.contact(session.contact),
                is: intake.sender.newContact(id: "contact-m1", at: scene.time(5)), "the contact")
            try scene.expect(
                try await scene.history(),
                is: [HistoryEntry(sequence: 1, at: scene.time(5), event: .message(intake.message))], "the history")
            try scene.expect(try await scene.store.nextTurnDue(), is: scene.time(5), "the time of the next turn")
        },
        Check("a second message continues the session") { scene in
            try await scene.accept(scene.intake())
            let accepted = try await scene.accept(scene.intake("Hello?", message: "m2", at: 30))
            try scene.expect(accepted.sequence, is: 2, "the second message's place")
            try scene.expect(!accepted.startedSession, "the second message is said to have started the session")
            let session = try await scene.session()
            try scene.expect(session.lastCustomerSequence, is: 2, "the customer's last message")
            try scene.expect(session.updatedAt, is: scene.time(30), "the time of the last change")
        },
        Check("placeholders that were used while a message was on its way stay used") { scene in
            try await scene.accept(scene.intake())
            let answer = Message(id: "p1", author: .person("Ana"), text: "Write to [EMAIL_3].", at: scene.time(1))
            _ = try await scene.store.apply(.reply("Ana", answer), to: "s1", at: scene.time(1))
            var late = scene.intake("I am [EMAIL_1], [PHONE_1]", message: "m2", at: 2)
            late.placeholders = PlaceholderCounts(highest: ["EMAIL": 1, "PHONE": 1])
            try await scene.accept(late)
            try scene.expect(
                try await scene.session().placeholders, is: PlaceholderCounts(highest: ["EMAIL": 3, "PHONE": 1]),
                "the placeholders used")
        },
        Check("a message meant for another than the open session stores nothing") { scene in
            try await scene.accept(scene.intake())
            let stray = scene.intake(
                "Second", message: "m2", session: "s2", sender: ContactHandle(customID: "other", isVerified: false))
            try scene.expect(try await scene.store.accept(stray), is: .sessionChanged, "the outcome")
            try scene.expect(try await scene.store.session("s2"), is: nil, "session s2")
            try scene.expect(try await scene.store.contact("contact-m2"), is: nil, "the contact of the refused message")
            try scene.expect(try await scene.history().count, is: 1, "the number of entries")
            var again = stray
            again.session = "s1"
            try scene.expect(
                try await scene.accept(again).sequence, is: 2, "the place of the message on the second try")
        },
        Check("a session that has ended is not continued") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(10))
            try scene.expect(
                try await scene.openSession(channel: "web", thread: "t1"), is: nil, "the open session")
            let late = scene.intake("Me again", message: "m2", at: 20)
            try scene.expect(try await scene.store.accept(late), is: .sessionChanged, "the outcome for the old session")
            var fresh = late
            fresh.session = "s2"
            let accepted = try await scene.accept(fresh)
            try scene.expect(accepted.ticket, is: TicketNumber(rawValue: 1002), "the new session's ticket")
            try scene.expect(accepted.startedSession, "the message is not said to have started a session")
            let contacts = [try await scene.session("s1").contact, try await scene.session("s2").contact]
            try scene.expect(contacts[0] == contacts[1], "the same customer got two contacts")
        },
        Check("of two first messages at once one starts the session") { scene in
            let outcomes = try await scene.concurrently(2) { index in
                try await scene.store.accept(
                    scene.intake(message: MessageID("m\(index)"), session: SessionID("s\(index)")))
            }
            try scene.expect(outcomes.count { $0 == .sessionChanged }, is: 1, "the number of messages sent back")
            let open = try scene.require(
                try await scene.openSession(channel: "web", thread: "t1"), "the open session")
            let other = open.id == "s0" ? 1 : 0
            let second = try await scene.accept(scene.intake(message: MessageID("m\(other)"), session: open.id))
            try scene.expect(second.sequence, is: 2, "the other message's place on its second try")
            try scene.expect(try await scene.store.sessions(.all, limit: 9).count, is: 1, "the number of sessions")
        },
        Check("tickets have no gaps and no doubles, however many start at once") { scene in
            let tickets = try await scene.concurrently(40) { index in
                let name = "\(index)"
                // Every other one is sent back first, which must not use up a number.
                if index.isMultiple(of: 2) {
                    _ = try await scene.store.accept(
                        scene.intake(message: MessageID("x\(name)"), session: SessionID("s\(name)"), thread: "taken"))
                }
                return try await scene.accept(
                    scene.intake(
                        message: MessageID("m\(name)"), session: SessionID("n\(name)"), thread: ThreadID("t\(name)"))
                ).ticket.rawValue
            }
            let all = try await scene.store.sessions(.all, limit: 99).map(\.ticket.rawValue).sorted()
            try scene.expect(all, is: Array(1001..<(1001 + all.count)), "the tickets")
            try scene.expect(Set(tickets).count, is: 40, "the number of different tickets")
        },
        Check("a message for a person makes no turn due") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.takeOver("Ana"), to: "s1", at: scene.time(5))
            try await scene.accept(scene.intake("Hello?", message: "m2", at: 10))
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            let claim = try await scene.store.claimTurn(now: scene.time(99), lease: "l", until: scene.time(199))
            try scene.expect(claim, is: nil, "the turn")
        },
    ]

    static let dedupeChecks: [Check] = [
        Check("a message delivered again is answered with what was stored") { scene in
            let first = try await scene.accept(scene.intake())
            let again = scene.intake(
                "Another text", message: "m9", session: "s9", dedupe: .providerID("provider-web-m1"))
            try scene.expect(try await scene.store.accept(again), is: .duplicate(first), "the outcome")
            try scene.expect(try await scene.history().count, is: 1, "the number of entries")
            try scene.expect(try await scene.store.contact("contact-m9"), is: nil, "the second delivery's contact")
        },
        Check("five deliveries at once are one message") { scene in
            let outcomes = try await scene.concurrently(5) { index in
                try await scene.store.accept(
                    scene.intake(
                        message: MessageID("m\(index)"), session: SessionID("s\(index)"), dedupe: .providerID("same")))
            }
            var accepted: [AcceptedMessage] = []
            var duplicates: [AcceptedMessage] = []
            for outcome in outcomes {
                switch outcome {
                case .accepted(let message, _): accepted.append(message)
                case .duplicate(let message): duplicates.append(message)
                case .sessionChanged: break
                }
            }
            try scene.expect(accepted.count, is: 1, "the number of accepted deliveries")
            try scene.expect(duplicates, is: Array(repeating: accepted[0], count: 4), "the receipts of the others")
            try scene.expect(try await scene.store.sessions(.all, limit: 9).count, is: 1, "the number of sessions")
        },
        Check("a provider's id counts for good, also when the session has ended") { scene in
            let first = try await scene.accept(scene.intake())
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "s1", at: scene.time(10))
            let year = 365 * 24 * 3600
            let again = scene.intake(message: "m2", session: "s2", dedupe: .providerID("provider-web-m1"), at: year)
            try scene.expect(try await scene.store.accept(again), is: .duplicate(first), "the outcome")
        },
        Check("the same id on two channels is two messages") { scene in
            try await scene.accept(scene.intake(dedupe: .providerID("1")))
            try await scene.accept(
                scene.intake(message: "m2", session: "s2", channel: "sms", dedupe: .providerID("1")))
        },
        Check("the same words with two ids are two messages") { scene in
            try await scene.accept(scene.intake("ok", dedupe: .providerID("1")))
            try await scene.accept(scene.intake("ok", message: "m2", dedupe: .providerID("2"), at: 60))
            try scene.expect(try await scene.history().count, is: 2, "the number of entries")
        },
        Check("without an id the same words within the window are one message") { scene in
            let first = try await scene.accept(
                scene.intake("ok", dedupe: .content(hash: "h", since: scene.time(-86_400))))
            let again = scene.intake(
                "ok", message: "m2", dedupe: .content(hash: "h", since: scene.time(60 - 86_400)), at: 60)
            try scene.expect(try await scene.store.accept(again), is: .duplicate(first), "the outcome")
            let other = scene.intake(
                "no", message: "m3", dedupe: .content(hash: "i", since: scene.time(60 - 86_400)), at: 60)
            try scene.expect(try await scene.accept(other).sequence, is: 2, "the place of other words")
        },
        Check("without an id the same words after the window are another message") { scene in
            try await scene.accept(scene.intake("ok", dedupe: .content(hash: "h", since: scene.time(-86_400))))
            let later = 86_400 + 60
            let second = try await scene.accept(
                scene.intake(
                    "ok", message: "m2", dedupe: .content(hash: "h", since: scene.time(later - 86_400)), at: later))
            try scene.expect(second.sequence, is: 2, "the second message's place")
            // From here on the window is that of the second one.
            let third = scene.intake(
                "ok", message: "m3", dedupe: .content(hash: "h", since: scene.time(later + 60 - 86_400)), at: later + 60
            )
            try scene.expect(try await scene.store.accept(third), is: .duplicate(second), "the third one's outcome")
        },
        Check("the same words in two threads are two messages") { scene in
            let key = DedupeKey.content(hash: "h", since: scene.time(-86_400))
            try await scene.accept(scene.intake("ok", dedupe: key))
            try await scene.accept(scene.intake("ok", message: "m2", session: "s2", thread: "t2", dedupe: key))
            try await scene.accept(scene.intake("ok", message: "m3", session: "s3", channel: "sms", dedupe: key))
        },
    ]
}
