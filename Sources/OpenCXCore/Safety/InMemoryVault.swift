/// The default vault: raw values live in this process and nowhere else.
///
/// Holds the sessions used last, `capacity` of them, and the first values of each, `valuesPerSession` of them; what is older
/// or beyond stays masked. A value beyond gets a new number each time, for nothing about it is kept.
///
/// Several processes on one store need a vault that they share (`SealedVault` in `OpenCXVault`): each of these knows its own values
/// only, so two of them may give different values of a session the same placeholder, and an action then gets the wrong one.
public final class InMemoryVault: PIIVault {
    private struct Page {
        var placeholders: [PIIValue: Placeholder] = [:]
        var values: [Placeholder: String] = [:]
        var counts = PlaceholderCounts()
        var lastUse: UInt64 = 0
        /// When the latest value was added or asked for.
        var touchedAt = Timestamp.epoch

        mutating func placeholder(for value: PIIValue, above counts: PlaceholderCounts, limit: Int) -> Placeholder {
            if let known = placeholders[value] { return known }
            let last = max(self.counts[value.kind], counts[value.kind])
            let number = min(last + 1, Placeholder.highestNumber)
            let placeholder = Placeholder(kind: value.kind, number: number)
            self.counts[value.kind] = number
            guard values.count < limit, number < Placeholder.highestNumber else { return placeholder }
            placeholders[value] = placeholder
            values[placeholder] = value.raw
            return placeholder
        }
    }

    private struct State {
        var pages: [SessionID: Page] = [:]
        var uses: UInt64 = 0
        var sweptAt = Timestamp.epoch
    }

    private let state = Locked(State())
    private let capacity: Int
    private let valuesPerSession: Int
    private let lifetime: Duration?
    private let clock: (any AgentClock)?

    /// Makes a vault that holds at most `valuesPerSession` values of each of at most `capacity` sessions.
    ///
    /// - Parameters:
    ///   - capacity: how many sessions it holds values of.
    ///   - valuesPerSession: how many values of each.
    public init(capacity: Int = 10_000, valuesPerSession: Int = 10_000) {
        self.capacity = max(1, capacity)
        self.valuesPerSession = max(0, valuesPerSession)
        lifetime = nil
        clock = nil
    }

    /// Makes a vault that forgets a session's values when none of them was added for a while.
    ///
    /// - Parameters:
    ///   - capacity: how many sessions it holds values of.
    ///   - valuesPerSession: how many values of each.
    ///   - lifetime: how long values are kept after the session's last one.
    ///   - clock: the time.
    public init(capacity: Int = 10_000, valuesPerSession: Int = 10_000, lifetime: Duration, clock: any AgentClock) {
        self.capacity = max(1, capacity)
        self.valuesPerSession = max(0, valuesPerSession)
        self.lifetime = lifetime
        self.clock = clock
    }

    /// See ``PIIVault/placeholders(for:in:above:)``.
    public func placeholders(
        for values: [PIIValue], in session: SessionID, above counts: PlaceholderCounts
    ) async throws -> [Placeholder] {
        if values.isEmpty { return [] }
        let now = clock?.now() ?? .epoch
        return state.withLock { state in
            dropOld(&state, at: now)
            state.uses += 1
            let uses = state.uses
            // In place: a copy of the page would be one of all its values.
            let assigned = { (page: inout Page) in
                page.lastUse = uses
                page.touchedAt = now
                return values.map { page.placeholder(for: $0, above: counts, limit: valuesPerSession) }
            }(&state.pages[session, default: Page()])
            if state.pages.count > capacity { Self.dropOldest(&state, keeping: capacity - capacity / 10) }
            return assigned
        }
    }

    /// See ``PIIVault/values(of:in:)``.
    public func values(of placeholders: [Placeholder], in session: SessionID) async throws -> [Placeholder: String] {
        let now = clock?.now() ?? .epoch
        return state.withLock { state in
            dropOld(&state, at: now)
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

    /// See ``PIIVault/expire(before:)``. Without a clock no value has a time, and all of them stay.
    public func expire(before time: Timestamp) async throws {
        if clock == nil { return }
        state.withLock { state in state.pages = state.pages.filter { $0.value.touchedAt >= time } }
    }

    /// See ``PIIVault/expire()``.
    public func expire() async throws {
        if let lifetime, let clock { try await expire(before: clock.now() - lifetime) }
    }

    /// Lets go of what has outlived its lifetime; looks through all of it a few times in each lifetime.
    private func dropOld(_ state: inout State, at now: Timestamp) {
        guard let lifetime else { return }
        guard now - state.sweptAt >= lifetime / 64 else { return }
        state.sweptAt = now
        let oldest = now - lifetime
        state.pages = state.pages.filter { $0.value.touchedAt >= oldest }
    }

    private static func dropOldest(_ state: inout State, keeping count: Int) {
        let byUse = state.pages.sorted { $0.value.lastUse < $1.value.lastUse }
        for (session, _) in byUse.dropLast(max(1, count)) { state.pages[session] = nil }
    }
}
