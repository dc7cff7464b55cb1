internal import OpenCXCore

extension StoreContract {
    /// Sessions that begin before their first message.
    static let openingChecks: [Check] = [
        Check("a session is opened, and its first message goes on with it") { scene in
            let opened = try await scene.store.open(scene.opening())
            try scene.expect(opened.ticket, is: TicketNumber(rawValue: 1001), "the number")
            try scene.expect(opened.attributes, is: ["plan": "gold"], "the custom data")
            try scene.expect(opened.isStarted, is: false, "whether the customer has written")
            try scene.expect(try await scene.session(), is: opened, "the session stored")
            try scene.expect(try await scene.history(), is: [], "the history")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the time of the next turn")
            try scene.expect(try await scene.store.nextExpiry(), is: scene.time(600), "when it ends by itself")
            var first = scene.intake(sender: ContactHandle(customID: "device", isVerified: false), at: 9)
            first.subscriptions = [EventSubscription("crm")]
            let accepted = try await scene.accept(first)
            try scene.expect(accepted.session, is: "s1", "the session of the first message")
            try scene.expect(accepted.startedSession, "the first message did not start the session")
            let session = try await scene.session()
            try scene.expect(session.firstMessageAt, is: scene.time(9), "the time of the first message")
            try scene.expect(session.createdAt, is: scene.time(1), "when it began")
            try scene.expect(session.contact, is: opened.contact, "the contact")
            try scene.expect(!session.hasOtherSenders, "the contact counts as somebody else")
            try scene.expect(try await scene.store.nextExpiry(), is: nil, "when it ends by itself")
            let names = try await scene.store.outbox(.pending, limit: 9).compactMap { entry in
                if case .event(_, let event) = entry.payload { event.name } else { nil }
            }
            try scene.expect(names, is: [.started, .contactResponse], "what others are told")
            try scene.expect(try await scene.claim(at: 9).session, is: session, "the session of the turn")
            let second = try await scene.accept(
                scene.intake("And?", message: "m2", sender: first.sender, at: 10))
            try scene.expect(!second.startedSession, "the second message started the session as well")
            for (intake, starts) in [(first, true), (scene.intake("And?", message: "m2", sender: first.sender), false)]
            {
                guard case .duplicate(let known) = try await scene.store.accept(intake) else {
                    throw scene.violation("a message was stored twice")
                }
                try scene.expect(known.startedSession, is: starts, "whether a repeated message started the session")
            }
        },
        Check("opening a session again changes nothing") { scene in
            let opened = try await scene.store.open(scene.opening())
            var again = scene.opening()
            again.attributes = ["plan": "other"]
            again.at = scene.time(50)
            try scene.expect(try await scene.store.open(again), is: opened, "the session opened again")
            try await scene.accept(scene.intake(at: 60))
            let after = try await scene.session()
            try scene.expect(try await scene.store.open(again), is: after, "the session opened once more")
            let both = try await scene.concurrently(9) { [again] _ in
                try await scene.store.open(again)
            }
            try scene.expect(Set(both), is: [after], "the session opened by several at once")
            let next = try await scene.accept(scene.intake(message: "m2", session: "s2", thread: "t2"))
            try scene.expect(next.ticket.rawValue, is: 1002, "the next number")
        },
        Check("a session is not opened where one is open, nor under an id that was used") { scene in
            try await scene.accept(scene.intake())
            try await scene.refuse(scene.opening("s2"), .superseded)
            try await scene.refuse(scene.opening(thread: "t2"), .refused)
            var stranger = scene.opening("s3", thread: "t3")
            stranger.contact = .known("nobody")
            try await scene.refuse(stranger, .refused)
            var large = scene.opening("s3", thread: "t3")
            large.contact = .described(ContactHandle(customID: "new", isVerified: false))
            large.attributes = ["name": RedactedText(derived: String(repeating: "x", count: 20_000))]
            try await scene.refuse(large, .refused)
            let handle = ContactHandle(customID: "new", isVerified: false)
            try scene.expect(
                try await scene.store.contact(matching: handle), is: nil, "the contact of a session that was refused")
            _ = try await scene.store.erase(try await scene.session().contact, at: scene.time(7))
            try await scene.refuse(scene.opening("s1"), .refused)
            // A number that was refused is not lost.
            try scene.expect(
                try await scene.store.open(scene.opening("s5", thread: "t5")).ticket.rawValue, is: 1002,
                "the next number")
        },
        Check("a session that nobody writes in ends without a word") { scene in
            _ = try await scene.store.open(scene.opening())
            let ended = try await scene.store.expireSessions(
                limit: 9, at: scene.time(600), telling: [EventSubscription("crm")])
            try scene.expect(ended.map(\.status), is: [.closedUnresolved], "how it ended")
            try scene.expect(try await scene.store.outbox(.pending, limit: 9), is: [], "what others are told")
            try scene.expect(try await scene.session().ratingDueAt, is: nil, "when its customer is asked")
            // The next session of the thread is opened beside it.
            let next = try await scene.store.open(scene.opening("s2", at: 700))
            try scene.expect(
                try await scene.store.latestSession(channel: "web", thread: "t1"), is: next, "the thread's session")
        },
        Check("a session goes to a contact that there is, or to whom the handle describes") { scene in
            let handle = ContactHandle(customID: "jane", name: "Jane", isVerified: true)
            let jane = try await scene.store.addContact(handle, as: "jane", at: scene.time(0)).contact
            var opening = scene.opening()
            opening.contact = .known("jane")
            try scene.expect(try await scene.store.open(opening).contact, is: "jane", "a known contact")
            opening = scene.opening("s2", thread: "t2")
            opening.contact = .described(handle)
            try scene.expect(try await scene.store.open(opening).contact, is: "jane", "a contact that is found")
            let found = try await scene.store.sessions(.contact("jane"), limit: 9)
            try scene.expect(Set(found.map(\.id)), is: ["s1", "s2"], "the sessions of the contact")
            let erasure = try await scene.store.erase(jane.id, at: scene.time(9))
            try scene.expect(erasure?.sessions.map(\.id), is: ["s1", "s2"], "what is erased with the contact")
        },
    ]
}

extension StoreScene {
    fileprivate func opening(_ session: SessionID = "s1", thread: ThreadID = "t1", at seconds: Int = 1)
        -> SessionOpening
    {
        SessionOpening(
            session: session, channel: "web", channelKind: .web, thread: thread,
            contact: .described(ContactHandle(customID: "device", isVerified: false)), newContact: "contact-device",
            attributes: ["plan": "gold"], expiresAt: time(seconds + 599), at: time(seconds))
    }

    fileprivate func refuse(_ opening: SessionOpening, _ code: StoreError.Code) async throws {
        do {
            _ = try await store.open(opening)
            throw violation("session \(opening.session) was opened in \(opening.thread)")
        } catch let error as StoreError {
            try expect(error.code == code, "session \(opening.session) is refused for another reason: \(error)")
        }
    }
}
