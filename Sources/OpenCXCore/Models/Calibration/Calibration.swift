/// A threshold of confidence that keeps an error budget, with what it was measured on. A promise about other articles, or about
/// another answerer, it is not: see ``refusal(of:for:)``.
public struct Calibration: Sendable, Hashable, Codable {
    /// The budget that is kept.
    public var budget: ErrorBudget
    /// The threshold, and what it comes to.
    public var point: OperatingPoint
    /// Thresholds of their own for topics with enough questions, by topic. Each keeps the budget for itself.
    public var topics: [String: OperatingPoint]
    /// The questions it was measured on.
    public var data: DataSet
    /// Who answered, out of what.
    public var subject: Subject

    /// The questions that a calibration was measured on.
    public struct DataSet: Sendable, Hashable, Codable {
        /// Where they were.
        public var path: String
        /// How many there were.
        public var rows: Int
        /// A hash of their bytes.
        public var hash: String
        /// When it was measured.
        public var measuredAt: String

        /// Names a set of questions.
        public init(path: String, rows: Int, hash: String, measuredAt: String) {
            self.path = path
            self.rows = rows
            self.hash = hash
            self.measuredAt = measuredAt
        }

        private enum CodingKeys: String, CodingKey {
            case path, rows, hash
            case measuredAt = "measured_at"
        }
    }

    /// Who answers, out of what.
    public struct Subject: Sendable, Hashable, Codable {
        /// Names the answerer: `embedded`, or a model.
        public var answerer: String
        /// A hash of the articles; see ``KnowledgeStore/fingerprint()``.
        public var knowledge: String

        /// Names an answerer and its articles.
        public init(answerer: String, knowledge: String) {
            self.answerer = answerer
            self.knowledge = knowledge
        }
    }

    /// Makes a calibration.
    public init(
        budget: ErrorBudget, point: OperatingPoint, topics: [String: OperatingPoint] = [:], data: DataSet,
        subject: Subject
    ) {
        self.budget = budget
        self.point = point
        self.topics = topics
        self.data = data
        self.subject = subject
    }
}

/// Why an error budget cannot be claimed.
public enum BudgetRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another answerer was measured.
    case otherAnswerer(measured: String, now: String)
    /// The articles have changed since.
    case otherKnowledge(measuredAt: String)
    /// What was measured promises less.
    case widerBudget(measured: ErrorBudget)
    /// What was written down does not bear out what it promises.
    case inconsistent

    /// Why, and what to do about it.
    public var description: String {
        switch self {
        case .otherAnswerer(let measured, let now):
            "it was measured with the answerer \(measured), and \(now) answers now; calibrate again"
        case .otherKnowledge(let measuredAt):
            "the articles have changed since it was measured (\(measuredAt)); calibrate again"
        case .widerBudget(let measured):
            "what was measured promises less: \(Self.percent(measured.wrongAtMost)) wrong at most, with a probability of "
                + "\(Self.percent(measured.level)); calibrate for this budget"
        case .inconsistent:
            "the figures in the file do not bear it out; calibrate again"
        }
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}

extension Calibration {
    /// Why a budget cannot be claimed for this answerer and these articles; `nil` when it can.
    public func refusal(of wanted: ErrorBudget, for now: Subject) -> BudgetRefusal? {
        if subject.answerer != now.answerer {
            return .otherAnswerer(measured: subject.answerer, now: now.answerer)
        }
        if subject.knowledge != now.knowledge { return .otherKnowledge(measuredAt: data.measuredAt) }
        if budget.wrongAtMost > wanted.wrongAtMost || budget.level < wanted.level {
            return .widerBudget(measured: budget)
        }
        let points = [point] + topics.values
        return points.allSatisfy { $0.bearsOut(budget) } ? nil : .inconsistent
    }
}

extension OperatingPoint {
    /// Whether these counts keep a budget; the file may have been written by hand.
    fileprivate func bearsOut(_ budget: ErrorBudget) -> Bool {
        guard (0...1).contains(threshold), wrong >= 0, answered >= wrong, questions >= answered, answered < 1 << 24,
            (0..<1).contains(budget.level)
        else { return false }
        return BinomialTail.upperBound(errors: wrong, of: answered, level: budget.level) <= budget.wrongAtMost + 1e-9
    }
}

extension KnowledgeStore {
    /// A hash of all articles: the same for the same articles, whatever store they are in.
    ///
    /// - Throws: ``StoreError`` when the store fails.
    public func fingerprint() async throws -> String {
        var hash = StableHash()
        var last: ArticleID?
        while true {
            let page = try await articles(after: last, limit: 200)
            for article in page {
                for text in [
                    article.id.rawValue, article.title.text, article.summary.text, article.markdown.text,
                    article.locale.rawValue, article.audience.isPublic ? "public" : "internal",
                ] { hash.combine(text) }
            }
            guard let end = page.last?.id else { return hash.hexDigits }
            last = end
        }
    }
}
