import FoundationEssentials
import OpenCXAnthropic
import OpenCXCore
import OpenCXCurl
import OpenCXOpenAI
import OpenCXPlatform
import Testing

/// Where a mock of both vendors listens that checks requests with their own types; `Scripts/llm-mock-check` starts it.
private let mock = ProcessInfo.processInfo.environment["OPENCX_LLM_MOCK"]

@Suite(.enabled(if: mock != nil, "no mock server; run Scripts/llm-mock-check"))
struct LLMMockTests {
    enum Vendor: String, CaseIterable, Sendable { case openai, anthropic }

    private let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))

    /// The model whose scene the mock plays.
    private func model(_ scene: String, _ vendor: Vendor) -> any LanguageModel {
        let name = "\(scene)-\(vendor)"
        let base = mock ?? ""
        return switch vendor {
        case .openai: OpenAIModel(name, on: OpenAIServer(baseURL: base + "/v1", apiKey: Secret("k")), http: http)
        case .anthropic: AnthropicModel(name, on: AnthropicServer(baseURL: base, apiKey: Secret("k")), http: http)
        }
    }

    private func retrying(_ scene: String, _ vendor: Vendor) -> RetryingModel {
        RetryingModel(model(scene, vendor), clock: SystemClock(), ids: RandomIDs())
    }

    private static let umlauts = "Grüße aus 日本 😀, and some more words to be cut."
    private static let hello = Prompt(instructions: "Be kind.", turns: [.customer("Hello")])
    private static let number = ActionParameter(name: "number", label: "order number", source: .code("FH-#####"))
    private static let actions = [
        ActionDefinition(
            name: "order_status", summary: "Where an order is",
            parameters: [number, ActionParameter(name: "email", label: "e-mail", source: .contactEmail)],
            effect: .lookup),
        ActionDefinition(name: "order_items", summary: "What was ordered", parameters: [number], effect: .lookup),
        ActionDefinition(name: "cancel_order", summary: "Cancel an order", parameters: [number], effect: .change),
        ActionDefinition(name: "open_tickets", summary: "The customer's tickets", effect: .lookup),
    ]

    private static var request: AnswerRequest {
        AnswerRequest(
            question: "Where is \"my\" order FH-10423?\nI am [EMAIL_1].",
            history: [
                Message(id: "1", author: .ai, text: "Hello, how can I help?", at: .epoch),
                Message(id: "2", author: .customer, text: "Wait.", at: .epoch),
                Message(id: "3", author: .customer, text: "One moment.", at: .epoch),
                Message(id: "4", author: .person("ann"), text: "Take your time.", at: .epoch),
            ],
            behavioral: [TrainingScenario(name: "b", kind: .behavioral, content: "Say thanks.")],
            matched: [(TrainingScenario(name: "s", kind: .specific(questions: []), content: "Be patient."), 0.8)],
            actions: actions)
    }

    private static func record(_ name: String) -> ActionRecord {
        ActionRecord(
            name: name, arguments: ["number": "FH-10423"], outcome: .succeeded, result: "status: on its way",
            fields: ["status": "on its way"])
    }

    private func isAnswer(_ draft: AnswerDraft) -> Bool {
        if case .answer(let answer) = draft { answer.text == "Your order FH-10423 is on its way." } else { false }
    }

    @Test(arguments: Vendor.allCases) func `a text is read`(vendor: Vendor) async throws {
        let reply = try await model("text", vendor).complete(Self.hello)
        #expect(reply.text.reveal() == Self.umlauts && reply.finish == .stop && reply.usage.promptTokens ?? 0 > 0)
    }

    @Test(arguments: Vendor.allCases) func `tools are called over several rounds`(vendor: Vendor) async throws {
        let answerer = ModelAnswerer(model("rounds", vendor), fallback: nil)
        var request = Self.request
        for name in ["order_status", "order_items"] {
            let proposal = ActionProposal(name: name, arguments: ["number": "FH-10423"])
            #expect(try await answerer.draft(for: request) == .act(proposal))
            request.results.append(Self.record(name))
        }
        #expect(isAnswer(try await answerer.draft(for: request)))
    }

    @Test(arguments: Vendor.allCases) func `what was wrong is put right`(vendor: Vendor) async throws {
        let call = ActionProposal(name: "order_status", arguments: ["number": "FH-10423"])
        let wrong = ModelAnswerer(model("wrong-call", vendor), fallback: nil)
        #expect(try await wrong.draft(for: Self.request) == .act(call))
        #expect(
            isAnswer(try await ModelAnswerer(model("no-such-tool", vendor), fallback: nil).draft(for: Self.request)))
        #expect(isAnswer(try await ModelAnswerer(model("mended", vendor), fallback: nil).draft(for: Self.request)))
    }

    @Test(arguments: Vendor.allCases) func `refusals and cut replies are told apart`(vendor: Vendor) async throws {
        #expect(try await model("refusal", vendor).complete(Self.hello).isRefusal)
        #expect(try await model("cut-off", vendor).complete(Self.hello).finish == .length)
        let draft = try await ModelAnswerer(model("refusal-stream", vendor), fallback: nil).draft(for: Self.request)
        #expect(draft == .handoff(.aiDecision, explanation: "The model declined to answer."))
    }

    @Test(arguments: Vendor.allCases) func `failures that pass are tried again`(vendor: Vendor) async throws {
        let started = ContinuousClock.now
        #expect(try await retrying("limited", vendor).complete(Self.hello).text.reveal() == "Hello")
        // The mock asks for a second.
        #expect(ContinuousClock.now - started >= .milliseconds(990))
        #expect(try await retrying("failing", vendor).complete(Self.hello).text.reveal() == "Hello")
        #expect(try await retrying("dropped", vendor).complete(Self.hello).text.reveal() == "Hello")
        let error = await #expect(throws: ModelError.self) { try await model("malformed", vendor).complete(Self.hello) }
        #expect(error?.code == .malformed)
    }

    private func read(_ scene: String, _ vendor: Vendor, _ prompt: Prompt) async throws -> ([String], ModelReply?) {
        var pieces: [String] = []
        var end: ModelReply?
        for try await delta in try await model(scene, vendor).stream(prompt) {
            switch delta {
            case .text(let text): pieces.append(text.reveal())
            case .finished(let reply): end = reply
            }
        }
        return (pieces, end)
    }

    @Test(arguments: Vendor.allCases, ["slow-stream", "split-stream"])
    func `streams come out whole`(vendor: Vendor, scene: String) async throws {
        let (pieces, reply) = try await read(scene, vendor, Self.hello)
        #expect(pieces.joined() == Self.umlauts && pieces.count > 5 && reply?.text.reveal() == Self.umlauts)
        #expect(reply?.usage.replyTokens ?? 0 > 0)
    }

    @Test(arguments: Vendor.allCases) func `calls and forms stream, too`(vendor: Vendor) async throws {
        let tool = ModelTool(
            name: "order_status", description: "Where an order is",
            schema: [
                "type": "object", "properties": ["number": ["type": "string"]], "required": ["number"],
                "additionalProperties": false,
            ])
        var prompt = Self.hello
        prompt.tools = [tool]
        let (_, reply) = try await read("call-stream", vendor, prompt)
        #expect(reply?.calls.map(\.name) == ["order_status"])
        let arguments = try JSONValue(parsing: Array((reply?.calls.first?.arguments.reveal() ?? "").utf8))
        #expect(arguments == ["number": "FH-10423"])
        prompt.responseForm = ResponseForm(
            name: "reply", description: "The reply.",
            schema: ["type": "object", "properties": [:], "required": [], "additionalProperties": false])
        let (pieces, form) = try await read("form-stream", vendor, prompt)
        let text = form?.text.reveal() ?? ""
        #expect(try JSONValue(parsing: Array(text.utf8))["text"] == "Your order FH-10423 is on its way.")
        #expect(pieces.joined() == text)
    }

    @Test(arguments: Vendor.allCases, [("cut-stream", ModelError.Code.unreachable), ("failed-stream", .overloaded)])
    func `streams that break say so`(vendor: Vendor, scene: (String, ModelError.Code)) async throws {
        let error = await #expect(throws: ModelError.self) { try await read(scene.0, vendor, Self.hello) }
        #expect(error?.code == scene.1)
    }

    @Test func `texts are embedded, after a limit has passed`() async throws {
        let server = OpenAIServer(baseURL: (mock ?? "") + "/v1", apiKey: Secret("k"))
        let embedder = RetryingEmbedder(
            OpenAIEmbedder("embed", dimensions: 8, on: server, http: http), clock: SystemClock(), ids: RandomIDs())
        let vectors = try await embedder.embed(["tents and stoves", "tents and stoves", "refunds"])
        #expect(vectors.map(\.count) == [8, 8, 8] && vectors[0] == vectors[1] && vectors[0] != vectors[2])
    }
}
