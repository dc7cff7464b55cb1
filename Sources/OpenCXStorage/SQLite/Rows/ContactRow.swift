internal import OpenCXCore

/// A contact and the number it goes by inside the file.
struct ContactRow {
    var number: Int
    var contact: Contact

    /// Reads `number, body`.
    init(_ row: Row) throws {
        number = row.int(0)
        contact = try row.json(1)
    }

    /// The contact that a handle describes.
    ///
    /// A verified handle finds verified contacts only, a claimed one only unverified ones with its own custom id: what
    /// somebody merely says about themselves opens nothing.
    static func matching(_ handle: ContactHandle, in database: Database) throws -> ContactRow? {
        if let customID = handle.customID {
            let match = try database.first(
                "SELECT number, body FROM contacts WHERE custom_id = ? AND is_verified = ? ORDER BY number LIMIT 1",
                .text(customID), .bool(handle.isVerified), read: ContactRow.init)
            if let match { return match }
        }
        guard handle.isVerified else { return nil }
        if let email = handle.email {
            let match = try database.first(
                "SELECT number, body FROM contacts WHERE email = ? AND is_verified = 1 ORDER BY number LIMIT 1",
                .text(email), read: ContactRow.init)
            if let match { return match }
        }
        guard let phone = handle.phone else { return nil }
        return try database.first(
            "SELECT number, body FROM contacts WHERE phone = ? AND is_verified = 1 ORDER BY number LIMIT 1",
            .text(phone), read: ContactRow.init)
    }

    /// The contact that a handle describes, its gaps filled, or a new one.
    static func resolve(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp, in database: Database
    ) throws -> ContactRow {
        if let known = try matching(handle, in: database) { return try known.completed(by: handle, in: database) }
        let contact = handle.newContact(id: newID, at: time)
        let row = try database.first(
            """
            INSERT INTO contacts (id, is_verified, custom_id, email, phone, body) VALUES (?, ?, ?, ?, ?, ?)
            RETURNING number, body
            """,
            .id(contact.id), .bool(contact.isVerified), .text(contact.customID), .text(contact.email),
            .text(contact.phone), .json(try StoredJSON.encode(contact)), read: ContactRow.init)
        guard let row else { throw StoreError.unreadable("a contact") }
        return row
    }

    /// Fills the gaps that a handle can fill.
    func completed(by handle: ContactHandle, in database: Database) throws -> ContactRow {
        var row = self
        row.contact = handle.completing(contact)
        if row.contact != contact {
            try database.run(
                "UPDATE contacts SET custom_id = ?, email = ?, phone = ?, body = ? WHERE number = ?",
                .text(row.contact.customID), .text(row.contact.email), .text(row.contact.phone),
                .json(try StoredJSON.encode(row.contact)), .int(number))
        }
        return row
    }
}
