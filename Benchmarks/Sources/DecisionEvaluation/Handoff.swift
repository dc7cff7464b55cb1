import OpenCXCore

/// Requests for a person and frustration, on sets of messages.
enum Handoff {
    private static func signals(_ text: String, _ candidate: Candidate) async throws -> [HandoffSignal] {
        let request = ClassificationRequest(
            question: try await Redaction().publish(UnredactedText(text)), history: [], topics: [], prohibited: [])
        return try await candidate.classifier.classify(request).signals
    }

    static func evaluateRequests(_ options: Options, _ candidate: Candidate) async throws {
        guard let rows = Row.read("dev", in: options.folder + "/handoff_requests") else { return }
        print("\n# Requests for a person (`contact` rows left out)\n")
        var counts: [String: Counts] = [:]
        var withFrustration = Counts()
        for row in options.sample(rows.filter { $0["label"] != "contact" }) {
            let found = try await signals(row["text"] ?? "", candidate)
            let asks = found.contains { $0.trigger == .explicitRequest && $0.strength >= 0.5 }
            let upset = found.contains { $0.trigger == .frustration && $0.strength >= 0.6 }
            let isThere = row["label"] == "yes"
            counts["all", default: Counts()].count(found: asks, isThere: isThere)
            counts[row["source"] ?? "", default: Counts()].count(found: asks, isThere: isThere)
            if row["source"] != "HINT3" {
                counts["without HINT3", default: Counts()].count(found: asks, isThere: isThere)
            }
            withFrustration.count(found: asks || upset, isThere: isThere)
        }
        for (source, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(source): \(count.summary)") }
        print("all, or frustrated (what the quick preset hands off): \(withFrustration.summary)")
        try await countFalseAlarms(options, candidate)
    }

    /// Messages about anything, most of which ask for nobody: how many are taken for a request.
    private static func countFalseAlarms(_ options: Options, _ candidate: Candidate) async throws {
        for set in ["banking77", "clinc150", "dstc11", "multidogo"] {
            guard let rows = Row.read(set + ".dev", in: options.folder + "/intents").map(options.sample) else {
                continue
            }
            var alarms = 0
            for row in rows {
                let found = try await signals(row["text"] ?? "", candidate)
                if found.contains(where: { $0.trigger == .explicitRequest && $0.strength >= 0.5 }) { alarms += 1 }
            }
            print("taken for a request in intents/\(set): \(alarms) of \(rows.count)")
        }
    }

    static func evaluateFrustration(_ options: Options, _ candidate: Candidate) async throws {
        print("\n# Frustration\n")
        for (name, file) in [("posts", "posts.dev"), ("goemotions", "goemotions.dev")] {
            guard let rows = Row.read(file, in: options.folder + "/frustration") else { continue }
            var counts: [Double: Counts] = [:]
            var angry: [Double] = []
            var calm: [Double] = []
            for row in options.sample(rows) {
                let found = try await signals(row["text"] ?? "", candidate)
                let strength = found.first { $0.trigger == .frustration }?.strength ?? 0
                if row.isTrue("frustrated") { angry.append(strength) } else { calm.append(strength) }
                for threshold in [0.3, 0.5, 0.6, 0.75] {
                    counts[threshold, default: Counts()].count(
                        found: strength >= threshold, isThere: row.isTrue("frustrated"))
                }
            }
            print("\(name): AUROC \(areaUnderCurve(angry, calm).short)")
            for (threshold, count) in counts.sorted(by: { $0.key < $1.key }) {
                print("    from \(threshold): \(count.summary)")
            }
        }
    }
}
