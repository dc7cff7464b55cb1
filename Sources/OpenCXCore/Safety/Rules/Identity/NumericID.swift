/// A kind of number that a state, an insurer or a bank gives out, made of digits only.
struct NumericID: Sendable {
    /// When a number with the right check digits counts.
    enum Evidence: Sendable {
        /// Always: its check digits or its date leave little to chance.
        case form
        /// In the groups that it is written in, or after a word for it.
        case groups
        /// After a word for it only.
        case word
    }

    var kind: PIIKind
    var length: Int
    /// How its digits are grouped where it is written down.
    var groups: [[Int]]
    /// The signs between those groups: any if empty.
    var separators: NumberRun.Separators
    /// The words for it.
    var cues: CueRoles
    var evidence: Evidence
    /// Whether the digits are such a number.
    var isValid: @Sendable (ArraySlice<UInt8>) -> Bool

    init(
        _ kind: PIIKind, _ length: Int, _ groups: [[Int]] = [], by separators: NumberRun.Separators = [],
        after cues: CueRoles = .nationalID, _ evidence: Evidence = .word,
        isValid: @escaping @Sendable (ArraySlice<UInt8>) -> Bool
    ) {
        self.kind = kind
        self.length = length
        self.groups = groups
        self.separators = separators
        self.cues = cues
        self.evidence = evidence
        self.isValid = isValid
    }
}

/// Finds numbers of the kinds that ``NumericID`` lists.
struct NumericIDRule {
    var run: NumberRun
    var context: NumberContext

    private static let byLength: [[NumericID]] = (0...19).map { length in NumericID.all.filter { $0.length == length } }

    /// What the number is, and how many groups of digits it has; `nil` when it is none of these.
    var match: (kind: PIIKind, count: Int)? {
        guard run.digits.count >= 6, !run.isInsideCode, run.before != UInt8(ascii: "+") else { return nil }
        for count in stride(from: run.parts.count, through: 1, by: -1) where run.total(count) < 20 {
            let candidates = Self.byLength[run.total(count)]
            if candidates.isEmpty || !run.isWhole(count) || run.after(count)?.isASCIIAlphanumeric == true { continue }
            let digits = run.digits[..<run.total(count)]
            // The one that the words speak of comes before one that only has the form.
            if let id = candidates.first(where: { context.says($0.cues) && $0.isValid(digits) }) {
                return (id.kind, count)
            }
            if let id = candidates.first(where: { counts($0, count) && $0.isValid(digits) }) { return (id.kind, count) }
        }
        return nil
    }

    /// Whether the form alone is enough.
    private func counts(_ id: NumericID, _ count: Int) -> Bool {
        if context.isMatter || id.evidence == .word || context.says([.phone, .card, .bank, .key]) { return false }
        if count == 1 { return id.evidence == .form }
        // A part of a longer row of groups is none.
        if run.isChained || count < run.parts.count && run.parts[count].separators == run.parts[count - 1].separators {
            return false
        }
        guard id.separators.isEmpty || run.parts[1].separators == id.separators else { return false }
        return id.groups.contains { $0.count == count && run.hasForm($0) }
    }
}

/// Dates inside of numbers.
enum DatedNumber {
    /// Whether two digits each are a day and a month.
    static func isDay(_ day: ArraySlice<UInt8>, _ month: ArraySlice<UInt8>) -> Bool {
        isDay(number(day), number(month))
    }

    static func isDay(_ day: Int, _ month: Int) -> Bool {
        (1...12).contains(month) && (1...31).contains(day) && (day < 31 || ![2, 4, 6, 9, 11].contains(month))
            && (day < 30 || month != 2)
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1) } }
}

extension ArraySlice<UInt8> {
    /// The number that `count` digits from `start` on are, counted from the first of these digits.
    func number(_ start: Int, _ count: Int) -> Int {
        let first = startIndex + start
        return DatedNumber.number(self[first..<first + count])
    }

    /// The digit at a place counted from the first of these.
    func digit(_ place: Int) -> Int { Int(self[startIndex + place]) }

    /// The sum of the leading digits times weights.
    func weighted(_ weights: [Int]) -> Int { CheckDigits.weighted(self, weights) }

    /// Whether they all are the same.
    var isUniform: Bool { allSatisfy { $0 == first } }
}
