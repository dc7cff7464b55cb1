/// The default vault: raw values live in this process and nowhere else.
///
/// Holds the sessions used last, `capacity` of them, and the first values of each, `valuesPerSession` of them; what is older
/// or beyond stays masked. A value beyond gets a new number each time, for nothing about it is kept.
public final class InMemoryVault: PIIVault {
    private struct Page {
        var placeholders: [PIIValue: Placeholder] = [:]
        var values: [Placeholder: String] = [:]
        var counts = PlaceholderCounts()
        var lastUse: UInt64 = 0
    }

    private struct State {
        var pages: [SessionID: Page] = [:]
        var uses: UInt64 = 0
    }

    private let state = Locked(State())
    private let capacity: Int
    private let valuesPerSession: Int

    /// Makes a vault that holds at most `valuesPerSession` values of each of at most `capacity` sessions.
    public init(capacity: Int = 10_000, valuesPerSession: Int = 10_000) {
        self.capacity = max(1, capacity)
        self.valuesPerSession = max(0, valuesPerSession)
    }

    /// See ``PIIVault/placeholders(for:in:above:)``.
    public func placeholders(
        for values: [PIIValue], in session: SessionID, above counts: PlaceholderCounts
    ) async throws -> [Placeholder] {
        if values.isEmpty { return [] }
        return state.withLock { state in
            state.uses += 1
            var page = state.pages[session] ?? Page()
            page.lastUse = state.uses
            let assigned = values.map { value in
                if let known = page.placeholders[value] { return known }
                let last = max(page.counts[value.kind], counts[value.kind])
                let number = min(last + 1, Placeholder.highestNumber)
                let placeholder = Placeholder(kind: value.kind, number: number)
                page.counts[value.kind] = number
                guard page.values.count < valuesPerSession, number < Placeholder.highestNumber else {
                    return placeholder
                }
                page.placeholders[value] = placeholder
                page.values[placeholder] = value.raw
                return placeholder
            }
            state.pages[session] = page
            if state.pages.count > capacity { Self.dropOldest(&state, keeping: capacity - capacity / 10) }
            return assigned
        }
    }

    /// See ``PIIVault/values(of:in:)``.
    public func values(of placeholders: [Placeholder], in session: SessionID) async throws -> [Placeholder: String] {
        state.withLock { state in
            guard let page = state.pages[session] else { return [:] }
            var known: [Placeholder: String] = [:]
            for placeholder in placeholders { known[placeholder] = page.values[placeholder] }
            return known
        }
    }

    /// See ``PIIVault/forget(_:)``.
    public func forget(_ session: SessionID) async throws {
        state.withLock { _ = $0.pages.removeValue(forKey: session) }
    }

    private static func dropOldest(_ state: inout State, keeping count: Int) {
        let byUse = state.pages.sorted { $0.value.lastUse < $1.value.lastUse }
        for (session, _) in byUse.dropLast(max(1, count)) { state.pages[session] = nil }
    }
}
