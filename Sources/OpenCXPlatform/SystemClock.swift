internal import FoundationEssentials
public import OpenCXCore

/// The system's wall clock.
public struct SystemClock: AgentClock {
    /// How long one sleep lasts at most before the clock is read again.
    ///
    /// Deadlines are wall-clock times, but tasks sleep on a steady clock: when somebody sets the system's time forward, or
    /// the machine was suspended, a sleeper notices within this span.
    private static let slice = Duration.seconds(30)

    /// Makes the clock.
    public init() {}

    /// The time now, to the millisecond.
    public func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Waits until the system's clock has reached the deadline; returns at once when it has passed.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    public func sleep(until deadline: Timestamp) async throws {
        while true {
            let time = now()
            if time >= deadline { return }
            try await Task.sleep(for: min(deadline - time, Self.slice))
        }
    }
}
