/// Digits from one place on, with the separators people put between them.
///
/// What stands after a number may be another one (an expiry date, a year), so a rule looks at each stretch that ends with a
/// group of digits. The stretch is bounded, so a text of nothing but digits is read in linear time.
struct NumberRun {
    struct Separators: OptionSet {
        var rawValue: UInt8
        static let space = Separators(rawValue: 1)
        static let hyphen = Separators(rawValue: 2)
        static let dot = Separators(rawValue: 4)
        static let parenthesis = Separators(rawValue: 8)
        static let slash = Separators(rawValue: 16)
        static let other = Separators(rawValue: 32)
    }

    struct Part {
        var range: Range<Int>
        /// How many digits there are up to its end.
        var total: Int
        /// What stands before it; nothing before the first.
        var separators: Separators
        /// How many characters stand before it.
        var gap: Int
    }

    /// No number that is looked for has more digits.
    static let longest = 19

    let scan: Scan
    let first: Int
    private(set) var digits: [UInt8] = []
    private(set) var parts: [Part] = []

    /// The number that begins with a group of digits.
    init(_ scan: Scan, from first: Int) {
        self.scan = scan
        self.first = first
        var index = first
        while index < scan.groups.count {
            let group = scan.groups[index]
            var separators: Separators = []
            if index > first {
                guard
                    let between = Self.separators(
                        scan.bytes, parts[index - first - 1].range.upperBound, group.range.lowerBound)
                else { break }
                separators = between
            }
            guard digits.count + group.range.count <= Self.longest || index == first else { break }
            digits.append(contentsOf: scan.bytes[group.range].lazy.prefix(Self.longest + 1).map { $0 - 48 })
            let gap = index > first ? group.range.lowerBound - parts[index - first - 1].range.upperBound : 0
            parts.append(Part(range: group.range, total: digits.count, separators: separators, gap: gap))
            if group.extended > group.range.upperBound { break }
            index += 1
        }
    }

    /// What stands between two groups of digits, where they may belong together.
    private static func separators(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Separators? {
        guard end - start <= 4, start < end else { return nil }
        var found: Separators = []
        for byte in bytes[start..<end] {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): found.insert(.space)
            case UInt8(ascii: "-"): found.insert(.hyphen)
            case UInt8(ascii: "."): found.insert(.dot)
            case UInt8(ascii: "("), UInt8(ascii: ")"): found.insert(.parenthesis)
            case UInt8(ascii: "/"): found.insert(.slash)
            case UInt8(ascii: "_"), UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "~"): found.insert(.other)
            default: return nil
            }
        }
        return found
    }

    var start: Int { parts[0].range.lowerBound }

    /// From the first digit up to the end of a group.
    func range(_ count: Int) -> Range<Int> { start..<parts[count - 1].range.upperBound }

    func total(_ count: Int) -> Int { parts[count - 1].total }

    /// The byte before the first digit, where there is one.
    var before: UInt8? { start > 0 ? scan.bytes[start - 1] : nil }

    /// The byte after a group, where there is one and nothing of no width stands between.
    func after(_ count: Int) -> UInt8? {
        let end = parts[count - 1].range.upperBound
        return end < scan.bytes.count && !scan.text.isSeam(end) ? scan.bytes[end] : nil
    }

    /// Whether the number ends with this group: no hyphen, dot or slash ties more digits to it.
    func isWhole(_ count: Int) -> Bool {
        let end = parts[count - 1].range.upperBound
        guard end + 1 < scan.bytes.count, scan.bytes[end + 1].isASCIIDigit else { return true }
        switch scan.bytes[end] {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "_"): return false
        case UInt8(ascii: ","): return parts[count - 1].range.count > 3
        default: return true
        }
    }

    /// Whether the digits belong to what is right before them: "FH-10423", "3.14", "#5".
    var isInsideCode: Bool {
        guard let before else { return false }
        let beyond = start > 1 ? scan.bytes[start - 2] : UInt8(ascii: " ")
        switch before {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "_"):
            return beyond.isASCIIAlphanumeric || beyond >= 0x80
        case UInt8(ascii: "."), UInt8(ascii: ","): return beyond.isASCIIDigit
        case UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "\\"): return true
        case UInt8(ascii: "="): return false
        default: return false
        }
    }

    /// Whether digits stand before the first one, a sign away: the number is the rest of a longer one.
    var isChained: Bool {
        guard let before, start > 1 else { return false }
        return " -./".utf8.contains(before) && scan.bytes[start - 2].isASCIIDigit
    }

    /// Whether the digits follow two letters and two digits in groups, as in an account number that did not pass its check.
    var isInsideAccount: Bool {
        var end = start
        for _ in 0..<8 {
            guard end > 1, " -.".utf8.contains(scan.bytes[end - 1]) else { return false }
            var first = end - 1
            while first > 0, end - first < 7, scan.bytes[first - 1].isASCIIAlphanumeric { first -= 1 }
            let word = scan.bytes[first..<end - 1]
            guard (2...4).contains(word.count) else { return false }
            if word.count == 4, word.prefix(2).allSatisfy(\.isASCIILetter), word.dropFirst(2).allSatisfy(\.isASCIIDigit)
            {
                return true
            }
            guard word.contains(where: \.isASCIIDigit) || !word.contains(where: { $0 > 0x60 }) else { return false }
            end = first
        }
        return false
    }

    /// Whether the groups have these lengths.
    func hasForm(_ lengths: [Int]) -> Bool {
        guard parts.count >= lengths.count else { return false }
        for (part, length) in zip(parts, lengths) where part.range.count != length { return false }
        return true
    }

    /// Whether groups 2 to `count` are set off by the same single separator.
    func isEven(_ count: Int) -> Bool {
        guard count > 1 else { return true }
        let separators = parts[1].separators
        return parts[1..<count].allSatisfy { $0.separators == separators && $0.gap == 1 }
    }

    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }

    /// Whether the first three groups are a date, or the one group is.
    var startsWithDate: Bool {
        if parts.count >= 3, parts[1].separators == parts[2].separators, parts[1].gap == 1 {
            let counts = parts.prefix(3).map(\.range.count)
            let values = [number(0..<total(1)), number(total(1)..<total(2)), number(total(2)..<total(3))]
            if counts[0] == 4 {
                return isYear(values[0]) && counts[1] <= 2 && counts[2] <= 2 && isDay(values[1], values[2])
            }
            if counts[0] <= 2, counts[1] <= 2, counts[2] == 4 {
                return isYear(values[2]) && isDay(values[0], values[1])
            }
        }
        return false
    }

    private func isYear(_ value: Int) -> Bool { (1900...2100).contains(value) }
    private func isDay(_ first: Int, _ second: Int) -> Bool {
        (1...31).contains(first) && (1...31).contains(second) && min(first, second) <= 12
    }
}
