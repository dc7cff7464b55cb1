/// United States social security numbers (Social Security Administration) and taxpayer numbers in the same form (ITIN, Internal
/// Revenue Service): three, two and four digits, in the ranges that were ever given out.
struct SocialSecurityRule {
    var run: NumberRun
    var context: NumberContext

    /// How many groups of digits are such a number; `nil` when none are.
    var match: Int? {
        let digits = run.digits
        guard digits.count >= 9, !run.isInsideCode else { return nil }
        let isAnnounced = context.says([.socialSecurity])
        let count: Int
        if run.hasForm([3, 2, 4]) {
            count = 3
            guard run.isEven(3) || isAnnounced else { return nil }
            if run.parts[1].separators.contains(.slash) { return nil }
            if context.isMatter, context.distance <= 12 { return nil }
            if run.parts[1].separators != .hyphen, !context.before.isDisjoint(with: .phone) { return nil }
        } else if isAnnounced, let exact = run.parts.firstIndex(where: { $0.total == 9 }) {
            count = exact + 1
        } else {
            return nil
        }
        guard run.total(count) == 9, run.isWhole(count), run.after(count)?.isASCIIAlphanumeric != true else {
            return nil
        }
        return Self.isGivenOut(digits) ? count : nil
    }

    private static func isGivenOut(_ digits: [UInt8]) -> Bool {
        let area = digits[..<3].reduce(0) { $0 * 10 + Int($1) }
        let group = Int(digits[3]) * 10 + Int(digits[4])
        guard area != 0, area != 666, group != 0, digits[5...8] != [0, 0, 0, 0] else { return false }
        if area < 900 { return true }
        // From 900 on it is an ITIN.
        return (50...65).contains(group) || (70...88).contains(group) || (90...92).contains(group) || group >= 94
    }
}
