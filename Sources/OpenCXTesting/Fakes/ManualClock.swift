public import OpenCXCore

/// A clock that moves only when it is told to.
///
/// ```swift
/// let clock = ManualClock()
/// async let done: Void = clock.sleep(until: clock.now() + .seconds(60))
/// try await clock.waitForSleepers(count: 1)
/// clock.advance(by: .seconds(60))
/// try await done
/// ```
public final class ManualClock: AgentClock {
    private let state: Locked<State>

    /// Makes a clock that stands at `start`.
    public init(start: Timestamp = Timestamp(milliseconds: 1_700_000_000_000)) {
        state = Locked(State(now: start))
    }

    /// The time that the clock was last moved to.
    public func now() -> Timestamp {
        state.withLock(\.now)
    }

    /// How many tasks are asleep.
    public var sleeperCount: Int {
        state.withLock { $0.sleepers.count }
    }

    /// When the next sleeper wants to wake up; `nil` when nobody sleeps.
    public var nextDeadline: Timestamp? {
        state.withLock { $0.sleepers.map(\.deadline).min() }
    }

    /// Moves the clock forward and wakes whoever sleeps until then: earliest deadline first, and among equal ones the one
    /// that fell asleep first.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = max(state.now, state.now + duration)
            return state.wakeDue()
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves the clock forward to a point in time; does nothing when that has passed.
    public func advance(to time: Timestamp) {
        advance(by: time - now())
    }

    /// Waits until at least `count` tasks are asleep, so that a test moves the clock only once it will be noticed.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    public func waitForSleepers(count: Int) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return Optional(false) }
                    if state.sleepers.count >= count { return true }
                    state.observers.append(Observer(id: id, count: count, continuation: continuation))
                    return nil
                }
                if let isDone { continuation.finish(cancelled: !isDone) }
            }
        } onCancel: {
            cancel(id)
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    /// Waits until the clock was moved to the deadline; returns at once when it has passed.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    public func sleep(until deadline: Timestamp) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isDone, observers) = state.withLock { state -> (Bool?, [Observer]) in
                    if state.cancelled.remove(id) != nil { return (false, []) }
                    if state.now >= deadline { return (true, []) }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return (nil, state.satisfiedObservers())
                }
                if let isDone { continuation.finish(cancelled: !isDone) }
                for observer in observers { observer.continuation.resume() }
            }
        } onCancel: {
            cancel(id)
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    private func cancel(_ id: Int) {
        let continuation = state.withLock { $0.cancel(id) }
        continuation?.resume(throwing: CancellationError())
    }
}

extension ManualClock {
    private struct Sleeper: Sendable {
        var id: Int
        var deadline: Timestamp
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Observer: Sendable {
        var id: Int
        var count: Int
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State: Sendable {
        var now: Timestamp
        var sleepers: [Sleeper] = []
        var observers: [Observer] = []
        /// Cancelled before they fell asleep.
        var cancelled: Set<Int> = []
        var lastID = 0

        mutating func makeID() -> Int {
            lastID += 1
            return lastID
        }

        mutating func wakeDue() -> [Sleeper] {
            let due = sleepers.filter { $0.deadline <= now }
            sleepers.removeAll { $0.deadline <= now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }

        mutating func satisfiedObservers() -> [Observer] {
            let satisfied = observers.filter { $0.count <= sleepers.count }
            observers.removeAll { $0.count <= sleepers.count }
            return satisfied
        }

        /// The continuation to end, when the task is waiting already; else the cancellation is noted for when it comes.
        mutating func cancel(_ id: Int) -> CheckedContinuation<Void, any Error>? {
            if let index = sleepers.firstIndex(where: { $0.id == id }) {
                return sleepers.remove(at: index).continuation
            }
            if let index = observers.firstIndex(where: { $0.id == id }) {
                return observers.remove(at: index).continuation
            }
            cancelled.insert(id)
            return nil
        }
    }
}

extension CheckedContinuation<Void, any Error> {
    fileprivate func finish(cancelled: Bool) {
        if cancelled { resume(throwing: CancellationError()) } else { resume() }
    }
}
