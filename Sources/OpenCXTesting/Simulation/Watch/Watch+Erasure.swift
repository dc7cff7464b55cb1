internal import OpenCXCore

extension Watch {
    /// A contact was removed with all of their sessions.
    mutating func erased(_ removed: [SessionID], _ contact: ContactID) -> [Problem] {
        let theirs = Set(sessions.values.filter { $0.contact == contact }.map(\.id))
        for id in removed {
            gone[id] = sessions.removeValue(forKey: id)
            turns[id] = nil
        }
        return theirs == Set(removed)
            ? [] : [Problem(law: "erasure", what: "\(contact) was erased with \(removed), and had \(theirs.sorted())")]
    }

    /// Nobody begins anything in a session that is gone; what had begun may come to its end.
    func begun(in session: SessionID, _ what: String) -> [Problem] {
        gone[session] != nil ? [Problem(law: "erasure", what: "\(what) of \(session), which was erased")] : []
    }
}

extension World {
    /// What must be left of a session that was erased: nothing.
    func remains(of id: SessionID) async throws -> [Watch.Problem] {
        var found: [String] = []
        if try await store.session(id) != nil { found.append("session") }
        if try await !store.history(id, after: 0, limit: 1).isEmpty { found.append("history") }
        if try await !store.traces(id).isEmpty { found.append("traces") }
        for state in OutboxEntry.State.allCases {
            let entries = try await store.outbox(state, limit: .max)
            if entries.contains(where: { $0.session == id }) { found.append("\(state.rawValue) deliveries") }
        }
        return found.map { Watch.Problem(law: "erasure", what: "\(id) was erased, and its \($0) are there") }
    }
}
