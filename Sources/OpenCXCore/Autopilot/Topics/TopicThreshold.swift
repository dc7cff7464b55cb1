/// A message whose topic a person has said, and what the classifier takes it for.
public struct LabelledMatch: Sendable, Hashable {
    /// What it is about; `nil` for a message that is about none of the topics.
    public var topic: String?
    /// The topic that fits best, and how sure that is.
    public var match: TopicMatch?

    /// Makes a labelled match.
    public init(topic: String?, match: TopicMatch?) {
        self.topic = topic
        self.match = match
    }

    /// Whether the right thing comes of it: its topic, or none where it is about none.
    public func isRight(from threshold: Double) -> Bool {
        (match.flatMap { $0.score >= threshold ? $0.topic : nil }) == topic
    }
}

/// An ``Autopilot/topicThreshold`` that was set on labelled messages: the one with which most of them come out right.
///
/// A threshold flatters the messages it was set on, so what it is worth is counted otherwise: it is set on one half of them and
/// counted on the other, both ways. ``right`` and the interval are of that; ``threshold`` itself comes from all of them.
public struct TopicThreshold: Sendable, Hashable, Codable {
    /// The score from which on a match counts, in thousandths.
    public var threshold: Double
    /// How many messages there were.
    public var messages: Int
    /// How many of them are about none of the topics.
    public var aboutNone: Int
    /// How many came out right, each with the threshold that the half without it has set.
    public var right: Int
    /// How many of those are about none of the topics, and were taken for none.
    public var rightAboutNone: Int
    /// The lowest share of right ones that this leaves possible (Clopper and Pearson, 95 %, two-sided).
    public var rightAtLeast: Double
    /// The highest one.
    public var rightAtMost: Double

    /// How many messages of either kind it takes: about a topic, and about none.
    public static let needed = 20

    /// Sets the threshold; `nil` where there are fewer messages of either kind than ``needed``.
    public init?(_ rows: [LabelledMatch]) {
        messages = rows.count
        aboutNone = rows.count { $0.topic == nil }
        guard aboutNone >= Self.needed, rows.count - aboutNone >= Self.needed else { return nil }
        threshold = Self.best(for: rows)
        // Each topic is dealt out in turn, so that the halves are alike however a file is sorted.
        var halves: [[LabelledMatch]] = [[], []]
        var turns: [String?: Int] = [:]
        for row in rows {
            let turn = turns[row.topic] ?? (halves[0].count <= halves[1].count ? 0 : 1)
            halves[turn].append(row)
            turns[row.topic] = 1 - turn
        }
        var counted: [LabelledMatch] = []
        for (half, other) in [(halves[0], halves[1]), (halves[1], halves[0])] {
            let threshold = Self.best(for: half)
            counted += other.filter { $0.isRight(from: threshold) }
        }
        right = counted.count
        rightAboutNone = counted.count { $0.topic == nil }
        rightAtLeast = BinomialTail.lowerBound(errors: right, of: messages, level: 0.975)
        rightAtMost = BinomialTail.upperBound(errors: right, of: messages, level: 0.975)
    }

    /// The share of messages that came out right.
    public var accuracy: Double { Double(right) / Double(messages) }
    /// The share of messages about a topic that were given theirs.
    public var accuracyInScope: Double { Double(right - rightAboutNone) / Double(messages - aboutNone) }
    /// The share of messages about none that were taken for none.
    public var recallOutOfScope: Double { Double(rightAboutNone) / Double(aboutNone) }

    /// The threshold with which most messages come out right; of several, the middle of the longest stretch, which is the furthest
    /// from being wrong.
    private static func best(for rows: [LabelledMatch]) -> Double {
        let given = rows.sorted { ($0.match?.score ?? -1) > ($1.match?.score ?? -1) }
        var right = rows.count { $0.topic == nil }
        var next = given.startIndex
        var best = (right: -1, from: 0, length: 0)
        var stretch = 0
        for step in stride(from: 1000, through: 0, by: -1) {
            let before = right
            while next < given.endIndex, let match = given[next].match, match.score >= Double(step) / 1000 {
                if given[next].topic == nil { right -= 1 } else if given[next].topic == match.topic { right += 1 }
                next += 1
            }
            stretch = right == before ? stretch + 1 : 1
            if right > best.right || (right == best.right && stretch > best.length) { best = (right, step, stretch) }
        }
        return Double(best.from + (best.length - 1) / 2) / 1000
    }

    private enum CodingKeys: String, CodingKey {
        case threshold, messages, right
        case aboutNone = "about_none"
        case rightAboutNone = "right_about_none"
        case rightAtLeast = "right_at_least"
        case rightAtMost = "right_at_most"
    }
}

/// A ``TopicThreshold`` with what it was measured on.
public struct TopicCalibration: Sendable, Hashable, Codable {
    /// The threshold, and what it is worth.
    public var point: TopicThreshold
    /// The messages.
    public var data: Calibration.DataSet
    /// Who classified: `embedded`, or a model.
    public var classifier: String

    /// Makes a calibration.
    public init(point: TopicThreshold, data: Calibration.DataSet, classifier: String) {
        self.point = point
        self.data = data
        self.classifier = classifier
    }
}
