extension Agent {
    /// Hands one entry of the outbox to where it belongs, and records what came of it.
    func deliver(_ entry: OutboxEntry, lease: LeaseToken) async {
        let settlement: DeliverySettlement
        do {
            settlement = .delivered(reference: try await sendInTime(entry))
        } catch let failure as any DeliveryFailure {
            let reason = safeDescription(of: failure)
            settlement = next(entry, isRetryable: failure.isRetryable, after: failure.retryAfter, reason)
        } catch is CancellationError {
            // Nothing is known to be wrong; the next run takes it up.
            settlement = .retry(at: parts.clock.now(), reason: "The agent was stopped during delivery.")
        } catch {
            settlement = next(entry, isRetryable: true, after: nil, safeDescription(of: error))
        }
        do {
            try await parts.store.settleDelivery(entry.id, lease: lease, settlement, at: parts.clock.now())
        } catch {
            // The lease ends, and the delivery is tried again with the same key.
            report(.storeFailed(safeDescription(of: error)))
            return
        }
        announce(entry, settlement)
        deliveriesWaiting.raise()
    }

    private func next(
        _ entry: OutboxEntry, isRetryable: Bool, after asked: Duration?, _ reason: String
    ) -> DeliverySettlement {
        guard isRetryable, entry.attempts < settings.retry.attemptLimit else { return .dead(reason: reason) }
        let delay = settings.retry.delay(after: entry.attempts, jitter: parts.ids.fraction(), asked: asked)
        return .retry(at: parts.clock.now() + delay, reason: reason)
    }

    /// Sends within the lease: after it, somebody else may be sending the same.
    private func sendInTime(_ entry: OutboxEntry) async throws -> String? {
        let clock = parts.clock
        let deadline = clock.now() + settings.lease * 3 / 4
        return try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await self.send(entry) }
            group.addTask {
                try await clock.sleep(until: deadline)
                throw ChannelError(.unavailable, "The other side did not answer in time.")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// - Returns: the other side's own name for what it took.
    private func send(_ entry: OutboxEntry) async throws -> String? {
        guard let session = try await parts.store.session(entry.session),
            let contact = try await parts.store.contact(session.contact)
        else { throw ChannelError(.rejected, "The session of this entry is not in the store.") }
        switch entry.payload {
        case .message(let message):
            if message.author == .ai, case .person = session.owner {
                throw ChannelError(.rejected, "A person has taken over, so what the AI was about to say was withdrawn.")
            }
            guard let channel = parts.channels.first(where: { $0.id == session.channel }) else {
                // Another process on the same store may have it.
                throw ChannelError(.unavailable, "Channel \(session.channel) is not configured in this process.")
            }
            let outbound = OutboundMessage(
                idempotencyKey: entry.id.rawValue, session: session.id, ticket: session.ticket,
                thread: session.thread, contact: contact, message: message,
                text: try await text(of: message, in: session.id), subject: session.subject)
            return try await channel.send(outbound).providerID
        case .handoff(let id, let record):
            guard let helpdesk = parts.helpdesks.first(where: { $0.id == id }) else {
                throw HelpdeskError(.unavailable, "Helpdesk \(id) is not configured in this process.")
            }
            return try await helpdesk.open(package(entry, session, contact, record)).reference
        }
    }

    /// A message as its customer may read it: what the AI says stays masked, what a person wrote gets its raw values back, as
    /// far as the vault still knows them.
    public func text(of message: Message, in session: SessionID) async throws -> UnredactedText {
        guard case .person = message.author else { return UnredactedText(message.text.text) }
        return try await parts.redaction.restore(message.text, in: session)
    }

    private func package(
        _ entry: OutboxEntry, _ session: Session, _ contact: Contact, _ record: HandoffRecord
    ) async throws -> HandoffPackage {
        var transcript: [TranscriptLine] = []
        var last = 0
        while true {
            let page = try await parts.store.history(session.id, after: last, limit: 500)
            for message in page.compactMap(\.message) {
                let text = try await parts.redaction.restore(message.text, in: session.id)
                transcript.append(TranscriptLine(author: message.author, text: text, at: message.at))
            }
            guard page.count == 500, let end = page.last else { break }
            last = end.sequence
        }
        return HandoffPackage(
            idempotencyKey: entry.id.rawValue, session: session.id, ticket: session.ticket,
            channelKind: session.channelKind, contact: contact, record: record,
            summary: try await parts.redaction.restore(record.summary, in: session.id), transcript: transcript,
            tags: session.tags)
    }

    private func announce(_ entry: OutboxEntry, _ settlement: DeliverySettlement) {
        guard case .dead(let reason) = settlement else { return }
        let kind: AgentEvent.Kind =
            switch entry.payload {
            case .handoff(let helpdesk, _): .handoffToThirdPartyFailed(helpdesk, reason: reason)
            case .message: .deliveryFailed(entry.id, reason: reason)
            }
        hub.publish(AgentEvent(kind: kind, session: entry.session, ticket: nil, at: parts.clock.now()))
    }
}
