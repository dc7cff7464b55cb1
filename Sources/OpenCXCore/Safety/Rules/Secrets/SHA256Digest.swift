/// SHA-256 (FIPS 180-4) for the checksums inside of addresses, where the core may not reach for a library. Not for secrets.
enum SHA256Digest {
    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes(64).map { root($0, cube: true) }
    /// The same of the square roots of the first eight.
    private static let start: [UInt32] = primes(8).map { root($0, cube: false) }

    static func of(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: (message.count * 8) >> shift))
        }
        var state = start
        for block in stride(from: 0, to: padded.count, by: 64) { mix(padded[block..<block + 64], into: &state) }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words: [UInt32] = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
            block[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let small = turn(a, 7) ^ turn(a, 18) ^ a >> 3
            let large = turn(b, 17) ^ turn(b, 19) ^ b >> 10
            words.append(words[index - 16] &+ small &+ words[index - 7] &+ large)
        }
        var v = state
        for round in 0..<64 {
            let choice = v[4] & v[5] ^ ~v[4] & v[6]
            let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
            let one =
                v[7] &+ (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) &+ choice &+ constants[round] &+ words[round]
            let two = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) &+ majority
            v = [one &+ two, v[0], v[1], v[2], v[3] &+ one, v[4], v[5], v[6]]
        }
        for index in 0..<8 { state[index] = state[index] &+ v[index] }
    }

    private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static func primes(_ count: Int) -> [Int] {
        var found: [Int] = []
        var number = 2
        while found.count < count {
            if !found.contains(where: { number % $0 == 0 }) { found.append(number) }
            number += 1
        }
        return found
    }

    /// The first 32 bits of the fraction of a root, found bit by bit in whole numbers, so that no rounding gets into it.
    private static func root(_ number: Int, cube isCube: Bool) -> UInt32 {
        var low: UInt64 = 0
        var high: UInt64 = 32 << 32
        while high - low > 1 {
            let middle = (low + high) / 2
            if isBelow(middle, UInt64(number), isCube) { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    /// Whether the root, in 32.32 fixed point, to the power is at most the number.
    private static func isBelow(_ root: UInt64, _ number: UInt64, _ isCube: Bool) -> Bool {
        let square = UInt128(root) * UInt128(root)
        return isCube ? square * UInt128(root) <= UInt128(number) << 96 : square <= UInt128(number) << 64
    }
}
