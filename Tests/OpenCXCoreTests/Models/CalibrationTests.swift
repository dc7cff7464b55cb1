import OpenCXCore
import OpenCXTesting
import Testing

/// Thresholds that keep an error budget, and what may be claimed of them.
struct CalibrationTests {
    /// Answers with these confidences, each right or wrong.
    static func answers(_ groups: [(confidence: Double, right: Int, wrong: Int)]) -> [LabelledAnswer] {
        groups.flatMap { group in
            Array(repeating: LabelledAnswer(confidence: group.confidence, isRight: true), count: group.right)
                + Array(repeating: LabelledAnswer(confidence: group.confidence, isRight: false), count: group.wrong)
        }
    }

    @Test(arguments: [
        // Independently computed with exact binomial sums.
        (errors: 2, total: 124, bound: 0.04990), (errors: 5, total: 100, bound: 0.10225),
        (errors: 50, total: 100, bound: 0.58638), (errors: 37, total: 900, bound: 0.05373),
        (errors: 0, total: 1000, bound: 0.00299),
    ])
    func `what is written is the exact bound`(errors: Int, total: Int, bound: Double) throws {
        let answers = Self.answers([(0.9, total - errors, errors)])
        guard case .holds(let point) = ErrorBudget(wrongAtMost: 0.9).threshold(for: answers) else {
            Issue.record("does not hold")
            return
        }
        #expect(abs(point.upperBound - bound) < 0.00001)
        #expect(point.answered == total && point.wrong == errors && point.coverage == 1)
    }

    @Test(arguments: [(0.05, 124), (0.1, 61), (0.3, 19), (0.01, 628)])
    func `so many answers it takes at least`(budget: Double, needed: Int) {
        #expect(ErrorBudget(wrongAtMost: budget).answersNeeded == needed)
        let few = Self.answers([(0.9, needed - 1, 0)])
        #expect(ErrorBudget(wrongAtMost: budget).threshold(for: few) == .tooFew(answered: needed - 1, needed: needed))
    }

    @Test func `the threshold goes down as far as the budget bears, and no further`() {
        let answers = Self.answers([(0.95, 150, 1), (0.805, 100, 2), (0.6, 60, 30), (0.3, 1000, 0)])
        guard case .holds(let point) = ErrorBudget().threshold(for: answers) else {
            Issue.record("does not hold")
            return
        }
        #expect(point.threshold == 0.61)
        #expect(point.answered == 253 && point.wrong == 3)
        #expect(point.upperBound <= 0.05)
    }

    @Test func `where the surest answers are not sure enough there is no threshold`() {
        let answers = Self.answers([(0.95, 100, 40), (0.5, 10_000, 0)])
        guard case .fails(let point) = ErrorBudget().threshold(for: answers) else {
            Issue.record("holds")
            return
        }
        #expect(point.answered == 140 && point.wrong == 40)
        #expect(ErrorBudget(wrongAtMost: 0).threshold(for: answers) == .tooFew(answered: 10_140, needed: .max))
        #expect(ErrorBudget().threshold(for: []) == .tooFew(answered: 0, needed: 124))
        let silent = Array(repeating: LabelledAnswer(confidence: nil, isRight: false), count: 500)
        #expect(ErrorBudget().threshold(for: silent + [LabelledAnswer(confidence: .nan, isRight: true)]).isTooFew)
    }

    @Test func `on new questions the budget is kept as often as is promised`() {
        // Answers whose risk falls with confidence: the truth is known, and a calibration sees 600 of them.
        var random = SeededRandom(7)
        let budget = ErrorBudget(wrongAtMost: 0.1, level: 0.9)
        var (found, broken) = (0, 0)
        for _ in 0..<400 {
            let answers = (0..<600).map { _ in
                let confidence = random.unit()
                return LabelledAnswer(confidence: confidence, isRight: random.unit() >= (1 - confidence) * 0.6)
            }
            guard case .holds(let point) = budget.threshold(for: answers) else { continue }
            found += 1
            // The true risk of answering from this threshold on.
            if (1 - point.threshold) * 0.3 > budget.wrongAtMost { broken += 1 }
        }
        #expect(found > 300)
        #expect(broken <= found / 8, "\(broken) of \(found)")
    }

