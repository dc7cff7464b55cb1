import Foundation
import Glibc

@testable import opencx_demo

/// What a command line came to.
struct Outcome: Sendable {
    var code: Int32
    var output: String
    var errors: String
}

enum Demo {
    /// Runs a command line in this process.
    static func run(_ words: String...) async throws -> Outcome {
        try await run(words)
    }

    static func run(_ words: [String]) async throws -> Outcome {
        let folder = try TemporaryFolder(["output": "", "errors": ""])
        let output = open(folder.path + "/output", O_WRONLY | O_APPEND | O_CLOEXEC)
        let errors = open(folder.path + "/errors", O_WRONLY | O_APPEND | O_CLOEXEC)
        defer {
            close(output)
            close(errors)
        }
        let code = await opencx_demo.run(words, Terminal(output: output, errors: errors))
        return Outcome(code: code, output: folder.read("output"), errors: folder.read("errors"))
    }

    /// Where the package's examples are.
    static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Examples"
}
