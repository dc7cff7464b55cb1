/// The words that say what stands beside them, found by a hash of their letters: one look for each word of a text, and one for
/// each pair of words.
struct CueLexicon: Sendable {
    /// What a word for a number does in a row of them.
    enum Value {
        static let none: UInt8 = 255
        static let double: UInt8 = 200
        static let triple: UInt8 = 201
        static let hundred: UInt8 = 202
    }

    private struct Slot {
        var hash: UInt64 = 0
        var roles: CueRoles = []
        var value = Value.none
    }

    static let shared = CueLexicon()

    private var slots: [Slot]
    private let mask: Int

    private init() {
        let words = CueWords.roles.flatMap { entry in
            entry.words.split(whereSeparator: \.isWhitespace).map { (word: $0, roles: entry.roles, value: Value.none) }
        }
        let numbers = CueWords.numbers.flatMap { entry in
            entry.words.split(whereSeparator: \.isWhitespace).map {
                (word: $0, roles: CueRoles.digit, value: entry.value)
            }
        }
        mask = 8191
        slots = [Slot](repeating: Slot(), count: mask + 1)
        for entry in words + numbers {
            let parts = entry.word.split(separator: "_").map { Self.hash($0.utf8) }
            let hash = parts.count == 2 ? Self.pair(parts[0], parts[1]) : parts.first ?? 0
            let slot = place(of: hash)
            slots[slot].hash = hash
            slots[slot].roles.insert(entry.roles)
            if entry.value != Value.none { slots[slot].value = entry.value }
        }
    }

    func look(for hash: UInt64) -> (roles: CueRoles, value: UInt8)? {
        let slot = slots[place(of: hash)]
        return slot.hash == hash ? (slot.roles, slot.value) : nil
    }

    private func place(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash >> 40) & mask
        // The table is a quarter full at most, so there is an empty slot to stop at.
        while slots[slot].hash != hash, slots[slot].hash != 0 { slot = (slot + 1) & mask }
        return slot
    }

    static func hash(_ letters: some Sequence<UInt8>) -> UInt64 {
        var hash = start
        for letter in letters { hash = Self.hash(hash, letter) }
        return hash
    }

    static let start: UInt64 = 0xcbf2_9ce4_8422_2325

    /// One more letter; capitals count as small ones, those of Western Europe (C3 80 to C3 9E) too.
    static func hash(_ hash: UInt64, _ letter: UInt8) -> UInt64 {
        (hash ^ UInt64(letter < 0x80 || letter < 0xA0 ? letter | 0x20 : letter)) &* 0x100_0000_01b3
    }

    static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
        (first ^ second &* 0x9E37_79B9_7F4A_7C15) &* 0x100_0000_01b3 | 1
    }
}
