internal import OpenCXCore

/// The clock of a simulated process.
struct SimulatedClock: AgentClock {
    let gate: Gate

    func now() -> Timestamp { gate.world.with { $0.localTime(of: gate.process) } }
    func sleep(until deadline: Timestamp) async throws { try await gate.sleep(until: deadline) }
}

/// Ids that no other process makes, and numbers from the seed.
struct SimulatedIDs: IDSource {
    let gate: Gate

    func makeID() -> String { gate.world.with { $0.makeID(in: gate.process) } }
    func fraction() -> Double { gate.world.with { $0.random.fraction() } }
}

/// The built-in redactor, which sometimes fails.
struct SimulatedRedactor: PIIRedactor {
    let gate: Gate

    func findings(in text: UnredactedText) async throws -> [PIIFinding] {
        try await gate.pause(0, isCancellable: false)
        let fails = gate.world.with { $0.isStormy && $0.random.chance($0.weather.redactorFails) }
        if fails { throw BrokenConnection() }
        return try await PatternRedactor().findings(in: text)
    }
}

/// An index that is slow and fails sometimes; the script's answers rest on no knowledge, the built-in answerer's do.
struct SimulatedIndex: KnowledgeIndex {
    let gate: Gate

    static let articles = ListIndex([
        "How to return an item": "Send the item back within 30 days. The label is in the box.",
        "Shipping times": "Orders arrive within three days. Parcels to islands take a week.",
        "Opening hours": "The shop is open from nine to five.",
    ])

    func search(_ query: KnowledgeQuery) async throws -> KnowledgeSearchResult {
        let world = gate.world
        let (latency, fails, isEmbedded) = world.with { state in
            state.complain(state.watch.leaks(in: [query.text], "a query of the index"))
            let fails = state.isStormy && state.random.chance(state.weather.searchFails)
            return (state.random.below(10), fails, state.weather.isEmbedded)
        }
        try await gate.pause(latency)
        if fails { throw BrokenConnection() }
        return isEmbedded ? try await Self.articles.search(query) : KnowledgeSearchResult()
    }

    func apply(_ changes: KnowledgeChanges) async throws {}
}
