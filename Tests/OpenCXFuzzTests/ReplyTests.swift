import OpenCXAnthropic
import OpenCXOpenAI
import OpenCXTesting
import Testing

@testable import OpenCXCore

/// What language models write, whole and bit by bit.
@Suite struct ReplyTests {
    private static let forms = Fuzz(
        [
            #"{"citations":["P1","S1"],"kind":"answer","language":"en","resolved":false,"text":"One [P1]. Two \"x\" \u00e9\ud83d\ude00.\n- three"}"#,
            #"{"kind":"small_talk","text":"Hello! How are you? Fine.","citations":[]}"#,
            "```json\n{\"kind\": \"question\", \"text\": \"Which one?\"}\n```", "Plain text. With [P2] a handle.",
        ],
        tokens: [
            "[P1]", "[S9]", "[P", "]", "\\n", "\\u00", "\\ud83d", "\\udc00", "\"text\":\"", "\"kind\":\"answer\",",
            "\"citations\":[\"P1\"],",
            "}", "{", ",", "\\\"",
        ])

    @Test func `a form that grows ends as the same text as the form that is whole`() {
        Self.forms.run { bytes, random in
            var form = GrowingForm()
            var text: [UInt8] = []
            for piece in random.pieces(bytes) {
                form.take(piece)
                // Sentences are taken, so never a part of a character.
                var count = random.below(form.text.count + 1)
                while count > 0, count < form.text.count, (0x80..<0xC0).contains(form.text[count]) { count -= 1 }
                text += form.takeText(count).utf8
            }
            text += form.takeText(form.text.count).utf8
            guard !form.isBroken, form.isTextComplete, let whole = try? JSONValue(parsing: bytes) else { return }
            guard let expected = whole["text"]?.string else { throw Fuzz.Wrong("a text out of nothing") }
            if String(decoding: text, as: UTF8.self) != expected { throw Fuzz.Wrong("another text: \(expected)") }
        }
    }

    @Test func `a reply is read or refused, and its handles are found`() {
        let handles = CitationHandles(passages: [PassageID(article: "a", ordinal: 0)], scenarioCount: 1)
        Self.forms.run { bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? ModelAnswerForm(reading: text)
            for handle in handles.extract(from: text).handles { _ = handles.target(of: handle) }
        }
    }

    private static let streams = Fuzz(
        [
            "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\ndata: [DONE]\n\n",
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}\n\n",
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"c\",\"usage\":{\"input_tokens\":1}}}\n\n"
                + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n"
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        ],
        tokens: [
            "\"index\":9223372036854775807", "\"index\":-1", "data: ", "\n\n", "[DONE]", "\"delta\":{}", "null",
            "\"usage\":{\"prompt_tokens\":1e30}",
        ])

    @Test func `a stream of a vendor's ends with its end, or with a model error`() async {
        let prompt = Prompt(instructions: "x", turns: [.customer("y")], tokenLimit: 10)
        for round in 0..<UInt64(min(Fuzz.rounds, 300)) {
            var bodies: [[UInt8]] = []
            Self.streams.run(rounds: 1 + Int(round % 7)) { bytes, _ in bodies = [bytes] }
            let body = String(decoding: bodies.first ?? [], as: UTF8.self)
            let http = ScriptedHTTP(answers: .init(body, pieceSize: 1 + Int(round % 13)), .init(body, pieceSize: 5))
            let models: [any LanguageModel] = [
                OpenAIModel("m", on: OpenAIServer(apiKey: Secret("k")), http: http),
                AnthropicModel("m", on: AnthropicServer(apiKey: Secret("k")), http: http),
            ]
            for model in models {
                do {
                    var isFinished = false
                    for try await delta in try await model.stream(prompt) {
                        if case .finished = delta { isFinished = true }
                    }
                    #expect(isFinished, "ended in silence: \(body)")
                } catch {
                    #expect(error is ModelError, "\(error): \(body)")
                }
            }
        }
    }
}
