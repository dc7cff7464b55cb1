public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/TeamStore/contact(_:)``.
    public func contact(_ id: ContactID) async throws -> Contact? {
        try await read { try $0.contact(id) }
    }

    /// See ``/OpenCXCore/TeamStore/contact(matching:)``.
    public func contact(matching handle: ContactHandle) async throws -> Contact? {
        try await read { try ContactRow.matching(handle, in: $0)?.contact }
    }

    /// See ``/OpenCXCore/TeamStore/contacts(after:limit:)``.
    public func contacts(after id: ContactID?, limit: Int) async throws -> [Contact] {
        try await read { database in
            try database.all(
                "SELECT body FROM contacts WHERE id > ? ORDER BY id LIMIT ?", .text(id?.rawValue ?? ""), .limit(limit)
            ) { try $0.json(0) }
        }
    }

    /// See ``/OpenCXCore/TeamStore/addContact(_:as:at:)``.
    public func addContact(
        _ handle: ContactHandle, as id: ContactID, at time: Timestamp
    ) async throws -> (contact: Contact, isNew: Bool) {
        try await write { database in
            if let known = try ContactRow.matching(handle, in: database) {
                return (try known.completed(by: handle, at: time, in: database).contact, false)
            }
            return (try ContactRow.insert(handle, newID: id, at: time, in: database).contact, true)
        }
    }

    /// See ``/OpenCXCore/TeamStore/changeContact(_:_:)``.
    public func changeContact(_ id: ContactID, _ change: ContactChange) async throws -> Contact? {
        try await write { database in
            guard let row = try ContactRow.find(id, in: database) else { return nil }
            return try row.changed(to: change.applied(to: row.contact), in: database).contact
        }
    }
}

extension Database {
    func contact(_ id: ContactID) throws -> Contact? {
        try ContactRow.find(id, in: self)?.contact
    }
}
