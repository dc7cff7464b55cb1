/// A regular expression of the kind that JSON Schema has (ECMA-262), matched in linear time.
///
/// What cannot be matched that way (looking ahead or behind, references back) is refused when the pattern is read, so that no
/// document can bring a pattern that keeps a server busy.
package struct Pattern: Sendable {
    let program: [PatternStep]

    /// How many steps a pattern may come to.
    static let sizeLimit = 6000
    /// How many steps times characters a match may take.
    static let workLimit = 30_000_000

    /// Why a pattern cannot be used.
    package enum Problem: Error, Hashable {
        /// It is no regular expression.
        case malformed(String)
        /// It is one that cannot be matched in linear time, or is too large.
        case unsupported(String)

        /// What is wrong.
        package var message: String {
            switch self {
            case .malformed(let message), .unsupported(let message): message
            }
        }
    }

    /// Reads a pattern.
    package init(_ text: String) throws(Problem) {
        var parser = PatternParser(text)
        var compiler = PatternCompiler(ignoresCase: parser.ignoresCase)
        program = try compiler.program(for: try parser.pattern())
    }

    /// Reads a pattern that a schema holds, or remembers it: schemas are the same with every call.
    ///
    /// - Returns: `nil` for one that cannot be used.
    static func known(_ text: String) -> Pattern? {
        if let known = read.withLock({ $0[text] }) { return known }
        guard let pattern = try? Pattern(text) else { return nil }
        read.withLock { read in
            if read.count >= 500 { read = [:] }
            read[text] = pattern
        }
        return pattern
    }

    private static let read = Locked<[String: Pattern]>([:])

    /// Whether the pattern is found anywhere in the text; `nil` when the text is too long to say.
    package func isFound(in text: String) -> Bool? {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count * program.count <= Self.workLimit else { return nil }
        var current = PatternThreads(count: program.count)
        var next = PatternThreads(count: program.count)
        for position in 0...scalars.count {
            if follow(0, at: position, in: scalars, &current) { return true }
            guard position < scalars.count else { break }
            for step in current.steps {
                guard case .character(let set) = program[step], set.contains(scalars[position]) else { continue }
                if follow(step + 1, at: position + 1, in: scalars, &next) { return true }
            }
            swap(&current, &next)
            next.removeAll()
        }
        return false
    }

    /// Adds a step and everything it leads to without reading a character. Whether the end of the pattern is among it.
    private func follow(
        _ start: Int, at position: Int, in text: [Unicode.Scalar], _ threads: inout PatternThreads
    ) -> Bool {
        var waiting = [start]
        while let step = waiting.popLast() {
            guard threads.insert(step) else { continue }
            switch program[step] {
            case .match: return true
            case .character: continue
            case .jump(let target): waiting.append(target)
            case .split(let first, let second):
                waiting.append(second)
                waiting.append(first)
            case .start: if position == 0 { waiting.append(step + 1) }
            case .end: if position == text.count { waiting.append(step + 1) }
            case .wordBoundary(let isWanted):
                let before = position > 0 && CharacterSet.word.contains(text[position - 1])
                let after = position < text.count && CharacterSet.word.contains(text[position])
                if (before != after) == isWanted { waiting.append(step + 1) }
            }
        }
        return false
    }
}

/// The steps that a match may be at.
private struct PatternThreads {
    private(set) var steps: [Int] = []
    private var isIn: [Bool]

    init(count: Int) {
        isIn = [Bool](repeating: false, count: count)
    }

    mutating func insert(_ step: Int) -> Bool {
        if isIn[step] { return false }
        isIn[step] = true
        steps.append(step)
        return true
    }

    mutating func removeAll() {
        for step in steps { isIn[step] = false }
        steps.removeAll(keepingCapacity: true)
    }
}
