import Foundation
import OpenCXCore
import Testing

@testable import opencx_demo

/// An error budget from labelled questions to the agent that claims it, or does not.
@Suite struct CalibrateTests {
    private let folder: TemporaryFolder
    private let questions = Demo.examples + "/help-center/questions.jsonl"

    init() throws {
        folder = try TemporaryFolder([
            "help/returns.md":
                "---\ntitle: Return a tent\ndescription: Returns.\n---\n\nYou can return a tent within 60 days.\n"
        ])
        try folder.write(
            "shop.json", #"{"knowledge": "help", "budget": {"calibration": "budget.json", "wrong_at_most": 0.3}}"#)
    }

    private func calibrate(_ words: String...) async throws -> Outcome {
        try await Demo.run(
            [
                "calibrate", questions, "--knowledge", Demo.examples + "/help-center", "--output",
                folder.path + "/budget.json",
            ]
                + words)
    }

    private func ask(knowledge: String? = nil) async throws -> Outcome {
        try await Demo.run(
            ["ask", "How do I return a tent?", "--config", folder.path + "/shop.json"]
                + (knowledge.map { ["--knowledge", $0] } ?? []))
    }

    @Test func `the threshold that keeps the budget is written down, with what it was measured on`() async throws {
        let picture = folder.path + "/risk.svg"
        let outcome = try await calibrate("--wrong", "30", "--picture", picture)
        try #require(outcome.code == 0, "\(outcome.errors)")
        let calibration = try JSONDecoder().decode(Calibration.self, from: Data(folder.read("budget.json").utf8))
        #expect(calibration.budget.wrongAtMost == 0.3 && calibration.budget.level == 0.95)
        #expect(calibration.data.rows == 72 && calibration.data.path == questions)
        #expect(calibration.data.hash.hasPrefix("fnv1a-128:") && calibration.data.measuredAt.hasPrefix("20"))
        #expect(calibration.subject.answerer == "embedded")
        #expect(calibration.point.questions == 72 && calibration.point.upperBound <= 0.3)
        #expect(outcome.output.contains("from confidence \(fixed(calibration.point.threshold)) on"))
        #expect(folder.read("risk.svg").contains("<polyline") && folder.read("risk.svg").hasSuffix("</svg>\n"))

        // The agent takes it over for these articles, and for no others.
        let claimed = try await ask(knowledge: Demo.examples + "/help-center")
        #expect(claimed.code == 0 && claimed.errors.isEmpty, "\(claimed.errors)")
        let refused = try await ask()
        #expect(refused.code == 0 && refused.output.contains("60 days"))
        #expect(refused.errors.contains("no error budget is claimed, and the confidence threshold stays at 0.400"))
        #expect(refused.errors.contains("the articles have changed"))
    }

    @Test func `a threshold that is claimed is the one that counts`() async throws {
        _ = try await calibrate("--wrong", "30")
        var calibration = try JSONDecoder().decode(Calibration.self, from: Data(folder.read("budget.json").utf8))
        calibration.point.threshold = 1
        try folder.write("budget.json", String(decoding: JSONEncoder().encode(calibration), as: UTF8.self))
        let strict = try await ask(knowledge: Demo.examples + "/help-center")
        #expect(strict.output.contains("handed off"))
    }

    @Test func `where no threshold keeps the budget nothing is written`() async throws {
        let few = try await calibrate()
        #expect(few.code == 1 && few.errors.contains("124 answers are needed to promise 5 %"), "\(few.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/budget.json"))
        let wrong = try folder.write(
            "wrong.jsonl",
            String(repeating: #"{"question": "How do I return a tent?", "relevant": ["none"]}"# + "\n", count: 30))
        let bad = try await Demo.run("calibrate", wrong, "--knowledge", folder.path + "/help", "--wrong", "50")
        #expect(bad.code == 1 && bad.errors.contains("30 of 30 answers were wrong"), "\(bad.errors)")
    }

    @Test func `a budget without its measurement is an error`() async throws {
        let missing = try await ask()
        #expect(missing.code == 1 && missing.errors.contains("budget.json: the calibration cannot be read"))
        try folder.write("budget.json", "{}")
        let damaged = try await ask()
        #expect(damaged.code == 1 && damaged.errors.contains("this is no calibration"))
    }

    @Test func `an evaluation says how errors grow with what is answered`() async throws {
        let outcome = try await Demo.run(
            "evaluate", questions, "--knowledge", Demo.examples + "/help-center", "--picture", folder.path + "/e.svg")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("area under risk and coverage (AURC): 0."))
        #expect(folder.read("e.svg").contains("from confidence 0.400"))
    }
}
