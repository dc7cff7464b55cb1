/// Payment cards (ISO/IEC 7812): an issuer's first digits, a length that the issuer has, and the right check digit (Luhn).
///
/// The issuers' ranges are those the networks publish; after a word for a card any issuer will do.
struct CardRule {
    var run: NumberRun
    var context: NumberContext

    /// How many groups of digits are a card's number; `nil` when none are.
    var match: Int? {
        let digits = run.digits
        guard digits.count >= 12 else { return nil }
        let valid = CheckDigits.luhnLengths(digits)
        if valid == 0 { return nil }
        let isAnnounced = context.says(.card)
        if run.isInsideCode { return isAnnounced || isInGroups ? matchInsideCode(valid, isAnnounced) : nil }
        if !isAnnounced, context.before.contains(.matter), run.digits.count < 15, context.distance <= 12 { return nil }
        for count in stride(from: run.parts.count, through: 1, by: -1) {
            let total = run.total(count)
            guard total >= 12, total <= 19, valid & 1 << UInt32(total) != 0,
                run.after(count)?.isASCIIAlphanumeric != true
            else { continue }
            if Self.hasIssuer(digits, total) { return count }
            // A short number that is part of a longer one is a mistyped one, and not a card.
            if isAnnounced, total > 13 || count == run.parts.count && !run.isChained { return count }
        }
        return nil
    }

    /// "Visa/4111 1111 1111 1111": what is tied to a word may still be a card's number, though not part of one.
    private func matchInsideCode(_ valid: UInt32, _ isAnnounced: Bool) -> Int? {
        (1...run.parts.count).last { count in
            let total = run.total(count)
            return total >= (isAnnounced ? 12 : 15) && total <= 19 && valid & 1 << UInt32(total) != 0
                && run.after(count)?.isASCIIAlphanumeric != true && Self.hasIssuer(run.digits, total)
        }
    }

    /// Whether the digits are written as they are on a card.
    private var isInGroups: Bool {
        let lengths = run.parts.prefix(4).map(\.range.count)
        return lengths == [4, 4, 4, 4] || lengths.prefix(3) == [4, 6, 5]
    }

    private static func hasIssuer(_ digits: [UInt8], _ length: Int) -> Bool {
        let four = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        switch four {
        case 4000...4999: return length == 16 || length == 19  // Visa
        case 5100...5599, 2221...2720: return length == 16  // Mastercard
        case 2200...2204: return length >= 16  // Mir
        case 3400...3499, 3700...3799: return length == 15  // American Express
        case 3000...3059, 3095, 3600...3699, 3800...3999: return length == 14 || length >= 16  // Diners Club
        case 3528...3589: return length >= 16  // JCB
        case 1800, 2131: return length == 15  // JCB
        case 6011, 6440...6599: return length >= 16  // Discover
        case 6200...6299, 8100...8199: return length >= 16  // UnionPay
        case 8200...8299: return length == 16  // RuPay
        case 9792: return length == 16  // Troy
        case 5000...5099, 5600...6999: return length == 16 || length >= 18  // Maestro, Elo, Verve and others
        default: return false
        }
    }
}
