/// One step of a compiled pattern.
enum PatternStep: Sendable {
    case character(CharacterSet)
    case split(Int, Int)
    case jump(Int)
    case start, end
    case wordBoundary(Bool)
    case match
}

/// A pattern as it was read.
indirect enum PatternNode {
    case empty
    case character(CharacterSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
    case start, end
    case wordBoundary(Bool)
}

/// Characters, by ranges and by kind.
struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    /// Sets that belong to it as a whole: `\D` in `[\D5]`.
    var included: [CharacterSet] = []
    /// General categories by their first letter or both letters: `L`, `Lu`.
    var categories: [String] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed =
            ranges.contains { $0.contains(scalar.value) } || included.contains { $0.contains(scalar) }
            || categories.contains { scalar.properties.generalCategory.code.hasPrefix($0) }
        return isListed != isNegated
    }

    static let digit = CharacterSet(ranges: [0x30...0x39])
    static let word = CharacterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = CharacterSet(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let notLineEnd = CharacterSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

    /// The same with the other case of every letter.
    var ignoringCase: CharacterSet {
        var set = self
        set.included = included.map(\.ignoringCase)
        for range in ranges where range.count <= 0x200 {
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
                    if let one = other.unicodeScalars.first, other.unicodeScalars.count == 1 {
                        set.ranges.append(one.value...one.value)
                    }
                }
            }
        }
        return set
    }
}

extension Unicode.GeneralCategory {
    /// The two letters that stand for it in the Unicode standard.
    fileprivate var code: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}

/// Lays a pattern out as steps; what repeats is written out, within a bound.
struct PatternCompiler {
    let ignoresCase: Bool
    private var steps: [PatternStep] = []

    init(ignoresCase: Bool) {
        self.ignoresCase = ignoresCase
    }

    mutating func program(for node: PatternNode) throws(Pattern.Problem) -> [PatternStep] {
        try add(node)
        steps.append(.match)
        return steps
    }

    private mutating func add(_ node: PatternNode) throws(Pattern.Problem) {
        guard steps.count <= Pattern.sizeLimit else {
            throw .unsupported("it repeats so much that it grows beyond \(Pattern.sizeLimit) steps")
        }
        switch node {
        case .empty: break
        case .character(let set): steps.append(.character(ignoresCase ? set.ignoringCase : set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .wordBoundary(let isWanted): steps.append(.wordBoundary(isWanted))
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .choice(let nodes): try add(choice: nodes)
        case .repeated(let node, let least, let most): try add(node, least: least, most: most)
        }
    }

    private mutating func add(choice nodes: [PatternNode]) throws(Pattern.Problem) {
        var ends: [Int] = []
        for (place, node) in nodes.enumerated() {
            guard place < nodes.count - 1 else {
                try add(node)
                break
            }
            let split = steps.count
            steps.append(.split(split + 1, 0))
            try add(node)
            ends.append(steps.count)
            steps.append(.jump(0))
            steps[split] = .split(split + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func add(_ node: PatternNode, least: Int, most: Int?) throws(Pattern.Problem) {
        for _ in 0..<least { try add(node) }
        guard let most else {
            let split = steps.count
            steps.append(.split(split + 1, 0))
            try add(node)
            steps.append(.jump(split))
            steps[split] = .split(split + 1, steps.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(least, most) {
            splits.append(steps.count)
            steps.append(.split(steps.count + 1, 0))
            try add(node)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
}
