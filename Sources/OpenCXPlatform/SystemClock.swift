internal import FoundationEssentials
public import OpenCXCore

/// The system's wall clock.
public struct SystemClock: AgentClock {
    /// How long one sleep lasts at most before the clock is read again.
    ///
    /// Deadlines are wall-clock times, but tasks sleep on a steady clock: when somebody sets the system's time forward, or
    /// the machine was suspended, a sleeper notices within this span.
    private static let slice = Duration.seconds(30)
    /// How much longer than it was meant to a sleep may last: the system's clock is put right bit by bit all the time.
    private static let slack = Duration.milliseconds(100)

    private let reading: @Sendable () -> Timestamp

    /// Makes the clock.
    public init() {
        self.init { Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
    }

    /// Makes a clock that reads the time elsewhere.
    package init(reading: @escaping @Sendable () -> Timestamp) {
        self.reading = reading
    }

    /// The time now, to the millisecond.
    public func now() -> Timestamp { reading() }

    /// Waits until the system's clock has reached the deadline; returns at once when it has passed.
    ///
    /// When somebody sets the system's time back meanwhile, by an hour say, it returns once the wait has lasted as long as it
    /// was meant to: whoever looks for mail every minute is not to stop for an hour.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    public func sleep(until deadline: Timestamp) async throws {
        var time = now()
        let end = ContinuousClock.now + max(.zero, deadline - time) + Self.slack
        while time < deadline, ContinuousClock.now < end {
            try await Task.sleep(for: min(deadline - time, ContinuousClock.now.duration(to: end), Self.slice))
            time = now()
        }
    }
}
