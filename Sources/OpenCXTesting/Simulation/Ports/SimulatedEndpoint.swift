internal import OpenCXCore

/// Another system that is told everything: busy, slow, and sometimes deaf to what it has understood.
struct SimulatedEndpoint: EventEndpoint {
    let gate: Gate
    var id: EventEndpointID { "crm" }
    var events: Set<ConversationEvent.Name>? { nil }

    func deliver(_ delivery: EventDelivery) async throws {
        let world = gate.world
        let plan = world.with { $0.endpointPlan() }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        world.with { state in
            state.note("endpoint hears \(delivery.id)")
            state.complain(state.watch.heard(delivery))
        }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw EventError(.unavailable, "The endpoint's answer was lost.") }
    }

    /// What an entry of the history is worth telling, as far as the entry alone says it.
    static func names(of entry: HistoryEntry) -> [ConversationEvent.Name] {
        switch entry.event {
        case .message(let message):
            switch message.author {
            case .customer: entry.sequence == 1 ? [.started, .contactResponse] : [.contactResponse]
            case .ai: [.aiResponse]
            case .person: [.agentResponse]
            }
        case .handoff: [.handoffToHuman]
        case .status(let status, _, _): status == .open ? [] : [.closed]
        case .ratingRequested: [.ratingRequested]
        case .rated: [.scoreSubmitted]
        default: []
        }
    }
}

extension WorldState {
    fileprivate mutating func endpointPlan() -> CallPlan<EventError> {
        CallPlan(
            before: latency(slow: weather.endpointIsSlow), after: latency(slow: weather.endpointIsSlow),
            failure: endpointFailure(), losesResponse: isStormy && random.chance(weather.endpointLosesResponse))
    }

    private mutating func endpointFailure() -> EventError? {
        guard isStormy else { return nil }
        if random.chance(weather.endpointRefuses) { return EventError(.rejected, "The endpoint refuses.") }
        return random.chance(weather.endpointBusy) ? EventError(.unavailable, "The endpoint is busy.") : nil
    }
}
