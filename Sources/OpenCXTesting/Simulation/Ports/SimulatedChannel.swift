internal import OpenCXCore

/// A channel whose customers live in the simulation. A webhook's body holds the numbers of the messages that it delivers.
struct SimulatedChannel: Channel {
    let gate: Gate
    let id: ChannelID
    let kind: ChannelKind

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        let numbers = String(decoding: request.body, as: UTF8.self).split(separator: ",").compactMap { Int($0) }
        return gate.world.with { state in numbers.map { state.customers.inbound($0) } }
    }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let world = gate.world
        let plan = world.with { state in
            state.note("p\(gate.process) sends \(message.idempotencyKey)")
            state.complain(state.watch.sending(message))
            return state.channelPlan()
        }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        world.with { $0.reachCustomer(message) }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw ChannelError(.unavailable, "The provider's answer was lost.") }
        return DeliveryReceipt(providerID: "sent-\(message.idempotencyKey)")
    }
}

/// How one call of another system goes.
struct CallPlan<Failure: Error & Sendable>: Sendable {
    /// Milliseconds until the effect, and from there to the answer.
    var before: Int
    var after: Int
    /// Fails without an effect.
    var failure: Failure?
    /// Has its effect, and nobody hears of it.
    var losesResponse: Bool
}

extension WorldState {
    mutating func latency(slow: Double) -> Int {
        guard isStormy, random.chance(slow) else { return random.below(60) }
        return random.within(500...40_000)
    }

    fileprivate mutating func channelPlan() -> CallPlan<ChannelError> {
        CallPlan(
            before: latency(slow: weather.channelIsSlow), after: latency(slow: weather.channelIsSlow),
            failure: channelFailure(), losesResponse: isStormy && random.chance(weather.channelLosesResponse))
    }

    private mutating func channelFailure() -> ChannelError? {
        guard isStormy else { return nil }
        if random.chance(weather.channelRefuses) { return ChannelError(.rejected, "The provider refuses.") }
        guard random.chance(weather.channelBusy) else { return nil }
        let wait: Duration? = random.chance(0.5) ? .milliseconds(random.within(100...20_000)) : nil
        return ChannelError(
            random.chance(0.2) ? .unauthorized : .unavailable, "The provider is busy.", retryAfter: wait)
    }

    /// The customer reads a message, once however often it is sent.
    fileprivate mutating func reachCustomer(_ message: OutboundMessage) {
        note("customer gets \(message.idempotencyKey): \(message.message.text)")
        let (isNew, problems) = watch.reached(message)
        complain(problems)
        if isNew { customerReads(message) }
    }
}
