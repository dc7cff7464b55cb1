/// A customer: one person over many sessions and channels.
public struct Contact: Sendable, Hashable, Codable, Identifiable {
    /// Names the contact.
    public var id: ContactID
    /// The e-mail address, in lower case.
    public var email: String?
    /// The telephone number, digits with a leading `+` where the country is known.
    public var phone: String?
    /// The id that the channel or the embedding application gave.
    public var customID: String?
    /// The name to show.
    public var name: String?
    /// Custom data, by name, as sensitive as the address; vouched for only where the contact is verified.
    public var attributes: [String: String]?
    /// The channels on which the customer wants no messages.
    public var silencedChannels: [ChannelID]?
    /// The channels on which the customer cannot be reached at the address that is known.
    public var unreachableChannels: [UnreachableChannel]?
    /// The ids of contacts that have turned out to be the same person (``ContactMerge``); they still find this one.
    public var formerIDs: [ContactID]?
    /// Whether the channel vouches for who this is. Only verified contacts are matched by e-mail and telephone number.
    public var isVerified: Bool
    /// When the contact was first seen.
    public var createdAt: Timestamp

    /// Makes a contact from its parts.
    public init(
        id: ContactID, email: String? = nil, phone: String? = nil, customID: String? = nil, name: String? = nil,
        attributes: [String: String]? = nil, isVerified: Bool, createdAt: Timestamp
    ) {
        self.id = id
        self.email = email
        self.phone = phone
        self.customID = customID
        self.name = name
        self.attributes = attributes
        self.isVerified = isVerified
        self.createdAt = createdAt
    }
}

extension Contact {
    /// Whether this is the contact's e-mail address, telephone number or custom id.
    public func isKnown(as identity: String) -> Bool {
        let isNumber = identity.allSatisfy { ($0.isASCII && $0.isNumber) || " +-/().".contains($0) }
        let handle = ContactHandle(
            email: identity, phone: isNumber ? identity : nil, customID: identity, isVerified: false)
        return (email != nil && email == handle.email) || (phone != nil && phone == handle.phone)
            || (customID != nil && customID == handle.customID)
    }
}

extension Contact: CustomStringConvertible {
    /// The id, never the address.
    public var description: String { "contact \(id)" }
}

/// Names a contact.
public typealias ContactID = Identifier<Contact>

/// How a channel describes the sender of a message.
///
/// A verified handle (the provider vouches for it: a signed token, an SMS sender, a checked e-mail sender) finds its contact
/// by custom id, then e-mail, then telephone number. An address is weaker than a custom id: it never leads from one custom id
/// to another, for two customers may share it. A claimed handle is confined to its own custom id: typing somebody's address
/// into a chat window opens none of their sessions. ``best(of:)`` is this rule.
public struct ContactHandle: Sendable, Hashable {
    /// The e-mail address.
    public var email: String?
    /// The telephone number.
    public var phone: String?
    /// The channel's or the application's own id for the person or device.
    public var customID: String?
    /// The name to show.
    public var name: String?
    /// Custom data, by name.
    public var attributes: [String: String]
    /// Whether the provider vouches for the handle.
    public var isVerified: Bool
    /// Whether they want messages on a channel, where they have just said so.
    public var consent: ChannelConsent?
    /// The channel that they have just written on, so that they can be reached there.
    public var wroteOn: ChannelID?

    /// Makes a handle. Addresses are normalized: e-mail in lower case, telephone numbers to `+` and digits. Custom data is cut
    /// to what a session takes as well (``SessionLimits``).
    public init(
        email: String? = nil, phone: String? = nil, customID: String? = nil, name: String? = nil,
        attributes: [String: String] = [:], isVerified: Bool
    ) {
        self.email = email.flatMap(Self.normalizedEmail)
        self.phone = phone.flatMap(Self.normalizedPhone)
        self.customID = customID.flatMap { $0.isEmpty ? nil : $0 }
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
        self.attributes = Self.bounded(attributes)
        self.isVerified = isVerified
    }

    /// Whether there is anything to find a contact by.
    public var isIdentifying: Bool {
        customID != nil || (isVerified && (email != nil || phone != nil))
    }

