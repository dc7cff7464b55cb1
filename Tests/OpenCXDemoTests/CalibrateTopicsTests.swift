import Foundation
import OpenCXCore
import Testing

@testable import opencx_demo

/// A topic threshold from labelled messages.
@Suite struct CalibrateTopicsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "shop.json": """
            {"autopilot": {"only_topics": [
                {"name": "Returns", "examples": ["how do I return an item", "send my tent back"]},
                {"name": "Delivery", "examples": ["where is my parcel"]}]}}
            """
        ])
    }

    private func calibrate(_ lines: [String], config: String = "shop.json") async throws -> Outcome {
        try folder.write("messages.jsonl", lines.joined(separator: "\n"))
        return try await Demo.run(
            "calibrate-topics", folder.path + "/messages.jsonl", "--config", folder.path + "/" + config, "--output",
            folder.path + "/topics.json")
    }

    private static func lines(_ text: String, _ topic: String?, count: Int) -> [String] {
        Array(repeating: #"{"text": "\#(text)", "topic": \#(topic.map { "\"\($0)\"" } ?? "null")}"#, count: count)
    }

    @Test func `the threshold is said, and written down with what it was measured on`() async throws {
        let lines =
            Self.lines("how do I return an item", "Returns", count: 15)
            + Self.lines("where is my parcel", "Delivery", count: 10)
            + Self.lines("who won the match last night", nil, count: 25)
        let outcome = try await calibrate(lines)
        try #require(outcome.code == 0, "\(outcome.errors)")
        let calibration = try JSONDecoder().decode(TopicCalibration.self, from: Data(folder.read("topics.json").utf8))
        #expect(calibration.point.messages == 50 && calibration.point.aboutNone == 25)
        #expect(calibration.point.right == 50 && calibration.classifier == "embedded")
        #expect(calibration.data.path.hasSuffix("/messages.jsonl") && calibration.data.rows == 50)
        #expect(calibration.data.hash.hasPrefix("fnv1a-128:"))
        #expect(outcome.output.hasPrefix(#""topic_threshold": \#(calibration.point.threshold)"#), "\(outcome.output)")
        #expect(outcome.output.contains("50 of 50 messages right (100.0 %"))
    }

    @Test func `what cannot be measured is said`() async throws {
        let few = try await calibrate(Self.lines("how do I return an item", "Returns", count: 30))
        #expect(few.code == 1 && few.errors.contains("30 messages are about a topic and 0 about none"), "\(few.errors)")
        let unknown = try await calibrate(Self.lines("reset my password", "Login", count: 1))
        #expect(unknown.code == 1 && unknown.errors.contains("message 1: its topic is none"), "\(unknown.errors)")
        let unlabelled = try await calibrate([#"{"text": "hello"}"#])
        #expect(unlabelled.code == 1 && unlabelled.errors.contains("line 1: expected"), "\(unlabelled.errors)")
        try folder.write("empty.json", "{}")
        let none = try await calibrate(Self.lines("hello", nil, count: 1), config: "empty.json")
        #expect(none.code == 1 && none.errors.contains("There are no topics"), "\(none.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/topics.json"))
    }
}
