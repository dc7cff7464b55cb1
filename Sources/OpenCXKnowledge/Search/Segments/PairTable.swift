/// Numbers pairs of neighbouring terms in the order in which they come.
struct PairTable: Sendable {
    private var keys: [UInt64] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 16)

    /// How many pairs there are.
    var count: Int { keys.count }

    /// The number of a pair; `nil` when it has none.
    func find(_ first: UInt32, _ second: UInt32) -> Int? {
        let found = slots[slot(of: Self.key(first, second))]
        return found == 0 ? nil : Int(found) - 1
    }

    /// The number of a pair, a new one when it had none.
    mutating func intern(_ first: UInt32, _ second: UInt32) -> Int {
        let key = Self.key(first, second)
        let slot = slot(of: key)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        keys.append(key)
        slots[slot] = UInt32(truncatingIfNeeded: keys.count)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    @inline(__always)
    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    @inline(__always)
    private static func hash(_ key: UInt64) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (product ^ (product >> 32)) & 0x7FFF_FFFF_FFFF_FFFF)
    }

    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot] != 0, keys[Int(slots[slot]) - 1] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (id, key) in keys.enumerated() {
            var slot = Self.hash(key) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: id + 1)
        }
    }
}
