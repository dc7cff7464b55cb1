import OpenCXCore
import Testing

/// Thresholds of topics that are set on labelled messages.
struct TopicThresholdTests {
    /// Messages with this score: about the topic that was found, about another one, or about none.
    private static func rows(_ groups: [(score: Double, right: Int, wrong: Int, none: Int)]) -> [LabelledMatch] {
        groups.flatMap { group in
            let match = TopicMatch(topic: "Returns", score: group.score)
            return Array(repeating: LabelledMatch(topic: "Returns", match: match), count: group.right)
                + Array(repeating: LabelledMatch(topic: "Login", match: match), count: group.wrong)
                + Array(repeating: LabelledMatch(topic: nil, match: match), count: group.none)
        }
    }

    @Test func `the threshold lies in the middle between what is to be told apart`() throws {
        let point = try #require(TopicThreshold(Self.rows([(0.9, 40, 0, 0), (0.3, 0, 0, 40)])))
        #expect(point.threshold == 0.6)
        #expect(point.right == 80 && point.rightAboutNone == 40 && point.aboutNone == 40)
        #expect(point.accuracy == 1 && point.accuracyInScope == 1 && point.recallOutOfScope == 1)
        // Independently: the lower end for 80 of 80 is 0.025 to the power of 1/80.
        #expect(abs(point.rightAtLeast - 0.95493) < 0.00001 && point.rightAtMost == 1)
    }

    @Test func `a wrong topic is no better than none, and none no better than a wrong one`() throws {
        // From 0.5 on, 40 more come out right and 30 more wrong; below that, only wrong ones.
        let point = try #require(
            TopicThreshold(Self.rows([(0.9, 40, 0, 0), (0.6, 40, 0, 30), (0.2, 0, 20, 20)])))
        #expect((0.2...0.6).contains(point.threshold) && point.threshold == 0.4)
        #expect(point.right == 100 && point.messages == 150 && point.rightAboutNone == 20)
    }

    @Test func `what is counted has had no part in setting the threshold`() throws {
        // Scores that say nothing: whatever is set on one half is as good as a guess on the other.
        let rows: [LabelledMatch] = (0..<400).map { place in
            let score = Double((place * 104_729) % 1000) / 1000
            let topic: String? = (place * 7919) % 13 < 6 ? "Returns" : nil
            return LabelledMatch(topic: topic, match: TopicMatch(topic: "Returns", score: score))
        }
        let point = try #require(TopicThreshold(rows))
        let flattering = rows.count { $0.isRight(from: point.threshold) }
        #expect(point.right <= flattering)
        #expect(point.rightAtLeast < point.accuracy && point.accuracy < point.rightAtMost)
    }

    @Test(arguments: [(19, 40), (40, 19), (0, 0)])
    func `few messages set no threshold`(inScope: Int, none: Int) {
        #expect(TopicThreshold(Self.rows([(0.9, inScope, 0, 0), (0.1, 0, 0, none)])) == nil)
    }

    @Test func `messages without any match are taken for none at every threshold`() throws {
        let rows = Self.rows([(0.9, 30, 0, 0)]) + Array(repeating: LabelledMatch(topic: nil, match: nil), count: 30)
        let point = try #require(TopicThreshold(rows))
        #expect(point.right == 60 && point.threshold < 0.9)
    }
}
