public import OpenCXCore

/// Identifiers that nobody can guess, out of the system's random generator.
///
/// An id is 36 lower-case letters and digits: 10 for the time in milliseconds, so that newer ids sort after older ones and
/// stay together in a database index, and 26 for 128 random bits.
public struct RandomIDs: IDSource {
    private let clock: any AgentClock
    private let random = RandomWords()

    /// Makes a source of ids.
    ///
    /// - Parameter clock: where the time at the start of each id comes from.
    public init(clock: any AgentClock = SystemClock()) {
        self.clock = clock
    }

    /// A text that no other call has returned and nobody can guess.
    public func makeID() -> String {
        // A clock before 1970 is a broken clock: the id then loses its order, not its uniqueness.
        let time = UInt64(clamping: clock.now().milliseconds)
        let (high, low) = random.pair()
        return String(unsafeUninitializedCapacity: 36) { id in
            Base32.write(time, digits: 10, to: id)
            Base32.write(high, digits: 13, to: UnsafeMutableBufferPointer(rebasing: id[10...]))
            Base32.write(low, digits: 13, to: UnsafeMutableBufferPointer(rebasing: id[23...]))
            return 36
        }
    }

    /// A number in `0..<1`.
    public func fraction() -> Double {
        Double.random(in: 0..<1)
    }
}

/// Crockford's base 32 in lower case: no letter can be taken for a digit, and texts sort as their numbers do.
enum Base32 {
    private static let digits: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"

    /// The lowest `5 * digits` bits of `value`, most significant digit first; missing bits are zero.
    static func write(_ value: UInt64, digits count: Int, to text: UnsafeMutableBufferPointer<UInt8>) {
        digits.withUTF8Buffer { digits in
            for position in 0..<count {
                let bits = value >> (5 * UInt64(count - 1 - position)) & 31
                text.initializeElement(at: position, to: digits[Int(truncatingIfNeeded: bits)])
            }
        }
    }
}
