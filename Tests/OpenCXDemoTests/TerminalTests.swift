import Glibc
import OpenCXCore
import Testing

@testable import opencx_demo

@Suite struct TerminalTests {
    @Test(arguments: [
        ("plain text", "plain text"), ("two\nlines\tand a tab", "two\nlines\tand a tab"), ("grüße 🙃", "grüße 🙃"),
        ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"), ("\u{1B}]0;title\u{7}", "]0;title"), ("\u{9B}2J", "2J"),
        ("over\rwritten", "overwritten"), ("back\u{8}space\u{7F}", "backspace"), ("\u{0}\u{85}\u{90}", ""), ("", ""),
        ("👩‍👩‍👧\u{1B}", "👩‍👩‍👧"),
    ])
    func `escape sequences lose what makes them work`(text: String, shown: String) {
        #expect(text.forTerminal == shown)
    }

    @Test func `what is sent to the terminal is plain, with its sources`() async throws {
        let folder = try TemporaryFolder(["output": ""])
        let file = open(folder.path + "/output", O_WRONLY | O_APPEND | O_CLOEXEC)
        defer { close(file) }
        let channel = TerminalChannel(terminal: Terminal(output: file, errors: file))
        let text = "**Bold** \u{1B}[2Jtext"
        let message = Message(
            id: "m", author: .person("Sam\u{1B}[5m"), text: RedactedText(derived: text),
            citations: [
                Citation(article: "a/b", title: RedactedText(derived: "T\u{1B}[1m"), url: "https://x.example/\u{1B}[4m")
            ], at: .epoch)
        let contact = Contact(id: "c", isVerified: false, createdAt: .epoch)
        _ = try await channel.send(
            OutboundMessage(
                idempotencyKey: "1", session: "s", ticket: TicketNumber(rawValue: 1), thread: "t", contact: contact,
                message: message, text: UnredactedText(text)))
        #expect(folder.read("output") == "\nSam[5m> Bold [2Jtext\n  source: T[1m <https://x.example/[4m>\n")
    }

    @Test func `a reader that has gone stops nothing`() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let before = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, before) }
        Terminal(output: ends[1], errors: ends[1]).print("nobody reads this")
    }
}
