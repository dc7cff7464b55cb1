internal import OpenCXCore

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Numbers out of the system's random generator, fetched a few at a time: a turn needs a dozen, and each would be a call into
/// the kernel.
struct RandomWords: Sendable {
    /// `getentropy` gives at most 256 bytes at once.
    private static let count = 32

    private let waiting = Locked<[UInt64]>([])

    /// Two numbers that nobody else gets.
    func pair() -> (UInt64, UInt64) {
        waiting.withLock { waiting in
            if waiting.count < 2 { waiting = Self.fetch() }
            return (waiting.removeLast(), waiting.removeLast())
        }
    }

    private static func fetch() -> [UInt64] {
        var words = [UInt64](repeating: 0, count: count)
        let isFilled = words.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { getentropy($0, bytes.count) == 0 } ?? false
        }
        if isFilled { return words }
        // Kernels without it; the standard library knows other ways.
        var generator = SystemRandomNumberGenerator()
        return words.map { _ in generator.next() }
    }
}
