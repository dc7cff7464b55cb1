import OpenCXCore
import OpenCXOpenAI
import OpenCXTesting
import Testing

struct OpenAIModelTests {
    static let key = "sk-canary-123456"
    static let tool = ModelTool(
        name: "order_status", description: "Looks an order up.",
        schema: ["type": "object", "properties": ["number": ["type": "string"]], "required": ["number"]],
        isStrict: true)
    static let form = ResponseForm(name: "reply", description: "The reply.", schema: ["type": "object"])
    static let prompt = Prompt(
        instructions: "Be kind.", turns: [.customer("Where is \"my\"\nöder?")], tools: [tool], responseForm: form,
        tokenLimit: 300)

    static func model(
        _ http: ScriptedHTTP, dialect: OpenAIServer.Dialect = .openAI, key: String? = key
    ) -> OpenAIModel {
        OpenAIModel(
            "gpt-test",
            on: OpenAIServer(baseURL: "http://model.example/v1/", apiKey: key.map(Secret.init), dialect: dialect),
            http: http)
    }

    static let text = """
        {"id":"1","object":"chat.completion","model":"gpt-test-1","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Hellö \\ud83d\\ude00","refusal":null}}],
        "usage":{"prompt_tokens":12,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":8}}}
        """

    private func sent(_ http: ScriptedHTTP) throws -> JSONValue {
        try JSONValue(parsing: #require(http.requests.last).body)
    }

    @Test func `a request says what the API wants to hear`() async throws {
        let http = ScriptedHTTP(answers: .init(Self.text))
        let reply = try await Self.model(http).complete(Self.prompt)
        #expect(reply.text.reveal() == "Hellö 😀" && reply.finish == .stop && reply.model == "gpt-test-1")
        #expect(reply.usage == ModelUsage(promptTokens: 12, replyTokens: 3, cachedTokens: 8))
        let request = try #require(http.requests.first)
        #expect(request.method == "POST" && request.url == "http://model.example/v1/chat/completions")
        #expect(request.headers.contains { $0 == ("authorization", "Bearer \(Self.key)") })
        #expect(
            try sent(http) == [
                "model": "gpt-test", "max_completion_tokens": 300, "parallel_tool_calls": false,
                "messages": [
                    ["role": "developer", "content": "Be kind."],
                    ["role": "user", "content": "Where is \"my\"\nöder?"],
                ],
                "tools": [
                    [
                        "type": "function",
                        "function": [
                            "name": "order_status", "description": "Looks an order up.", "strict": true,
                            "parameters": [
                                "type": "object", "properties": ["number": ["type": "string"]], "required": ["number"],
                            ],
                        ],
                    ]
                ],
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "reply", "strict": true, "schema": ["type": "object"]],
                ],
            ])
    }

    @Test func `other servers are spoken to in their dialect`() async throws {
        var dialect = OpenAIServer.Dialect.compatible
        dialect.responseFormat = .jsonObject
        let http = ScriptedHTTP(answers: .init(Self.text))
        var prompt = Self.prompt
        prompt.temperature = 0.5
        _ = try await Self.model(http, dialect: dialect, key: nil).complete(prompt)
        let body = try sent(http)
        #expect(body["max_tokens"] == 300 && body["max_completion_tokens"] == nil)
        #expect(body["temperature"] == .number(0.5) && body["parallel_tool_calls"] == nil)
        #expect(body["response_format"] == ["type": "json_object"])
        #expect(!http.requests[0].headers.contains { $0.name == "authorization" })
        guard case .array(let messages) = body["messages"] else { return }
        #expect(messages[0]["role"] == "system")
        #expect(messages[0]["content"]?.string?.contains(#"{"type":"object"}"#) == true)
    }

    @Test func `calls and results go back in order`() async throws {
        let http = ScriptedHTTP(answers: .init(Self.text))
        var prompt = Self.prompt
        prompt.turns += [
            .model("", calls: [.init(id: "call_1", name: "order_status", arguments: ["number": "[EMAIL_1] \"x\""])]),
            .result(of: "call_1", "status: sent", isError: false),
        ]
        _ = try await Self.model(http).complete(prompt)
        guard case .array(let messages) = try sent(http)["messages"] else { return }
        #expect(
            messages[2] == [
                "role": "assistant",
                "tool_calls": [
                    [
                        "id": "call_1", "type": "function",
                        "function": ["name": "order_status", "arguments": .string(#"{"number":"[EMAIL_1] \"x\""}"#)],
                    ]
                ],
            ])
        #expect(messages[3] == ["role": "tool", "tool_call_id": "call_1", "content": "status: sent"])
    }

    @Test func `calls and refusals are read`() async throws {
        let calls = """
            {"choices":[{"finish_reason":"stop","message":{"content":null,"tool_calls":[
            {"id":"c1","type":"function","function":{"name":"order_status","arguments":"{\\"number\\":\\"7\\"}"}},
            {"id":"c2","type":"function","function":{"name":"other","arguments":{"a":1}}},{"id":"c3"}]}}]}
            """
        let reply = try await Self.model(ScriptedHTTP(answers: .init(calls))).complete(Self.prompt)
        #expect(reply.finish == .toolCalls && reply.calls.map(\.name) == ["order_status", "other"])
        #expect(reply.calls.map { $0.arguments.reveal() } == [#"{"number":"7"}"#, #"{"a":1}"#])
        let refusal = #"{"choices":[{"finish_reason":"stop","message":{"content":null,"refusal":"I cannot."}}]}"#
        #expect(try await Self.model(ScriptedHTTP(answers: .init(refusal))).complete(Self.prompt).isRefusal)
        let filtered = #"{"choices":[{"finish_reason":"content_filter","message":{"content":""}}]}"#
        #expect(try await Self.model(ScriptedHTTP(answers: .init(filtered))).complete(Self.prompt).isRefusal)
    }

    @Test(arguments: [
        (401, #"{"error":{"code":"invalid_api_key"}}"#, ModelError.Code.unauthorized, false),
        (429, #"{"error":{"code":"rate_limit_exceeded"}}"#, .rateLimited, true),
        (429, #"{"error":{"code":"insufficient_quota"}}"#, .quotaExceeded, false),
        (400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong, false),
        (400, #"{"error":{"message":"This model's maximum context length is 8"}}"#, .contextTooLong, false),
        (400, #"{"error":{"code":null,"message":"x"}}"#, .badRequest, false), (404, "", .badRequest, false),
        (408, "", .timeout, true), (409, "", .badRequest, true), (500, "<html>", .unavailable, true),
        (503, "", .overloaded, true), (302, "", .malformed, false),
    ])
    func `failures are told apart`(status: Int, body: String, code: ModelError.Code, isRetryable: Bool) async throws {
        let headers = [("Retry-After", "3"), ("X-Request-Id", "req_7")]
        for streams in [false, true] {
            let http = ScriptedHTTP(
                answers: .init(body, status: status, headers: headers.map { (name: $0.0, value: $0.1) }))
            let error = await #expect(throws: ModelError.self) {
                _ =
                    streams
                    ? try await Self.model(http).stream(Self.prompt).reply().reply
                    : try await Self.model(http).complete(Self.prompt)
            }
            #expect(error?.code == code && error?.isRetryable == isRetryable && error?.status == status)
            #expect(error?.retryAfter == .seconds(3) && error?.requestID == "req_7")
        }
    }

    @Test(arguments: ["", "{", "{}", "[]", #"{"choices":[]}"#, #"{"choices":[{}]}"#, "null"])
    func `a success that makes no sense is a failure`(body: String) async throws {
        let error = await #expect(throws: ModelError.self) {
            try await Self.model(ScriptedHTTP(answers: .init(body))).complete(Self.prompt)
        }
        #expect(error?.code == .malformed)
    }

    @Test func `neither key nor what the vendor quotes is ever printed`() async throws {
        let body =
            #"{"error":{"message":"Incorrect key \#(Self.key): jane@example.com wrote","code":"invalid_api_key"}}"#
        let http = ScriptedHTTP(answers: .init(body, status: 401))
        let error = await #expect(throws: ModelError.self) { try await Self.model(http).complete(Self.prompt) }
        var dump = "\(Self.model(http)) \(String(reflecting: Self.model(http)))"
        Swift.dump(error, to: &dump)
        Swift.dump(Self.model(http), to: &dump)
        #expect(!dump.contains(Self.key) && !dump.contains("jane@example.com"))
    }

    @Test(arguments: [
        (HTTPClientError.Code.timeout, ModelError.Code.timeout), (.unreachable, .unreachable),
        (.interrupted, .unreachable), (.tooLarge, .malformed), (.badRequest, .badRequest),
    ])
    func `what the transport says is passed on`(code: HTTPClientError.Code, expected: ModelError.Code) async throws {
        let http = ScriptedHTTP { _ in throw HTTPClientError(code, "x") }
        let error = await #expect(throws: ModelError.self) { try await Self.model(http).complete(Self.prompt) }
        #expect(error?.code == expected)
    }
}

extension AsyncSequence where Element == ModelDelta {
    /// Reads to the end and returns the last delta's reply, and what came before it.
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
