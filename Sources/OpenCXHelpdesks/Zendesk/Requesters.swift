internal import HelpdeskSupport
internal import OpenCXCore

/// Finds the Zendesk user that a contact is, or makes one.
struct Requesters: Sendable {
    let api: ZendeskAPI
    let believesClaims: Bool

    /// The user's id.
    ///
    /// By address where the channel vouches for it, so that nobody's answers are mailed to a stranger. Anybody else is a user
    /// without an address, found again by our contact's id; without a name either, they are called after the ticket.
    func requester(for contact: Contact, ticket: TicketNumber) async throws -> Int64 {
        let name = contact.name.map { PlainField.line($0) }.flatMap { $0.isEmpty ? nil : $0 }
        if let email = contact.email, contact.isVerified || believesClaims, Self.isAddress(email) {
            if let user = try await api.user(email: email) { return user.id }
            do {
                return try await api.createOrUpdateUser([
                    "name": .string(name ?? email), "email": .string(email), "skip_verify_email": true,
                ]).id
            } catch let failure as VendorFailure where failure.status == 422 || failure.status == 400 {
                // An address that Zendesk does not take must not keep the customer from a person.
            }
        }
        let external = PlainField.line("opencx:\(contact.id.rawValue)", limit: 200)
        return try await api.createOrUpdateUser([
            "name": .string(name ?? "Customer \(ticket)"), "external_id": .string(external),
        ]).id
    }

    private static func isAddress(_ email: String) -> Bool {
        let parts = email.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(0x2E) && email.utf8.count <= 254
            && email.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    }
}
