public import OpenCXCore

/// Identifiers and numbers that are the same in every run from the same seed.
///
/// Ids look like `s7-000001`, so a failing test can be read; numbers come from SplitMix64.
public final class SequentialIDs: IDSource {
    private struct State: Sendable {
        var count = 0
        var random: UInt64
    }

    private let seed: UInt64
    private let state: Locked<State>

    /// Makes a source of ids.
    public init(seed: UInt64 = 1) {
        self.seed = seed
        state = Locked(State(random: seed))
    }

    /// The next id.
    public func makeID() -> String {
        let count = state.withLock { state in
            state.count += 1
            return state.count
        }
        let digits = String(count)
        return "s\(seed)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The next number in `0..<1`.
    public func fraction() -> Double {
        let bits = state.withLock { state in
            state.random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state.random
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        return Double(bits >> 11) * 0x1p-53
    }
}
