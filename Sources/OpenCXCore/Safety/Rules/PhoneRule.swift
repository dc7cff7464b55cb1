/// Telephone numbers: international ones by the plan of their country, national ones by their form, their plan or the words
/// around them.
///
/// Sources: ITU-T E.164 (calling codes, at most 15 digits), and the national plans in ``PhoneTable``.
struct PhoneRule {
    var run: NumberRun
    var context: NumberContext
    /// The regions whose numbers are found without a word for telephone beside them.
    var regions: [PhonePlan]

    private var plans: PhonePlans { .world }
    private var digits: [UInt8] { run.digits }

    /// How many groups of digits are a telephone number; `nil` when none are.
    var match: Int? {
        if run.isInsideCode, run.before != UInt8(ascii: "/") { return nil }
        if let international { return international }
        if digits.count < 5 || run.startsWithDate || isAmount || run.isInsideAccount { return nil }
        return northAmerican ?? afterWord ?? afterZero ?? inParentheses ?? ofRegion
    }

    // MARK: International

    /// After a plus, or after 00 or 011.
    private var international: Int? {
        if hasPlus { return international(from: 0) }
        if digits.starts(with: [0, 0]), digits.count >= 10, digits[2] != 0, !run.isInsideAccount {
            return international(from: 2)
        }
        if run.hasForm([3]), digits.starts(with: [0, 1, 1]), digits.count >= 11 { return international(from: 3) }
        return nil
    }

    private func international(from start: Int) -> Int? {
        guard let (length, regions) = plans.plans(for: digits.dropFirst(start)) else { return nil }
        let national = start + length
        var loose: Int?
        var strict: Int?
        for count in stride(from: run.parts.count, through: 1, by: -1) where mayEnd(count) {
            let total = run.total(count)
            guard total - national >= 4, total - start <= 15 else { continue }
            let candidates = nationals(from: national, to: total)
            if candidates.contains(where: { number in regions.contains { plans.regions[$0].accepts(number) } }) {
                // More groups may be another number: the shortest one that is long enough counts, if what follows is long.
                if let longer = strict, total - national < 9 || run.parts[count].range.count < 4 || longer == count {
                    continue
                }
                strict = count
            } else if loose == nil, total - start >= 8,
                candidates.contains(where: { number in
                    regions.contains { plans.regions[$0].lengths & 1 << UInt32(number.count) != 0 }
                })
            {
                loose = count
            }
        }
        return strict ?? loose
    }

    /// The digits after a calling code, also without a zero in parentheses or a trunk prefix that does not belong there.
    private func nationals(from start: Int, to end: Int) -> [ArraySlice<UInt8>] {
        let number = digits[start..<end]
        return number.first == 0 ? [number, number.dropFirst()] : [number]
    }

    private var hasPlus: Bool {
        var position = run.start - 1
        let bytes = run.scan.bytes
        while position >= 0, run.start - position <= 3 {
            switch bytes[position] {
            case UInt8(ascii: "+"):
                return position == 0 || !bytes[position - 1].isASCIIDigit
            case UInt8(ascii: "("), UInt8(ascii: " "): position -= 1
            default: return false
            }
        }
        return false
    }

    // MARK: National

    /// Three, three and four digits, the first of them an area code of North America; a one may stand before.
    private var northAmerican: Int? {
        let hasOne = digits[0] == 1 && (run.hasForm([1, 3, 3, 4]) || run.hasForm([1, 10]) || run.hasForm([11]))
        let area = hasOne ? 1 : 0
        let count: Int
        if run.hasForm(hasOne ? [1, 3, 3, 4] : [3, 3, 4]) {
            count = hasOne ? 4 : 3
            // A space in the middle and other signs around it, as in "415 555-2671", are written too.
            guard digits.count >= area + 10, !isTiedMatter else { return nil }
        } else if run.hasForm(hasOne ? [1, 3, 7] : [3, 7]) {
            count = hasOne ? 3 : 2
            guard !context.isMatter else { return nil }
        } else if run.hasForm(hasOne ? [1, 10] : [10]) || run.hasForm([11]) && hasOne {
            count = hasOne && run.hasForm([1]) ? 2 : 1
            guard digits[area + 3] > 1, !context.isMatter, context.before.isDisjoint(with: Self.otherNumbers),
                regions.contains(where: { $0.callingCode == 1 })
            else { return nil }
        } else {
            return nil
        }
        guard digits.count >= area + 10, digits[area] > 1, mayEnd(count),
            plans.isNorthAmericanArea(digits[area..<area + 3])
        else { return nil }
        return count
    }

