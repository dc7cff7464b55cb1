/// A kind of number that holds letters too.
struct CodeID: Sendable {
    /// When a code with the right check counts.
    enum Evidence: Sendable {
        /// Always: its form or its check leaves little to chance.
        case form
        /// After a word for it, or where it is the whole message.
        case alone
        /// After a word for it only.
        case word
    }

    var kind: PIIKind
    /// `9` is a digit, `A` a letter, `X` either; anything else is itself.
    var shape: [UInt8]
    var cues: CueRoles
    var evidence: Evidence
    /// Whether signs or spaces may stand between its characters.
    var isSpaced: Bool
    /// Whether it is written in capitals only.
    var isCapital: Bool
    /// Whether the characters, in capitals, are such a code.
    var isValid: @Sendable (ArraySlice<UInt8>) -> Bool

    init(
        _ kind: PIIKind, _ shape: StaticString, after cues: CueRoles = .nationalID, _ evidence: Evidence = .form,
        spaced isSpaced: Bool = false, capital isCapital: Bool = false,
        isValid: @escaping @Sendable (ArraySlice<UInt8>) -> Bool = { _ in true }
    ) {
        self.kind = kind
        self.shape = shape.withUTF8Buffer { Array($0) }
        self.cues = cues
        self.evidence = evidence
        self.isSpaced = isSpaced
        self.isCapital = isCapital
        self.isValid = isValid
    }

    func fits(_ characters: ArraySlice<UInt8>) -> Bool {
        zip(shape, characters).allSatisfy { sign, character in
            switch sign {
            case UInt8(ascii: "9"): character.isASCIIDigit
            case UInt8(ascii: "A"): character.isASCIILetter
            case UInt8(ascii: "X"): true
            default: sign == character
            }
        }
    }
}

/// Letters and digits from one place on, in capitals, without what stands between them.
struct CodeRun {
    /// No code that is looked for is longer.
    static let longest = 20

    private(set) var characters: [UInt8] = []
    /// Where each character ends.
    private(set) var ends: [Int] = []
    /// The first character that has something other than a letter or digit before it, and the first with a space.
    private(set) var firstGap = Int.max
    private(set) var firstSpace = Int.max
    private(set) var hasSmallLetters = false

    init(at start: Int, in bytes: [UInt8]) {
        var position = start
        var gap = 0
        var hasSpace = false
        while position < bytes.count, characters.count < Self.longest {
            let byte = bytes[position]
            if byte.isASCIIAlphanumeric {
                if gap > 0 {
                    firstGap = min(firstGap, characters.count)
                    if hasSpace { firstSpace = min(firstSpace, characters.count) }
                }
                (gap, hasSpace) = (0, false)
                if byte > 0x60 { hasSmallLetters = true }
                characters.append(byte > 0x60 ? byte & 0xDF : byte)
                ends.append(position + 1)
            } else {
                gap += 1
                hasSpace = hasSpace || byte == UInt8(ascii: " ")
                guard gap < 3, " -./()".utf8.contains(byte) else { break }
            }
            position += 1
        }
    }

    /// Whether a word ends with the character before `count`.
    func isWhole(_ count: Int, in bytes: [UInt8]) -> Bool {
        let end = ends[count - 1]
        return end == bytes.count || !bytes[end].isASCIIAlphanumeric
    }
}

/// Finds codes of the kinds that ``CodeID`` lists.
struct CodeIDRule {
    let scan: Scan

    private static let byLength: [[CodeID]] = (0...CodeRun.longest).map { length in
        CodeID.all.filter { $0.shape.count == length }
    }

    /// What begins at a position; `nil` when it is none of these.
    func match(at start: Int) -> (kind: PIIKind, range: Range<Int>)? {
        let run = CodeRun(at: start, in: scan.bytes)
        var context: NumberContext?
        for count in stride(from: run.characters.count, through: 7, by: -1) where run.isWhole(count, in: scan.bytes) {
            for id in Self.byLength[count] where id.fits(run.characters[..<count]) {
                let range = start..<run.ends[count - 1]
                if run.firstSpace < count, !id.isSpaced { continue }
                if id.isCapital, run.hasSmallLetters { continue }
                let around = context ?? scan.context(of: range)
                context = around
                guard counts(id, range, around), id.isValid(run.characters[..<count]) else { continue }
                return (id.kind, range)
            }
        }
        return nil
    }

    private func counts(_ id: CodeID, _ range: Range<Int>, _ context: NumberContext) -> Bool {
        if context.says(id.cues) { return true }
        switch id.evidence {
        case .form:
            return !scan.isInsideWord(range.lowerBound) && !context.before.contains(.matter) || context.distance > 12
        case .alone: return isAlone(range)
        case .word: return false
        }
    }

    /// Whether the code is all that the message says.
    private func isAlone(_ range: Range<Int>) -> Bool {
        !scan.bytes[..<range.lowerBound].contains { $0.isASCIIAlphanumeric || $0 >= 0x80 }
            && !scan.bytes[range.upperBound...].contains { $0.isASCIIAlphanumeric || $0 >= 0x80 }
    }
}

extension ArraySlice<UInt8> {
    /// ASCII digits from a place on, as digits.
    func digits(_ start: Int, _ count: Int) -> ArraySlice<UInt8> {
        self[(startIndex + start)..<(startIndex + start + count)].map { $0 & 15 }[...]
    }

    /// The character at a place.
    func at(_ place: Int) -> UInt8 { self[startIndex + place] }

    /// A letter's place in the alphabet, from 0 on.
    func letter(_ place: Int) -> Int { Int(at(place)) - 65 }
}
