internal import OpenCXCore

extension StoreContract {
    /// Lists of sessions and contacts, page by page.
    static let queryChecks: [Check] = [
        Check("sessions are found by everything that a query can ask for") { scene in
            try await scene.fillLists()
            let all = try await scene.store.sessions(.all, limit: .max)
            try scene.expect(all.count, is: 9, "the number of sessions")
            for order in SessionQuery.Order.allCases {
                for query in scene.queries {
                    var query = query
                    query.order = order
                    let wanted = try query.page(of: all, after: nil, limit: .max)
                    try scene.expect(
                        try await scene.store.sessions(matching: query, after: nil, limit: .max), is: wanted,
                        "what is found by \(query)")
                    try scene.expect(
                        !wanted.sessions.isEmpty || query.contact == "nobody", "the scene has nothing for \(query)")
                    let turned = try await scene.pages(of: query, limit: 2)
                    try scene.expect(turned.map(\.id), is: wanted.sessions.map(\.id), "the pages of \(query)")
                }
            }
        },
        Check("the last page says so") { scene in
            try await scene.fillLists()
            for (limit, hasMore) in [(8, true), (9, false), (10, false), (.max, false)] {
                let page = try await scene.store.sessions(matching: SessionQuery(), after: nil, limit: limit)
                try scene.expect(page.next != nil, is: hasMore, "whether another page follows \(limit) of 9 sessions")
            }
            let none = try await scene.store.sessions(matching: SessionQuery(), after: nil, limit: 0)
            try scene.expect(none.sessions, is: [], "an empty page")
        },
        Check("who turns pages while sessions change sees twice only what comes again, and misses none that stays") {
            scene in
            try await scene.fillLists()
            for order in SessionQuery.Order.allCases {
                let query = SessionQuery(order: order)
                let before = try await scene.store.sessions(matching: query, after: nil, limit: .max).sessions
                var page = try await scene.store.sessions(matching: query, after: nil, limit: 3)
                var seen = page.sessions
                // One that was seen, one that is yet to come, and the one that the cursor points at.
                for (place, id) in [before[0].id, before[5].id, before[2].id].enumerated() {
                    _ = try await scene.store.apply(.note("Ana", "Look"), to: id, at: scene.time(500 + place))
                }
                while let next = page.next {
                    page = try await scene.store.sessions(matching: query, after: next, limit: 3)
                    seen += page.sessions
                }
                let ids = seen.map(\.id)
                // What changes goes to the front where that is the newest, and to the end where that is.
                let twice = Set(ids.filter { id in ids.count { $0 == id } > 1 })
                let again: Set<SessionID> = order == .longestUnchanged ? [before[0].id, before[2].id] : []
                try scene.expect(twice, is: again, "what was seen twice by \(order)")
                let missed = Set(before.map(\.id)).subtracting(ids)
                let moved: Set<SessionID> = order == .updated ? [before[5].id] : []
                try scene.expect(missed, is: moved, "what was not seen by \(order)")
            }
        },
        Check("a cursor of another list is refused") { scene in
            try await scene.fillLists()
            let page = try await scene.store.sessions(matching: SessionQuery(order: .updated), after: nil, limit: 1)
            let cursor = try scene.require(page.next, "the next page")
            try scene.expect(SessionCursor(cursor.description), is: cursor, "the cursor read from its text")
            do {
                _ = try await scene.store.sessions(matching: SessionQuery(order: .created), after: cursor, limit: 1)
                throw scene.violation("a cursor of another list was taken")
            } catch let error as StoreError {
                try scene.expect(error.code == .refused, "the error should be refused, and is \(error)")
            }
        },
        Check("tags that were taken off, and sessions that are gone, are not found by their tags") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.apply(
                .tag(adding: ["a", "b"], removing: [], by: .ai), to: "s1", at: scene.time(1))
            _ = try await scene.store.apply(.tag(adding: ["c"], removing: ["a"], by: .ai), to: "s1", at: scene.time(2))
            for (tag, count) in [("a", 0), ("b", 1), ("c", 1), ("", 0), ("%", 0)] {
                let page = try await scene.store.sessions(matching: SessionQuery(tag: tag), after: nil, limit: 9)
                try scene.expect(page.sessions.count, is: count, "the number of sessions with the tag \"\(tag)\"")
            }
            _ = try await scene.store.erase(try await scene.session().contact, at: scene.time(3))
            let page = try await scene.store.sessions(matching: SessionQuery(tag: "b"), after: nil, limit: 9)
            try scene.expect(page.sessions, is: [], "the erased session")
        },
        Check("contacts are listed, made, found and changed") { scene in
            for number in 0..<5 {
                let handle = ContactHandle(email: "c\(number)@example.com", isVerified: true)
                let added = try await scene.store.addContact(
                    handle, as: ContactID("c\(number)"), at: scene.time(number))
                try scene.expect(added.isNew, "a contact counts as known: \(added.contact.id)")
            }
            var pages: [[ContactID]] = []
            while true {
                let page = try await scene.store.contacts(after: pages.last?.last, limit: 2).map(\.id)
                if page.isEmpty { break }
                pages.append(page)
            }
            try scene.expect(pages, is: [["c0", "c1"], ["c2", "c3"], ["c4"]], "the pages")
            let again = try await scene.store.addContact(
                ContactHandle(email: "C1@example.com", name: "Jane", attributes: ["plan": "gold"], isVerified: true),
                as: "c9", at: scene.time(9))
            try scene.expect(!again.isNew && again.contact.id == "c1", "a known contact was made anew")
            try scene.expect(again.contact.name, is: "Jane", "the name of a contact found again")
            let handle = ContactHandle(email: "c1@example.com", isVerified: true)
            try scene.expect(try await scene.store.contact(matching: handle), is: again.contact, "the contact found")
            let claimed = ContactHandle(email: "c1@example.com", isVerified: false)
            try scene.expect(try await scene.store.contact(matching: claimed), is: nil, "who claims an address")
            let change = ContactChange(email: "new@example.com", name: "", attributes: ["plan": "", "seat": "2"])
            let changed = try await scene.store.changeContact("c1", change)
            try scene.expect(changed, is: change.applied(to: again.contact), "the contact after the change")
            try scene.expect(try await scene.store.contact("c1"), is: changed, "the contact stored")
            try scene.expect(try await scene.store.contact(matching: handle), is: nil, "who had the old address")
            let moved = ContactHandle(email: "new@example.com", isVerified: true)
            try scene.expect(try await scene.store.contact(matching: moved)?.id, is: "c1", "who has the new address")
            try scene.expect(
                try await scene.store.changeContact("none", change), is: nil, "a contact that is not there")
        },
    ]
}

