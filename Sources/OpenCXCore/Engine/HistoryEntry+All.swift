extension HistoryEntry {
    /// The whole history of a session, read in bounded pages.
    static func all(of session: SessionID, from store: any TeamStore) async throws -> [HistoryEntry] {
        var history: [HistoryEntry] = []
        while true {
            let page = try await store.history(session, after: history.last?.sequence ?? 0, limit: 500)
            history += page
            if page.count < 500 { return history }
        }
    }
}
