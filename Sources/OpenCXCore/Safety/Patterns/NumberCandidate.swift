/// Digits with the separators people put between them, and what kind of number they could be.
struct NumberCandidate {
    let range: Range<Int>
    private let digits: [UInt8]
    private let groups: [Int]
    private let separators: Set<UInt8>
    private let isInternational: Bool
    private let hasContext: Bool

    init?(at start: Int, in bytes: [UInt8]) {
        var digits: [UInt8] = []
        var groups: [Int] = []
        var separators: Set<UInt8> = []
        var pending: [UInt8] = []
        var position = start
        var end = start
        let plus = UInt8(ascii: "+")
        while position < bytes.count, digits.count < 20 {
            let byte = bytes[position]
            if byte.isASCIIDigit {
                if position == end, !groups.isEmpty {
                    groups[groups.count - 1] += 1
                } else {
                    groups.append(1)
                }
                digits.append(byte - 48)
                separators.formUnion(pending)
                pending = []
                end = position + 1
            } else if byte == plus ? position == start : " -.()/".utf8.contains(byte) {
                // Two separators may meet, as in "(030) 123"; three end the number.
                if position - end >= 2, position > start { break }
                pending.append(byte)
            } else {
                break
            }
            position += 1
        }
        guard digits.count >= 7, digits.count < 20 else { return nil }
        // A number that runs on into letters or digits is a code of some kind.
        if end < bytes.count, bytes[end].isASCIIAlphanumeric { return nil }
        if start > 1, bytes[start - 1] == UInt8(ascii: "-"), bytes[start - 2].isASCIIAlphanumeric { return nil }
        self.digits = digits
        self.groups = groups
        self.separators = separators
        isInternational = bytes[start] == plus || digits.starts(with: [0, 0])
        range = start..<end
        hasContext = Self.speaksOfPhones(bytes[max(0, start - 32)..<start])
    }

    /// 13 to 19 digits, an issuer's first digits, and the right check digit (ISO/IEC 7812).
    var isPaymentCard: Bool {
        guard (13...19).contains(digits.count), !isInternational || digits.count > 15 else { return false }
        let four = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        guard (3000...6999).contains(four) || (2221...2720).contains(four) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = Int(digit) * (place % 2 == 0 ? 1 : 2)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// Three, two and four digits, in the ranges that were ever given out.
    var isSocialSecurityNumber: Bool {
        guard groups == [3, 2, 4], separators.count == 1 else { return false }
        let area = digits[..<3].reduce(0) { $0 * 10 + Int($1) }
        return area != 0 && area != 666 && area < 900 && digits[3...4] != [0, 0] && digits[5...] != [0, 0, 0, 0]
    }

    /// An international number; or a national one in a form that nothing else has; or any number after a word for telephone.
    var isPhone: Bool {
        if isInternational { return (9...16).contains(digits.count) }
        if groups == [3, 3, 4], !separators.isEmpty { return digits[0] > 1 }
        if isDate { return false }
        if digits[0] == 0, (9...12).contains(digits.count), groups.count < 6 {
            return !separators.isEmpty || hasContext || digits.count >= 10
        }
        return hasContext && (7...15).contains(digits.count)
    }

    private var isDate: Bool {
        groups.count == 3 && (groups == [2, 2, 4] || groups == [4, 2, 2]) && !separators.contains(UInt8(ascii: " "))
    }

    private static func speaksOfPhones(_ before: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: before, as: UTF8.self).lowercased()
        let words = text.split { !$0.isLetter }
        let signs: Set<Substring> = [
            "phone", "tel", "telephone", "mobile", "cell", "call", "ring", "text", "whatsapp", "sms", "fax", "telefon",
            "handy", "anrufen", "rufnummer", "mobil", "telefono", "teléfono", "téléphone", "portable",
        ]
        return words.contains { signs.contains($0) }
    }
}
