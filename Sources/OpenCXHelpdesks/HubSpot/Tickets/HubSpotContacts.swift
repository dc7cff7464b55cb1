internal import OpenCXCore

/// The customer's record: found by address, or made.
struct HubSpotContacts: Sendable {
    let api: HubSpotAPI

    /// The record's id; `nil` for a customer without an address, and for one whose address HubSpot does not take.
    func find(_ contact: Contact) async throws -> String? {
        if let email = contact.email { return try await find(contact, email: email) }
        guard let phone = contact.phone else { return nil }
        let known = try await api.search(
            "contacts", [("phone", "EQ", phone)], properties: ["phone"], limit: 1, for: .contact)
        if let record = known.first { return record.id }
        return try await create(contact)
    }

    private func find(_ contact: Contact, email: String) async throws -> String? {
        do {
            return try await api.record(email, in: "contacts", by: "email", for: .contact).id
        } catch let failure as HubSpotFailure where failure.isMissing {
            return try await create(contact)
        } catch let failure as HubSpotFailure where failure.kind == .status(400) {
            return nil
        }
    }

    private func create(_ contact: Contact) async throws -> String? {
        let values = [("email", contact.email), ("phone", contact.phone), ("firstname", contact.name)]
        var properties: [String: String] = [:]
        for (name, value) in values {
            let line = HubSpotWords.line(value ?? "", limit: 300)
            if !line.isEmpty { properties[name] = line }
        }
        do {
            return try await api.create(in: "contacts", properties, for: .contact)
        } catch let failure as HubSpotFailure where failure.kind == .status(409) {
            // Somebody has made it meanwhile, or the address is a second one of somebody's: HubSpot says whose.
            if let id = failure.existingID { return id }
            guard let email = contact.email else { throw failure }
            let known = try await api.search(
                "contacts", [("email", "EQ", email)], properties: ["email"], limit: 1, for: .contact)
            if let record = known.first { return record.id }
            var later = failure
            later.kind = .unreachable("it has just made the contact, and does not find it yet.")
            throw later
        } catch let failure as HubSpotFailure where failure.kind == .status(400) {
            // What a customer typed in may be no address. The ticket says what it was.
            return nil
        }
    }
}
