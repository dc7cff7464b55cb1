internal import OpenCXCore

extension StoreScene {
    /// Somebody begins a session of this name, on a thread of its own.
    @discardableResult
    fileprivate func begin(_ name: String, _ sender: ContactHandle, at seconds: Int = 0) async throws -> Session {
        try await accept(
            intake(
                message: MessageID(name), session: SessionID(name), thread: ThreadID(name), sender: sender,
                contact: ContactID("contact-\(name)"), at: seconds))
        return try await session(SessionID(name))
    }

    private static let mail = ContactHandle(email: "ann@example.com", name: "Ann", isVerified: true)
    private static let number = ContactHandle(phone: "+1555", isVerified: true)
    /// The team's own server says that both are one person's.
    private static let token = ContactHandle(email: "ann@example.com", phone: "+1555", customID: "7", isVerified: true)

    /// Two contacts with a session each, and a third session in which they turn out to be one.
    fileprivate func join() async throws {
        try await begin("a", Self.mail)
        try await begin("b", Self.number, at: 1)
        try expect(try await begin("c", Self.token, at: 2).contact, is: "contact-a", "the contact of a token")
    }

    fileprivate func sessions(of contact: ContactID) async throws -> [SessionID] {
        try await store.sessions(.contact(contact), limit: 99).map(\.id).sorted()
    }
}

