internal import OpenCXCore
internal import OpenCXDemoServer

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes a line for each request, in a task of its own: no client waits for a disk.
struct AccessLog: Sendable {
    private let lines: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let descriptor: Int32

    /// Opens a file to write on at its end; `-` is standard output.
    init(path: String) throws {
        if path == "-" {
            descriptor = STDOUT_FILENO
        } else {
            descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw Failure(
                    "The access log \"\(path)\" cannot be written. Is the path right, and may you write there?")
            }
        }
        // When the disk falls behind, lines are lost and requests are not.
        (lines, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(4096))
    }

    func add(_ line: String) {
        continuation.yield(line)
    }

    /// Writes until the task is cancelled.
    func run() async {
        let terminal = Terminal(output: descriptor)
        for await line in lines { terminal.print(line) }
    }
}
