/// What is to be hidden of a session: words that should never have been kept. They are replaced for good; that something was said,
/// by whom and when, stays.
///
/// With the words of single entries goes what was made of them: the summaries of handoffs, traces, what a question was about to do,
/// and what the ledger of effects tells beyond the outcome.
public struct Hiding: Sendable, Hashable {
    /// The session.
    public var session: SessionID
    /// The entries, by their numbers; `nil` for all of them, and for the session's subject, custom data and checkpoint.
    public var entries: Set<Int>?

    /// What stands in the place of what is hidden.
    public static let mask: RedactedText = "[REDACTED]"

    /// Makes a wish.
    public init(_ session: SessionID, entries: Set<Int>? = nil) {
        self.session = session
        self.entries = entries
    }

    /// Refuses a session that the AI works on: it has read the words, and is about to write.
    ///
    /// - Throws: ``StoreError`` with the code `refused`.
    public func check(_ session: Session) throws {
        guard session.awaitsTurn else { return }
        throw StoreError(.refused, "The AI is answering in this session; try again once it has.")
    }

    /// The session afterwards.
    public func applied(to session: Session) -> Session {
        var session = session
        session.handoff = session.handoff.map(applied)
        session.pendingAction = nil
        session.rating?.comment = nil
        guard entries == nil else { return session }
        session.subject = session.subject.map { _ in Self.mask }
        session.attributes = [:]
        session.checkpoint = nil
        return session
    }

    /// The entry afterwards; the same where there is nothing to hide.
    public func applied(to entry: HistoryEntry) -> HistoryEntry {
        var entry = entry
        if case .handoff(let record) = entry.event { entry.event = .handoff(applied(to: record)) }
        guard entries?.contains(entry.sequence) ?? true else { return entry }
        switch entry.event {
        case .message(let message): entry.event = .message(applied(to: message))
        case .note(let person, _): entry.event = .note(by: person, Self.mask)
        case .withheld(let reason, _): entry.event = .withheld(reason, Self.mask)
        case .action(let record): entry.event = .action(applied(to: record))
        case .rated(var rating):
            rating.comment = nil
            entry.event = .rated(rating)
        case .checkpoint: entry.event = .checkpoint(Self.mask)
        case .activity(_, let actor): entry.event = .activity(Self.mask, by: actor)
        case .handoff, .prohibitedTopic, .owner, .status, .helpdesk, .deliveryFailed, .delivery, .consent,
            .ratingRequested, .vote, .tags, .contactMerged:
            break
        }
        return entry
    }

    /// A delivery afterwards.
    ///
    /// - Parameters:
    ///   - delivery: one of the session's.
    ///   - messages: the messages that are hidden.
    public func applied(to delivery: OutboxEntry, hiding messages: Set<MessageID>) -> OutboxEntry {
        var delivery = delivery
        switch delivery.payload {
        case .handoff(let helpdesk, let record): delivery.payload = .handoff(helpdesk, applied(to: record))
        case .message(let message) where messages.contains(message.id):
            delivery.payload = .message(applied(to: message))
        case .message, .event, .followUp, .ending: break
        }
        return delivery
    }

    /// What the ledger knows afterwards.
    public func applied(to record: ActionRecord) -> ActionRecord {
        var record = record
        record.arguments = record.arguments.mapValues { _ in Self.mask }
        record.result = Self.mask
        record.fields = [:]
        return record
    }

    private func applied(to record: HandoffRecord) -> HandoffRecord {
        var record = record
        (record.summary, record.explanation) = (Self.mask, Self.mask)
        return record
    }

    private func applied(to message: Message) -> Message {
        var message = message
        message.text = Self.mask
        message.attachments = message.attachments.map {
            Attachment(name: Self.mask, mediaType: $0.mediaType, byteCount: $0.byteCount, location: Self.mask)
        }
        return message
    }
}

/// What was hidden.
public struct HiddenEntries: Sendable, Hashable {
    /// How many entries are others now.
    public var entries: Int
    /// How many of them are messages.
    public var messages: Int
    /// The messages' ids.
    public var messageIDs: Set<MessageID>

    /// Counts what is different.
    public init(before: [HistoryEntry], after: [HistoryEntry]) {
        let changed = zip(before, after).filter { $0 != $1 }.map(\.1)
        entries = changed.count
        messageIDs = Set(changed.compactMap { $0.message?.id })
        messages = messageIDs.count
    }
}
