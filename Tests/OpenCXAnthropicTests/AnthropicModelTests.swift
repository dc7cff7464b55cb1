import OpenCXAnthropic
import OpenCXCore
import OpenCXTesting
import Testing

struct AnthropicModelTests {
    static let key = "sk-ant-canary-123456"
    static let tool = ModelTool(name: "order_status", description: "Looks up.", schema: ["type": "object"])
    static let form = ResponseForm(name: "reply", description: "The reply.", schema: ["type": "object"])
    static let prompt = Prompt(
        instructions: "Be kind.", turns: [.customer("Where is it?")], tools: [tool], responseForm: form)

    static func model(_ http: ScriptedHTTP) -> AnthropicModel {
        AnthropicModel(
            "claude-test", on: AnthropicServer(baseURL: "http://model.example/", apiKey: Secret(key)), http: http)
    }

    static func message(_ content: String, stop: String) -> String {
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-test-1","content":[\(content)],
        "stop_reason":"\(stop)","usage":{"input_tokens":10,"cache_read_input_tokens":5,"output_tokens":3}}
        """
    }

    private func sent(_ http: ScriptedHTTP) throws -> JSONValue {
        try JSONValue(parsing: #require(http.requests.last).body)
    }

    @Test func `a request says what the API wants to hear`() async throws {
        let http = ScriptedHTTP(
            answers: .init(
                Self.message(
                    #"{"type":"text","text":"Let me see."},{"type":"tool_use","id":"t","name":"reply","input":{"text":"Hé"}}"#,
                    stop: "tool_use")))
        let reply = try await Self.model(http).complete(Self.prompt)
        #expect(reply.text.reveal() == #"{"text":"Hé"}"# && reply.calls.isEmpty && reply.finish == .stop)
        #expect(reply.usage == ModelUsage(promptTokens: 15, replyTokens: 3, cachedTokens: 5))
        #expect(reply.model == "claude-test-1")
        let request = try #require(http.requests.first)
        #expect(request.url == "http://model.example/v1/messages")
        #expect(request.headers.contains { $0 == ("x-api-key", Self.key) })
        #expect(request.headers.contains { $0 == ("anthropic-version", "2023-06-01") })
        #expect(
            try sent(http) == [
                "model": "claude-test", "max_tokens": 1024, "system": "Be kind.",
                "messages": [["role": "user", "content": [["type": "text", "text": "Where is it?"]]]],
                "tools": [
                    ["name": "order_status", "description": "Looks up.", "input_schema": ["type": "object"]],
                    [
                        "name": "reply", "description": "The reply. Call this to end your turn.",
                        "input_schema": ["type": "object"],
                    ],
                ],
                "tool_choice": ["type": "any", "disable_parallel_tool_use": true],
            ])
    }

    @Test func `turns of one side become one message, results first, and the customer begins`() async throws {
        let http = ScriptedHTTP(answers: .init(Self.message(#"{"type":"text","text":"x"}"#, stop: "end_turn")))
        let prompt = Prompt(
            instructions: "",
            turns: [
                .model("Hello!", calls: []), .customer("Hi"), .customer("  "),
                .model("", calls: [.init(id: "c1", name: "order_status", arguments: ["n": "1"])]),
                .customer("More."), .result(of: "c1", "gone", isError: true),
            ])
        _ = try await Self.model(http).complete(prompt)
        let body = try sent(http)
        #expect(body["system"] == nil && body["tools"] == nil && body["tool_choice"] == nil)
        #expect(
            body["messages"] == [
                ["role": "user", "content": [["type": "text", "text": "(The conversation begins.)"]]],
                ["role": "assistant", "content": [["type": "text", "text": "Hello!"]]],
                ["role": "user", "content": [["type": "text", "text": "Hi"]]],
                [
                    "role": "assistant",
                    "content": [["type": "tool_use", "id": "c1", "name": "order_status", "input": ["n": "1"]]],
                ],
                [
                    "role": "user",
                    "content": [
                        ["type": "tool_result", "tool_use_id": "c1", "content": "gone", "is_error": true],
                        ["type": "text", "text": "More."],
                    ],
                ],
            ])
    }

    @Test func `calls, refusals and cut replies are read`() async throws {
        let call = Self.message(
            #"{"type":"thinking","thinking":"x"},{"type":"tool_use","id":"t1","name":"order_status","input":{"n":1}}"#,
            stop: "tool_use")
        let reply = try await Self.model(ScriptedHTTP(answers: .init(call))).complete(Self.prompt)
        #expect(reply.calls.map(\.name) == ["order_status"] && reply.finish == .toolCalls)
        #expect(reply.calls.first?.arguments.reveal() == #"{"n":1}"#)
        let refusal = Self.message(#"{"type":"text","text":"I cannot."}"#, stop: "refusal")
        #expect(try await Self.model(ScriptedHTTP(answers: .init(refusal))).complete(Self.prompt).isRefusal)
        let cut = Self.message(#"{"type":"text","text":"I ca"}"#, stop: "max_tokens")
        #expect(try await Self.model(ScriptedHTTP(answers: .init(cut))).complete(Self.prompt).finish == .length)
    }

    static func error(_ name: String, _ more: String = "") -> String {
        #"{"type":"error","error":{"type":"\#(name)","message":"sk-ant-canary-123456 jane@example.com"\#(more)},"request_id":"r1"}"#
    }

    @Test(arguments: [
        (400, error("invalid_request_error"), ModelError.Code.badRequest, false),
        (401, error("authentication_error"), .unauthorized, false),
        (402, error("billing_error"), .quotaExceeded, false),
        (403, error("permission_error"), .unauthorized, false), (404, error("not_found_error"), .badRequest, false),
        (413, error("request_too_large"), .contextTooLong, false),
        (429, error("rate_limit_error"), .rateLimited, true),
        (
            429, error("rate_limit_error", #","details":{"error_code":"enforced_spend_limit_reached"}"#),
            .quotaExceeded,
            false
        ),
        (500, error("api_error"), .unavailable, true), (529, error("overloaded_error"), .overloaded, true),
        (502, "<html>", .unavailable, true),
    ])
    func `failures are told apart and quote nothing`(
        status: Int, body: String, code: ModelError.Code, isRetryable: Bool
    ) async throws {
        for streams in [false, true] {
            let http = ScriptedHTTP(
                answers: .init(body, status: status, headers: [(name: "retry-after-ms", value: "1500")]))
            let error = await #expect(throws: ModelError.self) {
                _ =
                    streams
                    ? try await Self.model(http).stream(Self.prompt).reply().reply
                    : try await Self.model(http).complete(Self.prompt)
            }
            #expect(error?.code == code && error?.isRetryable == isRetryable)
            #expect(error?.retryAfter == .milliseconds(1500))
            var dump = "\(Self.model(http))"
            Swift.dump(error, to: &dump)
            Swift.dump(Self.model(http), to: &dump)
            #expect(!dump.contains(Self.key) && !dump.contains("jane@example.com"))
        }
    }

    @Test(arguments: ["", "{", "{}", "[]", #"{"content":"x"}"#])
    func `a success that makes no sense is a failure`(body: String) async throws {
        let error = await #expect(throws: ModelError.self) {
            try await Self.model(ScriptedHTTP(answers: .init(body))).complete(Self.prompt)
        }
        #expect(error?.code == .malformed)
    }
}

extension AsyncSequence where Element == ModelDelta {
    func reply() async throws -> (text: String, reply: ModelReply?) {
        var text = ""
        var reply: ModelReply?
        for try await delta in self {
            switch delta {
            case .text(let piece): text += piece.reveal()
            case .finished(let end): reply = end
            }
        }
        return (text, reply)
    }
}
