extension SessionChange {
    /// A provider told how far a message has come. The entry afterwards, and what that does to the session; `nil` when it tells
    /// nothing new, or of something that is not on its way.
    ///
    /// The settlement is what is to become of the delivery, when the message has failed.
    public static func reporting(
        _ stage: DeliveryStage, of entry: OutboxEntry, as settlement: DeliverySettlement?, in session: Session,
        at time: Timestamp, telling subscriptions: [EventSubscription] = []
    ) -> (OutboxEntry, SessionChange)? {
        guard case .message(let message) = entry.payload, entry.state == .delivered,
            entry.stage.map({ $0 < stage }) ?? true
        else { return nil }
        var entry = entry
        entry.stage = stage
        if let settlement {
            entry = entry.settled(settlement)
            // What is sent once more begins anew.
            if entry.state == .pending { entry.stage = nil }
        }
        let ending = settlement.flatMap { settling(entry, $0, in: session, at: time, telling: subscriptions) }
        if let ending { return (entry, ending) }
        var change = SessionChange(session, at: time)
        change.append(.delivery(message.id, stage))
        return (entry, change.finished(since: session, telling: subscriptions))
    }
}
