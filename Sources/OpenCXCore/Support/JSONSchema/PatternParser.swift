/// Reads a regular expression.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    /// Whether it starts with `(?i)`, as other dialects have it.
    let ignoresCase: Bool

    static let depthLimit = 50
    static let repeatLimit = 5000

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        ignoresCase = scalars.starts(with: "(?i)".unicodeScalars)
        if ignoresCase { scalars.removeFirst(4) }
        self.scalars = scalars
    }

    mutating func pattern() throws(Pattern.Problem) -> PatternNode {
        let node = try choice()
        guard position == scalars.count else { throw .malformed("a closing parenthesis has no opening one") }
        return node
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = "\(text)".unicodeScalars
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func choice() throws(Pattern.Problem) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw .unsupported("its parentheses are nested too deep") }
        var branches = [try sequence()]
        while take("|" as Unicode.Scalar) { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(Pattern.Problem) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let atom = try atom(scalar)
            nodes.append(try repeated(atom))
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws(Pattern.Problem) -> PatternNode {
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .character(.notLineEnd)
        case "(": return try group()
        case "[": return .character(try characterClass())
        case "*", "+", "?": throw .malformed("there is nothing to repeat before \(scalar)")
        case "\\": return try escaped()
        default: return .character(CharacterSet(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func group() throws(Pattern.Problem) -> PatternNode {
        if take("?=") || take("?!") || take("?<=") || take("?<!") {
            throw .unsupported("it looks ahead or behind")
        }
        if take("?<") {
            while let scalar = next, scalar != ">" { position += scalar == "(" ? scalars.count : 1 }
            guard take(">" as Unicode.Scalar) else { throw .malformed("a group's name does not end") }
        } else if !take("?:"), next == "?" {
            throw .unsupported("it has a group of an unknown kind")
        }
        let node = try choice()
        guard take(")" as Unicode.Scalar) else { throw .malformed("a parenthesis is not closed") }
        return node
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode) throws(Pattern.Problem) -> PatternNode {
        guard let (least, most) = try quantifier() else { return node }
        // Lazy or not, the same texts match.
        _ = take("?" as Unicode.Scalar)
        if try quantifier() != nil { throw .malformed("a repetition is repeated") }
        return .repeated(node, least: least, most: most)
    }

    private mutating func quantifier() throws(Pattern.Problem) -> (least: Int, most: Int?)? {
        if take("*" as Unicode.Scalar) { return (0, nil) }
        if take("+" as Unicode.Scalar) { return (1, nil) }
        if take("?" as Unicode.Scalar) { return (0, 1) }
        let start = position
        guard take("{" as Unicode.Scalar), let least = number() else {
            // A brace that counts nothing stands for itself.
            position = start
            return nil
        }
        var most: Int? = least
        if take("," as Unicode.Scalar) { most = number() }
        guard take("}" as Unicode.Scalar) else {
            position = start
            return nil
        }
        if let most, most < least { throw .malformed("a repetition ends before it starts") }
        guard max(least, most ?? 0) <= Self.repeatLimit else {
            throw .unsupported("it repeats something more than \(Self.repeatLimit) times")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = next, CharacterSet.digit.contains(scalar), digits.count < 9 {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        return Int(digits)
    }

    // MARK: Characters

    private mutating func escaped() throws(Pattern.Problem) -> PatternNode {
        switch next {
        case "b":
            position += 1
            return .wordBoundary(true)
        case "B":
            position += 1
            return .wordBoundary(false)
        case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k":
            throw .unsupported("it refers back to a group")
        default: return .character(try escapedSet())
        }
    }

    private mutating func escapedSet() throws(Pattern.Problem) -> CharacterSet {
        guard let scalar = next else { throw .malformed("it ends with a backslash") }
        position += 1
        switch scalar {
        case "d": return .digit
        case "D": return CharacterSet(included: [.digit], isNegated: true)
        case "w": return .word
        case "W": return CharacterSet(included: [.word], isNegated: true)
        case "s": return .space
        case "S": return CharacterSet(included: [.space], isNegated: true)
        case "p", "P": return try category(isNegated: scalar == "P")
        default: break
        }
        let value: UInt32 =
            switch scalar {
            case "t": 0x09
            case "n": 0x0A
            case "v": 0x0B
            case "f": 0x0C
            case "r": 0x0D
            case "0": 0
            case "x": hexDigits(2) ?? scalar.value
            case "u": bracedHexDigits() ?? hexDigits(4) ?? scalar.value
            default: scalar.value
            }
        return CharacterSet(ranges: [value...value])
    }

    private mutating func hexDigits(_ count: Int) -> UInt32? {
        guard position + count <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[position..<position + count] {
            guard let digit = Character(scalar).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += count
        return value
    }

    private mutating func bracedHexDigits() -> UInt32? {
        guard next == "{", let end = scalars[position...].firstIndex(of: "}"), end - position <= 7 else { return nil }
        let digits = String(String.UnicodeScalarView(scalars[position + 1..<end]))
        guard let value = UInt32(digits, radix: 16) else { return nil }
        position = end + 1
        return value
    }

    private mutating func category(isNegated: Bool) throws(Pattern.Problem) -> CharacterSet {
        guard next == "{", let end = scalars[position...].firstIndex(of: "}") else {
            throw .malformed("\\p names no category")
        }
        let name = String(String.UnicodeScalarView(scalars[position + 1..<end]))
        position = end + 1
        let long = ["Letter": "L", "Alphabetic": "L", "Number": "N", "Punctuation": "P", "Symbol": "S", "Mark": "M"]
        let code = long[name] ?? name
        guard code.utf8.count <= 2, let first = code.first, "LMNPSZC".contains(first) else {
            throw .unsupported("it names a script or property that is not known")
        }
        return CharacterSet(categories: [code], isNegated: isNegated)
    }

    private mutating func characterClass() throws(Pattern.Problem) -> CharacterSet {
        var set = CharacterSet(isNegated: take("^" as Unicode.Scalar))
        while let scalar = next, scalar != "]" {
            let first = try classMember(scalar)
            let start = position
            guard let low = first.single, take("-" as Unicode.Scalar), let after = next, after != "]" else {
                // A dash at the end, or after a whole set, stands for itself.
                position = start
                set.included.append(first)
                continue
            }
            let last = try classMember(after)
            guard let high = last.single else {
                set.included += [first, last, CharacterSet(ranges: [0x2D...0x2D])]
                continue
            }
            guard low <= high else { throw .malformed("a range of characters ends before it starts") }
            set.ranges.append(low...high)
        }
        guard take("]" as Unicode.Scalar) else { throw .malformed("a bracket is not closed") }
        // Plain members are looked up faster without the set around them.
        set.ranges += set.included.filter { !$0.isNegated }.flatMap(\.ranges)
        set.included.removeAll { !$0.isNegated && $0.categories.isEmpty && $0.included.isEmpty }
        return set
    }

    private mutating func classMember(_ scalar: Unicode.Scalar) throws(Pattern.Problem) -> CharacterSet {
        position += 1
        guard scalar == "\\" else { return CharacterSet(ranges: [scalar.value...scalar.value]) }
        if take("b" as Unicode.Scalar) { return CharacterSet(ranges: [0x08...0x08]) }
        return try escapedSet()
    }
}

extension CharacterSet {
    /// The one character in it, when it was written as one.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, ranges[0].count == 1, included.isEmpty, categories.isEmpty, !isNegated else {
            return nil
        }
        return ranges[0].lowerBound
    }
}
