internal import OpenCXCore

/// The files that came with a customer's messages.
extension InboxPages {
    /// What shows the entries of a session.
    func entries(of session: Session, _ names: People.Names) -> EntryView {
        EntryView(names: names, session: session) { entry, place, attachment in
            guard files?.isKept(attachment.location.text) == true else { return nil }
            return path(of: session, "/files/\(entry.sequence)/\(place)")
        }
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
