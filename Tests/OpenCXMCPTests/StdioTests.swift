import OpenCXCore
import OpenCXMCP
import OpenCXTesting
import Testing

/// The protocol with a program of its own: what goes over the line, and what becomes of the program.
@Suite(.enabled(if: Program.canRun, "python3 is not there"), .timeLimit(.minutes(5)))
struct StdioTests {
    static func text(_ actions: MCPActions, _ tool: String, _ text: String? = nil) async throws -> String {
        let values: [String: JSONValue] = text.map { ["text": .string($0)] } ?? [:]
        return try await actions.call(ActionCall(tool, values)).text?.reveal() ?? ""
    }

    @Test func `a tool of a program is called`() async throws {
        let actions = Program.actions()
        #expect(try await actions.actions().map(\.name).contains("echo"))
        for line in ["a", "two\nlines \u{2028} and \"quotes\"", String(repeating: "ü", count: 100_000)] {
            #expect(try await Self.text(actions, "echo", line) == line)
        }
        await actions.close()
    }

    @Test func `what is no message, comes twice or was not asked for is passed over, and requests are answered`()
        async throws
    {
        let actions = Program.actions("noisy")
        #expect(try await Self.text(actions, "echo", "a") == "a")
        let seen = try await Self.text(actions, "seen")
        #expect(seen.contains("s1"))
        #expect(seen.contains("-32601"))
        await actions.close()
    }

    @Test func `answers may come in another order than the questions`() async throws {
        let actions = Program.actions()
        _ = try await actions.actions()
        async let a = Self.text(actions, "hold", "a")
        async let b = Self.text(actions, "hold", "b")
        async let c = Self.text(actions, "hold", "c")
        #expect(try await [a, b, c] == ["a", "b", "c"])
        await actions.close()
    }

    @Test func `a program sees what it needs of the environment, and what it is given`() async throws {
        let actions = Program.actions(environment: ["SHOP_KEY": Secret("k")])
        let names = try await Self.text(actions, "environment").split(separator: ",").map(String.init)
        #expect(names.contains("PATH") && names.contains("SHOP_KEY"))
        // What a wrapper around Python adds is its own affair; what this process has is not for the program.
        let mine = Program.ownVariables.subtracting(Program.inherited)
        let leaked = mine.intersection(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"])
        #expect(leaked.filter { !$0.contains("PYENV") } == [])
        await actions.close()
    }

    // MARK: Waiting

    @Test func `a call that takes too long is taken back, and nobody knows what it did`() async throws {
        let clock = ManualClock()
        let actions = Program.actions(clock: clock)
        _ = try await actions.actions()
        let call = Task { try await actions.call(ActionCall("silent")) }
        try await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(60))
        let error = await #expect(throws: HTTPClientError.self) { try await call.value }
        #expect(error?.code == .timeout)
        #expect(try await Self.text(actions, "seen").contains("notifications/cancelled"))
        await actions.close()
    }

    @Test func `the program is told when the caller waits no longer`() async throws {
        let clock = ManualClock()
        let actions = Program.actions(clock: clock)
        _ = try await actions.actions()
        let call = Task { try await actions.call(ActionCall("silent")) }
        try await clock.waitForSleepers(count: 1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(try await Self.text(actions, "seen").contains("notifications/cancelled"))
        await actions.close()
    }

    @Test func `a program that does not introduce itself is given up, and tried again later`() async throws {
        let clock = ManualClock()
        let actions = Program.actions("deaf", clock: clock, grace: .milliseconds(20))
        let list = Task { try await actions.actions() }
        try await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(20))
        #expect(await #expect(throws: ActionError.self) { try await list.value }?.code == .unavailable)
        // At once: no program is started.
        #expect(await #expect(throws: ActionError.self) { try await actions.actions() }?.code == .unavailable)
        #expect(clock.sleeperCount == 0)
    }

    // MARK: The end

    @Test func `a program that ends in a call leaves it open, and is started again for the next`() async throws {
        let actions = Program.actions()
        let first = try await Self.text(actions, "pid")
        let error = await #expect(throws: HTTPClientError.self) { try await Self.text(actions, "die") }
        #expect(error?.code == .interrupted)
        let second = try await Self.text(actions, "pid")
        #expect(first != second)
        await actions.close()
        #expect(!isProcess(first) && !isProcess(second))
    }

    @Test(arguments: ["", "stubborn", "parent", "chatty"])
    func `nothing is left of a program after the end`(mode: String) async throws {
        let actions = Program.actions(mode, grace: mode == "stubborn" ? .milliseconds(50) : .seconds(5))
        let process = try await Self.text(actions, "pid")
        #expect(isProcess(process))
        await actions.close()
        #expect(!isProcess(process))
        // The next use begins anew.
        #expect(try await Self.text(actions, "pid") != process)
        await actions.close()
    }

    @Test func `a program ends with what uses it`() async throws {
        var actions: MCPActions? = Program.actions()
        let process = try await Self.text(try #require(actions), "pid")
        actions = nil
        while isProcess(process) { await Task.yield() }
    }

    @Test func `a line that is too long ends the program`() async throws {
        let actions = Program.actions(settings: MCPSettings(messageLimit: 100_000))
        let process = try await Self.text(actions, "pid")
        let error = await #expect(throws: HTTPClientError.self) { try await Self.text(actions, "long") }
        #expect(error?.code == .tooLarge)
        #expect(try await Self.text(actions, "pid") != process)
        await actions.close()
    }

    @Test(arguments: ["/no/such/program", "/", "", "a\0b"])
    func `a program that cannot be started is said to be so`(program: String) async throws {
        let actions = MCPActions(MCPCommand(program), clock: ManualClock())
        let error = await #expect(throws: ActionError.self) { try await actions.call(.refund) }
        #expect(error?.code == .unavailable)
    }

    @Test func `a program that is no server is not waited for`() async throws {
        let actions = MCPActions(MCPCommand("true"), clock: ManualClock())
        let error = await #expect(throws: ActionError.self) { try await actions.actions() }
        #expect(error?.code == .unavailable)
        await actions.close()
    }
}
