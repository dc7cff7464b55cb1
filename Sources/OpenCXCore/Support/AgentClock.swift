/// Where the agent learns the time and waits.
///
/// The core never reads a clock of its own: a test or a simulation hands in one that moves only when told to.
/// `SystemClock` in `OpenCXPlatform` is the one for production.
public protocol AgentClock: Sendable {
    /// The time now.
    func now() -> Timestamp

    /// Waits until the time has come; returns at once when it has passed.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    func sleep(until deadline: Timestamp) async throws
}
