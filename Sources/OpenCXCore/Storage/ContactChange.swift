/// What is changed of a contact by somebody who may. What is not set stays; an empty text removes.
public struct ContactChange: Sendable, Hashable {
    /// The e-mail address.
    public var email: String?
    /// The telephone number.
    public var phone: String?
    /// The name to show.
    public var name: String?
    /// Custom data, by name, in addition to what there is; an empty value removes a member.
    public var attributes: [String: String]
    /// A channel on which the customer cannot be reached.
    public var unreachable: UnreachableChannel?

    /// Makes a change from its parts.
    public init(
        email: String? = nil, phone: String? = nil, name: String? = nil, attributes: [String: String] = [:]
    ) {
        self.email = email
        self.phone = phone
        self.name = name
        self.attributes = attributes
    }

    /// The contact afterwards, addresses normalized as ``ContactHandle`` does it.
    public func applied(to contact: Contact) -> Contact {
        let handle = ContactHandle(email: email, phone: phone, name: name, isVerified: contact.isVerified)
        let before = contact
        var contact = contact
        if email != nil { contact.email = handle.email }
        // Another address is another chance.
        if email != nil || phone != nil,
            contact.email != before.email || handle.phone.map({ $0 != before.phone }) ?? false
        {
            contact.unreachableChannels = nil
        }
        if phone != nil { contact.phone = handle.phone }
        if name != nil { contact.name = handle.name }
        if !attributes.isEmpty {
            let merged = (contact.attributes ?? [:]).merging(attributes, uniquingKeysWith: { $1 })
            let kept = ContactHandle.bounded(merged.filter { !$0.value.isEmpty })
            contact.attributes = kept.isEmpty ? nil : kept
        }
        if let unreachable { contact.mark(unreachable) }
        return contact
    }
}
