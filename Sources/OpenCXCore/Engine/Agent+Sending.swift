/// What becomes of one entry of the outbox: where it goes, and what is said there.
///
/// Most entries are replies. What others need is in functions that are never inlined, for a task keeps room for all that its
/// function might need.
extension Agent {
    /// The store kept a delivery from being begun, so the other side has seen nothing of it.
    struct NotBegun: Error {
        var cause: StoreError
    }

    /// Reads what is to be delivered. What the store holds and cannot be read is no passing trouble.
    private func preparing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as StoreError where error.code != .corrupt {
            throw NotBegun(cause: error)
        }
    }

    /// Whom an entry is for. What a commit has just left need not be read again; a person may have taken over since what is
    /// older.
    @inline(never)
    private func recipient(of delivery: Delivery) async throws -> Boxed<Recipient> {
        let now = parts.clock.now()
        if let known = delivery.known, now - known.value.at < .milliseconds(250) { return known }
        guard let session = try await parts.store.session(delivery.entry.session),
            let contact = try await parts.store.contact(session.contact)
        else { throw ChannelError(.rejected, "The session of this entry is not in the store.") }
        return Boxed(Recipient(session: session, contact: contact, at: now))
    }

    func send(_ delivery: Delivery) async throws -> DeliverySettlement {
        let entry = delivery.entry
        let recipient = try await preparing { try await self.recipient(of: delivery) }
        switch entry.payload {
        case .message(let message): return try await send(message, of: entry, to: recipient)
        case .handoff(let id, let record): return try await open(record, at: id, entry, recipient)
        case .followUp(let id, let sequence): return try await append(sequence, at: id, entry, recipient)
        case .ending(let id, let status, let actor): return try await end(status, actor, at: id, entry, recipient)
        case .event(let id, let event): return try await tell(event, to: id, entry, recipient)
        }
    }

    private func send(
        _ message: Message, of entry: OutboxEntry, to recipient: Boxed<Recipient>
    ) async throws -> DeliverySettlement {
        let channel = try channel(for: message, to: recipient.value)
        let (text, files) = try await preparing {
            (try await self.text(of: message, in: entry.session), try await self.files(of: message, in: entry.session))
        }
        let sent = try await channel.send(outbound(message, text, files, of: entry, to: recipient.value))
        return .delivered(reference: sent.providerID)
    }

    /// Where a message goes.
    ///
    /// - Throws: ``ChannelError`` when it may not go there, or cannot.
    @inline(never)
    private func channel(for message: Message, to recipient: Recipient) throws -> any Channel {
        let (session, contact) = (recipient.session, recipient.contact)
        // The question for a rating is asked whoever led the conversation to its end.
        if message.author == .ai, message.id != session.survey?.id, case .person = session.owner {
            throw ChannelError(.rejected, "A person has taken over, so what the AI was about to say was withdrawn.")
        }
        guard contact.wantsMessages(on: session.channel) else {
            throw ChannelError(.rejected, "The customer has asked for no more messages on this channel.")
        }
        if let reason = contact.unreachable(on: session.channel) {
            throw ChannelError(.rejected, reason.explanation)
        }
        guard let channel = parts.channels.first(where: { $0.id == session.channel }) else {
            // Another process on the same store may have it.
            throw ChannelError(.unavailable, "Channel \(session.channel) is not configured in this process.")
        }
        return channel
    }

    @inline(never)
    private func outbound(
        _ message: Message, _ text: UnredactedText, _ files: [OutboundFile], of entry: OutboxEntry,
        to recipient: Recipient
    ) -> OutboundMessage {
        let session = recipient.session
        return OutboundMessage(
            idempotencyKey: entry.id.rawValue, session: session.id, ticket: session.ticket, thread: session.thread,
            contact: recipient.contact, message: message, text: text, files: files, subject: session.subject,
            isRetry: entry.mayHaveGotThrough)
    }

    @inline(never)
    private func open(
        _ record: HandoffRecord, at id: HelpdeskID, _ entry: OutboxEntry, _ recipient: Boxed<Recipient>
    ) async throws -> DeliverySettlement {
        let helpdesk = try helpdesk(id)
        let (session, contact) = (recipient.value.session, recipient.value.contact)
        let handoff = try await preparing { try await package(entry, session, contact, record, to: id) }
        return .delivered(reference: try await helpdesk.open(handoff).reference)
    }

    @inline(never)
    private func append(
        _ sequence: Int, at id: HelpdeskID, _ entry: OutboxEntry, _ recipient: Boxed<Recipient>
    ) async throws -> DeliverySettlement {
        // A handoff that was never taken has no ticket to go on with.
        guard let reference = recipient.value.session.reference(at: id) else { return .delivered(reference: nil) }
        let helpdesk = try helpdesk(id)
        let followUp = try await preparing {
            try await message(entry, recipient.value.session, sequence, known: reference)
        }
        if let followUp { try await helpdesk.append(followUp) }
        return .delivered(reference: nil)
    }

    @inline(never)
    private func end(
        _ status: SessionStatus, _ actor: HistoryEntry.Actor, at id: HelpdeskID, _ entry: OutboxEntry,
        _ recipient: Boxed<Recipient>
    ) async throws -> DeliverySettlement {
        guard let reference = recipient.value.session.reference(at: id) else { return .delivered(reference: nil) }
        let helpdesk = try helpdesk(id)
        let ending = try await preparing {
            try await package(entry, recipient.value.session, status, actor, known: reference)
        }
        return switch try await helpdesk.end(ending) {
        case .done: .delivered(reference: nil)
        case .left(let reason): .left(reason: reason)
        }
    }

    @inline(never)
    private func tell(
        _ event: ConversationEvent, to id: EventEndpointID, _ entry: OutboxEntry, _ recipient: Boxed<Recipient>
    ) async throws -> DeliverySettlement {
        guard let endpoint = parts.endpoints.first(where: { $0.id == id }) else {
            throw EventError(.unavailable, "Endpoint \(id) is not configured in this process.")
        }
        let event = try await preparing { try await content(of: event, as: entry.id, in: recipient.value.session) }
        try await endpoint.deliver(event)
        return .delivered(reference: nil)
    }

    /// An event with what it tells, read from the history, where it never changes.
    private func content(of event: ConversationEvent, as id: OutboxID, in session: Session) async throws
        -> EventDelivery
    {
        let entries = try await parts.store.history(session.id, after: event.sequence - 1, limit: 1)
        guard let entry = entries.first, entry.sequence == event.sequence else {
            throw EventError(.rejected, "The entry that this event tells of is not in the store.")
        }
        let count =
            if let known = event.messageCount { known } else {
                try await parts.store.history(session.id, after: 0, limit: event.sequence).count { $0.message != nil }
            }
        let payload = event.payload(of: entry, in: session, messageCount: count)
        return EventDelivery(id: id.rawValue, name: event.name, at: entry.at, payload: payload)
    }

    /// A message as its customer may read it: what the AI says stays masked, what a person wrote gets its raw values back, as
    /// far as the vault still knows them.
    public func text(of message: Message, in session: SessionID) async throws -> UnredactedText {
        guard case .person = message.author else { return UnredactedText(message.text.text) }
        return try await parts.redaction.restore(message.text, in: session)
    }

    /// The files of a message, as whoever sends them needs them: the same values are back as in its text. An address of which the
    /// vault has forgotten a part leads nowhere, so ``OutboundFile/webAddress`` has none then.
    public func files(of message: Message, in session: SessionID) async throws -> [OutboundFile] {
        var files = message.attachments.map(OutboundFile.init)
        guard case .person = message.author else { return files }
        for (place, attachment) in message.attachments.enumerated() {
            files[place].name = try await parts.redaction.restore(attachment.name, in: session)
            if let location = try await parts.redaction.restoreWhole(attachment.location, in: session) {
                files[place].location = location
                files[place].isMasked = false
            }
        }
        return files
    }

    private func helpdesk(_ id: HelpdeskID) throws -> any Helpdesk {
        guard let helpdesk = parts.helpdesks.first(where: { $0.id == id }) else {
            // Another process on the same store may have it.
            throw HelpdeskError(.unavailable, "Helpdesk \(id) is not configured in this process.")
        }
        return helpdesk
    }
}
