import FoundationEssentials
import OpenCXCore
import OpenCXOpenAPI
import Testing

/// Imports real documents in bulk. They are not part of the repository; without them, beside it in `../shared`, the tests are
/// skipped. With `OPENCX_PRINT_SURVEY=1` a line for every document is printed.
@Suite struct SpecSurveyTests {
    static let data = ProcessInfo.processInfo.environment["OPENCX_SHARED_DATA"] ?? "../shared/data"
    static let printsAll = ProcessInfo.processInfo.environment["OPENCX_PRINT_SURVEY"] != nil
    static let collection = data + "/openapi_specs/specs.dev.jsonl.gz"
    static let vendors = data + "/../specs"

    struct Row: Decodable {
        struct Expectation: Decodable {
            var operations: Int
        }
        var id: String
        var content: String
        var valid: Bool?
        var expect: Expectation?
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: collection), "the data of ../shared/data are not there"))
    func `real documents are imported, or refused with a reason`() throws {
        let rows = try RetailReplayTests.gunzip(Self.collection).split(separator: 0x0A)
            .map { try JSONDecoder().decode(Row.self, from: Data($0)) }
        var survey = Survey()
        for row in rows {
            let result = survey.add(row)
            guard let expected = row.expect?.operations else { continue }
            let found = try #require(try? result.get(), "\(row.id)")
            #expect(found.imported.count + found.refused.filter { $0.method != "*" }.count == expected, "\(row.id)")
        }
        survey.report()
        // What was reached when the test was written.
        #expect(survey.imported >= 1528)
        #expect(survey.count("invalid, refused") + survey.count("invalid, imported with refusals") >= 29)
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: vendors), "the specifications of ../shared are not there"))
    func `vendors' documents are imported, or refused with a reason`() throws {
        var survey = Survey()
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.vendors).sorted()
        where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
            let text = try String(contentsOf: URL(filePath: "\(Self.vendors)/\(name)"), encoding: .utf8)
            _ = survey.add(Row(id: name, content: text))
        }
        survey.report()
        #expect(survey.imported >= 900)
    }

    /// What came of many documents.
    struct Survey {
        private var documents = 0
        private var bytes = 0
        private var time = Duration.zero
        private(set) var imported = 0
        private var reasons: [String: Int] = [:]

        func count(_ reason: String) -> Int { reasons[reason] ?? 0 }

        mutating func add(_ row: Row) -> Result<OpenAPIImport, any Error> {
            let settings = OpenAPISettings(serverBaseURL: "https://api.example.com", derivesNames: true)
            let start = ContinuousClock.now
            let result = Result { try OpenAPIImport(document: Array(row.content.utf8), settings: settings) }
            let duration = ContinuousClock.now - start
            documents += 1
            bytes += row.content.utf8.count
            time += duration
            var line = "| \(row.id) | \(row.content.utf8.count) | \(Int(duration / .milliseconds(1))) ms |"
            var outcome = "refused"
            switch result {
            case .success(let found):
                imported += found.imported.count
                for refusal in found.refused { reasons[refusal.reason.code.rawValue, default: 0] += 1 }
                outcome = found.refused.isEmpty ? "imported" : "imported with refusals"
                line += " \(found.version) | \(found.imported.count) | \(found.refused.count) | \(found.notes.count) |"
                if let first = found.refused.first { line += " \(first)" }
            case .failure(let error):
                reasons["document: \((error as? OpenAPIError)?.code.rawValue ?? "other")", default: 0] += 1
                line += " \(error)"
            }
            if let valid = row.valid { reasons["\(valid ? "valid" : "invalid"), \(outcome)", default: 0] += 1 }
            if SpecSurveyTests.printsAll { print(line) }
            return result
        }

        func report() {
            print("\(documents) documents, \(bytes) bytes, \(imported) operations imported")
            print("\(Int(time / .milliseconds(1) / (Double(bytes) / 1_000_000))) ms per MB")
            for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("  \(reason): \(count)") }
        }
    }
}
