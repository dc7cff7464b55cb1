/// What one pass over a text has found: where words of the lexicon stand, where digits do, and what else sets off a rule.
///
/// Most texts have none of it, and are done after this pass.
struct Scan {
    /// Digits in a row, with no letter at either end.
    struct DigitGroup {
        var range: Range<Int>
        /// Where an extension ends that is tied to it, as in `2671x104`; the group's own end without one.
        var extended: Int
    }

    let text: PlainForm
    let bytes: [UInt8]
    private(set) var cues: [Cue] = []
    /// All roles of all cues.
    private(set) var roles: CueRoles = []
    private(set) var groups: [DigitGroup] = []
    /// Letters and digits in one word.
    private(set) var codes: [Range<Int>] = []
    private(set) var ats: [Int] = []
    /// Where `://` stands.
    private(set) var schemes: [Int] = []
    /// How many colons have a hexadecimal digit or a colon on either side.
    private(set) var hexColons = 0
    /// Where five hyphens begin.
    private(set) var rules: [Int] = []
    /// Placeholders that stand in the text already.
    private(set) var placeholders: [Range<Int>] = []
    /// Words of at least this many letters and digits, which may be keys.
    private(set) var longWords: [Range<Int>] = []

    /// Whether a word "at" stands in brackets, or between hyphens.
    private(set) var hasSignForAt = false

    static let longWord = 16

    init(_ text: PlainForm, lexicon: CueLexicon = .shared) {
        self.text = text
        bytes = text.bytes
        let count = bytes.count
        var position = 0
        var last: UInt64 = 0
        var lastStart = 0
        var lastEnd = 0
        while position < count {
            let byte = bytes[position]
            switch ByteClass.table[Int(byte)] {
            case .letter, .high:
                let start = position
                var hash = CueLexicon.start
                var isForeign = false
                while position < count {
                    let letter = bytes[position]
                    guard ByteClass.table[Int(letter)].isLetter else { break }
                    isForeign = isForeign || letter >= 0xE0
                    hash = CueLexicon.hash(hash, letter)
                    position += 1
                }
                if position < count, bytes[position - 1] < 0x80, joinsLetter(position) {
                    readCode(from: start, &position)
                    last = 0
                    continue
                }
                if let (roles, value) = lexicon.look(for: hash) { note(start..<position, roles, value) }
                if last != 0, start - lastEnd <= 3, let (roles, value) = lexicon.look(for: CueLexicon.pair(last, hash))
                {
                    note(lastStart..<position, roles, value)
                }
                if isForeign { lookInside(start..<position, lexicon) }
                if position - start >= Self.longWord { longWords.append(start..<position) }
                (last, lastStart, lastEnd) = (hash, start, position)
            case .digit:
                let start = position
                while position < count, bytes[position].isASCIIDigit { position += 1 }
                if position < count, joinsLetter(position) {
                    readNumberCode(from: start, &position)
                } else {
                    groups.append(DigitGroup(range: start..<position, extended: position))
                    if position - start >= Self.longWord { longWords.append(start..<position) }
                }
                last = 0
            case .at:
                ats.append(position)
                position += 1
            case .colon:
                if isHex(position - 1) || isHex(position + 1) { hexColons += 1 }
                if position + 2 < count, bytes[position + 1] == UInt8(ascii: "/"),
                    bytes[position + 2] == bytes[position + 1]
                {
                    schemes.append(position)
                }
                position += 1
            case .bracket:
                if let end = Placeholder.end(at: position, in: bytes) {
                    placeholders.append(position..<end)
                    position = end
                    last = 0
                } else {
                    position += 1
                }
            case .hyphen:
                if position + 4 < count, bytes[position + 1] == byte, bytes[position + 2] == byte,
                    bytes[position + 3] == byte, bytes[position + 4] == byte
                {
                    rules.append(position)
                    while position < count, bytes[position] == byte { position += 1 }
                } else {
                    position += 1
                }
            case .other:
                position += 1
            case .symbol:
                // Signs beyond ASCII: dashes, quotation marks, pictures. The bytes are a string's, so they are complete.
                position += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            }
        }
    }

