internal import OpenCXCore

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

@main
enum OpenCXDemo {
    static func main() async {
        // Whoever reads the output may go away; that must not take a running server with it.
        signal(SIGPIPE, SIG_IGN)
        exit(await run(Array(CommandLine.arguments.dropFirst()), Terminal()))
    }
}

/// Every command, in the order `--help` lists them.
let commands: [Command] = [
    .chat, .ask, .serve, .knowledgeSync, .knowledgeSearch, .knowledgeList, .inboxList, .inboxShow, .inboxReply,
    .inboxResolve, .outboxList, .outboxRetry, .inspect, .replay, .erase, .connect, .vaultRenew, .keysCreate, .keysList,
    .keysRevoke, .membersAdd, .membersList, .membersDisable, .membersPassword, .evaluate, .evaluatePII, .calibrate,
    .calibrateTopics,
]

/// Runs a command line and returns the exit code: 0, 1 for a failure, 2 for a wrong command line.
func run(_ words: [String], _ terminal: Terminal) async -> Int32 {
    if words.isEmpty || ["--help", "-h", "help"].contains(words[0]) {
        terminal.print(overview)
        return words.isEmpty ? 2 : 0
    }
    guard let command = commands.first(where: { words.starts(with: $0.words) }) else {
        let group = commands.filter { $0.words.count > 1 && $0.words[0] == words[0] }
        if !group.isEmpty, words.count == 1 || ["--help", "-h", "help"].contains(words[1]) {
            let lines = group.map { "  opencx-demo \($0.name)  \($0.summary)" }
            terminal.print(lines.joined(separator: "\n"))
            return words.count == 1 ? 2 : 0
        }
        let name = words.prefix(2).joined(separator: " ")
        terminal.complain("opencx-demo: there is no command \"\(name)\"; see opencx-demo --help.")
        return 2
    }
    let rest = words.dropFirst(command.words.count)
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
        terminal.print(command.help)
        return 0
    }
    do {
        try await command.run(command.parse(rest, terminal: terminal))
        return 0
    } catch let error as UsageError {
        terminal.complain("opencx-demo \(command.name): \(error)\n\(command.usage)")
        return 2
    } catch is CancellationError {
        return 0
    } catch {
        terminal.complain("opencx-demo \(command.name): \(error)")
        return 1
    }
}

private var overview: String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { command in
        "  \(command.name)\(String(repeating: " ", count: width - command.name.count + 2))\(command.summary)"
    }
    return """
        A customer-support agent in one process: no key, no server, no network.

        usage: opencx-demo COMMAND [options]

        \(lines.joined(separator: "\n"))

        Every command explains itself with --help. To begin with:

          opencx-demo chat --knowledge Examples/help-center
        """
}
