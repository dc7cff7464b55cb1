import OpenCXCore

/// Topics on sets of intents: each intent is a topic with its training sentences, and nothing else is said about it.
enum Intents {
    static func evaluate(_ options: Options, _ candidate: Candidate) async throws {
        print("\n# Topics (trained on `train`, scored on `dev`; out of scope counts as a class)\n")
        let folder = options.folder + "/intents"
        for set in ["banking77", "clinc150"] {
            try await score(
                set, Row.read(set + ".train", in: folder), Row.read(set + ".dev", in: folder), options, candidate)
        }
        for (set, key) in [("hint3", "bot"), ("dstc11", "domain"), ("multidogo", "domain")] {
            let (train, dev) = (Row.read(set + ".train", in: folder), Row.read(set + ".dev", in: folder))
            for part in Set((dev ?? []).compactMap { $0[key] }).sorted() {
                try await score(
                    "\(set) \(part)", train?.filter { $0[key] == part }, dev?.filter { $0[key] == part }, options,
                    candidate)
            }
        }
    }

    private static func score(
        _ name: String, _ train: [Row]?, _ dev: [Row]?, _ options: Options, _ candidate: Candidate
    ) async throws {
        guard let train, let dev = dev.map(options.sample), !train.isEmpty, !dev.isEmpty else { return }
        let byLabel = Dictionary(grouping: train.filter { $0["label"] != nil }, by: { $0["label"] ?? "" })
        let topics = byLabel.keys.sorted().map { label in
            Topic(name: label, examples: (byLabel[label] ?? []).compactMap { $0["text"] })
        }
        let autopilot = Autopilot(
            topics: .only(topics), outOfScope: train.filter { $0["label"] == nil }.compactMap { $0["text"] })
        let classifier = candidate.classifier
        let clock = ContinuousClock()
        let training = await clock.measure { await classifier.prepare(for: autopilot) }
        var questions: [RedactedText] = []
        for row in dev { questions.append(try await Redaction().publish(UnredactedText(row["text"] ?? ""))) }
        var scored: [LabelledMatch] = []
        let time = try await clock.measure {
            for (row, question) in zip(dev, questions) {
                let request = ClassificationRequest(
                    question: question, history: [], topics: topics, prohibited: [], outOfScope: autopilot.outOfScope)
                let match = try await classifier.classify(request).topics.gated
                scored.append(LabelledMatch(topic: row["label"], match: match))
            }
        }
        let inside = scored.filter { $0.topic != nil }
        let outside = scored.filter { $0.topic == nil }
        let area = areaUnderCurve(inside.map { $0.match?.score ?? 0 }, outside.map { $0.match?.score ?? 0 })
        print(
            "\(name): \(topics.count) topics, \(train.count) examples; trained in \(training), "
                + "\(time / dev.count) a message; topic right when in scope \(share(inside, 0).short)"
                + (outside.isEmpty ? "" : ", scope AUROC \(area.short)"))
        line("at 0.5", scored, 0.5)
        guard let point = TopicThreshold(scored) else { return }
        print(
            "    set on one half, counted on the other, both ways: accuracy \(point.accuracy.short) "
                + "(\(point.rightAtLeast.short) to \(point.rightAtMost.short)), in_accuracy "
                + "\(point.accuracyInScope.short), oos_recall \(point.recallOutOfScope.short)")
        line("at \(point.threshold), which all of dev sets", scored, point.threshold)
        // The strictest threshold that still gives as many in-scope messages their topic.
        if let floor = Self.baselines[name] {
            let strict = (0...1000).last { share(inside, Double($0) / 1000) > floor }.map { Double($0) / 1000 }
            if let strict { line("at \(strict), where in_accuracy is just above the baseline's", scored, strict) }
        }
    }

    /// `in_accuracy` of TF-IDF and logistic regression.
    private static let baselines = [
        "clinc150": 0.886, "hint3 curekart": 0.578, "hint3 powerplay11": 0.1, "hint3 sofmattress": 0.644,
    ]

    /// The share of rows that come out right.
    private static func share(_ rows: [LabelledMatch], _ threshold: Double) -> Double {
        Double(rows.count { $0.isRight(from: threshold) }) / Double(max(1, rows.count))
    }

    private static func line(_ title: String, _ rows: [LabelledMatch], _ threshold: Double) {
        let outside = rows.filter { $0.topic == nil }
        print(
            "    \(title): accuracy \(share(rows, threshold).short), in_accuracy "
                + "\(share(rows.filter { $0.topic != nil }, threshold).short)"
                + (outside.isEmpty ? "" : ", oos_recall \(share(outside, threshold).short)"))
    }
}