    /// Whether there is nothing that any rule could begin with.
    var isHarmless: Bool {
        groups.isEmpty && codes.isEmpty && ats.isEmpty && longWords.isEmpty && rules.isEmpty && hexColons < 2
            && roles.isDisjoint(with: [.password, .digit, .commercialAt, .key])
            && !hasSignForAt && (!roles.contains(.at) || roles.isDisjoint(with: [.dot, .email]))
    }

    private mutating func note(_ range: Range<Int>, _ roles: CueRoles, _ value: UInt8) {
        cues.append(Cue(range: range, roles: roles, value: value))
        if roles.contains(.at),
            bytes[max(0, range.lowerBound - 2)..<range.lowerBound].contains(where: { "([{<-_".utf8.contains($0) })
        {
            hasSignForAt = true
        }
        self.roles.formUnion(roles)
    }

    private func isHex(_ position: Int) -> Bool {
        guard position >= 0, position < bytes.count else { return false }
        return bytes[position].isHexDigit || bytes[position] == UInt8(ascii: ":")
    }

    /// Whether the byte goes on a word that it follows.
    private func joinsLetter(_ position: Int) -> Bool {
        bytes[position].isASCIIAlphanumeric && !text.isSeam(position)
    }

    private mutating func readCode(from start: Int, _ position: inout Int) {
        // Letters of other scripts do not belong to a code that follows them.
        let first = (bytes[start..<position].lastIndex { $0 >= 0x80 }).map { $0 + 1 } ?? start
        while position < bytes.count, bytes[position].isASCIIAlphanumeric { position += 1 }
        codes.append(first..<position)
        if position - first >= Self.longWord { longWords.append(first..<position) }
    }

    /// A word that begins with digits; `2671x104` is a number with an extension.
    private mutating func readNumberCode(from start: Int, _ position: inout Int) {
        let digits = position
        while position < bytes.count, bytes[position].isASCIIAlphanumeric { position += 1 }
        let tail = bytes[(digits + 1)..<position]
        if bytes[digits] | 0x20 == UInt8(ascii: "x"), digits - start >= 3, (1...6).contains(tail.count),
            tail.allSatisfy(\.isASCIIDigit)
        {
            groups.append(DigitGroup(range: start..<digits, extended: position))
        } else {
            codes.append(start..<position)
            if position - start >= Self.longWord { longWords.append(start..<position) }
        }
    }

    /// Scripts that have no spaces between words: every two characters are looked for.
    private mutating func lookInside(_ range: Range<Int>, _ lexicon: CueLexicon) {
        var position = range.lowerBound
        while position + 6 <= range.upperBound {
            if (0xE3...0xED).contains(bytes[position]) {
                if position + 6 < range.upperBound || position > range.lowerBound,
                    let (roles, value) = lexicon.look(for: CueLexicon.hash(bytes[position..<position + 6]))
                {
                    note(position..<position + 6, roles, value)
                }
                position += 3
            } else {
                position += 1
            }
        }
    }
}

/// What the pass does at a byte.
enum ByteClass: UInt8 {
    case other, letter, high, digit, at, colon, bracket, hyphen, symbol

    var isLetter: Bool { self == .letter || self == .high }

    static let table: [ByteClass] = (0...255).map { (byte: Int) -> ByteClass in
        let byte = UInt8(byte)
        if byte == 0xC2 || byte == 0xE2 || byte >= 0xEF { return .symbol }
        if byte >= 0x80 { return .high }
        if byte.isASCIILetter { return .letter }
        if byte.isASCIIDigit { return .digit }
        switch byte {
        case UInt8(ascii: "@"): return .at
        case UInt8(ascii: ":"): return .colon
        case UInt8(ascii: "["): return .bracket
        case UInt8(ascii: "-"): return .hyphen
        default: return .other
        }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= 48 && self <= 57 }
    var isASCIILetter: Bool { (self | 0x20) >= 97 && (self | 0x20) <= 122 }
    var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
    var isHexDigit: Bool { isASCIIDigit || ((self | 0x20) >= 97 && (self | 0x20) <= 102) }
}
