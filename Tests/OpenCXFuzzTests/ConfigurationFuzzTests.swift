import Foundation
import OpenCXCore
import Testing

@testable import opencx_demo

/// Files that people write by hand.
@Suite struct ConfigurationFuzzTests {
    private static func file(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/opencx-fuzz-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func `a configuration is read, or refused in words`() throws {
        let example = URL(fileURLWithPath: "\(#filePath)/../../../Examples/fernhill.json").standardized
        let fuzz = Fuzz(
            [
                String(decoding: try Data(contentsOf: example), as: UTF8.self),
                #"{"model":{"provider":"openai","name":"x","base_url":"http://h"}}"#,
            ],
            tokens: [
                "\"lease\": 1e300,", "\"language\": \"\",", "\"port\": 70000", "\"server\": {}", "[]", "{}", "true",
                "-0.0", "\"on\":", "\"budget\": {",
                "\"collecting_delay\": {\"web\": 1e9},", "\"handoff\": null,",
            ])
        fuzz.run { bytes, _ in
            try Self.file(bytes) { path in
                do {
                    _ = try Configuration(ConfigurationReader(file: path))
                } catch {
                    guard let failure = error as? Failure, !failure.description.isEmpty else {
                        throw Fuzz.Wrong("\(error)")
                    }
                }
            }
        }
    }

    @Test func `questions are read, or refused in words`() throws {
        let fuzz = Fuzz(
            [
                "{\"question\": \"Q\", \"relevant\": [\"a\"]}\n{\"title\": \"T\", \"body\": \"B\", \"relevant\": [], \"locale\": \"de\"}\r\n"
            ],
            tokens: ["\u{1F}\u{8B}", "\n", "[\"a\"]", "\"strict\": true,"])
        fuzz.run { bytes, _ in
            try Self.file(bytes) { path in
                do {
                    _ = try QuestionFile.read(path)
                } catch {
                    guard error is Failure else { throw Fuzz.Wrong("\(error)") }
                }
            }
        }
    }

    @Test func `a calibration claims nothing that it does not bear out`() throws {
        let good = #"""
            {"budget":{"level":0.95,"wrongAtMost":0.05},"data":{"hash":"h","measured_at":"t","path":"p","rows":400},
            "point":{"answered":253,"questions":400,"threshold":0.7,"wrong":3,"wrong_at_most":0.03},
            "subject":{"answerer":"embedded","knowledge":"k"},"topics":{}}
            """#
        let fuzz = Fuzz([good], tokens: ["9223372036854775807", "-1", "1e308", "0", "1", "253", "0.5"])
        fuzz.run { bytes, _ in
            guard let calibration = try? JSONDecoder().decode(Calibration.self, from: Data(bytes)) else { return }
            let refusal = calibration.refusal(
                of: ErrorBudget(), for: Calibration.Subject(answerer: "embedded", knowledge: "k"))
            let point = calibration.point
            if refusal == nil, point.wrong > point.answered / 20 || !(0...1).contains(point.threshold) {
                throw Fuzz.Wrong("claimed \(point)")
            }
        }
    }
}
