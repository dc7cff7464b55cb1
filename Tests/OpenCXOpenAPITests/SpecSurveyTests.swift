import FoundationEssentials
import OpenCXCore
import Testing

@testable import OpenCXOpenAPI

/// Imports real documents in bulk, when there are some: `Scripts/openapi-survey` names the file and prints the table.
@Suite struct SpecSurveyTests {
    static let file = ProcessInfo.processInfo.environment["OPENCX_OPENAPI_SPECS"]

    struct Row: Decodable {
        struct Expectation: Decodable {
            var operations: Int
        }
        var id: String
        var content: String
        var valid: Bool?
        var expect: Expectation?
    }

    @Test(.enabled(if: file != nil, "OPENCX_OPENAPI_SPECS names no file of documents"))
    func `real documents are imported, or refused with a reason`() throws {
        let lines = try Data(contentsOf: URL(filePath: try #require(Self.file))).split(separator: 0x0A)
        var total = Totals()
        for line in lines {
            let row = try JSONDecoder().decode(Row.self, from: Data(line))
            let settings = OpenAPISettings(serverBaseURL: "https://api.example.com", derivesNames: true)
            let start = ContinuousClock.now
            let result = Result { try OpenAPIImport(document: Array(row.content.utf8), settings: settings) }
            let time = ContinuousClock.now - start
            total.add(row, result, time)
            if case .success(let imported) = result, let expected = row.expect?.operations {
                let known = imported.imported.count + imported.refused.filter { $0.method != "*" }.count
                #expect(known == expected, "\(row.id)")
            }
            for action in (try? result.get())?.actions ?? [] {
                #expect(!action.inputSchema.serialized().isEmpty)
            }
        }
        total.report()
        #expect(total.documents == lines.count)
    }

    struct Totals {
        var documents = 0
        var bytes = 0
        var time = Duration.zero
        var imported = 0
        var reasons: [String: Int] = [:]
        var validity: [String: Int] = [:]
        var notes = 0

        mutating func add(_ row: Row, _ result: Result<OpenAPIImport, any Error>, _ duration: Duration) {
            documents += 1
            bytes += row.content.utf8.count
            time += duration
            let milliseconds = duration / .milliseconds(1)
            switch result {
            case .success(let found):
                imported += found.imported.count
                notes += found.notes.count
                for refusal in found.refused { reasons[refusal.reason.code.rawValue, default: 0] += 1 }
                print(
                    "| \(row.id) | \(found.version) | \(found.imported.count) | \(found.refused.count) |",
                    "\(found.notes.count) | \(Int(milliseconds)) | \(found.refused.first.map { "\($0.reason)" } ?? "") |"
                )
                if let valid = row.valid {
                    let isRefused = !found.refused.isEmpty
                    validity[
                        "\(valid ? "valid" : "invalid"), imported\(isRefused ? " with refusals" : "")", default: 0] += 1
                    if !valid, !isRefused { print("INVALID BUT TAKEN: \(row.id)") }
                }
            case .failure(let error):
                if let valid = row.valid { validity["\(valid ? "valid" : "invalid"), refused", default: 0] += 1 }
                reasons["document: \((error as? OpenAPIError)?.code.rawValue ?? "other")", default: 0] += 1
                print("| \(row.id) | – | – | – | – | \(Int(milliseconds)) | \(error) |")
                if row.valid != false { print("VALID BUT REFUSED: \(row.id)") }
            }
        }

        func report() {
            print("documents \(documents), \(bytes) bytes, imported \(imported) operations, notes \(notes)")
            print("milliseconds per MB: \(Int(time / .milliseconds(1) / (Double(bytes) / 1_000_000)))")
            for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("  \(reason): \(count)") }
            for (kind, count) in validity.sorted(by: { $0.key < $1.key }) { print("  \(kind): \(count)") }
        }
    }
}
