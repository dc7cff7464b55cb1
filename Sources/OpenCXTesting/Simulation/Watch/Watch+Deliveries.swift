internal import OpenCXCore

extension Watch {
    /// A worker takes a delivery up.
    mutating func deliveryClaimed(
        _ entry: OutboxEntry, _ pending: [OutboxEntry], _ lease: LeaseToken, now: Timestamp, until: Timestamp, step: Int
    ) -> [Problem] {
        var problems = begun(in: entry.session, "A delivery")
        if let held = deliveries[entry.id], held.until > now {
            problems.append(Problem(law: "serial", what: "\(entry.id) is delivered twice at the same time"))
        }
        if let first = pending.first(where: { $0.lane == entry.lane }), first.id != entry.id {
            problems.append(Problem(law: "order", what: "\(entry.id) is delivered before \(first.id)"))
        }
        deliveries[entry.id] = Reservation(lease: lease, until: until)
        claimedAt[entry.id] = step
        return problems
    }

    /// A message is on its way to the channel.
    func sending(_ message: OutboundMessage) -> [Problem] {
        guard message.message.author == .ai, case .person = sessions[message.session]?.owner,
            let since = personSince[message.session], let claimed = claimedAt[OutboxID(message.idempotencyKey)],
            since < claimed
        else { return [] }
        return [Problem(law: "owner", what: "\(message.ticket): the AI's words are sent after a person took over")]
    }

    /// A customer gets a message.
    ///
    /// - Returns: whether it is the first time.
    mutating func reached(_ message: OutboundMessage) -> (isNew: Bool, [Problem]) {
        var problems: [Problem] = []
        func complain(_ law: String, _ what: String) {
            problems.append(Problem(law: law, what: "\(message.ticket): \(what)"))
        }
        let history = histories[message.session] ?? []
        guard let entry = history.first(where: { $0.message?.id == message.message.id }),
            entry.message == message.message
        else {
            complain("one answer", "the customer gets a message that is not in the history")
            return (false, problems)
        }
        if outboxed[message.message.id]?.id.rawValue != message.idempotencyKey {
            complain("one answer", "a message is sent with another key: \(message.idempotencyKey)")
        }
        if let text = reached[message.idempotencyKey] {
            if text != message.message.text.text { complain("one answer", "two texts under one key") }
            return (false, problems)
        }
        reached[message.idempotencyKey] = message.message.text.text
        let last = readThrough[message.session] ?? 0
        if entry.sequence < last, !hasSkew, !redriven.contains(OutboxID(message.idempotencyKey)) {
            complain("order", "an older message comes after a newer one")
        }
        readThrough[message.session] = max(last, entry.sequence)
        if message.message.author == .ai, Canary.isIn(message.text.reveal()) {
            complain("personal data", "the AI shows what should be masked")
        }
        return (true, problems)
    }

    /// A helpdesk opens a ticket, or finds the one that it has.
    mutating func opened(_ handoff: HandoffPackage, at id: HelpdeskID) -> [Problem] {
        tickets[handoff.idempotencyKey, default: 0] += 1
        if handoff.reference?.isEmpty == true {
            return [Problem(law: "handoff", what: "\(handoff.ticket) goes on with a ticket that is not there")]
        }
        guard let length = handedOffAt[OutboxID(handoff.idempotencyKey)] else {
            return [Problem(law: "handoff", what: "\(handoff.ticket) reaches \(id) with another key")]
        }
        let customer = (histories[handoff.session] ?? []).prefix(length).compactMap(\.message)
            .filter { $0.author == .customer }.flatMap { Customers.tokens(in: $0.text.text) }
        let told = handoff.transcript.flatMap { Customers.tokens(in: $0.text.reveal()) }
        let known = knownAt["\(handoff.session)|\(id)", default: []].union(told)
        knownAt["\(handoff.session)|\(id)"] = known
        // What was to follow the first handoff, and was given up, is missing in the second.
        let isExcused = givenUp.contains { entry in
            entry.rawValue.hasPrefix("\(handoff.session)-") && entry.rawValue.hasSuffix("-follow-\(id)")
        }
        return isExcused || customer.allSatisfy(known.contains)
            ? [] : [Problem(law: "handoff", what: "\(handoff.ticket): the transcript lacks a message")]
    }

