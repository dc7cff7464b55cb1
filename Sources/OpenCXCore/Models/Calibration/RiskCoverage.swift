/// How the share of wrong answers grows with the share of questions that are answered alone, from the surest on.
public struct RiskCoverage: Sendable, Hashable {
    /// The points of the curve, by coverage. Answers of the same confidence are one point.
    public private(set) var points: [Point] = []
    /// The area under the curve: the risk on average over the answers, the surest first; lower is better. Between 0 for an answerer
    /// that is right wherever it is surer than where it is wrong and never wrong at all, and 1.
    public private(set) var area = 0.0

    /// A point of the curve.
    public struct Point: Sendable, Hashable {
        /// The confidence from which on an answer is given.
        public var threshold: Double
        /// The share of questions that are answered.
        public var coverage: Double
        /// The share of these answers that are wrong.
        public var risk: Double
    }

    /// Draws the curve.
    public init(_ answers: [LabelledAnswer]) {
        let given = answers.compactMap { answer in answer.confidence.map { ($0, answer.isRight) } }
            .sorted { $0.0 > $1.0 }
        var (place, wrong, sum) = (0, 0, 0.0)
        while place < given.count {
            let (start, confidence) = (place, given[place].0)
            while place < given.count, given[place].0 == confidence {
                if !given[place].1 { wrong += 1 }
                place += 1
            }
            let risk = Double(wrong) / Double(place)
            sum += risk * Double(place - start)
            points.append(
                Point(threshold: confidence, coverage: Double(place) / Double(answers.count), risk: risk))
        }
        area = given.isEmpty ? 0 : sum / Double(given.count)
    }
}
