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

    static func find(_ id: ContactID, in database: Database) throws -> ContactRow? {
        try database.first("SELECT number, body FROM contacts WHERE id = ?", .id(id), read: ContactRow.init)
    }

    /// The contact that a handle describes.
    static func matching(_ handle: ContactHandle, in database: Database) throws -> ContactRow? {
        var candidates: [ContactRow] = []
        if let customID = handle.customID {
            // Spelled out: where a partial index may hang on a value, SQLite prepares the statement anew for each.
            let sql: StaticString =
                handle.isVerified
                ? "SELECT number, body FROM contacts WHERE custom_id = ? AND is_verified = 1"
                : "SELECT number, body FROM contacts WHERE custom_id = ? AND is_verified = 0"
            candidates += try database.all(sql, .text(customID), read: ContactRow.init)
        }
        // A custom id that is known decides; many may share an address.
        if candidates.isEmpty, handle.isVerified {
            if let email = handle.email {
                candidates += try database.all(
                    "SELECT number, body FROM contacts WHERE email = ? AND is_verified = 1", .text(email),
                    read: ContactRow.init)
            }
            if let phone = handle.phone {
                candidates += try database.all(
                    "SELECT number, body FROM contacts WHERE phone = ? AND is_verified = 1", .text(phone),
                    read: ContactRow.init)
            }
        }
        guard let best = handle.best(of: candidates.map(\.contact)) else { return nil }
        return candidates.first { $0.contact.id == best.id }
    }

    /// The contact that a handle describes, its gaps filled, or a new one.
    static func resolve(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp, in database: Database
    ) throws -> ContactRow {
        if let known = try matching(handle, in: database) { return try known.completed(by: handle, in: database) }
        return try insert(handle, newID: newID, at: time, in: database)
    }

    /// Makes the contact that a handle describes.
    static func insert(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp, in database: Database
    ) throws -> ContactRow {
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

    /// Writes down what a handle adds.
    func completed(by handle: ContactHandle, in database: Database) throws -> ContactRow {
        try changed(to: handle.completing(contact), in: database)
    }

    /// Writes down what has become of a contact.
    func changed(to changed: Contact, in database: Database) throws -> ContactRow {
        var row = self
        row.contact = changed
        if row.contact != contact {
            try database.run(
                "UPDATE contacts SET custom_id = ?, email = ?, phone = ?, body = ? WHERE number = ?",
                .text(row.contact.customID), .text(row.contact.email), .text(row.contact.phone),
                .json(try StoredJSON.encode(row.contact)), .int(number))
        }
        return row
    }
}
