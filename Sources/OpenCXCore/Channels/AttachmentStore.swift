/// Keeps the bytes of attachments: what visitors of a chat upload, what comes with mails. The core keeps their names and
/// locations only. A channel hands these over as ``AttachmentPlace/file(_:in:)``, so that they can be told from customers' words.
///
/// An agent that is made with it (``AgentParts/attachments``) has files removed before the messages that name them: those of an
/// erased customer (``Agent/erase(_:scrubbing:)``) and of hidden messages (``Agent/hide(_:entries:scrubbing:)``), by whichever way
/// that is asked for, and of sessions that have been kept long enough (``RetentionPolicy/closedSessions``).
public protocol AttachmentStore: Sendable {
    /// Removes files by their locations, as the channel gave them (``InboundAttachment/place``). Locations that are another
    /// store's and files that are gone already are passed over. In a location that had to be redacted, a placeholder stands where
    /// the vault has forgotten what was there.
    ///
    /// - Throws: when a file is still there. Nothing is erased or hidden then, and it is asked for again; what
    ///   retention was to remove stays until its next time.
    func removeFiles(at locations: [String]) async throws
}

extension Agent {
    /// Has the files removed that came with a session's messages, before the messages are: afterwards nobody knows which they were.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - entries: of these entries only, by their numbers; `nil` for all of them.
    func removeFiles(of session: SessionID, entries: Set<Int>? = nil) async throws {
        guard !parts.attachments.isEmpty else { return }
        let kept = try await HistoryEntry.all(of: session, from: parts.store)
            .filter { entries?.contains($0.sequence) ?? true }
            .flatMap { $0.message?.attachments.map(\.location) ?? [] }
            // What was hidden before has no place any more.
            .filter { $0 != Hiding.mask }
        guard !kept.isEmpty else { return }
        var locations: [String] = []
        for location in kept { locations.append(try await parts.redaction.restore(location, in: session).reveal()) }
        for store in parts.attachments { try await store.removeFiles(at: locations) }
    }
}
