import FoundationEssentials
import Glibc
import OpenCXCore
import OpenCXMCP
import OpenCXTesting

/// A small MCP server in Python, as a program of its own.
enum Program {
    /// Whether there is a Python to run it.
    static let canRun: Bool = {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").contains { access("\($0)/python3", X_OK) == 0 }
    }()

    /// The variables of this process, and those that a program may see.
    static let ownVariables = Set(ProcessInfo.processInfo.environment.keys)
    static let inherited: Set = [
        "PATH", "HOME", "LANG", "LC_ALL", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
    ]

    static func command(_ mode: String = "", grace: Duration = .seconds(5), environment: [String: Secret] = [:])
        -> MCPCommand
    {
        MCPCommand("python3", arguments: ["-S", "-E", "-c", script, mode], environment: environment, grace: grace)
    }

    static func actions(
        _ mode: String = "", clock: ManualClock = ManualClock(), grace: Duration = .seconds(5),
        environment: [String: Secret] = [:], settings: MCPSettings = MCPSettings()
    ) -> MCPActions {
        MCPActions(command(mode, grace: grace, environment: environment), clock: clock, settings: settings)
    }

    private static let script = #"""
        import json, os, signal, sys
        mode = sys.argv[1]
        if mode == "stubborn": signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if mode == "parent":
            if os.fork() == 0:
                signal.pause()
        if mode == "chatty": os.write(2, b"x" * (1 << 20))
        def send(m):
            sys.stdout.write(json.dumps(m) + "\n"); sys.stdout.flush()
        def result(id, r): send({"jsonrpc": "2.0", "id": id, "result": r})
        def text(id, t): result(id, {"content": [{"type": "text", "text": str(t)}]})
        seen, held = [], []
        tools = ["echo", "pid", "seen", "die", "silent", "hold", "long", "environment"]
        if mode == "deaf":
            while True: signal.pause()
        while True:
            line = sys.stdin.readline()
            if not line:
                if mode == "stubborn":
                    while True: signal.pause()
                break
            m = json.loads(line)
            seen.append(m.get("method") or m)
            method, id, p = m.get("method"), m.get("id"), m.get("params", {})
            if method == "initialize":
                if mode == "noisy":
                    sys.stdout.write("Starting up...\n\n{\n[1,2\n\xff\n{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}\n")
                    send({"jsonrpc": "2.0", "id": "s1", "method": "ping"})
                    send({"jsonrpc": "2.0", "id": 1, "method": "roots/list"})
                result(id, {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {}})
                if mode == "noisy": result(id, {"protocolVersion": "twice"})
            elif method == "tools/list":
                result(id, {"tools": [{"name": n, "description": n, "inputSchema": {"type": "object",
                    "properties": {"text": {"type": "string"}}}} for n in tools]})
            elif method == "tools/call":
                name = p["name"]
                if name == "echo": text(id, p["arguments"].get("text"))
                elif name == "pid": text(id, os.getpid())
                elif name == "seen": text(id, json.dumps({"seen": json.dumps(seen)}))
                elif name == "environment": text(id, ",".join(sorted(os.environ)))
                elif name == "die": os._exit(1)
                elif name == "long": text(id, "x" * 200000)
                elif name == "hold":
                    # Answers when there are three, the last one first.
                    held.append((id, p["arguments"]["text"]))
                    if len(held) == 3:
                        for i, t in reversed(held): text(i, t)
        """#
}

/// Whether a process is there, be it as a zombie.
func isProcess(_ id: String) -> Bool {
    guard let id = pid_t(id) else { return false }
    return kill(id, 0) == 0 || errno != ESRCH
}
