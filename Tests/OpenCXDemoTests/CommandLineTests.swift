import Testing

@testable import opencx_demo

@Suite struct CommandLineTests {
    @Test(arguments: commands.map(\.name))
    func `every command explains itself`(name: String) async throws {
        for flag in ["--help", "-h"] {
            let outcome = try await Demo.run(name.split(separator: " ").map(String.init) + [flag])
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("usage: opencx-demo \(name)"))
            #expect(outcome.output.contains("--data DIR"))
            #expect(outcome.errors.isEmpty)
        }
    }

    @Test(arguments: [["--help"], ["-h"], ["help"], ["knowledge", "--help"], ["inbox", "-h"], ["outbox", "help"]])
    func `help lists what there is`(words: [String]) async throws {
        let outcome = try await Demo.run(words)
        #expect(outcome.code == 0)
        let group = commands.filter { words.count == 1 || $0.name.hasPrefix(words[0] + " ") }
        for command in group { #expect(outcome.output.contains(command.name)) }
    }

    @Test func `help wins over everything else on the line, but not behind two hyphens`() async throws {
        #expect(try await Demo.run("ask", "--nonsense", "--help").code == 0)
        #expect(try await Demo.run("ask", "--data", "none", "--", "--help").output.contains("usage") == false)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var words: [String]
        var says: String
        var testDescription: String { words.joined(separator: " ") }

        init(_ words: String..., says: String) {
            self.words = words
            self.says = says
        }
    }

    @Test(arguments: [
        Wrong("frobnicate", says: "\"frobnicate\""),
        Wrong("--frobnicate", says: "\"--frobnicate\""),
        Wrong("", says: "\"\""),
        Wrong("knowledge", "frobnicate", says: "\"knowledge frobnicate\""),
        Wrong("inbox", "", says: "\"inbox \""),
        Wrong("ask", says: "QUESTION is missing"),
        Wrong("ask", "one", "two", says: "\"two\" is one word too many"),
        Wrong("ask", "one", "--nonsense", says: "no option --nonsense"),
        Wrong("ask", "one", "--nonsense=3", says: "no option --nonsense."),
        Wrong("ask", "one", "-x", says: "no option -x"),
        Wrong("ask", "one", "--as", says: "--as needs a value"),
        Wrong("ask", "one", "--json=yes", says: "--json takes no value"),
        Wrong("inbox", "show", says: "TICKET is missing"),
        Wrong("inbox", "reply", "1001", says: "TEXT is missing"),
        Wrong("outbox", "retry", says: "ENTRY is missing"),
        Wrong("inspect", says: "SESSION is missing"),
        Wrong("evaluate", says: "FILE.jsonl[.gz] is missing"),
        Wrong("knowledge", "sync", "--data", "none", says: "--knowledge"),
        Wrong("knowledge", "search", "x", "--data", "none", "--limit", "0", says: "--limit must be a whole number"),
        Wrong("knowledge", "search", "x", "--data", "none", "--limit", "many", says: "not \"many\""),
        Wrong("serve", "--data", "none", "--port", "65536", says: "--port must be a whole number from 0 to 65535"),
        Wrong("serve", "--data", "none", "--port=-1", says: "--port"),
    ])
    func `a wrong command line is told what is wrong with it`(wrong: Wrong) async throws {
        let outcome = try await Demo.run(wrong.words)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains(wrong.says), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [[], ["knowledge"], ["inbox"]])
    func `without a command there is the list, and exit code 2`(words: [String]) async throws {
        let outcome = try await Demo.run(words)
        #expect(outcome.code == 2)
        #expect(outcome.output.contains("opencx-demo"))
    }

    @Test(arguments: [
        (["inbox", "show", "4711"], "no session 4711"), (["inbox", "show", "#4711"], "no session #4711"),
        (["inbox", "reply", "nobody", "Hello"], "no session nobody"), (["inbox", "resolve", "1"], "no session 1"),
        (["inspect", "99999999999999999999"], "no session"), (["outbox", "retry", "x"], "outbox list"),
        (["knowledge", "search", "anything"], "Nothing matches"), (["evaluate", "/nowhere.jsonl"], "/nowhere.jsonl"),
        (["ask", "x", "--knowledge", "/nowhere"], "/nowhere"), (["ask", "x", "--config", "/nowhere.json"], "/nowhere.json"),
    ])
    func `what cannot be done fails with a reason`(words: [String], says: String) async throws {
        let outcome = try await Demo.run(words + ["--data", "none"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: ["", "/dev/null/data", "/proc/nothing"])
    func `a data folder that cannot be made is named`(path: String) async throws {
        let outcome = try await Demo.run("inbox", "list", "--data", path)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("data folder \"\(path)\""), "\(outcome.errors)")
    }

    @Test func `options come in two forms, and the last one counts`() throws {
        let invocation = try Command.ask.parse(
            ["--as=a@b.c", "--as", "d=e@f.g", "what", "--json", "--json"], terminal: Terminal())
        #expect(invocation["--as"] == "d=e@f.g")
        #expect(invocation.has("--json"))
        #expect(invocation.operands == ["what"])
        #expect(try Command.ask.parse(["--", "--json"], terminal: Terminal()).operands == ["--json"])
        #expect(try Command.ask.parse(["-"], terminal: Terminal()).operands == ["-"])
    }
}
