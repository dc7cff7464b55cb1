internal import Dispatch

/// Reads what is typed, on a thread of its own: waiting for a person must not hold up the agent.
enum Keyboard {
    private static let queue = DispatchQueue(label: "keyboard")

    static func line() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: readLine(strippingNewline: true)) }
        }
    }
}
