/// What helpdesks get: conversations, what follows them, and their ends, with the raw values put back.
extension Agent {
    /// What the customer wrote; `nil` when that is not there any more.
    func message(
        _ entry: OutboxEntry, _ session: Session, _ sequence: Int, known reference: String
    ) async throws -> FollowUp? {
        let entries = try await parts.store.history(session.id, after: sequence - 1, limit: 1)
        guard let message = entries.first?.message else { return nil }
        var files: [UnredactedText] = []
        for file in message.attachments {
            files.append(try await parts.redaction.restore(file.name, in: session.id))
        }
        let text = try await parts.redaction.restore(message.text, in: session.id)
        return FollowUp(
            idempotencyKey: entry.id.rawValue, isRetry: entry.mayHaveGotThrough, session: session.id,
            ticket: session.ticket, reference: reference,
            line: TranscriptLine(author: message.author, text: text, at: message.at), files: files)
    }

    /// The end of a session, with a summary of what was last said.
    func package(
        _ entry: OutboxEntry, _ session: Session, _ status: SessionStatus, _ actor: HistoryEntry.Actor,
        known reference: String
    ) async throws -> ConversationEnding {
        let summary = try await extractiveSummary(of: session, explanation: session.handoff?.explanation ?? "")
        return ConversationEnding(
            idempotencyKey: entry.id.rawValue, isRetry: entry.mayHaveGotThrough, session: session.id,
            ticket: session.ticket, channel: session.channel, channelKind: session.channelKind, reference: reference,
            status: status, actor: actor,
            summary: try await parts.redaction.restore(summary.text, in: session.id), sentiment: summary.sentiment,
            tags: session.tags)
    }

    /// What was last said in a session, by its own words.
    package func extractiveSummary(of session: Session, explanation: RedactedText) async throws -> HandoffSummary {
        let limit = TurnClaim.historyLimit
        let history = try await parts.store.history(
            session.id, after: max(0, session.lastSequence - limit), limit: limit)
        return ExtractiveSummarizer.summary(
            of: SummaryRequest(
                messages: history.compactMap(\.message), actions: history.compactMap(\.action),
                explanation: explanation, sentiment: .neutral))
    }

    func package(
        _ entry: OutboxEntry, _ session: Session, _ contact: Contact, _ record: HandoffRecord, to helpdesk: HelpdeskID
    ) async throws -> HandoffPackage {
        // What is written later follows the handoff in its lane; except where that was given up, so that what came until somebody
        // drove it again has found no ticket.
        let isDrivenAgain = entry.pendingSince != entry.createdAt
        let isAtHome = session.home == helpdesk
        let end = isDrivenAgain || isAtHome ? .max : entry.sequence ?? .max
        let last = isDrivenAgain && !isAtHome ? entry.pendingSince : Timestamp(milliseconds: .max)
        // A ticket that the session has already knows what came before the AI got the conversation back.
        let goesOn = session.reference(at: helpdesk) != nil && session.home != helpdesk
        var transcript: [TranscriptLine] = []
        let history = try await HistoryEntry.all(of: session.id, from: parts.store)
        // A handoff leaves entries, so a history without any is that of a customer who was erased just now.
        if history.isEmpty { throw HelpdeskError(.rejected, "The session of this entry is not in the store.") }
        for entry in history where entry.sequence <= end && entry.at <= last {
            if goesOn, case .owner(.ai, _) = entry.event { transcript = [] }
            guard let message = entry.message else { continue }
            let text = try await parts.redaction.restore(message.text, in: session.id)
            transcript.append(TranscriptLine(author: message.author, text: text, at: message.at))
        }
        return HandoffPackage(
            idempotencyKey: entry.id.rawValue, session: session.id, ticket: session.ticket, channel: session.channel,
            channelKind: session.channelKind, reference: session.reference(at: helpdesk),
            isRetry: entry.mayHaveGotThrough,
            contact: contact, record: record,
            summary: try await parts.redaction.restore(record.summary, in: session.id), transcript: transcript,
            tags: session.tags)
    }
}
