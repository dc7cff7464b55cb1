extension InMemoryStore {
    /// See ``TeamStore/contact(_:)``.
    public func contact(_ id: ContactID) async throws -> Contact? {
        state.withLock { $0.contact(id) }
    }

    /// See ``TeamStore/contact(matching:)``.
    public func contact(matching handle: ContactHandle) async throws -> Contact? {
        state.withLock { handle.best(of: $0.contacts.values) }
    }

    /// See ``TeamStore/contacts(after:limit:)``.
    public func contacts(after id: ContactID?, limit: Int) async throws -> [Contact] {
        state.withLock { state in
            let later = state.contacts.values.filter { contact in id.map { contact.id > $0 } ?? true }
            return Array(later.sorted { $0.id < $1.id }.prefix(max(0, limit)))
        }
    }

    /// See ``TeamStore/addContact(_:as:at:)``.
    public func addContact(
        _ handle: ContactHandle, as id: ContactID, at time: Timestamp
    ) async throws -> (contact: Contact, isNew: Bool) {
        state.withLock { $0.resolve(handle, newID: id, at: time) }
    }

    /// See ``TeamStore/changeContact(_:_:)``.
    public func changeContact(_ id: ContactID, _ change: ContactChange) async throws -> Contact? {
        state.withLock { state in
            let changed = state.contact(id).map(change.applied)
            if let changed { state.contacts[changed.id] = changed }
            return changed
        }
    }
}