    /// Whether this handle may describe a contact: both verified or both not, with the same custom id, or, if verified, with
    /// the same address where no two different custom ids speak against it.
    public func matches(_ contact: Contact) -> Bool {
        guard contact.isVerified == isVerified else { return false }
        if let customID, contact.customID == customID { return true }
        guard isVerified, customID == nil || contact.customID == nil else { return false }
        return (email != nil && contact.email == email) || (phone != nil && contact.phone == phone)
    }

    /// The one of these contacts that the handle describes: by custom id, then e-mail, then telephone number; of several, the
    /// one seen first. An address that customers with different custom ids share describes none of them.
    public func best(of candidates: some Sequence<Contact>) -> Contact? {
        let known = candidates.filter(matches).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        if let customID, let match = known.first(where: { $0.customID == customID }) { return match }
        func first(_ address: KeyPath<Contact, String?>, _ value: String?) -> Contact? {
            guard let value else { return nil }
            let found = known.filter { $0[keyPath: address] == value }
            let isShared = Set(found.compactMap(\.customID)).count > 1
            return found.first { !isShared || $0.customID == nil }
        }
        return first(\.email, email) ?? first(\.phone, phone)
    }

    /// Whether a message with this handle comes from a session's contact. A handle that identifies nobody is taken for a
    /// contact of whom nothing is known for sure either.
    ///
    /// - Parameters:
    ///   - contact: the session's contact.
    ///   - match: what ``best(of:)`` found.
    public func isFrom(_ contact: Contact, match: Contact?) -> Bool {
        isIdentifying ? match?.id == contact.id : !contact.isVerified
    }

    /// The contact this handle describes when nobody matches it.
    public func newContact(id: ContactID, at time: Timestamp) -> Contact {
        var contact = Contact(
            id: id, email: email, phone: phone, customID: customID, name: name,
            attributes: attributes.isEmpty ? nil : attributes, isVerified: isVerified, createdAt: time)
        consent?.apply(to: &contact)
        return contact
    }

    /// What `contact` becomes when this handle turns out to be the same person: gaps are filled, nothing is overwritten;
    /// except that the addresses beside a verified custom id are the newer ones, and so is custom data of the same name.
    public func completing(_ contact: Contact) -> Contact {
        let isNewer = isVerified && contact.isVerified && customID != nil && customID == contact.customID
        var contact = contact
        contact.email = isNewer ? email ?? contact.email : contact.email ?? email
        contact.phone = isNewer ? phone ?? contact.phone : contact.phone ?? phone
        contact.customID = contact.customID ?? customID
        contact.name = contact.name ?? name
        consent?.apply(to: &contact)
        if let wroteOn { contact.clearMark(on: wroteOn) }
        if !attributes.isEmpty {
            contact.attributes = Self.bounded((contact.attributes ?? [:]).merging(attributes, uniquingKeysWith: { $1 }))
        }
        return contact
    }

    /// As much of custom data as is kept.
    static func bounded(_ attributes: [String: String]) -> [String: String] {
        let fitting = attributes.filter { name, value in
            !name.isEmpty && name.utf8.count <= SessionLimits.attributeNameBytes
                && value.utf8.count <= SessionLimits.attributeBytes
        }
        if fitting.count <= SessionLimits.attributes { return fitting }
        let kept = fitting.sorted { $0.key < $1.key }.prefix(SessionLimits.attributes)
        return Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    private static func normalizedEmail(_ text: String) -> String? {
        let trimmed = text.trimmingSpaces().lowercased()
        return trimmed.isEmpty ? nil : trimmed
    }

    private static func normalizedPhone(_ text: String) -> String? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        if digits.isEmpty { return nil }
        let trimmed = text.trimmingSpaces()
        if trimmed.hasPrefix("+") { return "+" + digits }
        return digits.hasPrefix("00") ? "+" + digits.dropFirst(2) : digits
    }
}

extension ContactHandle: CustomStringConvertible {
    /// Which identities are given, never their values.
    public var description: String {
        let given = [("email", email), ("phone", phone), ("customID", customID)].filter { $0.1 != nil }.map(\.0)
        return "handle(\(given.joined(separator: ", ")), \(isVerified ? "verified" : "claimed"))"
    }
}