    /// A helpdesk adds what the customer wrote after the handoff.
    mutating func followed(_ followUp: FollowUp, at id: HelpdeskID) -> [Problem] {
        ended.insert(followUp.idempotencyKey)
        knownAt["\(followUp.session)|\(id)", default: []].formUnion(
            Customers.tokens(in: followUp.line.text.reveal()))
        guard followUp.reference == "\(id)-\(followUp.ticket.rawValue)" else {
            return [Problem(law: "handoff", what: "\(followUp.ticket): a message goes into another ticket")]
        }
        return Customers.tokens(in: followUp.line.text.reveal()).isEmpty
            ? [Problem(law: "handoff", what: "\(followUp.ticket): what follows is no customer's message")] : []
    }

    /// What came of a delivery was recorded.
    mutating func deliverySettled(
        _ before: OutboxEntry, _ after: OutboxEntry, _ lease: LeaseToken, _ settlement: DeliverySettlement,
        _ view: View
    ) -> [Problem] {
        let owner = sessions[view.session.id]?.owner
        var (new, problems) = take(view, ai: false)
        if owner == .ai, view.session.owner != .ai {
            if case .withdrawn = settlement {} else { problems += handedOff(by: new, view) }
        }
        guard deliveries[before.id]?.lease == lease else {
            if before != after {
                problems.append(Problem(law: "serial", what: "\(before.id) was settled without a lease"))
            }
            return problems
        }
        deliveries[before.id] = nil
        switch settlement {
        case .delivered, .left:
            // What has no ticket to go on with has nobody to be told; a later handoff tells it all.
            if hasNoTicket(before) { ended.insert(before.id.rawValue) }
            if !hasArrived(before) { problems.append(Problem(law: "outbox", what: "\(before.id) was never delivered")) }
        case .dead, .withdrawn:
            givenUp.insert(before.id)
            if after.state != .dead { problems.append(Problem(law: "outbox", what: "\(before.id) vanished")) }
        case .notBegun where after.attempts >= before.attempts:
            problems.append(Problem(law: "outbox", what: "\(before.id) is charged a try that was none"))
        case .retry, .notBegun:
            if after.state != .pending {
                problems.append(Problem(law: "outbox", what: "\(before.id) is not tried again"))
            }
        }
        return problems
    }

    /// A customer who cannot be reached is a handoff like every other: it says why, and every helpdesk is told (law 6).
    private func handedOff(by new: [HistoryEntry], _ view: View) -> [Problem] {
        let record = new.compactMap { entry in if case .handoff(let record) = entry.event { record } else { nil } }
            .first
        guard let record, view.session.owner == .team else {
            return [Problem(law: "handoff", what: "\(view.session.ticket) passed on without a word")]
        }
        return (view.session.home.map { [$0] } ?? SimulatedHelpdesk.ids).filter { helpdesk in
            !view.pending.contains { $0.payload == .handoff(helpdesk, record) }
        }.map { Problem(law: "handoff", what: "\(view.session.ticket): \($0) is not told") }
    }

    /// Whether it goes on with a handoff that the helpdesk has not taken, so that there is nothing to tell.
    private func hasNoTicket(_ entry: OutboxEntry) -> Bool {
        switch entry.payload {
        case .followUp(let helpdesk, _), .ending(let helpdesk, _, _):
            (sessions[entry.session] ?? gone[entry.session])?.reference(at: helpdesk) == nil
        default: false
        }
    }

    /// Whether the other side has had it.
    func hasArrived(_ entry: OutboxEntry) -> Bool {
        reached[entry.id.rawValue] != nil || tickets[entry.id.rawValue] != nil || told[entry.id] != nil
            || ended.contains(entry.id.rawValue) || hasNoTicket(entry)
    }
}
