internal import OpenCXCore

extension StoreContract {
    static let erasureChecks: [Check] = [
        Check("with a contact goes everything that hangs on their sessions, and nothing else") { scene in
            try await scene.furnish("a")
            try await scene.furnish("b")
            let before = try await Remains(of: "b", in: scene.store)
            let session = try await scene.session("a")
            let pending = try await scene.store.outbox(.pending, limit: .max).count { $0.session == "a" }
            let erasure = try scene.require(
                try await scene.store.erase(session.contact, at: scene.time(50)), "the account of the erasure")
            try scene.expect(
                erasure,
                is: Erasure(
                    contact: session.contact,
                    sessions: [
                        RemovedSession(
                            id: "a", ticket: session.ticket, copies: [.init(helpdesk: "front", reference: "cnv_a")],
                            withdrawnDeliveries: pending)
                    ]), "the account")
            try scene.expect(pending > 0, "the scene has no pending delivery")
            try scene.expect(try await Remains(of: "a", in: scene.store), is: Remains(), "what is left of it")
            try scene.expect(try await scene.store.contact(session.contact), is: nil, "the contact")
            try scene.expect(
                try await scene.store.session(ticket: session.ticket), is: nil, "the session by its number")
            try scene.expect(
                try await scene.store.latestSession(channel: "web", thread: "a"), is: nil, "the thread's session")
            try scene.expect(try await Remains(of: "b", in: scene.store), is: before, "somebody else's session")
            try scene.expect(
                try await scene.store.erase(session.contact, at: scene.time(60)), is: nil, "a second erasure")
            try await scene.store.scrub()
            try scene.expect(try await Remains(of: "b", in: scene.store), is: before, "somebody else's after scrubbing")
        },
        Check("every session of a contact goes, in any thread and state") { scene in
            let jane = ContactHandle(customID: "jane", isVerified: true)
            for name in ["a", "b", "c"] {
                try await scene.accept(
                    scene.intake(
                        message: MessageID(name), session: SessionID(name), thread: ThreadID(name), sender: jane))
            }
            _ = try await scene.store.apply(.close(.closedResolved, by: .system), to: "b", at: scene.time(5))
            _ = try await scene.store.apply(.takeOver("Ana"), to: "c", at: scene.time(5))
            let contact = try await scene.session("a").contact
            let erasure = try await scene.store.erase(contact, at: scene.time(9))
            try scene.expect(erasure?.sessions.map(\.id), is: ["a", "b", "c"], "the sessions")
            try scene.expect(try await scene.store.sessions(.all, limit: 99), is: [], "the sessions left")
        },
        Check("a number that was erased is not given again, and is known as such") { scene in
            try await scene.accept(scene.intake())
            let erased = try await scene.session()
            _ = try await scene.store.erase(erased.contact, at: scene.time(7))
            try scene.expect(try await scene.store.removal(of: erased.ticket), is: scene.time(7), "the removal")
            let next = try await scene.accept(scene.intake(message: "m2", session: "s2", at: 10))
            try scene.expect(next.ticket.rawValue, is: erased.ticket.rawValue + 1, "the next number")
            try scene.expect(next.startedSession, "the message did not start a session")
            try scene.expect(try await scene.store.removal(of: next.ticket), is: nil, "the removal of an open session")
        },
        Check("an erasure takes a running turn its lease") { scene in
            try await scene.accept(scene.intake())
            let claim = try await scene.claim(at: 1)
            _ = try await scene.store.erase(claim.session.contact, at: scene.time(2))
            let isKept = try await scene.store.extendTurn("s1", lease: claim.lease, until: scene.time(90))
            try scene.expect(!isKept, "the lease is still ours")
            let outcome = try await scene.store.commitTurn(scene.commit(claim, reply: scene.reply(), at: 3))
            try scene.expect(outcome, is: .leaseLost, "the outcome")
            let trace = scene.commit(claim, reply: nil, at: 3).trace
            try await scene.store.abandonTurn("s1", lease: claim.lease, trace: trace, retryAt: nil, failed: true)
            try scene.expect(try await Remains(of: "s1", in: scene.store), is: Remains(), "what is left")
            try scene.expect(try await scene.store.nextTurnDue(), is: nil, "the next turn")
        },
        Check("an effect of an erased session is neither begun nor written down") { scene in
            try await scene.turnToChange()
            try scene.expect(try await scene.begin(), is: .begun, "the change")
            _ = try await scene.store.erase(try await scene.session().contact, at: scene.time(5))
            try await scene.store.finishEffect(scene.intent.key, scene.record(), at: scene.time(6))
            try scene.expect(
                try await scene.store.effect(scene.intent.key), is: nil, "what is known of the one that ran")
            try scene.expect(try await scene.begin(at: 7), is: .refused, "a change that comes late")
            try scene.expect(try await scene.store.effect(scene.intent.key), is: nil, "what is known of that one")
        },
        Check("a delivery under way when its session is erased settles into nothing") { scene in
            try await scene.answeredSession()
            let entry = try await scene.claimDelivery(at: 1, lease: "d")
            _ = try await scene.store.erase(try await scene.session().contact, at: scene.time(2))
            let hasMore = try await scene.store.settleDelivery(
                entry.id, lease: "d", .dead(reason: "gone"), at: scene.time(3), telling: [EventSubscription("crm")])
            try scene.expect(!hasMore, "something waits behind it")
            try scene.expect(try await Remains(of: "s1", in: scene.store), is: Remains(), "what is left")
            try scene.expect(try await scene.store.nextDeliveryDue(), is: nil, "the next delivery")
        },
        Check("a message redacted for an erased session is redacted anew, for another one") { scene in
            try await scene.accept(scene.intake())
            _ = try await scene.store.erase(try await scene.session().contact, at: scene.time(2))
            let late = scene.intake("Hello?", message: "m2", at: 3)
            try scene.expect(try await scene.store.accept(late), is: .sessionChanged, "the outcome")
            // What was delivered before is not known any more, so it counts as new.
            let again = try await scene.accept(scene.intake(session: "s2", at: 4))
            try scene.expect(again.startedSession, "the message went into an old session")
        },
        Check("contacts are found by what they are known as, verified or not") { scene in
            let senders = [
                ContactHandle(email: "jane@example.com", isVerified: true),
                ContactHandle(email: "jane@example.com", customID: "device-1", isVerified: false),
                ContactHandle(phone: "+49 151 23456", isVerified: true),
                ContactHandle(customID: "jane", isVerified: true),
            ]
            for (number, sender) in senders.enumerated() {
                try await scene.accept(
                    scene.intake(
                        message: MessageID("m\(number)"), session: SessionID("s\(number)"),
                        thread: ThreadID("t\(number)"), sender: sender, contact: ContactID("c\(number)"), at: number))
            }
            for (identity, ids) in [
                ("Jane@Example.com ", ["c0", "c1"] as [ContactID]), ("+4915123456", ["c2"]), ("jane", ["c3"]),
                ("device-1", ["c1"]), ("nobody", []), ("", []),
            ] {
                let found = try await scene.store.contacts(knownAs: identity)
                try scene.expect(found.map(\.id), is: ids, "who is known as \"\(identity)\"")
            }
        },
    ]
}

