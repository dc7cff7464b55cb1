public import OpenCXCore

/// The tools of a server of the Model Context Protocol as actions.
///
/// The server is reached when it is first needed, and again after it has ended or has forgotten the session.
///
/// What an answer means for the ledger of effects:
///
/// | Answer of the server | A lookup | A change |
/// | --- | --- | --- |
/// | a result | its text and its members | done |
/// | a result that says `isError` | refused | refused |
/// | an error of JSON-RPC | refused; wrong arguments for -32602 | the same; nobody knows for -32603 |
/// | none: no connection, 4xx | failed | failed, nothing done |
/// | none: 5xx, broken off, too late, unreadable | failed | nobody knows |
///
/// Nothing is tried again, except on a new session after the server has said that it does not know the old one. A change
/// carries the ledger's key in the call's `_meta`, as ``idempotencyKeyName``.
public final class MCPActions: ActionProvider {
    /// The name of the ledger's key in the `_meta` of a call.
    public static let idempotencyKeyName = "cx.open/idempotency-key"

    private let client: Client
    private let settings: MCPSettings
    private let clock: any AgentClock
    private let turnstile = Turnstile()
    private let known = Locked<Known?>(nil)

    private struct Known {
        var plans: [String: ToolPlan]
        var list: MCPToolList
        var changes: Int
        var readAt: Timestamp
    }

    /// Uses a server over streamable HTTP. Nothing is sent yet.
    ///
    /// - Parameters:
    ///   - endpoint: where the server is.
    ///   - http: the client; one that guards against addresses of the inside where the address is not the team's own.
    ///   - clock: the clock.
    ///   - settings: what becomes an action, and what is allowed.
    /// - Throws: ``MCPError`` when the address or a header is none.
    public init(
        _ endpoint: MCPEndpoint, http: any HTTPClient, clock: any AgentClock, settings: MCPSettings = MCPSettings()
    ) throws(MCPError) {
        try endpoint.checkURL()
        let opener = HTTPOpener(
            http: http, url: endpoint.url, headers: try endpoint.fixedHeaders(), limit: settings.messageLimit)
        client = Client(opener, clock: clock, timeout: settings.timeout)
        self.settings = settings
        self.clock = clock
    }

    /// Uses a program. It is started when it is first needed, and ends with ``close()`` or with this object.
    ///
    /// - Parameters:
    ///   - command: the program.
    ///   - clock: the clock.
    ///   - settings: what becomes an action, and what is allowed.
    public init(_ command: MCPCommand, clock: any AgentClock, settings: MCPSettings = MCPSettings()) {
        let opener = StdioOpener(command: command, limit: settings.messageLimit, clock: clock)
        client = Client(opener, clock: clock, timeout: settings.timeout)
        self.settings = settings
        self.clock = clock
    }

    /// What can be done.
    ///
    /// - Throws: ``/OpenCXCore/ActionError`` when the list cannot be read.
    public func actions() async throws -> [ActionDefinition] { try await tools().actions }

    /// The server's tools, with those that are no actions. Read again when the server has said that the list changed, on a
    /// new session, and after ``MCPSettings/listLifetime``.
    ///
    /// - Throws: ``/OpenCXCore/ActionError`` when the list cannot be read.
    public func tools() async throws -> MCPToolList { try await current().list }

    /// Calls a tool.
    ///
    /// - Throws: ``/OpenCXCore/ActionError`` when nothing was done, with what the server said in its details;
    ///   ``/OpenCXCore/HTTPClientError`` or `CancellationError` when nobody knows.
    public func call(_ call: ActionCall) async throws -> ActionResult {
        let known = try await known(for: call.name)
        guard let plan = known.plans[call.name] else {
            throw ActionError(.badArguments, "The MCP server has no such tool.")
        }
        let (values, objections) = plan.definition.checked(call.values.mapValues { $0.reveal() })
        guard objections.isEmpty else { throw ActionError(.badArguments, objections.joined(separator: "; ")) }
        var arguments: [String: JSONValue] = [:]
        for (name, value) in values { arguments[plan.arguments[name] ?? name] = value }
        var parameters: [String: JSONValue] = ["name": .string(plan.tool), "arguments": .object(arguments)]
        if plan.definition.effect == .change {
            parameters["_meta"] = [Self.idempotencyKeyName: .string(call.idempotencyKey)]
        }
        do {
            return try ResultReader.result(
                try await client.request("tools/call", .object(parameters), timeout: settings.callTimeout))
        } catch let failure as LinkFailure {
            throw Self.error(failure)
        }
    }

    /// Ends the session. A program is told to end, and killed if it does not; returns when nothing of it is left. The next use
    /// begins anew.
    public func close() async {
        await client.close()
    }

    // MARK: The list

    /// The list that the caller has chosen from: what was read last, even where there is news by now.
    private func known(for name: String) async throws -> Known {
        if let known = known.withLock(\.self), known.plans[name] != nil { return known }
        return try await current()
    }

    private func current() async throws -> Known {
        if let fresh = fresh() { return fresh }
        return try await turnstile.pass {
            if let fresh = fresh() { return fresh }
            do {
                _ = try await client.session()
                // News that comes while the list is read is news for the next time.
                let changes = client.desk.changes
                let (plans, list) = try await ToolLister(settings: settings).list(client)
                let read = Known(
                    plans: Dictionary(plans.map { ($0.definition.name, $0) }, uniquingKeysWith: { first, _ in first }),
                    list: list, changes: changes, readAt: clock.now())
                known.withLock { $0 = read }
                return read
            } catch let failure as LinkFailure {
                if case .cancelled = failure { throw CancellationError() }
                throw ActionError(.unavailable, "The MCP server's tools cannot be listed. \(failure.summary)")
            }
        }
    }

    private func fresh() -> Known? {
        guard let known = known.withLock(\.self), known.changes == client.desk.changes,
            clock.now() < known.readAt + settings.listLifetime
        else { return nil }
        return known
    }

    // MARK: Failures

    /// What a failure means for the ledger.
    private static func error(_ failure: LinkFailure) -> any Error {
        switch failure {
        case .notSent, .sessionGone: return ActionError(.unavailable, failure.summary)
        case .turnedAway: return ActionError(.refused, failure.summary)
        case .rejected(-32603, _):
            // The server failed inside, and may have done so after the work.
            return HTTPClientError(
                .interrupted, "\(failure.summary) Whether it did what was asked is not known.")
        case .rejected(let code, let text):
            let details = text.isEmpty ? nil : UnredactedText(PlainWords.line(text, limit: 2000))
            return ActionError(code == -32602 ? .badArguments : .refused, failure.summary, details: details)
        case .unknown(let error): return error
        case .cancelled: return CancellationError()
        }
    }
}
