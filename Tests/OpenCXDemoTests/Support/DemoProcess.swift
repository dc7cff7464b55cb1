import Foundation

/// The built `opencx-demo`, as a process of its own.
final class DemoProcess: @unchecked Sendable {
    // Safe to share: `Process` is only asked for its number and its end after it was started.
    private let process = Process()
    private let folder: TemporaryFolder

    struct Failure: Error {
        var message: String
    }

    /// Beside the test bundle, where the build puts it.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("opencx-demo")

    /// Starts a command line, without a terminal; without input, too, where none is given.
    init(
        _ words: [String], input: String? = nil, output: FileHandle? = nil, environment: [String: String] = [:]
    ) throws {
        folder = try TemporaryFolder(["input": input ?? "", "output": "", "errors": ""])
        process.executableURL = Self.executable
        process.arguments = words
        if !environment.isEmpty {
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path + "/input"))
        process.standardOutput = try output ?? FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/output"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/errors"))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Runs a command line to its end.
    static func run(_ words: String..., input: String? = nil) async throws -> Outcome {
        let process = try DemoProcess(words, input: input)
        let code = try await process.end()
        return Outcome(code: code, output: process.output, errors: process.errors)
    }

    var output: String { folder.read("output") }
    var errors: String { folder.read("errors") }

    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the process to end, and returns its exit code; of one that a signal ended, the negative signal.
    func end(within seconds: Int = 120) async throws -> Int32 {
        try await until(within: seconds, "the process has ended") { process.isRunning ? nil : true }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Ends the process as a power cut would.
    func cut() async throws {
        send(SIGKILL)
        _ = try await end()
    }

    /// Waits until the server takes requests, and returns its port.
    func port() async throws -> Int {
        try await until(within: 120, "the server is ready") {
            if !process.isRunning { throw Failure(message: "ended before it was ready: \(errors)") }
            guard let line = output.split(separator: "\n").first, line.hasPrefix("ready on http://"),
                output.hasSuffix("\n")
            else { return nil }
            return Int(line.dropLast().split(separator: ":").last ?? "")
        }
    }
}

/// Asks again and again, for as long as that makes sense for another process, until there is a value.
@discardableResult
func until<Value>(
    within seconds: Int, _ condition: String, _ value: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if let value = try await value() { return value }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw DemoProcess.Failure(message: "waited \(seconds) seconds in vain until \(condition)")
}