/// What a store still tells of a session.
struct Remains: Equatable, Sendable {
    var session: Session?
    var history: [HistoryEntry] = []
    var traces: [Trace] = []
    var outbox: [OutboxEntry] = []

    init() {}

    init(of id: SessionID, in store: any Store) async throws {
        session = try await store.session(id)
        history = try await store.history(id, after: 0, limit: .max)
        traces = try await store.traces(id)
        for state in OutboxEntry.State.allCases {
            outbox += try await store.outbox(state, limit: .max).filter { $0.session == id }
        }
    }
}

extension StoreScene {
    /// A session of somebody of that name with some of everything: messages, a handoff that was taken, deliveries in every state,
    /// a trace, a dedupe key of either kind.
    func furnish(_ name: String) async throws {
        let (id, thread, lease) = (SessionID(name), ThreadID(name), LeaseToken(name))
        try await accept(
            intake("First", message: MessageID("\(name)1"), session: id, thread: thread, dedupe: .providerID(name)))
        try await accept(
            intake(
                "Second", message: MessageID("\(name)2"), session: id, thread: thread,
                dedupe: .content(hash: name, since: time(-9)), at: 1))
        var commit = commit(try await claim(at: 2, lease: lease), reply: reply(id: MessageID("\(name)3"), at: 3), at: 3)
        commit.handoff = handoff(at: 3)
        commit.helpdesks = ["front", "zendesk"]
        commit.subscriptions = [EventSubscription("crm")]
        _ = try await store.commitTurn(commit)
        let settlements: [OutboxDestination: DeliverySettlement] = [
            .helpdesk("front"): .delivered(reference: "cnv_\(name)"), .helpdesk("zendesk"): .dead(reason: "404"),
        ]
        for (destination, settlement) in settlements.sorted(by: { $0.key < $1.key }) {
            let entry = try await claimDelivery(to: destination, at: 4, lease: lease)
            try await store.settleDelivery(entry.id, lease: lease, settlement, at: time(5))
        }
    }
}
