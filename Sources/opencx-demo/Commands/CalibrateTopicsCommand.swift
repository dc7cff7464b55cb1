internal import FoundationEssentials
internal import OpenCXCore

extension Command {
    static let calibrateTopics = Command(
        name: "calibrate-topics", summary: "find the topic_threshold with which most messages get their topic",
        operands: [Operand(name: "FILE.jsonl[.gz]")],
        options: [
            Option(
                name: "--output", value: "FILE", help: "where the result goes (default: topic-calibration.json)")
        ],
        discussion: """
            A line has "text" and "topic": the name of one of the topics of --config (never_topics or only_topics), or null for
            a message that is about none of them. Messages that the topics have as examples flatter; take others. See
            docs/Decisions.md. Changes no configuration: put the threshold into "autopilot".
            """,
        run: tuneTopics)

    private static let tuneTopics: @Sendable (Invocation) async throws -> Void = { invocation in
        let path = invocation.operands[0]
        let rows = try JSONLines.read(
            path, as: LabelledMessage.self, expecting: "an object with \"text\" and \"topic\", which may be null")
        let house = try await House.open(invocation, inMemory: true, syncs: false, claims: false)
        let autopilot = house.configuration.settings.autopilot
        let topics = autopilot.topics.topics
        guard !topics.isEmpty else {
            throw Failure("There are no topics: name with --config a configuration with never_topics or only_topics.")
        }
        if let line = rows.firstIndex(where: { row in
            row.topic.map { name in !topics.contains { $0.name == name } } ?? false
        }) {
            throw Failure(
                "\(path), message \(line + 1): its topic is none of the configuration's. Is the name the same, letter by letter?"
            )
        }
        var matches: [LabelledMatch] = []
        for (place, row) in rows.enumerated() {
            var counts = PlaceholderCounts()
            let text = try await house.agent.parts.redaction.redact(
                UnredactedText(row.text), in: "evaluation", counts: &counts)
            let request = ClassificationRequest(
                question: text, history: [], topics: topics, prohibited: [], outOfScope: autopilot.outOfScope)
            let found = try await house.agent.parts.classifier.classify(request).topics.gated
            matches.append(LabelledMatch(topic: row.topic, match: found))
            if place % 50 == 0 { invocation.terminal.progress("\(place) of \(rows.count)") }
        }
        invocation.terminal.progress("")
        guard let point = TopicThreshold(matches) else {
            let none = rows.count { $0.topic == nil }
            throw Failure(
                """
                \(rows.count - none) messages are about a topic and \(none) about none; it takes \(TopicThreshold.needed) of \
                each to set a threshold.
                """)
        }
        let model = house.configuration.model.flatMap { $0.classifies ? "\($0.provider.rawValue) \($0.name)" : nil }
        let calibration = TopicCalibration(
            point: point, data: try dataSet(invocation, rows: rows.count, house), classifier: model ?? "embedded")
        let output = invocation["--output"] ?? "topic-calibration.json"
        try write(calibration, to: output)
        let now = autopilot.topicThreshold
        let rightNow = Double(matches.count { $0.isRight(from: now) }) / Double(rows.count)
        invocation.terminal.print(
            """
            "topic_threshold": \(point.threshold)
            set on one half and counted on the other, both ways: \(point.right) of \(point.messages) messages right \
            (\(share(point.accuracy)); with a probability of 95 % between \(share(point.rightAtLeast)) and \(share(point.rightAtMost)))
              about a topic, and given it: \(share(point.accuracyInScope)); about none, and taken for none: \
            \(share(point.recallOutOfScope))
            with the present threshold of \(now): \(share(rightNow))
            written to \(output)
            """)
    }
}

/// A message whose topic somebody has said.
private struct LabelledMessage: Decodable {
    var text: String
    /// `nil`: about none of them. The key has to be there.
    var topic: String?

    private enum CodingKeys: String, CodingKey { case text, topic }

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        text = try line.decode(String.self, forKey: .text)
        guard line.contains(.topic) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no topic"))
        }
        topic = try line.decodeIfPresent(String.self, forKey: .topic)
    }
}