extension StoreScene {
    fileprivate var queries: [SessionQuery] {
        [
            SessionQuery(), SessionQuery(statuses: [.open]), SessionQuery(statuses: [.closedResolved]),
            SessionQuery(statuses: [.closedResolved, .closedUnresolved]),
            SessionQuery(statuses: [.open, .closedUnresolved]), SessionQuery(statuses: Set(SessionStatus.allCases)),
            SessionQuery(isHandedOff: true), SessionQuery(isHandedOff: false),
            SessionQuery(statuses: [.open], isHandedOff: true), SessionQuery(isStarted: true),
            SessionQuery(isStarted: false), SessionQuery(owner: .ai), SessionQuery(owner: .team),
            SessionQuery(owner: .person("Ana")), SessionQuery(statuses: [.open], owner: .person("Ana")),
            SessionQuery(channel: "web"), SessionQuery(channel: "mail"), SessionQuery(channelKind: .email),
            SessionQuery(channel: "mail", channelKind: .email, tag: "vip"), SessionQuery(contact: "contact-jane"),
            SessionQuery(contact: "nobody"), SessionQuery(tag: "vip"), SessionQuery(tag: "eu"),
            SessionQuery(createdSince: time(3)), SessionQuery(createdBefore: time(3)),
            SessionQuery(createdSince: time(1), createdBefore: time(4)), SessionQuery(updatedSince: time(101)),
            SessionQuery(updatedBefore: time(101)), SessionQuery(updatedSince: time(2), updatedBefore: time(102)),
        ]
    }

    /// Sessions of several kinds, some of which have changed at the same moment.
    fileprivate func fillLists() async throws {
        let jane = ContactHandle(customID: "jane", isVerified: true)
        for number in 0..<8 {
            let name = "s\(number)"
            var intake = intake(
                message: MessageID(name), session: SessionID(name), channel: number % 3 == 0 ? "mail" : "web",
                thread: ThreadID(name), sender: number % 2 == 0 ? jane : nil,
                contact: number % 2 == 0 ? "contact-jane" : nil, at: number / 2)
            if number % 3 == 0 { intake.channelKind = .email }
            try await accept(intake)
        }
        let commands: [(SessionID, TeamCommand)] = [
            ("s0", .tag(adding: ["vip", "eu"], removing: [], by: .ai)), ("s1", .takeOver("Ana")),
            ("s2", .assign(.team, by: "Ana")), ("s3", .tag(adding: ["vip"], removing: [], by: .ai)),
            ("s4", .close(.closedResolved, by: .ai)), ("s5", .takeOver("Ana")),
            ("s5", .close(.closedUnresolved, by: .person("Ana"))), ("s6", .takeOver("Ben")),
        ]
        for (place, (session, command)) in commands.enumerated() {
            _ = try await store.apply(command, to: session, at: time(100 + place / 3))
        }
        _ = try await store.open(
            SessionOpening(
                session: "empty", channel: "web", channelKind: .web, thread: "empty",
                contact: .known("contact-jane"), newContact: "unused", at: time(5)))
    }

    fileprivate func pages(of query: SessionQuery, limit: Int) async throws -> [Session] {
        var sessions: [Session] = []
        var cursor: SessionCursor?
        repeat {
            let page = try await store.sessions(matching: query, after: cursor, limit: limit)
            try expect(page.sessions.count <= limit, "a page is longer than asked for")
            sessions += page.sessions
            cursor = page.next
        } while cursor != nil
        return sessions
    }
}
