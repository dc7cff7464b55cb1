internal import OpenCXCore

/// Notes of ours on a ticket.
struct HubSpotNotes: Sendable {
    let api: HubSpotAPI
    let ticket: String

    struct Note: Sendable {
        /// What it is known by.
        var mark: String
        var html: String
        /// The time that it stands under.
        var at: Timestamp
    }

    /// Writes those notes that are not there yet, in order.
    ///
    /// - Parameters:
    ///   - notes: what is to be there.
    ///   - known: the words of the notes that are there.
    func write(_ notes: [Note], known: [String] = []) async throws {
        for (place, note) in notes.enumerated() where !known.contains(where: { $0.contains(note.mark) }) {
            // HubSpot orders notes by this time.
            let at = note.at + .milliseconds(place)
            _ = try await api.create(
                in: "notes", ["hs_note_body": note.html, "hs_timestamp": String(at.milliseconds)],
                associations: [(ticket, .noteToTicket)], for: .note)
        }
    }

    /// The newest of some ids: they are numbers, and grow. HubSpot reads a hundred at once.
    static func newest(_ ids: [String], limit: Int = 100) -> [String] {
        let sorted = ids.sorted { (Int64($0) ?? 0, $0) > (Int64($1) ?? 0, $1) }
        return Array(sorted.prefix(limit))
    }
}
