public import OpenCXCore

/// A server of the Model Context Protocol that is reached over streamable HTTP.
public struct MCPEndpoint: Sendable {
    /// The address: `https://mcp.example.com/mcp`.
    public var url: String
    /// The token that goes with every request as `Authorization: Bearer`.
    public var token: Secret?
    /// Headers that go with every request.
    public var headers: [(name: String, value: Secret)]
    /// Whether plain HTTP is taken to this machine itself. Everything else is HTTPS.
    public var allowsLoopbackHTTP: Bool

    /// Names a server.
    public init(
        url: String, token: Secret? = nil, headers: [(name: String, value: Secret)] = [],
        allowsLoopbackHTTP: Bool = false
    ) {
        self.url = url
        self.token = token
        self.headers = headers
        self.allowsLoopbackHTTP = allowsLoopbackHTTP
    }
}

/// A server of the Model Context Protocol that is a program on this machine, talked to over its standard input and output.
public struct MCPCommand: Sendable {
    /// The program: a path, or a name that is looked for in `PATH`.
    public var program: String
    /// Its arguments, without its own name.
    public var arguments: [String]
    /// What is added to its environment. Of this process's own it sees only what a program needs to run (`PATH`, `HOME`, `LANG`
    /// and the like): the rest may hold the secrets of other parts.
    public var environment: [String: Secret]
    /// How long it may take to end when its input is closed, and again when it is told to, before it is killed.
    public var grace: Duration

    /// Names a program.
    public init(
        _ program: String, arguments: [String] = [], environment: [String: Secret] = [:], grace: Duration = .seconds(2)
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.grace = grace
    }
}

extension MCPEndpoint {
    /// What goes with every request.
    func fixedHeaders() throws(MCPError) -> [(name: String, value: String)] {
        var all = headers
        if let token { all.append(("Authorization", Secret("Bearer \(token.reveal())"))) }
        for (name, value) in all {
            let isName = !name.isEmpty && name.utf8.allSatisfy { $0.isPlainNameByte || $0 == UInt8(ascii: ".") }
            guard isName, value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw MCPError(.badSettings, "A header has a name or a value that no header can have.")
            }
        }
        return all.map { ($0.name, $0.value.reveal()) }
    }

    /// Checks the address.
    func checkURL() throws(MCPError) {
        let isClean = url.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\")
        }
        let parts = url.split(separator: "://", maxSplits: 1)
        guard isClean, parts.count == 2 else {
            throw MCPError(.badSettings, "The server's address is none; it looks like https://mcp.example.com/mcp.")
        }
        let authority = parts[1].prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@") else {
            throw MCPError(
                .badSettings, "The server's address has no host, or a name and a password in it; use a token.")
        }
        if parts[0].lowercased() == "https" { return }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let isLoopback = ["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased())
        guard parts[0].lowercased() == "http", allowsLoopbackHTTP, isLoopback else {
            throw MCPError(.badSettings, "The server's address must begin with https://.")
        }
    }
}
