/// Numbers that have a form of their own in each country, found after (or right before) the word for them: passports, driving
/// licences, licence plates, postal codes.
struct DocumentRule {
    let scan: Scan

    private struct Sought {
        var kind: PIIKind
        var role: CueRoles
        var length: ClosedRange<Int>
        var digits: ClosedRange<Int>
        /// How many words it may have.
        var words: Int
        var needsLetter: Bool
    }

    private static let sought: [Sought] = [
        Sought(kind: .passport, role: .passport, length: 6...12, digits: 4...10, words: 2, needsLetter: false),
        Sought(kind: .driversLicense, role: .license, length: 5...20, digits: 4...18, words: 4, needsLetter: false),
        Sought(kind: .licensePlate, role: .plate, length: 4...9, digits: 1...5, words: 3, needsLetter: true),
        Sought(kind: .postcode, role: .postcode, length: 4...9, digits: 2...9, words: 2, needsLetter: false),
    ]

    func find(_ found: inout Findings) {
        for sought in Self.sought where scan.roles.contains(sought.role) {
            for cue in scan.cues where cue.roles.contains(sought.role) {
                if let range = value(after: cue.range.upperBound, sought) {
                    found.take(sought.kind, range)
                } else if let range = value(before: cue.range.lowerBound, sought) {
                    found.take(sought.kind, range)
                }
            }
        }
    }

    private func value(after end: Int, _ sought: Sought) -> Range<Int>? {
        var position = end
        // Over "number is", "Nr.:" and the like.
        for _ in 0..<6 {
            while position < scan.bytes.count, position - end < 40, " :#=.\t".utf8.contains(scan.bytes[position]) {
                position += 1
            }
            let word = word(at: position)
            guard !word.isEmpty, word.lowerBound - end < 40 else { return nil }
            if scan.bytes[word].contains(where: \.isASCIIDigit) || isCapital(word) {
                if let range = longest(from: word, sought) { return range }
            }
            guard !scan.bytes[word].contains(where: \.isASCIIDigit) else { return nil }
            position = word.upperBound
        }
        return nil
    }

    /// "AAA123456 is my passport number": the code before the word, with few words between.
    private func value(before start: Int, _ sought: Sought) -> Range<Int>? {
        guard sought.kind == .passport || sought.kind == .licensePlate else { return nil }
        guard let code = scan.codeBefore(start), start - code.upperBound <= 24,
            !scan.bytes[code.upperBound..<start].contains(UInt8(ascii: ".")),
            isFit(scan.bytes[code].filter(\.isASCIIAlphanumeric), sought)
        else { return nil }
        return code
    }

    private func word(at start: Int) -> Range<Int> {
        var end = start
        while end < scan.bytes.count, end - start < 24, scan.bytes[end].isASCIIAlphanumeric || scan.bytes[end] >= 0x80 {
            end += 1
        }
        return start..<end
    }

    private func isCapital(_ range: Range<Int>) -> Bool {
        range.count <= 4 && scan.bytes[range].allSatisfy { $0 >= 65 && $0 <= 90 }
    }

    /// The most words from here on that fit.
    private func longest(from first: Range<Int>, _ sought: Sought) -> Range<Int>? {
        var found: Range<Int>?
        var characters: [UInt8] = []
        var last = first
        for _ in 0..<sought.words {
            characters += scan.bytes[last]
            if isFit(characters, sought) { found = first.lowerBound..<last.upperBound }
            guard last.upperBound < scan.bytes.count, " -./".utf8.contains(scan.bytes[last.upperBound]) else { break }
            let next = word(at: last.upperBound + 1)
            guard !next.isEmpty, scan.bytes[next].contains(where: \.isASCIIDigit) || isCapital(next) else { break }
            last = next
        }
        return found
    }

    private func isFit(_ characters: [UInt8], _ sought: Sought) -> Bool {
        let digits = characters.count(where: \.isASCIIDigit)
        guard sought.length.contains(characters.count), sought.digits.contains(digits),
            characters.allSatisfy(\.isASCIIAlphanumeric)
        else { return false }
        return !sought.needsLetter || digits < characters.count
    }
}
