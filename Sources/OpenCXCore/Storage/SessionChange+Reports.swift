extension SessionChange {
    /// A provider told how far a message has come, or a part of it. The entry afterwards, and what that does to the session; `nil` when
    /// it tells nothing new, or of something that is not on its way.
    ///
    /// The settlement is what is to become of the delivery, when the message has failed.
    public static func reporting(
        _ stage: DeliveryStage, part: DeliveryPart? = nil, of entry: OutboxEntry, as settlement: DeliverySettlement?,
        in session: Session, at time: Timestamp, telling subscriptions: [EventSubscription] = []
    ) -> (OutboxEntry, SessionChange)? {
        guard case .message(let message) = entry.payload else { return nil }
        var entry = entry
        var stage = stage
        if let part {
            guard entry.state != .dead, entry.note(stage, of: part) else { return nil }
            // The message as a whole is where it was, or waits to go out again: the part is remembered, and nothing else.
            guard entry.state == .delivered, let whole = entry.stage(ofParts: part.count),
                entry.stage.map({ $0 < whole }) ?? true
            else { return (entry, nothing(in: session, at: time)) }
            stage = whole
        }
        guard entry.state == .delivered, entry.stage.map({ $0 < stage }) ?? true else { return nil }
        entry.stage = stage
        let taken = entry
        if let settlement, stage == .failed {
            entry = entry.settled(settlement)
            // What is sent once more begins anew.
            if entry.state == .pending { entry.forgetStage() }
        }
        let ending = settlement.flatMap { settling(taken, $0, in: session, at: time, telling: subscriptions) }
        if let ending, !ending.entries.isEmpty { return (entry, ending) }
        var change = SessionChange(ending?.session ?? session, at: time)
        change.append(.delivery(message.id, stage))
        return (entry, change.finished(since: session, telling: subscriptions))
    }

    /// Changes nothing, not even when the session was last changed.
    private static func nothing(in session: Session, at time: Timestamp) -> SessionChange {
        var change = SessionChange(session, at: time)
        change.session = session
        return change
    }
}

extension OutboxEntry {
    /// Remembers how far a part has come. `false` when that is nothing new.
    fileprivate mutating func note(_ stage: DeliveryStage, of part: DeliveryPart) -> Bool {
        if let known = parts?[part.number], known >= stage { return false }
        // What failed while the message waits to go out again goes out with it.
        if state == .pending, stage == .failed { return false }
        parts = (parts ?? [:]).merging([part.number: stage], uniquingKeysWith: { $1 })
        return true
    }

    /// How far the message has come: as far as the part that is furthest behind; failed as soon as one has. `nil` while there are parts
    /// of which nothing was told.
    fileprivate func stage(ofParts count: Int) -> DeliveryStage? {
        let known = parts ?? [:]
        if known.values.contains(.failed) { return .failed }
        return known.count < count ? nil : known.values.min()
    }

    /// What is sent once more begins anew; parts that have arrived do not go out again, and are told of no more.
    mutating func forgetStage() {
        stage = nil
        let arrived = parts?.filter { $0.value != .failed } ?? [:]
        parts = arrived.isEmpty ? nil : arrived
    }
}
