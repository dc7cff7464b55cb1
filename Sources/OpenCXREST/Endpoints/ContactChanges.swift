internal import OpenCXCore

extension RESTAPI {
    /// The caller vouches for who it is; so the contact that has the address already is this one.
    static func createContact(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let fields = call.body["contact"] ?? .null
        let attributes = try attributes(in: fields["custom_data"])
        let handle = ContactHandle(
            email: fields["email"]?.string, phone: fields["phone"]?.string, customID: fields["custom_id"]?.string,
            name: fields["name"]?.string, attributes: attributes, isVerified: true)
        guard handle.isIdentifying else {
            throw APIFailure(422, "A contact needs an e-mail address, a telephone number or a custom id.")
        }
        let (contact, isNew) = try await parts.agent.addContact(handle)
        return Reply(
            status: isNew ? 201 : 200, body: contact.json, headers: [("location", "/contacts/\(contact.id)")])
    }

    static func changeContact(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let before = try await contact(call, parts)
        let fields = call.body["contact"] ?? .null
        func text(_ name: String) -> String? { fields[name].map { $0.string ?? "" } }
        let change = ContactChange(
            email: text("email"), phone: text("phone"), name: text("name"),
            attributes: try attributes(in: fields["custom_data"]))
        let after = change.applied(to: before)
        if before.isVerified {
            guard after.email != nil || after.phone != nil || after.customID != nil else {
                throw APIFailure(409, "This would leave the contact without anything to be known by.")
            }
            try await checkAddresses(of: after, before, parts)
        }
        guard let changed = try await parts.store.changeContact(before.id, change) else {
            throw APIFailure.notFound("contact")
        }
        return Reply(body: changed.json)
    }

    /// Refuses an address by which somebody else is known: whoever writes with it could be taken for either.
    private static func checkAddresses(of after: Contact, _ before: Contact, _ parts: RESTParts) async throws {
        var added: [ContactHandle] = []
        if let email = after.email, email != before.email {
            added.append(ContactHandle(email: email, isVerified: true))
        }
        if let phone = after.phone, phone != before.phone {
            added.append(ContactHandle(phone: phone, isVerified: true))
        }
        for handle in added {
            if let other = try await parts.store.contact(matching: handle), other.id != before.id {
                throw APIFailure(409, "Another contact has this address.")
            }
        }
    }

    /// Custom data as a contact takes it. What is longer would be left out without a word.
    static func attributes(in data: JSONValue?) throws(APIFailure) -> [String: String] {
        let attributes = data?.textMembers ?? [:]
        for (name, value) in attributes
        where name.utf8.count > SessionLimits.attributeNameBytes || value.utf8.count > SessionLimits.attributeBytes {
            throw APIFailure(
                422,
                "A member of custom data has a name of at most \(SessionLimits.attributeNameBytes) bytes, and at most "
                    + "\(SessionLimits.attributeBytes) bytes.")
        }
        return attributes
    }
}
