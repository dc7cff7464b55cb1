/// Keeps the bytes of attachments: what visitors of a chat upload, what comes with mails. The core keeps their names and
/// locations only.
///
/// An agent that is made with it (``AgentParts/attachments``) has the files of an erased customer removed
/// (``Agent/erase(_:scrubbing:)``), by whichever way the erasure is asked for.
public protocol AttachmentStore: Sendable {
    /// Removes files by their locations, as messages name them (``Attachment/location``). Locations that are another store's
    /// and files that are gone already are passed over.
    ///
    /// - Throws: when a file is still there. Nothing of the customer is erased then, and the erasure is asked for again.
    func removeFiles(at locations: [String]) async throws
}

extension Agent {
    /// Has the files of sessions removed that are about to be: afterwards nobody knows which they were.
    func removeFiles(of sessions: [SessionID]) async throws {
        guard !parts.attachments.isEmpty else { return }
        for session in sessions {
            let locations = try await HistoryEntry.all(of: session, from: parts.store)
                .flatMap { $0.message?.attachments.map(\.location.text) ?? [] }
            guard !locations.isEmpty else { continue }
            for store in parts.attachments { try await store.removeFiles(at: locations) }
        }
    }
}
