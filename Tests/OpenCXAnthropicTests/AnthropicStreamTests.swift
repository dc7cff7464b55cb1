import OpenCXAnthropic
import OpenCXCore
import OpenCXTesting
import Testing

struct AnthropicStreamTests {
    static func event(_ name: String, _ members: String) -> String {
        "event: \(name)\r\ndata: {\"type\":\"\(name)\"\(members)}\r\n\r\n"
    }

    static let start =
        event(
            "message_start", #","message":{"model":"claude-s","usage":{"input_tokens":9,"output_tokens":1}}"#)
        + event("ping", "")
    static let end =
        event("message_delta", #","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}"#)
        + event("message_stop", "")
    static let text =
        start + event("content_block_start", #","index":0,"content_block":{"type":"text","text":""}"#)
        + event("content_block_delta", #","index":0,"delta":{"type":"text_delta","text":"Grüße "}"#)
        + event("news_of_the_future", #","index":0"#)
        + event("content_block_delta", #","index":0,"delta":{"type":"text_delta","text":"日本"}"#)
        + event("content_block_stop", #","index":0"#) + end

    static let plain = Prompt(instructions: "Be kind.", turns: [.customer("Hello")])

    @Test(arguments: [1, 3, 10, 5000])
    func `a text comes out whole, however it is cut`(size: Int) async throws {
        let http = ScriptedHTTP(answers: .init(Self.text, pieceSize: size))
        let (text, reply) = try await AnthropicModelTests.model(http).stream(Self.plain).reply()
        #expect(text == "Grüße 日本" && reply?.text.reveal() == text && reply?.finish == .stop)
        #expect(reply?.usage == ModelUsage(promptTokens: 9, replyTokens: 4) && reply?.model == "claude-s")
    }

    @Test func `calls and the form are put together`() async throws {
        let body =
            Self.start
            + Self.event(
                "content_block_start",
                #","index":0,"content_block":{"type":"tool_use","id":"t1","name":"order_status","input":{}}"#)
            + Self.event("content_block_stop", #","index":0"#)
            + Self.event(
                "content_block_start",
                #","index":1,"content_block":{"type":"tool_use","id":"t2","name":"reply","input":{}}"#)
            + Self.event(
                "content_block_delta", #","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"te"}"#)
            + Self.event(
                "content_block_delta", #","index":1,"delta":{"type":"input_json_delta","partial_json":"xt\":1}"}"#)
            + Self.event("content_block_stop", #","index":1"#) + Self.end
        let (text, reply) = try await AnthropicModelTests.model(ScriptedHTTP(answers: .init(body, pieceSize: 17)))
            .stream(AnthropicModelTests.prompt).reply()
        #expect(text == #"{"text":1}"# && reply?.text.reveal() == text)
        #expect(reply?.calls.map { $0.arguments.reveal() } == ["{}"])
    }

    @Test(arguments: [
        (start, ModelError.Code.unreachable), ("", .unreachable), (start + "data: {oops\n\n", .malformed),
        (start + event("error", #","error":{"type":"overloaded_error","message":"x"}"#), .overloaded),
        (start + event("error", #","error":{"type":"rate_limit_error","message":"x"}"#), .rateLimited),
        (start + event("error", #","error":{"type":"new","message":"x"}"#), .unavailable),
    ])
    func `a stream that does not end well never does so in silence`(
        body: String, code: ModelError.Code
    ) async throws {
        let error = await #expect(throws: ModelError.self) {
            try await AnthropicModelTests.model(ScriptedHTTP(answers: .init(body))).stream(Self.plain).reply()
        }
        #expect(error?.code == code)
    }
}
