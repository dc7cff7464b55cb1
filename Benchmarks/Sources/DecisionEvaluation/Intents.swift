import OpenCXCore

/// Topics on sets of intents: each intent is a topic with its training sentences, and nothing else is said about it.
enum Intents {
    static func evaluate(_ data: String) async throws {
        print("\n# Topics (trained on `train`, scored on `dev`; out of scope counts as a class)\n")
        let folder = data + "/intents"
        try await score(
            "banking77", train: Row.read("banking77.train", in: folder), Row.read("banking77.dev", in: folder))
        try await score("clinc150", train: Row.read("clinc150.train", in: folder), Row.read("clinc150.dev", in: folder))
        let (train, dev) = (Row.read("hint3.train", in: folder), Row.read("hint3.dev", in: folder))
        for bot in ["curekart", "powerplay11", "sofmattress"] {
            try await score(
                "hint3 " + bot, train: train?.filter { $0["bot"] == bot }, dev?.filter { $0["bot"] == bot })
        }
        for set in ["dstc11", "multidogo"] {
            let (train, dev) = (Row.read(set + ".train", in: folder), Row.read(set + ".dev", in: folder))
            for domain in Set((dev ?? []).compactMap { $0["domain"] }).sorted() {
                try await score(
                    "\(set) \(domain)", train: train?.filter { $0["domain"] == domain },
                    dev?.filter { $0["domain"] == domain })
            }
        }
    }

    private struct Scored {
        var label: String?
        var topic: String?
        var score: Double
    }

    private static func score(_ name: String, train: [Row]?, _ dev: [Row]?) async throws {
        guard let train, let dev, !train.isEmpty, !dev.isEmpty else { return }
        let byLabel = Dictionary(grouping: train.filter { $0["label"] != nil }, by: { $0["label"] ?? "" })
        let topics = byLabel.keys.sorted().map { label in
            Topic(name: label, examples: (byLabel[label] ?? []).compactMap { $0["text"] })
        }
        let autopilot = Autopilot(
            topics: .only(topics), outOfScope: train.filter { $0["label"] == nil }.compactMap { $0["text"] })
        let classifier = EmbeddedClassifier()
        let clock = ContinuousClock()
        let training = await clock.measure { await classifier.prepare(for: autopilot) }
        var questions: [RedactedText] = []
        for row in dev { questions.append(try await Redaction().publish(UnredactedText(row["text"] ?? ""))) }
        var scored: [Scored] = []
        let time = try await clock.measure {
            for (row, question) in zip(dev, questions) {
                let request = ClassificationRequest(
                    question: question, history: [], topics: topics, prohibited: [], outOfScope: autopilot.outOfScope)
                let match = try await classifier.classify(request).topics.gated
                scored.append(Scored(label: row["label"], topic: match?.topic, score: match?.score ?? 0))
            }
        }
        let inside = scored.filter { $0.label != nil }
        let outside = scored.filter { $0.label == nil }
        let area = areaUnderCurve(inside.map(\.score), outside.map(\.score))
        let raw = Double(inside.count { $0.label == $0.topic }) / Double(max(1, inside.count))
        print(
            "\(name): \(topics.count) topics, \(train.count) examples; trained in \(training), "
                + "\(time / dev.count) a message; topic right when in scope \(raw.short)"
                + (outside.isEmpty ? "" : ", scope AUROC \(area.short)"))
        line("at 0.5", scored, 0.5)
        guard !outside.isEmpty else { return }
        let best = scored.map(\.score).max { accuracy(scored, $0) < accuracy(scored, $1) } ?? 0.5
        line("at the best threshold for accuracy on dev, \(best.short)", scored, best)
        // The strictest threshold that still gives as many in-scope messages their topic.
        if let floor = Self.baselines[name] {
            let strict = scored.map(\.score).sorted().last { figures(scored, $0).inside > floor }
            if let strict { line("where in_accuracy is just above the baseline's, \(strict.short)", scored, strict) }
        }
    }

    /// `in_accuracy` of TF-IDF and logistic regression.
    private static let baselines = [
        "clinc150": 0.886, "hint3 curekart": 0.578, "hint3 powerplay11": 0.1, "hint3 sofmattress": 0.644,
    ]

    private static func accuracy(_ scored: [Scored], _ threshold: Double) -> Double {
        figures(scored, threshold).all
    }

    private static func figures(_ scored: [Scored], _ threshold: Double) -> (all: Double, inside: Double, oos: Double) {
        var right = 0
        var rightInside = 0
        var refused = 0
        var insideCount = 0
        for row in scored {
            let given = row.score >= threshold ? row.topic : nil
            if given == row.label { right += 1 }
            if row.label == nil {
                if given == nil { refused += 1 }
            } else {
                insideCount += 1
                if given == row.label { rightInside += 1 }
            }
        }
        let outsideCount = scored.count - insideCount
        return (
            Double(right) / Double(scored.count), Double(rightInside) / Double(max(1, insideCount)),
            Double(refused) / Double(max(1, outsideCount))
        )
    }

    private static func line(_ title: String, _ scored: [Scored], _ threshold: Double) {
        let figures = figures(scored, threshold)
        let hasOutside = scored.contains { $0.label == nil }
        print(
            "    \(title): accuracy \(figures.all.short), in_accuracy \(figures.inside.short)"
                + (hasOutside ? ", oos_recall \(figures.oos.short)" : ""))
    }
}
