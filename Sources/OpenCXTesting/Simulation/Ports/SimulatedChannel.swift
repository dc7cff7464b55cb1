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

    /// A body that begins with an `e` tells what a person has done at the helpdesk; else it holds messages, of which it is looked up
    /// who has their conversation now.
    func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        let body = String(decoding: request.body, as: UTF8.self)
        if body.hasPrefix("e"), let number = Int(body.dropFirst()) {
            return gate.world.with { [.team($0.front.inbound(number))] }
        }
        let messages = try await receive(request)
        guard id == SimulatedChannels.front.id else { return messages.map(ChannelEvent.message) }
        return gate.world.with { state in
            messages.map { message in
                var message = message
                message.helpdesk = SimulatedFront.id
                if let person = state.front.holders[message.thread] {
                    message.holder = .person(person)
                    state.watch.leftAlone.formUnion(Customers.tokens(in: message.text.reveal()))
                }
                return .message(message)
            }
        }
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
        let looked = try world.with { state in
            guard id == SimulatedChannels.front.id, message.message.author == .ai else { return state.steps }
            if state.front.holders[message.thread] != nil {
                throw ChannelError(.taken, "Somebody else has the conversation.")
            }
            return state.steps
        }
        // The vendor cannot look and post at once.
        if id == SimulatedChannels.front.id { try await gate.pause(0) }
        world.with { state in
            if message.message.author == .ai, let taken = state.front.takenAt[message.thread], taken < looked {
                state.complain([
                    .init(law: "owner", what: "\(message.ticket): the AI answers in a person's conversation")
                ])
            }
            state.reachCustomer(message)
        }
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
