/// Contacts that turn out to be one person: somebody whom the channel vouches for has shown an address that others are known by.
///
/// A customer wrote by mail, and another one sent text messages; then a token of the team's own server says that both addresses are
/// one person's. The rule is as careful as ``ContactHandle/best(of:)``:
///
/// - Only a *verified* handle joins contacts, and only verified ones; what somebody has typed joins nobody.
/// - Only an address that the contact gains by the handle does: what it had before has told already.
/// - An address that customers with different custom ids share tells of none of them.
/// - Nothing may speak against it: where custom ids, addresses or telephone numbers differ, they are two people for all we know.
///
/// A store calls it inside its transaction wherever a handle completes a contact, writes ``contact``, removes those in
/// ``absorbed``, and makes their sessions the contact's (``SessionChange/moving(_:to:at:)``).
public struct ContactMerge: Sendable, Hashable {
    /// The contact that stays: what it knew, with its gaps filled by what the others knew.
    public private(set) var contact: Contact
    /// Those that go up in it, those seen first first. Their ids still find the contact (``Contact/formerIDs``).
    public private(set) var absorbed: [ContactID] = []

    /// Looks who turns out to be the same person; `nil` when nobody does.
    ///
    /// - Parameters:
    ///   - handle: somebody who wrote.
    ///   - match: the contact that the handle describes, as it was before.
    ///   - others: contacts among which those are that have one of ``addresses(gainedBy:from:)``.
    public init?(_ handle: ContactHandle, completing match: Contact, among others: some Sequence<Contact>) {
        let gained = Self.addresses(gainedBy: match, from: handle)
        guard gained.email != nil || gained.phone != nil else { return nil }
        contact = handle.completing(match)
        let others = others.filter { $0.isVerified && $0.id != match.id }
        var kin: [Contact] = []
        for (value, address) in [(gained.email, \Contact.email), (gained.phone, \Contact.phone)] {
            guard let value else { continue }
            let known = others.filter { $0[keyPath: address] == value }
            // As many customers as there are custom ids.
            if Set((known + [contact]).compactMap(\.customID)).count <= 1 { kin += known }
        }
        for other in kin.sorted(by: { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) })
        where !absorbed.contains(other.id) && contact.contradicts(other) == false {
            contact.absorb(other)
            absorbed.append(other.id)
        }
        if absorbed.isEmpty { return nil }
    }

    /// The addresses that a contact gains by a handle, and by which it may turn out to be somebody else as well; `nil` where it
    /// gains none.
    public static func addresses(
        gainedBy match: Contact, from handle: ContactHandle
    ) -> (email: String?, phone: String?) {
        guard handle.isVerified, match.isVerified else { return (nil, nil) }
        let completed = handle.completing(match)
        return (
            completed.email == match.email ? nil : completed.email,
            completed.phone == match.phone ? nil : completed.phone
        )
    }
}

extension Contact {
    /// Whether what is known of two contacts cannot be true of one person.
    fileprivate func contradicts(_ other: Contact) -> Bool {
        func differ(_ a: String?, _ b: String?) -> Bool { a != nil && b != nil && a != b }
        return differ(customID, other.customID) || differ(email, other.email) || differ(phone, other.phone)
    }

    /// Takes over what is known of the same person under another id.
    fileprivate mutating func absorb(_ other: Contact) {
        email = email ?? other.email
        phone = phone ?? other.phone
        customID = customID ?? other.customID
        name = name ?? other.name
        createdAt = min(createdAt, other.createdAt)
        if let theirs = other.attributes {
            attributes = ContactHandle.bounded(theirs.merging(attributes ?? [:], uniquingKeysWith: { $1 }))
        }
        // Whoever wanted no messages under one of the names wants none.
        let silenced = Set(silencedChannels ?? []).union(other.silencedChannels ?? [])
        silencedChannels = silenced.isEmpty ? nil : silenced.sorted()
        for unreachable in other.unreachableChannels ?? [] { mark(unreachable) }
        formerIDs = (formerIDs ?? []) + [other.id] + (other.formerIDs ?? [])
    }
}

extension Contact {
    /// Whether a contact goes by this id, or did before it went up in this one.
    public func isNamed(_ id: ContactID) -> Bool { self.id == id || formerIDs?.contains(id) == true }
}

extension SessionOpening {
    /// The same for the contact that is left, where the one it names has gone up in another one.
    ///
    /// - Parameter contact: looks a contact up, by its id or a former one.
    public func naming(_ contact: (ContactID) throws -> Contact?) rethrows -> SessionOpening {
        guard case .known(let id) = self.contact, let known = try contact(id) else { return self }
        var opening = self
        opening.contact = .known(known.id)
        return opening
    }
}

extension SessionFilter {
    /// The same for the contact that is left, where the one it names has gone up in another one.
    public func naming(_ contact: (ContactID) throws -> Contact?) rethrows -> SessionFilter {
        guard case .contact(let id) = self, let known = try contact(id) else { return self }
        return .contact(known.id)
    }
}

extension SessionQuery {
    /// The same for the contact that is left, where the one it names has gone up in another one.
    public func naming(_ contact: (ContactID) throws -> Contact?) rethrows -> SessionQuery {
        guard let id = self.contact, let known = try contact(id) else { return self }
        var query = self
        query.contact = known.id
        return query
    }
}

extension SessionChange {
    /// A session becomes that of the contact in which its own has gone up (``ContactMerge``). Nobody is told. What lists and
    /// retention go by, the time of the last change, stays what it was: nobody has said anything.
    public static func moving(_ session: Session, to contact: ContactID, at time: Timestamp) -> SessionChange {
        var change = SessionChange(session, at: time)
        change.append(.contactMerged(into: contact, from: session.contact))
        change.session.contact = contact
        change.session.updatedAt = session.updatedAt
        return change
    }
}