    @Test func `risk and coverage, from the surest answer on`() {
        let curve = RiskCoverage([
            LabelledAnswer(confidence: 0.9, isRight: true), LabelledAnswer(confidence: 0.8, isRight: false),
            LabelledAnswer(confidence: 0.8, isRight: true), LabelledAnswer(confidence: nil, isRight: false),
        ])
        #expect(curve.points.map(\.coverage) == [0.25, 0.75])
        #expect(curve.points.map(\.risk) == [0, 1.0 / 3])
        #expect(abs(curve.area - 2.0 / 9) < 1e-12)
        #expect(RiskCoverage([]).points.isEmpty)
    }

    // MARK: Claims

    static let subject = Calibration.Subject(answerer: "embedded", knowledge: "k1")
    static let good = Calibration(
        budget: ErrorBudget(),
        point: OperatingPoint(threshold: 0.7, questions: 400, answered: 253, wrong: 3, upperBound: 0.0304),
        data: Calibration.DataSet(path: "q.jsonl", rows: 400, hash: "h", measuredAt: "2026-11-26"), subject: subject)

    @Test func `a budget is claimed for what was measured only`() {
        let other = Calibration.Subject(answerer: "openai gpt", knowledge: "k1")
        let edited = Calibration.Subject(answerer: "embedded", knowledge: "k2")
        #expect(Self.good.refusal(of: ErrorBudget(), for: Self.subject) == nil)
        #expect(Self.good.refusal(of: ErrorBudget(wrongAtMost: 0.1), for: Self.subject) == nil)
        #expect(
            Self.good.refusal(of: ErrorBudget(), for: other) == .otherAnswerer(measured: "embedded", now: "openai gpt"))
        #expect(Self.good.refusal(of: ErrorBudget(), for: edited) == .otherKnowledge(measuredAt: "2026-11-26"))
        for tighter in [ErrorBudget(wrongAtMost: 0.01), ErrorBudget(level: 0.99)] {
            #expect(Self.good.refusal(of: tighter, for: Self.subject) == .widerBudget(measured: ErrorBudget()))
        }
    }

    @Test func `figures that do not bear out what they promise are not believed`() {
        let points = [
            OperatingPoint(threshold: 0.7, questions: 400, answered: 253, wrong: 30, upperBound: 0.03),
            OperatingPoint(threshold: 0.7, questions: 40, answered: 3, wrong: 0, upperBound: 0.03),
            OperatingPoint(threshold: 0.7, questions: 4, answered: 253, wrong: 0, upperBound: 0.03),
            OperatingPoint(threshold: .nan, questions: 400, answered: 253, wrong: 0, upperBound: 0.03),
            OperatingPoint(threshold: 0.7, questions: 400, answered: 253, wrong: -1, upperBound: 0.03),
        ]
        for point in points {
            var calibration = Self.good
            calibration.point = point
            #expect(calibration.refusal(of: ErrorBudget(), for: Self.subject) == .inconsistent, "\(point)")
            calibration = Self.good
            calibration.topics = ["returns": point]
            #expect(calibration.refusal(of: ErrorBudget(), for: Self.subject) == .inconsistent, "\(point)")
        }
    }

    @Test func `the fingerprint follows the articles, not the store`() async throws {
        func store(_ texts: [String: RedactedText], updates: Int = 1) async throws -> InMemoryStore {
            let store = InMemoryStore()
            for _ in 0..<updates {
                let articles = texts.map { name, text in
                    Article(id: ArticleID(source: "s", key: name), source: "s", title: "T", markdown: text)
                }
                _ = try await store.update(KnowledgeChanges(upserted: articles, removed: []))
            }
            return store
        }
        let print = try await store(["a": "x", "b": "y"]).fingerprint()
        #expect(try await store(["b": "y", "a": "x"], updates: 3).fingerprint() == print)
        #expect(try await store(["a": "x", "b": "z"]).fingerprint() != print)
        #expect(try await store(["a": "x"]).fingerprint() != print)
    }
}

extension ErrorBudget.Outcome {
    fileprivate var isTooFew: Bool { if case .tooFew = self { true } else { false } }
}

/// Numbers that are the same in every run.
struct SeededRandom {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
