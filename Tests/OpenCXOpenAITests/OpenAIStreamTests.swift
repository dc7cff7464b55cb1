import OpenCXCore
import OpenCXOpenAI
import OpenCXTesting
import Testing

struct OpenAIStreamTests {
    static func chunk(_ delta: String, finish: String = "null") -> String {
        #"data: {"model":"gpt-s","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]}"# + "\n\n"
    }

    static let text =
        chunk(#"{"role":"assistant","content":""}"#) + ": ping\r\n\r\n" + chunk(#"{"content":"Grüße, "}"#)
        + chunk(#"{"content":"日本 😀"}"#) + chunk("{}", finish: #""stop""#)
        + #"data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}"# + "\n\ndata: [DONE]\n\n"

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `a text comes out whole, however it is cut`(size: Int) async throws {
        let http = ScriptedHTTP(answers: .init(Self.text, pieceSize: size))
        let (text, reply) = try await OpenAIModelTests.model(http).stream(OpenAIModelTests.prompt).reply()
        #expect(text == "Grüße, 日本 😀" && reply?.text.reveal() == text)
        #expect(reply?.finish == .stop && reply?.model == "gpt-s")
        #expect(reply?.usage == ModelUsage(promptTokens: 5, replyTokens: 2))
        let body = try JSONValue(parsing: http.requests[0].body)
        #expect(body["stream"] == true && body["stream_options"] == ["include_usage": true])
    }

    @Test func `calls are put together by their index`() async throws {
        let body =
            Self.chunk(
                #"{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}"#)
            + Self.chunk(#"{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{\"y\""}}]}"#)
            + Self.chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}"#)
            + Self.chunk(#"{"tool_calls":[{"index":1,"function":{"arguments":":2}"}}]}"#)
            + Self.chunk("{}", finish: #""tool_calls""#) + "data: [DONE]\n\n"
        let http = ScriptedHTTP(answers: .init(body, pieceSize: 11))
        let (_, reply) = try await OpenAIModelTests.model(http).stream(OpenAIModelTests.prompt).reply()
        #expect(reply?.calls.map(\.name) == ["f", "g"] && reply?.calls.map(\.id) == ["a", "b"])
        #expect(reply?.calls.map { $0.arguments.reveal() } == [#"{"x":1}"#, #"{"y":2}"#])
    }

    @Test func `a refusal is put together`() async throws {
        let body = Self.chunk(#"{"refusal":"I "}"#) + Self.chunk(#"{"refusal":"cannot."}"#) + "data: [DONE]\n\n"
        let (_, reply) = try await OpenAIModelTests.model(ScriptedHTTP(answers: .init(body)))
            .stream(OpenAIModelTests.prompt).reply()
        #expect(reply?.isRefusal == true && reply?.text.reveal() == "I cannot.")
    }

    @Test(arguments: [
        (chunk(#"{"content":"Hel"}"#), ModelError.Code.unreachable),
        (chunk(#"{"content":"Hel"}"#) + "data: [DO", .unreachable), ("", .unreachable),
        (chunk(#"{"content":"Hel"}"#) + "data: {oops\n\n", .malformed),
        (#"data: {"error":{"message":"x","type":"overloaded_error"}}"# + "\n\n", .overloaded),
        (#"data: {"error":{"message":"x","code":"rate_limit_exceeded"}}"# + "\n\n", .rateLimited),
        (#"data: {"error":{"message":"x","type":"server_error"}}"# + "\n\n", .unavailable),
    ])
    func `a stream that does not end well never does so in silence`(
        body: String, code: ModelError.Code
    ) async throws {
        let error = await #expect(throws: ModelError.self) {
            try await OpenAIModelTests.model(ScriptedHTTP(answers: .init(body, pieceSize: 5)))
                .stream(OpenAIModelTests.prompt).reply()
        }
        #expect(error?.code == code)
    }

    @Test func `a connection that breaks is told apart`() async throws {
        let answer = ScriptedHTTP.Answer(
            Self.chunk(#"{"content":"Hel"}"#), failure: HTTPClientError(.interrupted, "x"))
        let error = await #expect(throws: ModelError.self) {
            try await OpenAIModelTests.model(ScriptedHTTP(answers: answer)).stream(OpenAIModelTests.prompt).reply()
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `a slow stream is read as it comes`() async throws {
        let clock = ManualClock()
        let answer = ScriptedHTTP.Answer(
            pieces: [Array(Self.chunk(#"{"content":"one"}"#).utf8), Array("data: [DONE]\n\n".utf8)],
            pause: { try await clock.sleep(until: clock.now() + .seconds(5)) })
        let driver = Task {
            for _ in 0..<3 {
                try await clock.waitForSleepers(count: 1)
                clock.advance(by: .seconds(5))
            }
        }
        let start = clock.now()
        var arrivals: [Duration] = []
        for try await _ in try await OpenAIModelTests.model(ScriptedHTTP(answers: answer))
            .stream(OpenAIModelTests.prompt)
        {
            arrivals.append(clock.now() - start)
        }
        try await driver.value
        #expect(arrivals == [.seconds(5), .seconds(10)])
    }
}
