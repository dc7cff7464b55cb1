/// Digits with the separators people put between them, and which kinds of number they could begin with.
///
/// What stands after a number may be another one (an expiry date, a year), so each stretch that ends with a group of digits is
/// looked at, the longest first.
struct NumberCandidate {
    private struct Group {
        var range: Range<Int>
        /// How many digits there are up to its end.
        var total: Int
        /// The separators before it, one bit each; none before the first.
        var separators: UInt8
    }

    /// No number that is looked for has more digits.
    private static let longest = 19
    private static let space: UInt8 = 1

    private let bytes: [UInt8]
    private let start: Int
    private let digits: [UInt8]
    private let groups: [Group]

    init?(at start: Int, in bytes: [UInt8]) {
        (digits, groups) = Self.read(bytes, from: start)
        guard groups.last.map({ $0.total >= 7 }) == true else { return nil }
        self.bytes = bytes
        self.start = start
    }

    /// Reads at most ``longest`` digits, in whole groups.
    private static func read(_ bytes: [UInt8], from start: Int) -> ([UInt8], [Group]) {
        var digits: [UInt8] = []
        var groups: [Group] = []
        digits.reserveCapacity(longest + 1)
        groups.reserveCapacity(longest + 1)
        var pending: UInt8 = 0
        var position = start
        var end = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte.isASCIIDigit {
                digits.append(byte - 48)
                if digits.count > longest {
                    if position == end, !groups.isEmpty { groups.removeLast() }
                    break
                }
                if position == end, !groups.isEmpty {
                    let last = groups.count - 1
                    groups[last].range = groups[last].range.lowerBound..<(position + 1)
                    groups[last].total += 1
                } else {
                    let before = groups.isEmpty ? 0 : pending
                    groups.append(
                        Group(range: position..<(position + 1), total: digits.count, separators: before))
                }
                pending = 0
                end = position + 1
            } else if byte == UInt8(ascii: "+") {
                if position > start { break }
            } else if let separator = separator(byte) {
                // Two separators may meet, as in "(030) 123"; three end the number.
                if position - end >= 2, position > start { break }
                pending |= separator
            } else {
                break
            }
            position += 1
        }
        return (digits, groups)
    }

    private static func separator(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: " "): space
        case UInt8(ascii: "-"): 2
        case UInt8(ascii: "."): 4
        case UInt8(ascii: "("), UInt8(ascii: ")"): 8
        case UInt8(ascii: "/"): 16
        default: nil
        }
    }

    // MARK: Kinds

    /// 13 to 19 digits, an issuer's first digits, and the right check digit (ISO/IEC 7812); after a word for a card 12 will do,
    /// from any issuer.
    var paymentCard: Range<Int>? {
        guard digits.count >= 12 else { return nil }
        let valid = Self.lengthsWithCheckDigit(digits)
        if valid == 0 { return nil }
        let isAnnounced = follows(Self.cardWords)
        guard isAnnounced || hasIssuer else { return nil }
        return longestPrefix { _, total in
            total >= (isAnnounced ? 12 : 13) && valid & 1 << UInt32(total) != 0 && (!isInternational || total > 15)
        }
    }

    /// Three, two and four digits, in the ranges that were ever given out.
    var socialSecurityNumber: Range<Int>? {
        guard !isInsideCode, hasForm([3, 2, 4]), isPlain(1), isPlain(2), groups[1].separators == groups[2].separators
        else { return nil }
        let area = digits[..<3].reduce(0) { $0 * 10 + Int($1) }
        guard area != 0, area != 666, area < 900, digits[3...4] != [0, 0], digits[5...8] != [0, 0, 0, 0] else {
            return nil
        }
        return whole(3)
    }

    /// A North American number; or an international one; or a national one in a form that nothing else has; or any number
    /// after a word for telephone.
    var phone: Range<Int>? {
        if isInsideCode { return nil }
        if hasForm([3, 3, 4]), digits[0] > 1, let range = whole(3) { return range }
        if hasForm([1, 3, 3, 4]), digits[0] == 1, let range = whole(4) { return range }
        if isInternational {
            return beforeCard(
                longestPrefix { count, total in
                    (9...16).contains(total) && isWhole(count)
                })
        }
        if startsWithDate { return nil }
        let hasContext = follows(Self.phoneWords)
        let isNational = digits[0] == 0 && digits[1] != 0
        guard isNational || hasContext else { return nil }
        return beforeCard(
            longestPrefix { count, total in
                guard isWhole(count) else { return false }
                if isNational, (9...12).contains(total), count < 6 { return count > 1 || hasContext || total >= 10 }
                return hasContext && (7...15).contains(total)
            })
    }

    // MARK: Forms

    private var isInternational: Bool { bytes[start] == UInt8(ascii: "+") || digits[..<2] == [0, 0] && digits[2] != 0 }

    /// "FH-10423": the digits belong to what is before the hyphen.
    private var isInsideCode: Bool {
        start > 1 && bytes[start - 1] == UInt8(ascii: "-") && bytes[start - 2].isASCIIAlphanumeric
    }

    private var startsWithDate: Bool {
        (hasForm([2, 2, 4]) || hasForm([4, 2, 2])) && (groups[1].separators | groups[2].separators) & Self.space == 0
    }

    /// Whether the first groups have these lengths.
    private func hasForm(_ lengths: [Int]) -> Bool {
        groups.count >= lengths.count && zip(groups, lengths).allSatisfy { $0.range.count == $1 }
    }

    /// Whether a group is set off by one kind of separator.
    private func isPlain(_ group: Int) -> Bool { groups[group].separators.nonzeroBitCount == 1 }

    /// The range up to the end of a group, if no letter follows and the next digits are not tied to it.
    private func whole(_ count: Int) -> Range<Int>? {
        isWhole(count) && !runsIntoLetter(count) ? start..<groups[count - 1].range.upperBound : nil
    }

    /// A hyphen or dot right before more digits makes them part of the number.
    private func isWhole(_ count: Int) -> Bool {
        let end = groups[count - 1].range.upperBound
        guard end + 1 < bytes.count, bytes[end + 1].isASCIIDigit else { return true }
        return bytes[end] != UInt8(ascii: "-") && bytes[end] != UInt8(ascii: ".")
    }

    /// A number that runs on into letters is a code of some kind.
    private func runsIntoLetter(_ count: Int) -> Bool {
        let end = groups[count - 1].range.upperBound
        return end < bytes.count && bytes[end].isASCIIAlphanumeric
    }

    /// The range up to the last group of which this holds, given the number of groups and of digits.
    private func longestPrefix(where holds: (_ count: Int, _ total: Int) -> Bool) -> Range<Int>? {
        for count in stride(from: groups.count, through: 1, by: -1)
        where holds(count, groups[count - 1].total) && !runsIntoLetter(count) {
            return start..<groups[count - 1].range.upperBound
        }
        return nil
    }

    /// A telephone number without the payment card that follows it.
    private func beforeCard(_ phone: Range<Int>?) -> Range<Int>? {
        guard let phone else { return nil }
        let ends = groups.indices.dropLast().filter { count in
            let next = groups[count + 1].range.lowerBound
            return next < phone.upperBound && NumberCandidate(at: next, in: bytes)?.paymentCard != nil
        }
        if ends.isEmpty { return phone }
        return ends.first { groups[$0].total >= 7 }.map { start..<groups[$0].range.upperBound }
    }

    private var hasIssuer: Bool {
        let four = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        return (3000...6999).contains(four) || (2221...2720).contains(four)
    }

    /// The lengths, one bit each, at which the last digit is the right check digit for those before it.
    private static func lengthsWithCheckDigit(_ digits: [UInt8]) -> UInt32 {
        // One sum for even lengths and one for odd ones: which digits count double depends on the length.
        var sums: (UInt8, UInt8) = (0, 0)
        var lengths: UInt32 = 0
        for (place, digit) in digits.prefix(longest).enumerated() {
            let doubled = digit > 4 ? 2 * digit - 9 : 2 * digit
            sums.0 += place % 2 == 0 ? doubled : digit
            sums.1 += place % 2 == 0 ? digit : doubled
            let length = place + 1
            if length >= 12, (length % 2 == 0 ? sums.0 : sums.1) % 10 == 0 { lengths |= 1 << UInt32(length) }
        }
        return lengths
    }

    /// Whether one of these words stands shortly before the number.
    private func follows(_ signs: Set<Substring>) -> Bool {
        let before = bytes[max(0, start - 32)..<start]
        guard before.contains(where: \.isASCIILetter) else { return false }
        let text = String(decoding: before, as: UTF8.self).lowercased()
        return text.split { !$0.isLetter }.contains { signs.contains($0) }
    }

    private static let phoneWords: Set<Substring> = [
        "phone", "tel", "telephone", "mobile", "cell", "call", "ring", "text", "whatsapp", "sms", "fax", "telefon",
        "handy", "anrufen", "rufnummer", "mobil", "telefono", "teléfono", "téléphone", "portable",
    ]
    private static let cardWords: Set<Substring> = [
        "card", "visa", "mastercard", "amex", "maestro", "karte", "kreditkarte", "tarjeta", "carte", "carta", "cartão",
    ]
}
