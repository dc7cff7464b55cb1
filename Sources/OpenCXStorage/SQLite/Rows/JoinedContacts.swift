internal import OpenCXCore

/// Contacts that turn out to be one person, with their rows.
struct JoinedContacts {
    private let row: ContactRow
    private let merge: ContactMerge
    private let absorbed: [ContactRow]

    /// Looks who is the same person as the contact that a handle describes; `nil` when nobody is.
    init?(_ row: ContactRow, _ handle: ContactHandle, in database: Database) throws {
        let gained = ContactMerge.addresses(gainedBy: row.contact, from: handle)
        let others = try ContactRow.verified(email: gained.email, phone: gained.phone, in: database)
        guard !others.isEmpty,
            let merge = ContactMerge(handle, completing: row.contact, among: others.map(\.contact))
        else { return nil }
        self.row = row
        self.merge = merge
        absorbed = merge.absorbed.compactMap { id in others.first { $0.contact.id == id } }
    }

    /// Whether a contact goes up in the one that is left.
    func absorbs(_ id: ContactID) -> Bool { merge.absorbed.contains(id) }

    /// Moves the sessions, removes the others and writes the one that is left.
    func write(at time: Timestamp, in database: Database) throws -> ContactRow {
        for other in absorbed {
            let sessions = try database.all(
                """
                SELECT body, turn_due_at, failed_attempts, lease, lease_until FROM sessions
                WHERE contact = ? ORDER BY ticket
                """, .int(other.number)
            ) { try SessionRow($0, in: database) }
            for var session in sessions {
                try session.write(.moving(session.session, to: merge.contact.id, at: time), in: database)
            }
            try database.run(
                "UPDATE sessions SET contact = ? WHERE contact = ?", .int(row.number), .int(other.number))
            try database.run(
                "UPDATE former_contacts SET contact = ? WHERE contact = ?", .int(row.number), .int(other.number))
            try database.run("DELETE FROM contacts WHERE number = ?", .int(other.number))
            try database.run(
                "INSERT INTO former_contacts (id, contact) VALUES (?, ?)", .id(other.contact.id), .int(row.number))
        }
        return try row.changed(to: merge.contact, in: database)
    }
}
