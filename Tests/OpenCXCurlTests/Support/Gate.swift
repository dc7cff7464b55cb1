import Dispatch

/// Where a script waits until the test lets it go on, or the test until a script is there.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }

    /// Blocks; for scripts. False after half a minute.
    @discardableResult func pass() -> Bool { semaphore.wait(timeout: .now() + 30) == .success }

    /// Waits without blocking the pool; for tests.
    func passed() async -> Bool {
        await withCheckedContinuation { continuation in
            onOwnThread { continuation.resume(returning: self.pass()) }
        }
    }
}
