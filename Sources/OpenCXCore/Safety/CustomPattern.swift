/// A team's own kind of personal data, by a regular expression (ECMA-262) that is matched in linear time.
public struct CustomPattern: Sendable {
    /// The kind that its matches are.
    public var kind: PIIKind
    /// The expression.
    public let expression: String
    private let pattern: Pattern

    /// No match is longer, in characters.
    public static let longestMatch = 200
    /// How many steps an expression may come to.
    static let largestProgram = 400

    /// Why an expression cannot be used.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong with it.
        public var description: String
    }

    /// Reads an expression.
    ///
    /// - Parameters:
    ///   - kind: the kind that its matches are.
    ///   - expression: the expression. It must not match the empty text, and must do without looking ahead or behind and without
    ///     references back, for these cannot be matched in linear time.
    /// - Throws: ``Problem`` when the expression cannot be used.
    public init(kind: PIIKind, expression: String) throws(Problem) {
        self.kind = kind
        self.expression = expression
        do {
            pattern = try Pattern(expression)
        } catch {
            throw Problem(description: error.message)
        }
        guard pattern.program.count <= Self.largestProgram else { throw Problem(description: "it is too large") }
        guard pattern.isFound(in: "") == false else { throw Problem(description: "it matches the empty text") }
    }

    /// What of a text it matches: the leftmost matches, each as long as it can be, in UTF-8 bytes.
    func matches(in text: String) -> [Range<Int>] {
        let scalars = Array(text.unicodeScalars)
        let search = PatternSearch(program: pattern.program, longest: Self.longestMatch)
        var found: [Range<Int>] = []
        var byte = 0
        var at = 0
        for match in search.matches(in: scalars) {
            while at < match.lowerBound {
                byte += UTF8.width(scalars[at])
                at += 1
            }
            let start = byte
            while at < match.upperBound {
                byte += UTF8.width(scalars[at])
                at += 1
            }
            found.append(start..<byte)
        }
        return found
    }
}

/// Finds where a pattern matches: all places at once, each step of the pattern with the earliest place that leads to it.
///
/// One pass over the text, and never further back than the longest match, so the work is linear in the length of the text.
struct PatternSearch {
    let program: [PatternStep]
    let longest: Int

    private struct Threads {
        var steps: [Int] = []
        var starts: [Int]

        init(count: Int) { starts = [Int](repeating: -1, count: count) }

        mutating func removeAll() {
            for step in steps { starts[step] = -1 }
            steps.removeAll(keepingCapacity: true)
        }
    }

    init(program: [PatternStep], longest: Int) {
        self.program = program
        self.longest = longest
    }

    func matches(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = 0
        while position < text.count {
            guard let match = first(from: position, in: text) else { break }
            found.append(match)
            position = match.upperBound
        }
        return found
    }

    private func first(from start: Int, in text: [Unicode.Scalar]) -> Range<Int>? {
        var current = Threads(count: program.count)
        var next = Threads(count: program.count)
        var best: Range<Int>?
        for position in start...text.count {
            if best == nil { follow(0, from: position, at: position, in: text, &current, &best) }
            if let best, !current.steps.contains(where: { current.starts[$0] <= best.lowerBound }) { return best }
            guard position < text.count else { break }
            for step in current.steps {
                let origin = current.starts[step]
                guard case .character(let set) = program[step], position - origin < longest,
                    set.contains(text[position])
                else { continue }
                if let best, origin > best.lowerBound { continue }
                follow(step + 1, from: origin, at: position + 1, in: text, &next, &best)
            }
            swap(&current, &next)
            next.removeAll()
        }
        return best
    }

    /// Adds a step and everything it leads to without reading a character; notes a match.
    private func follow(
        _ first: Int, from origin: Int, at position: Int, in text: [Unicode.Scalar], _ threads: inout Threads,
        _ best: inout Range<Int>?
    ) {
        var waiting = [first]
        while let step = waiting.popLast() {
            // An earlier place that leads here already leads to an earlier match.
            if threads.starts[step] >= 0, threads.starts[step] <= origin { continue }
            if threads.starts[step] < 0 { threads.steps.append(step) }
            threads.starts[step] = origin
            switch program[step] {
            case .match:
                guard position > origin else { continue }
                if let known = best,
                    known.lowerBound < origin || known.lowerBound == origin && known.upperBound >= position
                {
                    continue
                }
                best = origin..<position
            case .character: continue
            case .jump(let target): waiting.append(target)
            case .split(let one, let other):
                waiting.append(other)
                waiting.append(one)
            case .start: if position == 0 { waiting.append(step + 1) }
            case .end: if position == text.count { waiting.append(step + 1) }
            case .wordBoundary(let isWanted):
                let before = position > 0 && CharacterSet.word.contains(text[position - 1])
                let after = position < text.count && CharacterSet.word.contains(text[position])
                if (before != after) == isWanted { waiting.append(step + 1) }
            }
        }
    }
}
