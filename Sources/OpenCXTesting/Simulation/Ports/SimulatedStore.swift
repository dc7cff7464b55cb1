internal import OpenCXCore

/// The shared store as one process reaches it: slow, and failing before or after it has done what it was asked. Whatever it
/// does is shown to the ``Watch`` in the same step.
struct SimulatedStore: Sendable {
    let gate: Gate
    var world: World { gate.world }
    var inner: InMemoryStore { gate.world.store }

    /// Performs one operation. The effect happens in one step, whatever is going on around it.
    func perform<Value: Sendable>(_ name: String, _ effect: () async throws -> Value) async throws -> Value {
        let (before, after) = world.with { state in (state.storeLatency(), state.storeLatency()) }
        // A store does what it has begun, also for a task that was cancelled.
        try await gate.pause(before, isCancellable: false)
        let fault = world.with { $0.storeFault(in: gate.process) }
        if fault == .before {
            world.with { $0.note("p\(gate.process) store.\(name) fails, nothing done") }
            throw StoreError(.unavailable, "The store does not answer.")
        }
        let value = try await effect()
        try await gate.pause(after, isCancellable: false)
        if fault == .after {
            world.with { $0.note("p\(gate.process) store.\(name) done, but the answer is lost") }
            throw StoreError(.unavailable, "The store does not answer.")
        }
        return value
    }

    /// A session with its history and all that it has in the outbox, as they are now.
    func view(_ id: SessionID) async throws -> Watch.View? {
        guard let session = try await inner.session(id) else { return nil }
        return Watch.View(
            session: session, history: try await inner.history(id, after: 0, limit: .max),
            pending: try await inner.outbox(.pending, limit: .max).filter { $0.session == id })
    }
}

extension WorldState {
    enum StoreFault { case none, before, after }

    mutating func storeLatency() -> Int { random.chance(0.5) ? 0 : random.within(1...8) }

    mutating func storeFault(in process: Int) -> StoreFault {
        guard isStormy else { return .none }
        if now < processes[process].storeDownUntil { return .before }
        if random.chance(weather.storeOutage) {
            let length = Duration.milliseconds(random.within(100...15_000))
            processes[process].storeDownUntil = now + length
            note("p\(process) store is out for \(length)")
            return .before
        }
        if random.chance(weather.storeFailsBefore) { return .before }
        return random.chance(weather.storeFailsAfter) ? .after : .none
    }
}