extension StoreContract {
    static let mergeChecks: [Check] = [
        Check("contacts that turn out to be one person are joined, with their sessions") { scene in
            try await scene.join()
            let contact = try scene.require(try await scene.store.contact("contact-a"), "the contact that is left")
            try scene.expect(
                [contact.email, contact.phone, contact.customID, contact.name],
                is: ["ann@example.com", "+1555", "7", "Ann"], "what is known of them")
            try scene.expect(contact.formerIDs, is: ["contact-b"], "the ids they had before")
            try scene.expect(try await scene.sessions(of: "contact-a"), is: ["a", "b", "c"], "their sessions")
            try scene.expect(
                try await scene.store.contacts(after: nil, limit: 9).map(\.id), is: ["contact-a"], "the contacts")
            let moved = try await scene.session("b")
            let entry = try scene.require(try await scene.history("b").last, "an entry")
            try scene.expect(
                entry.event, is: .contactMerged(into: "contact-a", from: "contact-b"), "what the history tells")
            try scene.expect(entry.sequence, is: moved.lastSequence, "the number of that entry")
            try scene.expect(moved.updatedAt, is: scene.time(1), "when the session was last changed")
            try scene.expect(try await scene.history("a").count, is: 1, "the entries of a session that stayed")
        },
        Check("the id of a contact that went up in another one finds that one") { scene in
            try await scene.join()
            try scene.expect(try await scene.store.contact("contact-b")?.id, is: "contact-a", "the contact")
            try scene.expect(try await scene.sessions(of: "contact-b"), is: ["a", "b", "c"], "the sessions")
            let page = try await scene.store.sessions(
                matching: SessionQuery(contact: "contact-b"), after: nil, limit: 9)
            try scene.expect(page.sessions.map(\.id), is: ["c", "b", "a"], "the page of sessions")
            let renamed = try await scene.store.changeContact("contact-b", ContactChange(name: "Anna"))
            try scene.expect(renamed?.id, is: "contact-a", "the contact that was changed")
            let opened = try await scene.store.open(
                SessionOpening(
                    session: "d", channel: "api", channelKind: .api, thread: "d", contact: .known("contact-b"),
                    newContact: "contact-d", at: scene.time(3)))
            try scene.expect(
                opened.contact, is: "contact-a", "the contact of a session that was opened for the other one")
        },
        Check("a session under way goes on when its contact goes up in another one") { scene in
            try await scene.begin("a", ContactHandle(email: "ann@example.com", isVerified: true))
            try await scene.begin("b", ContactHandle(phone: "+1555", isVerified: true))
            let both = ContactHandle(email: "ann@example.com", phone: "+1555", isVerified: true)
            try await scene.accept(
                scene.intake("More", message: "m2", session: "b", thread: "b", sender: both, at: 2))
            let session = try await scene.session("b")
            try scene.expect(session.contact, is: "contact-a", "the session's contact")
            try scene.expect(session.hasOtherSenders, is: false, "whether somebody else has written")
            try scene.expect(session.lastCustomerSequence, is: 3, "the place of the message, behind the joining")
            var claimed: [SessionID: ContactID] = [:]
            for turn in try await scene.store.claimTurns(
                limit: 9, now: scene.time(2), lease: "l", until: scene.time(60))
            { claimed[turn.session.id] = turn.contact.id }
            try scene.expect(claimed, is: ["a": "contact-a", "b": "contact-a"], "whose turns are due")
        },
        Check("a turn of a session that moves to another contact keeps its lease") { scene in
            try await scene.begin("b", ContactHandle(phone: "+1555", isVerified: true))
            let turn = try await scene.claim(at: 0)
            try await scene.begin("a", ContactHandle(email: "ann@example.com", isVerified: true))
            try await scene.begin(
                "c", ContactHandle(email: "ann@example.com", phone: "+1555", isVerified: true), at: 1)
            let outcome = try await scene.store.commitTurn(scene.commit(turn, reply: scene.reply(at: 2), at: 2))
            guard case .committed(let session, _) = outcome else {
                throw scene.violation("the reply came to \(outcome)")
            }
            try scene.expect(session.contact, is: "contact-a", "the contact of the session")
        },
        Check("what was claimed joins nobody, and nobody joins what was claimed") { scene in
            try await scene.begin("a", ContactHandle(email: "ann@example.com", isVerified: true))
            try await scene.begin("b", ContactHandle(email: "b@example.com", customID: "dev", isVerified: false))
            try await scene.begin(
                "c", ContactHandle(email: "ann@example.com", phone: "+1555", customID: "dev", isVerified: false))
            try await scene.begin("d", ContactHandle(phone: "+1666", customID: "8", isVerified: true))
            try await scene.begin("e", ContactHandle(email: "b@example.com", customID: "8", isVerified: true))
            let contacts = try await scene.store.contacts(after: nil, limit: 9)
            try scene.expect(contacts.map(\.id), is: ["contact-a", "contact-b", "contact-d"], "the contacts")
            try scene.expect(contacts.compactMap(\.formerIDs).count, is: 0, "the contacts that were joined")
        },
        Check("contacts with different custom ids, addresses or numbers stay two") { scene in
            try await scene.begin("a", ContactHandle(email: "a@example.com", customID: "1", isVerified: true))
            try await scene.begin("b", ContactHandle(phone: "+1555", customID: "2", isVerified: true))
            // The first customer now says that the second one's number is theirs.
            try await scene.begin(
                "c", ContactHandle(email: "a@example.com", phone: "+1555", customID: "1", isVerified: true))
            try await scene.begin("d", ContactHandle(email: "d@example.com", isVerified: true))
            try await scene.begin(
                "e", ContactHandle(email: "d@example.com", phone: "+1555", isVerified: true))
            try scene.expect(
                try await scene.store.contacts(after: nil, limit: 9).map(\.id),
                is: ["contact-a", "contact-b", "contact-d"], "the contacts")
        },
        Check("erasing a contact by any of its ids removes what the others had") { scene in
            try await scene.join()
            let erasure = try scene.require(try await scene.store.erase("contact-b", at: scene.time(9)), "an erasure")
            try scene.expect(erasure.contact, is: "contact-a", "the contact that was erased")
            try scene.expect(erasure.sessions.map(\.id), is: ["a", "b", "c"], "the sessions that were removed")
            for id: ContactID in ["contact-a", "contact-b"] {
                try scene.expect(try await scene.store.contact(id), is: nil, "contact \(id)")
            }
            try scene.expect(try await scene.store.erase("contact-b", at: scene.time(9)), is: nil, "a second erasure")
        },
        Check("three contacts become one after another") { scene in
            try await scene.begin("a", ContactHandle(email: "a@example.com", isVerified: true))
            try await scene.begin("b", ContactHandle(phone: "+1555", isVerified: true))
            try await scene.begin("c", ContactHandle(customID: "7", isVerified: true))
            try await scene.begin("d", ContactHandle(email: "a@example.com", phone: "+1555", isVerified: true), at: 1)
            try await scene.begin("e", ContactHandle(email: "a@example.com", customID: "7", isVerified: true), at: 2)
            let contact = try scene.require(try await scene.store.contact("contact-b"), "the contact")
            try scene.expect(contact.id, is: "contact-c", "the contact that is left")
            try scene.expect(contact.formerIDs?.sorted(), is: ["contact-a", "contact-b"], "the ids they had before")
            try scene.expect(
                try await scene.sessions(of: "contact-a"), is: ["a", "b", "c", "d", "e"], "their sessions")
        },
    ]
}
