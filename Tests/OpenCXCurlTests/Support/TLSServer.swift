import Foundation

/// `openssl s_server` on loopback, with a certificate made for the test. It answers every request with a page about itself.
final class TLSServer: Sendable {
    let port: Int
    /// The path of the certificate, which is its own authority.
    let certificate: String
    private let folder: String
    private let process: Process

    /// Where the tool is; nil where there is none.
    static let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Failure: Error {}

    /// Starts a server and waits until it listens.
    ///
    /// - Parameter name: what the certificate is for, as a subject alternative name.
    init(name: String) async throws {
        guard let tool = Self.tool else { throw Failure() }
        folder = FileManager.default.temporaryDirectory.path + "/opencx-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificate = folder + "/certificate.pem"
        let key = folder + "/key.pem"
        let maker = Self.process(
            tool,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=OpenCX test", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
            ])
        try maker.run()
        maker.waitUntilExit()
        guard maker.terminationStatus == 0 else { throw Failure() }
        process = Self.process(
            tool, ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate, "-key", key])
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        port = try await Self.port(from: output.fileHandleForReading)
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func process(_ tool: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Reads `ACCEPT 127.0.0.1:12345`.
    private static func port(from output: FileHandle) async throws -> Int {
        let text: String = await withCheckedContinuation { continuation in
            onOwnThread {
                var text = ""
                while !text.contains("ACCEPT 127.0.0.1:") || !text.hasSuffix("\n") {
                    let data = output.availableData
                    if data.isEmpty { break }
                    text += String(decoding: data, as: UTF8.self)
                }
                continuation.resume(returning: text)
            }
        }
        guard let place = text.range(of: "ACCEPT 127.0.0.1:"),
            let port = Int(text[place.upperBound...].prefix { $0.isNumber })
        else { throw Failure() }
        return port
    }
}
