extension Agent {
    /// Takes in what a provider tells of a message that it had taken before: the history tells it, and what failed is sent again,
    /// or given up and handed off, like what failed at once.
    ///
    /// Reports of what is not known, or not this channel's, are ignored.
    func record(_ report: DeliveryReport, on channel: ChannelID) async throws {
        let destination = OutboxDestination.channel(channel)
        guard let entry = try await parts.store.delivery(report.delivery), entry.destination == destination else {
            return
        }
        guard entry.state == .delivered else {
            // The provider was faster than our own note that it has taken the message. What is to be sent again is told of anew.
            if entry.state == .pending, entry.attempts > 0, entry.lastFailure == nil { throw IntakeError.early }
            return
        }
        var settlement: DeliverySettlement?
        if case .failed(let reason, let isPassing) = report.progress {
            settlement = try await handingOff(next(entry, isRetryable: isPassing, after: nil, reason), of: entry)
        }
        let isNew = try await parts.store.report(
            report.progress.stage, of: entry.id, as: settlement, at: parts.clock.now(), telling: parts.subscriptions)
        guard isNew, let settlement else { return }
        queue(for: destination)?.look()
        await announce(entry, settlement)
    }
}

extension IntakeError {
    fileprivate static let early = IntakeError(
        code: .busy, description: "The message that this is about is not settled yet; tell it again.")
}
