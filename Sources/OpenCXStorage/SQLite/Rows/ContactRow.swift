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

    /// The contact of this id, also where it has gone up in another one.
    static func find(_ id: ContactID, in database: Database) throws -> ContactRow? {
        let row = try database.first("SELECT number, body FROM contacts WHERE id = ?", .id(id), read: ContactRow.init)
        if let row { return row }
        return try database.first(
            """
            SELECT number, body FROM contacts
            WHERE number = (SELECT contact FROM former_contacts WHERE former_contacts.id = ?)
            """, .id(id), read: ContactRow.init)
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
            candidates += try verified(email: handle.email, phone: handle.phone, in: database)
        }
        guard let best = handle.best(of: candidates.map(\.contact)) else { return nil }
        return candidates.first { $0.contact.id == best.id }
    }

    /// The verified contacts with one of these addresses.
    static func verified(email: String?, phone: String?, in database: Database) throws -> [ContactRow] {
        var rows: [ContactRow] = []
        if let email {
            rows += try database.all(
                "SELECT number, body FROM contacts WHERE email = ? AND is_verified = 1", .text(email),
                read: ContactRow.init)
        }
        if let phone {
            rows += try database.all(
                "SELECT number, body FROM contacts WHERE phone = ? AND is_verified = 1", .text(phone),
                read: ContactRow.init)
        }
        return rows
    }

    /// The contact that a handle describes, its gaps filled, or a new one.
    static func resolve(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp, in database: Database
    ) throws -> ContactRow {
        if let known = try matching(handle, in: database) {
            return try known.completed(by: handle, at: time, in: database)
        }
        return try insert(handle, newID: newID, at: time, in: database)
    }

    /// Makes the contact that a handle describes.
    static func insert(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp, in database: Database
    ) throws -> ContactRow {
        let contact = handle.newContact(id: newID, at: time)
        try database.run(
            "INSERT INTO contacts (id, is_verified, custom_id, email, phone, body) VALUES (?, ?, ?, ?, ?, ?)",
            .id(contact.id), .bool(contact.isVerified), .text(contact.customID), .text(contact.email),
            .text(contact.phone), .json(try StoredJSON.encode(contact)))
        guard let row = try find(contact.id, in: database) else { throw StoreError.unreadable("a contact") }
        return row
    }

    /// Writes down what a handle adds, and joins the contact with those who turn out to be the same person.
    func completed(by handle: ContactHandle, at time: Timestamp, in database: Database) throws -> ContactRow {
        guard let merge = try JoinedContacts(self, handle, in: database) else {
            return try changed(to: handle.completing(contact), in: database)
        }
        return try merge.write(at: time, in: database)
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
