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
            // The provider was faster than our own note that it has taken the message.
            if entry.state == .pending, entry.attempts > 0, entry.lastFailure == nil { throw IntakeError.early }
            // What is to be sent again is told of anew; of its parts only those that did not arrive are sent.
            if entry.state == .pending, let part = report.part {
                _ = try await parts.store.report(
                    report.progress.stage, part: part, of: entry.id, as: nil, at: parts.clock.now(),
                    telling: parts.subscriptions)
            }
            return
        }
        var settlement: DeliverySettlement?
        if case .failed(let reason, let isPassing) = report.progress {
            settlement = try await handingOff(next(entry, isRetryable: isPassing, after: nil, reason), of: entry)
        }
        let isNew = try await parts.store.report(
            report.progress.stage, part: report.part, of: entry.id, as: settlement, at: parts.clock.now(),
            telling: parts.subscriptions)
        guard isNew, let settlement else { return }
        queue(for: destination)?.look()
        await announce(entry, settlement)
    }
}

extension Agent {
    /// Takes in that a customer cannot be reached on a channel: their contact is marked, and the history tells. Reports of sessions that
    /// are not there, or not this channel's, are ignored.
    func record(_ report: UnreachableReport, on channel: ChannelID) async throws {
        let store = parts.store
        guard let session = try await store.session(report.session), session.channel == channel else { return }
        let now = parts.clock.now()
        var change = ContactChange()
        change.unreachable = UnreachableChannel(channel: channel, reason: report.reason, since: now)
        // The mark first: if nothing more comes of it, the report is brought again, and marking twice is marking once.
        guard try await store.changeContact(session.contact, change) != nil else { return }
        let text = RedactedText(derived: report.reason.explanation)
        let outcome = try await store.apply(
            .log(text, by: .system), to: session.id, at: now,
            once: ToldEventKey(source: .channel(channel), id: "unreachable/" + report.id), telling: parts.subscriptions)
        if let outcome, !outcome.isRepeat { self.report(.changed, session: outcome.session) }
    }
}

extension IntakeError {
    fileprivate static let early = IntakeError(
        code: .busy, description: "The message that this is about is not settled yet; tell it again.")
}
