/// A word as a number: what lexicons and comparisons need of it, without a string.
///
/// Two words are the same when their letters are, so "é" is the same however it is put together. They are compared by a hash
/// of 63 bits, which is as good as the letters themselves.
struct Word: Hashable, Sendable {
    /// Never 0.
    let key: UInt64

    /// A word's letters, in lower case and without apostrophes: as ``WordList`` has them.
    init(letters: ArraySlice<UInt8>) {
        var hash = Hash()
        for letter in letters { hash.add(letter) }
        if hash.isASCII {
            self.init(ascii: hash)
        } else {
            // Only a string knows which letters beyond ASCII are the same.
            self.init(UInt64(truncatingIfNeeded: String(decoding: letters, as: UTF8.self).hashValue))
        }
    }

    /// A word of nothing but ASCII, whose letters were hashed while they were read.
    init(ascii hash: Hash) {
        self.init(hash.value)
    }

    private init(_ hash: UInt64) {
        key = hash | 1 << 63
    }

    /// The hash of Fowler, Noll and Vo (FNV-1a).
    struct Hash {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325
        private var bits: UInt8 = 0

        var isASCII: Bool { bits < 0x80 }

        mutating func add(_ letter: UInt8) {
            value = (value ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
            bits |= letter
        }
    }
}

extension Word: ExpressibleByStringLiteral {
    /// A word in source code, as a ``WordList`` would have it: "dont". Hashed each time; what is looked for in every message
    /// belongs into a ``WordSet``.
    init(stringLiteral text: String) {
        self.init(letters: Array(text.utf8)[...])
    }
}
