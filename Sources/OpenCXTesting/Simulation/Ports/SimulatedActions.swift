internal import OpenCXCore

/// Actions on the simulated shop: one that looks up, one that changes and knows idempotency keys, one that changes and does not.
struct SimulatedActions: ActionProvider {
    let gate: Gate

    static let definitions = [
        ActionDefinition(
            name: "order_status", summary: "Says where an order is.", examples: ["Where is my order?"],
            parameters: [ActionParameter(name: "order", label: "order number", source: .code("FH-#####"))],
            effect: .lookup),
        ActionDefinition(
            name: "cancel_order", summary: "Cancels an order.", examples: ["Please cancel my order"],
            parameters: [ActionParameter(name: "order", label: "order number", source: .code("FH-#####"))],
            effect: .change),
        ActionDefinition(
            name: "refund_order", summary: "Pays an order back.", examples: ["I want my money back for my order"],
            parameters: [
                ActionParameter(name: "order", label: "order number", source: .code("FH-#####")),
                ActionParameter(name: "customer", label: "e-mail address", source: .contactEmail),
            ],
            effect: .change),
    ]

    func actions() async throws -> [ActionDefinition] {
        try await gate.pause(0)
        return Self.definitions
    }

    func call(_ call: ActionCall) async throws -> ActionResult {
        let world = gate.world
        let plan = world.with { state in
            state.note("p\(gate.process) calls \(call.name) for \(call.ticket)")
            return state.actionPlan(isChange: call.name != "order_status")
        }
        try await gate.pause(plan.before)
        if let failure = plan.failure { throw failure }
        let fields = world.with { state in
            let (fields, problems) = state.api.perform(call, state.watch, state.customers)
            state.note("\(call.name) is performed for \(call.ticket)")
            state.complain(problems)
            return fields
        }
        try await gate.pause(plan.after)
        if plan.losesResponse { throw BrokenConnection() }
        return ActionResult(fields: fields)
    }
}

/// Nobody knows how far a call got.
struct BrokenConnection: Error {}

extension WorldState {
    fileprivate mutating func actionPlan(isChange: Bool) -> CallPlan<any Error & Sendable> {
        CallPlan(
            before: latency(slow: weather.actionIsSlow), after: latency(slow: weather.actionIsSlow),
            failure: actionFailure(), losesResponse: isStormy && random.chance(weather.actionBreaksAfter))
    }

    private mutating func actionFailure() -> (any Error & Sendable)? {
        guard isStormy else { return nil }
        if random.chance(weather.actionBreaksBefore) { return BrokenConnection() }
        guard random.chance(weather.actionRefuses) else { return nil }
        return ActionError(random.pick([.notFound, .refused, .unavailable]), "The shop does not do that.")
    }
}
