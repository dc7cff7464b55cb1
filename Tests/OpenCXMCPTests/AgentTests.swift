import OpenCXCore
import OpenCXMCP
import OpenCXTesting
import Testing

/// Tools in a whole agent: what a model says, what the server receives, what is kept.
struct AgentTests {
    static let jane = ContactHandle(email: "jane@example.com", customID: "cust-7", isVerified: true)
    static let canary = "canary.bird+1@example.org"

    /// Proposes an action once, agrees to what waits, and reads out what came of it.
    static func answerer(_ name: String, _ arguments: [String: RedactedText]) -> ScriptedAnswerer {
        ScriptedAnswerer { request in
            if let result = request.results.last {
                return .answer(Answer(text: result.result, confidence: 1, basis: .action))
            }
            if let pending = request.pendingAction { return .act(pending.proposal) }
            return .act(ActionProposal(name: name, arguments: arguments))
        }
    }

    static func answering(_ text: String) -> @Sendable (JSONValue) -> HTTPResponseStream {
        { message in
            let answer: JSONValue = [
                "jsonrpc": "2.0", "id": message["id"] ?? .null,
                "result": ["content": [["type": "text", "text": .string(text)]]],
            ]
            return .json(String(decoding: answer.serialized(), as: UTF8.self))
        }
    }

    /// Everything the store has kept of a session, as text.
    static func kept(_ desk: SupportDesk, _ accepted: AcceptedMessage) async throws -> String {
        let history = try await desk.store.history(accepted.session, after: 0, limit: 1000)
        let traces = try await desk.store.traces(accepted.session)
        let session = try await desk.store.session(accepted.session)
        return "\(history) \(traces) \(String(describing: session))"
    }

    @Test func `the server receives the address, everybody else its placeholder`() async throws {
        let server = FakeServer {
            $0.own["tools/call"] = Self.answering("Sent to \(Self.canary) and other.bird@example.org")
        }
        let answerer = Self.answerer("refund", ["to": "[EMAIL_1]"])
        let desk = SupportDesk(answerer: answerer, actions: try MCPActions(server))
        let accepted = try await desk.customer("Please refund me, I am \(Self.canary)", from: Self.jane)
        // A change is asked about first.
        #expect(server.calls.isEmpty)
        #expect(desk.sent.last?.contains("Sends the money back.") == true)
        try await desk.customer("yes", from: Self.jane)
        let call = try #require(server.calls.first)
        #expect(server.calls.count == 1)
        #expect(call["arguments"] == ["to": .string(Self.canary)])
        #expect(call["_meta"]?[MCPActions.idempotencyKeyName]?.string?.hasPrefix("effect-") == true)
        let kept = try await Self.kept(desk, accepted)
        #expect(!kept.contains("canary.bird") && !kept.contains("other.bird"))
        #expect(kept.contains("[EMAIL_1]") && kept.contains("[EMAIL_2]"))
        #expect(!String(describing: answerer.requests).contains("bird"))
    }

    @Test func `what is bound comes from the verified contact, whatever is proposed`() async throws {
        let settings = MCPSettings(bindings: [ActionBinding("customer", of: "orders.find", to: .customID)])
        let server = FakeServer()
        let answerer = Self.answerer("orders_find", ["orderId": "4711", "customer": "cust-666"])
        let desk = SupportDesk(answerer: answerer, actions: try MCPActions(server, settings: settings))
        try await desk.customer("Where is 4711?", from: Self.jane)
        #expect(server.calls.map { $0["arguments"] } == [["orderId": 4711, "customer": "cust-7"]])
        let unknown = SupportDesk(answerer: answerer, actions: try MCPActions(server, settings: settings))
        try await unknown.customer("Where is 4711?")
        #expect(server.calls.count == 1)
    }

    @Test func `a change that broke off is open, and a person looks`() async throws {
        let server = FakeServer { $0.own["tools/call"] = { _ in throw HTTPClientError(.interrupted, "x") } }
        let desk = SupportDesk(
            answerer: Self.answerer("refund", ["to": "a@example.org"]), actions: try MCPActions(server))
        try await desk.customer("Refund me", from: Self.jane)
        let accepted = try await desk.customer("yes", from: Self.jane)
        #expect(try await desk.store.session(accepted.session)?.handoff?.trigger == .actionUnknown)
        #expect(server.calls.count == 1)
    }

    @Test func `a server that is down does not keep the customer from an answer`() async throws {
        let server = FakeServer { $0.own["initialize"] = { _ in throw HTTPClientError(.unreachable, "x") } }
        let desk = SupportDesk(answerer: ScriptedAnswerer(answering: "Hello."), actions: try MCPActions(server))
        try await desk.customer("Hello")
        #expect(desk.sent.last?.contains("Hello.") == true)
    }
}
