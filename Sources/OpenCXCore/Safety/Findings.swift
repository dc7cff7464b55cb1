/// What the rules have found in a plain text: the first that takes a stretch has it.
struct Findings {
    private(set) var all: [(kind: PIIKind, range: Range<Int>)] = []
    /// Which bytes are taken; empty as long as none are.
    private var isTaken: [Bool] = []
    private let length: Int

    init(length: Int) {
        self.length = length
    }

    /// Takes a stretch, unless another finding has part of it. Whether it did.
    @discardableResult
    mutating func take(_ kind: PIIKind, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty, isFree(range) else { return false }
        all.append((kind, range))
        block(range)
        return true
    }

    /// Keeps a stretch from being found to be anything.
    mutating func block(_ range: Range<Int>) {
        if isTaken.isEmpty { isTaken = [Bool](repeating: false, count: length) }
        for index in range { isTaken[index] = true }
    }

    /// Whether no part of a stretch is taken.
    func isFree(_ range: Range<Int>) -> Bool {
        isTaken.isEmpty || !isTaken[range].contains(true)
    }
}
