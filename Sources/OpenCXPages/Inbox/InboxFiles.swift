internal import OpenCXCore

/// The files that came with messages.
extension InboxPages {
    /// What shows entries of a session.
    func view(of entries: [HistoryEntry], in session: Session, _ names: People.Names) async throws -> EntryView {
        let kept = try await keptFiles(of: entries, in: session)
        return EntryView(names: names, session: session) { entry, place in
            kept.contains(FilePlace(entry: entry.sequence, place: place))
                ? path(of: session, "/files/\(entry.sequence)/\(place)") : nil
        }
    }

    private struct FilePlace: Hashable {
        var entry: Int
        var place: Int
    }

    /// Which files can be seen. Whether one is kept says its location as it was, not as it is stored.
    private func keptFiles(of entries: [HistoryEntry], in session: Session) async throws -> Set<FilePlace> {
        guard let files else { return [] }
        var kept: Set<FilePlace> = []
        for entry in entries {
            for (place, file) in (entry.message?.attachments ?? []).enumerated() {
                // When the vault is away the page is there all the same, without links to what it knows.
                let restored = try? await agent.parts.redaction.restore(file.location, in: session.id)
                let location = restored?.reveal() ?? file.location.text
                if files.isKept(location) { kept.insert(FilePlace(entry: entry.sequence, place: place)) }
            }
        }
        return kept
    }

    /// A file, found by the message that it came with: whoever may see that may see the file, and nobody else.
    func file(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        guard let files, let sequence = Int(visit.parameters["entry"] ?? ""), sequence > 0,
            let place = Int(visit.parameters["place"] ?? ""),
            let entry = try await store.history(session.id, after: sequence - 1, limit: 1).first,
            entry.sequence == sequence, let attachments = entry.message?.attachments,
            attachments.indices.contains(place)
        else { throw PageError.notFound }
        let location = try await agent.parts.redaction.restore(attachments[place].location, in: session.id).reveal()
        guard files.isKept(location), var response = try await files.serve(location) else { throw PageError.notFound }
        response.headers += [("x-frame-options", "DENY"), ("x-robots-tag", "noindex")]
        return .response(response)
    }
}