    /// Any number after a word for telephone, or right before one.
    private var afterWord: Int? {
        let isPhone = context.says(.phone) || context.isTied && context.after.contains(.line)
        let isNumber = context.says(.number) && !context.isMatter
        guard isPhone || isNumber else { return nil }
        var found: Int?
        for count in stride(from: run.parts.count, through: 1, by: -1) where mayEnd(count) {
            let total = run.total(count)
            guard total <= (count == 1 ? 12 : 15), !isTime(count) else { continue }
            if isNumber, !isPhone {
                guard total >= 7, plans.acceptsSomewhere(digits[..<total]) else { continue }
            } else if total < 7 {
                // Short numbers are numbers of small countries, right beside the word.
                guard total >= 5, isBeside, plans.acceptsSomewhere(digits[..<total]) else { continue }
            }
            if found != nil, total < 8 || run.parts[count].range.count < 5 { continue }
            found = count
        }
        return found
    }

    /// A number with a trunk prefix of 0, in groups or not.
    private var afterZero: Int? {
        guard digits[0] == 0, digits[1] != 0, !context.isMatter || run.parts.count > 2 && !isTiedMatter,
            context.before.isDisjoint(with: Self.otherNumbers)
        else { return nil }
        for count in stride(from: min(6, run.parts.count), through: 1, by: -1) where mayEnd(count) {
            let total = run.total(count)
            guard (9...12).contains(total), plans.acceptsAfterZero(digits[..<total]) else { continue }
            if count == 1, !(10...11).contains(total) { continue }
            return count
        }
        return nil
    }

    /// "(64) 3591-3246": nothing else has its first digits in parentheses.
    private var inParentheses: Int? {
        guard run.before == UInt8(ascii: "("), run.parts.count > 1, run.parts[1].separators.contains(.parenthesis),
            (2...5).contains(run.total(1)), !isTiedMatter
        else { return nil }
        for count in stride(from: min(5, run.parts.count), through: 2, by: -1) where mayEnd(count) {
            if (7...12).contains(run.total(count)) { return count }
        }
        return nil
    }

    /// A number of a region that is served, in the groups it is written in there.
    private var ofRegion: Int? {
        guard run.parts.count > 2, digits[0] > 1 || digits[0] == 0, !context.isMatter,
            context.before.isDisjoint(with: Self.otherNumbers)
        else { return nil }
        for count in stride(from: min(5, run.parts.count), through: 3, by: -1) where mayEnd(count) && run.isEven(count)
        {
            let total = run.total(count)
            guard (8...11).contains(total), run.parts[1..<count].allSatisfy({ $0.range.count < 5 }) else { continue }
            if regions.contains(where: { $0.callingCode != 1 && $0.acceptsNational(digits[..<total]) }) { return count }
        }
        return nil
    }

    // MARK: Around it

    /// What makes a bare number something else.
    private static let otherNumbers: CueRoles = [
        .card, .bank, .iban, .socialSecurity, .nationalID, .tax, .vat, .health, .passport, .license, .plate, .company,
        .key,
        .wallet,
    ]

    /// Right behind "order", "invoice" and the like.
    private var isTiedMatter: Bool { context.isMatter && context.distance <= 9 && !context.isTaken }

    private var isBeside: Bool {
        context.distance <= 8 && !context.isTaken
            || context.after.contains(.phone) && (context.isTied || context.isSaid)
    }

    private func mayEnd(_ count: Int) -> Bool { run.isWhole(count) && !isFollowedByLetter(count) }

    private func isFollowedByLetter(_ count: Int) -> Bool {
        guard let after = run.after(count), after.isASCIIAlphanumeric else { return false }
        return run.parts[count - 1].range.upperBound == run.scan.groups[run.first + count - 1].extended
    }

    /// "5.99", "1,299", "$5": the digits are a sum.
    private var isAmount: Bool {
        if let before = run.before, before == UInt8(ascii: "$") { return true }
        return run.parts.count == 2 && run.parts[1].separators == .dot && digits[0] != 0
    }

    private func isTime(_ count: Int) -> Bool { run.after(count) == UInt8(ascii: ":") && run.total(count) < 7 }
}
