/// How an answerer did on a question whose right answer is known.
public struct LabelledAnswer: Sendable, Hashable {
    /// The confidence that the judgement gave the answer; `nil` when there was none that could be given.
    public var confidence: Double?
    /// Whether the answer was right. A question that nothing answers has no right answer.
    public var isRight: Bool
    /// What the question is about, where that is known.
    public var topic: String?

    /// Makes a labelled answer.
    public init(confidence: Double?, isRight: Bool, topic: String? = nil) {
        self.confidence = confidence.flatMap { $0.isNaN ? nil : $0 }
        self.isRight = isRight
        self.topic = topic
    }
}

/// How often the AI may be wrong when it answers alone.
///
/// A threshold of confidence is found by testing one after the other, from the strictest down, and stopping at the first at which
/// more errors than allowed cannot be ruled out (fixed-sequence testing). So the promise holds with the probability ``level`` for
/// the threshold that comes out, however many were looked at; as long as questions go on coming like those that were labelled.
public struct ErrorBudget: Sendable, Hashable, Codable {
    /// The share of answers that may be wrong, in `0..<1`.
    public var wrongAtMost: Double
    /// How sure one wants to be of that, in `0..<1`.
    public var level: Double

    /// Makes a budget.
    public init(wrongAtMost: Double = 0.05, level: Double = 0.95) {
        self.wrongAtMost = wrongAtMost
        self.level = level
    }

    /// What came of looking for a threshold.
    public enum Outcome: Sendable, Hashable {
        /// This one keeps the budget.
        case holds(OperatingPoint)
        /// Already the strictest one that could be tested may not.
        case fails(OperatingPoint)
        /// There are too few answers to say.
        case tooFew(answered: Int, needed: Int)
    }

    /// The errors that the strictest threshold must be able to bear. A test that a single error fails would find little.
    private static let bearable = 2

    /// The threshold that answers most questions within the budget.
    public func threshold(for answers: [LabelledAnswer]) -> Outcome {
        let given = answers.compactMap { answer in answer.confidence.map { ($0, answer.isRight) } }
            .sorted { $0.0 > $1.0 }
        let needed = answersNeeded
        guard given.count >= needed else { return .tooFew(answered: given.count, needed: needed) }
        var last: OperatingPoint?
        var (answered, wrong) = (0, 0)
        // The steps are fixed beforehand, and where they begin depends on confidences alone: on no label.
        for step in stride(from: 100, through: 0, by: -1) {
            let threshold = Double(step) / 100
            while answered < given.count, given[answered].0 >= threshold {
                if !given[answered].1 { wrong += 1 }
                answered += 1
            }
            guard answered >= needed else { continue }
            let point = OperatingPoint(
                threshold: threshold, questions: answers.count, answered: answered, wrong: wrong,
                upperBound: BinomialTail.upperBound(errors: wrong, of: answered, level: level))
            guard point.upperBound <= wrongAtMost else { return last.map(Outcome.holds) ?? .fails(point) }
            last = point
        }
        // With every confidence below 0 there is nothing to look at.
        return last.map(Outcome.holds) ?? .tooFew(answered: answered, needed: needed)
    }

    /// How many answers it takes to rule out more errors than allowed, when two are seen.
    public var answersNeeded: Int {
        guard wrongAtMost > 0 else { return .max }
        func isEnough(_ count: Int) -> Bool {
            BinomialTail.upperBound(errors: Self.bearable, of: count, level: level) <= wrongAtMost
        }
        var high = Self.bearable + 1
        while !isEnough(high) {
            guard high < 1 << 24 else { return .max }
            high *= 2
        }
        var low = high / 2
        while low + 1 < high {
            let middle = (low + high) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

/// What answering alone from a confidence on comes to, on labelled questions.
public struct OperatingPoint: Sendable, Hashable, Codable {
    /// The confidence from which on an answer is given.
    public var threshold: Double
    /// How many questions there were.
    public var questions: Int
    /// How many of them were answered.
    public var answered: Int
    /// How many of the answers were wrong.
    public var wrong: Int
    /// The highest share of wrong answers that this leaves possible (Clopper and Pearson, one-sided).
    public var upperBound: Double

    /// Makes a point.
    public init(threshold: Double, questions: Int, answered: Int, wrong: Int, upperBound: Double) {
        self.threshold = threshold
        self.questions = questions
        self.answered = answered
        self.wrong = wrong
        self.upperBound = upperBound
    }

    /// The share of wrong answers that was seen.
    public var risk: Double { answered == 0 ? 0 : Double(wrong) / Double(answered) }
    /// The share of questions that were answered.
    public var coverage: Double { questions == 0 ? 0 : Double(answered) / Double(questions) }

    private enum CodingKeys: String, CodingKey {
        case threshold, questions, answered, wrong
        case upperBound = "wrong_at_most"
    }
}
