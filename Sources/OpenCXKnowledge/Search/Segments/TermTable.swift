/// Numbers byte strings in the order in which they come: the vocabulary of a segment.
///
/// One run of bytes, the places where the strings end, and an open hash table over them: three contiguous arrays, however
/// many terms there are.
struct TermTable: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 16)

    /// How many strings there are.
    var count: Int { ends.count }

    /// The string with this number.
    func range(_ id: Int) -> Range<Int> {
        (id == 0 ? 0 : Int(ends[id - 1]))..<Int(ends[id])
    }

    /// The string with this number.
    func term(_ id: Int) -> ArraySlice<UInt8> { bytes[range(id)] }

    /// The number of a string; `nil` when it has none.
    func find(_ term: [UInt8]) -> Int? {
        term.withUnsafeBufferPointer { find($0) }
    }

    /// The number of a string; `nil` when it has none.
    func find(_ term: UnsafeBufferPointer<UInt8>) -> Int? {
        let found = slots[slot(of: term)]
        return found == 0 ? nil : Int(found) - 1
    }

    /// The number of a string, a new one when it had none.
    mutating func intern(_ term: [UInt8]) -> Int {
        term.withUnsafeBufferPointer { intern($0) }
    }

    /// The number of a string, a new one when it had none.
    mutating func intern(_ term: UnsafeBufferPointer<UInt8>) -> Int {
        let slot = slot(of: term)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        bytes.append(contentsOf: term)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
        slots[slot] = UInt32(truncatingIfNeeded: ends.count)
        if ends.count * 2 > slots.count { grow() }
        return ends.count - 1
    }

    /// The slot that holds the term, or the empty one where it belongs.
    private func slot(of term: UnsafeBufferPointer<UInt8>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(term)) & mask
        while slots[slot] != 0, !equals(Int(slots[slot]) - 1, term) { slot = (slot + 1) & mask }
        return slot
    }

    private func equals(_ id: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(id)
        guard range.count == term.count else { return false }
        for index in 0..<term.count where bytes[range.lowerBound + index] != term[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for id in 0..<ends.count {
            let hash = bytes[range(id)].withUnsafeBufferPointer { Self.hash($0) }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: id + 1)
        }
    }

    /// FNV-1a with a last stir, for the low bits choose the slot.
    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash ^ (hash >> 29)
    }
}
