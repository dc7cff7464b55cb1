internal import OpenCXCore

extension StoreScene {
    /// The contact of a new session that somebody with this handle starts.
    fileprivate func contact(of handle: ContactHandle, _ name: String) async throws -> Contact {
        try await accept(
            intake(
                message: MessageID(name), session: SessionID(name), thread: ThreadID(name), sender: handle,
                contact: ContactID("contact-\(name)")))
        let id = try await session(SessionID(name)).contact
        return try require(try await store.contact(id), "contact \(id)")
    }
}

extension StoreContract {
    static let contactChecks: [Check] = [
        Check("a verified handle finds its contact by custom id, then e-mail, then telephone") { scene in
            let a = try await scene.contact(of: ContactHandle(customID: "1", isVerified: true), "a")
            let b = try await scene.contact(of: ContactHandle(email: "b@example.com", isVerified: true), "b")
            let c = try await scene.contact(of: ContactHandle(phone: "+1555", isVerified: true), "c")
            // The weakest first: whoever is found learns the rest, and could be found by it afterwards.
            let phone = ContactHandle(email: "no@example.com", phone: "+1 555", isVerified: true)
            try scene.expect(try await scene.contact(of: phone, "d").id, is: c.id, "the contact found by telephone")
            let both = ContactHandle(email: "B@example.com", phone: "+1555", customID: "none", isVerified: true)
            try scene.expect(try await scene.contact(of: both, "e").id, is: b.id, "the contact found by e-mail")
            let all = ContactHandle(email: "b@example.com", phone: "+1555", customID: "1", isVerified: true)
            try scene.expect(try await scene.contact(of: all, "f").id, is: a.id, "the contact found by custom id")
            try scene.expect(Set([a.id, b.id, c.id]).count, is: 3, "the number of contacts")
        },
        Check("a handle found by an address fills a contact's gaps and overwrites nothing") { scene in
            _ = try await scene.contact(
                of: ContactHandle(email: "a@example.com", name: "Ann", isVerified: true), "a")
            let contact = try await scene.contact(
                of: ContactHandle(
                    email: "a@example.com", phone: "+1555", customID: "1", name: "Somebody", isVerified: true), "b")
            try scene.expect(contact.id, is: "contact-a", "the contact")
            try scene.expect(contact.name, is: "Ann", "the name")
            try scene.expect(contact.phone, is: "+1555", "the telephone number")
            let found = try await scene.contact(of: ContactHandle(customID: "1", isVerified: true), "c")
            try scene.expect(found.id, is: "contact-a", "the contact found by the custom id that was added")
        },
        Check("an address leads to nobody with another custom id") { scene in
            let seven = try await scene.contact(
                of: ContactHandle(email: "a@example.com", phone: "+1555", customID: "7", isVerified: true), "a")
            let eight = try await scene.contact(
                of: ContactHandle(email: "a@example.com", phone: "+1555", customID: "8", isVerified: true), "b")
            try scene.expect(seven.id, is: "contact-a", "the first customer's contact")
            try scene.expect(eight.id, is: "contact-b", "the contact of another customer at the same address")
            // Two customers answer to the address, so it tells neither of them.
            let either = try await scene.contact(of: ContactHandle(email: "a@example.com", isVerified: true), "c")
            try scene.expect(either.id, is: "contact-c", "the contact found by an address that two customers share")
            let again = try await scene.contact(of: ContactHandle(email: "a@example.com", isVerified: true), "d")
            try scene.expect(again.id, is: "contact-c", "the contact found by the shared address the next time")
        },
        Check("a contact found by its custom id takes over newer addresses") { scene in
            _ = try await scene.contact(
                of: ContactHandle(
                    email: "old@example.com", phone: "+1555", customID: "7", name: "Ann", isVerified: true),
                "a")
            let moved = ContactHandle(
                email: "new@example.com", phone: "+1666", customID: "7", name: "Somebody", isVerified: true)
            let contact = try await scene.contact(of: moved, "b")
            try scene.expect(contact.id, is: "contact-a", "the contact")
            try scene.expect(contact.email, is: "new@example.com", "the e-mail address")
            try scene.expect(contact.phone, is: "+1666", "the telephone number")
            try scene.expect(contact.name, is: "Ann", "the name")
            let byOld = try await scene.contact(of: ContactHandle(email: "old@example.com", isVerified: true), "c")
            try scene.expect(byOld.id, is: "contact-c", "the contact found by the address that was given up")
            let byNew = try await scene.contact(of: ContactHandle(email: "new@example.com", isVerified: true), "d")
            try scene.expect(byNew.id, is: "contact-a", "the contact found by the new address")
        },
        Check("claiming an address opens nobody's sessions") { scene in
            let verified = try await scene.contact(
                of: ContactHandle(email: "a@example.com", phone: "+1555", customID: "1", isVerified: true), "a")
            let claims = [
                ContactHandle(email: "a@example.com", isVerified: false),
                ContactHandle(phone: "+1555", isVerified: false),
                ContactHandle(email: "a@example.com", phone: "+1555", customID: "1", isVerified: false),
            ]
            for (index, claim) in claims.enumerated() {
                let contact = try await scene.contact(of: claim, "b\(index)")
                try scene.expect(contact.id != verified.id, "a claimed handle found a verified contact")
                try scene.expect(!contact.isVerified, "a claimed handle made a verified contact")
            }
            let sessions = try await scene.store.sessions(.contact(verified.id), limit: 9)
            try scene.expect(sessions.map(\.id), is: ["a"], "the verified contact's sessions")
        },
        Check("a verified handle does not find what somebody claimed") { scene in
            let claimed = try await scene.contact(
                of: ContactHandle(email: "a@example.com", customID: "1", isVerified: false), "a")
            let verified = try await scene.contact(
                of: ContactHandle(email: "a@example.com", customID: "1", isVerified: true), "b")
            try scene.expect(claimed.id != verified.id, "a verified handle found a claimed contact")
            try scene.expect(verified.isVerified, "the verified handle's contact is not verified")
            let again = try await scene.contact(of: ContactHandle(email: "a@example.com", isVerified: true), "c")
            try scene.expect(again.id, is: verified.id, "the contact found by e-mail")
        },
        Check("a claimed handle finds its own custom id and nothing else") { scene in
            let first = try await scene.contact(
                of: ContactHandle(email: "a@example.com", customID: "device", isVerified: false), "a")
            let same = try await scene.contact(of: ContactHandle(customID: "device", isVerified: false), "b")
            try scene.expect(same.id, is: first.id, "the contact found by custom id")
            let other = try await scene.contact(
                of: ContactHandle(email: "a@example.com", customID: "else", isVerified: false), "c")
            try scene.expect(other.id != first.id, "a claimed e-mail address found a contact")
        },
        Check("a handle that identifies nobody is a new contact each time") { scene in
            let nobody = ContactHandle(name: "Visitor", isVerified: false)
            let contacts = [try await scene.contact(of: nobody, "a").id, try await scene.contact(of: nobody, "b").id]
            try scene.expect(contacts, is: ["contact-a", "contact-b"], "the contacts")
        },
        Check("a session keeps its contact, whoever writes") { scene in
            let nobody = ContactHandle(name: "Visitor", isVerified: false)
            try await scene.accept(scene.intake(sender: nobody))
            try await scene.accept(scene.intake("More", message: "m2", sender: nobody))
            let other = ContactHandle(email: "b@example.com", isVerified: true)
            try await scene.accept(scene.intake("Even more", message: "m3", sender: other))
            try scene.expect(try await scene.session().contact, is: "contact-m1", "the session's contact")
            for contact: ContactID in ["contact-m2", "contact-m3"] {
                try scene.expect(try await scene.store.contact(contact), is: nil, "a contact nobody needs")
            }
            try scene.expect(
                try await scene.store.contact("contact-m1")?.email, is: nil, "the e-mail address of somebody else")
        },
        Check("a session keeps that somebody other than its contact has written") { scene in
            let contact = ContactHandle(email: "a@example.com", customID: "7", isVerified: true)
            let others = [
                ContactHandle(customID: "mallory", isVerified: false),
                ContactHandle(email: "a@example.com", customID: "7", isVerified: false),
                ContactHandle(name: "Visitor", isVerified: false),
                ContactHandle(email: "a@example.com", customID: "8", isVerified: true),
            ]
            for (index, other) in others.enumerated() {
                let (session, thread) = (SessionID("s\(index)"), ThreadID("t\(index)"))
                for (place, sender) in [contact, contact, other, contact].enumerated() {
                    try await scene.accept(
                        scene.intake(
                            message: MessageID("m\(index)-\(place)"), session: session, thread: thread, sender: sender))
                    try scene.expect(
                        try await scene.session(session).hasOtherSenders, is: place >= 2,
                        "whether somebody else has written, after message \(place) and with \(other)")
                }
            }
        },
        Check("a visitor without a name is taken for the unverified contact of the session") { scene in
            let visitor = ContactHandle(name: "Visitor", isVerified: false)
            try await scene.accept(scene.intake(sender: visitor))
            try await scene.accept(scene.intake("More", message: "m2", sender: visitor))
            try scene.expect(try await scene.session().hasOtherSenders, is: false, "whether somebody else has written")
            try await scene.accept(
                scene.intake("Me", message: "m3", sender: ContactHandle(customID: "device", isVerified: false)))
            try scene.expect(try await scene.session().hasOtherSenders, is: true, "whether somebody else has written")
        },
        Check("a session's contact learns more about itself") { scene in
            try await scene.accept(scene.intake(sender: ContactHandle(email: "a@example.com", isVerified: true)))
            let more = ContactHandle(email: "a@example.com", phone: "+1555", name: "Ann", isVerified: true)
            try await scene.accept(scene.intake("More", message: "m2", sender: more))
            let contact = try scene.require(try await scene.store.contact("contact-m1"), "the contact")
            try scene.expect(contact.phone, is: "+1555", "the telephone number")
            try scene.expect(contact.name, is: "Ann", "the name")
        },
    ]
}
