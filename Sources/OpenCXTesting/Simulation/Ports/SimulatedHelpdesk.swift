internal import OpenCXCore

/// A helpdesk that is busy, refuses, or opens a ticket and fails to say so.
struct SimulatedHelpdesk: Helpdesk {
    let gate: Gate
    let id: HelpdeskID

    static let ids: [HelpdeskID] = ["desk", "front"]

    func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        let world = gate.world
        let plan = world.with { state in
            state.note("p\(gate.process) opens a ticket with \(id) for \(handoff.ticket)")
            return state.helpdeskPlan()
        }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        let reference = "\(id)-\(handoff.ticket.rawValue)"
        world.with { state in
            state.complain(state.watch.opened(handoff, at: id))
            guard id == SimulatedFront.desk, !state.front.tickets.contains(where: { $0.reference == reference }),
                let thread = state.watch.sessions[handoff.session]?.thread
            else { return }
            state.front.tickets.append((reference, thread))
        }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw HelpdeskError(.unavailable, "The helpdesk's answer was lost.") }
        return HelpdeskReceipt(reference: reference)
    }

    func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        guard let number = Int(String(decoding: request.body.dropFirst(), as: UTF8.self)) else {
            throw ChannelError(.malformed, "No event has this number.")
        }
        return gate.world.with { [$0.front.inbound(number)] }
    }

    func append(_ followUp: FollowUp) async throws {
        let world = gate.world
        let plan = world.with { state in
            state.note("p\(gate.process) adds to \(id)'s ticket of \(followUp.ticket)")
            return state.helpdeskPlan()
        }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        world.with { state in state.complain(state.watch.followed(followUp, at: id)) }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw HelpdeskError(.unavailable, "The helpdesk's answer was lost.") }
    }

    func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
        let world = gate.world
        let plan = world.with { state in
            state.note("p\(gate.process) tells \(id) that \(ending.ticket) is over")
            return state.helpdeskPlan()
        }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        let isLeft = world.with { state in
            state.watch.ended.insert(ending.idempotencyKey)
            return id == SimulatedFront.id && state.front.holders[ThreadID(ending.reference)] != nil
        }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw HelpdeskError(.unavailable, "The helpdesk's answer was lost.") }
        return isLeft ? .left("Somebody else has it.") : .done
    }
}

extension WorldState {
    fileprivate mutating func helpdeskPlan() -> CallPlan<HelpdeskError> {
        CallPlan(
            before: latency(slow: weather.helpdeskIsSlow), after: latency(slow: weather.helpdeskIsSlow),
            failure: helpdeskFailure(), losesResponse: isStormy && random.chance(weather.helpdeskLosesResponse))
    }

    private mutating func helpdeskFailure() -> HelpdeskError? {
        guard isStormy else { return nil }
        if random.chance(weather.helpdeskRefuses) { return HelpdeskError(.rejected, "The helpdesk refuses.") }
        guard random.chance(weather.helpdeskBusy) else { return nil }
        let wait: Duration? = random.chance(0.5) ? .milliseconds(random.within(100...20_000)) : nil
        return HelpdeskError(.unavailable, "The helpdesk is busy.", retryAfter: wait)
    }
}
