import Testing
import YAML

@testable import OpenCXCore
@testable import OpenCXMCP
@testable import OpenCXWebhooks

/// Parsers of formats that others write: whatever they are given, they end, and say what is wrong in their own words.
@Suite struct TextFormatTests {
    private static let json = Fuzz(
        [
            #"{"a":[1,-2.5e3,true,null,"x\n\u00e9\ud83d\ude00"],"b":{"c":""}}"#, "[]", "[[[[1]]]]", #""\\\"""#,
            #"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"t","inputSchema":{"type":"object"}}]}}"#,
        ],
        tokens: ["\\u", "\\ud83d", "\\udc00", "{\"a\":", "[", "]", "}", ",", ":", "1e", "-", "0.", "tru", "\\", "\"\""])

    @Test func `JSON that is read is written and read again as the same`() {
        Self.json.run { bytes, _ in
            guard let value = try? JSONValue(parsing: bytes) else { return }
            let again = try JSONValue(parsing: value.serialized())
            if again != value { throw Fuzz.Wrong("another value after writing") }
        }
    }

    @Test func `events are the same however their bytes are cut`() {
        let fuzz = Fuzz(
            [
                "event: message\ndata: {\"a\":1}\n\n", ": ping\r\n\r\ndata:x\rdata: y\r\r",
                "\u{FEFF}data\n\nid: 7\nretry: 5\n\n",
            ],
            tokens: ["data:", "event:", "\r", "\n", "\r\n", ":", "id", "data: [DONE]\n\n"])
        fuzz.run { bytes, random in
            var whole = ServerSentEvents()
            var cut = ServerSentEvents()
            let expected = try whole.take(bytes)
            var events: [ServerSentEvents.Event] = []
            for piece in random.pieces(bytes) { events += try cut.take(piece) }
            if events != expected { throw Fuzz.Wrong("\(events.count) events instead of \(expected.count)") }
        }
    }

    @Test func `messages of an MCP server are read or passed over, and lines are the same however they are cut`() {
        Self.json.run { bytes, random in
            _ = try? RPCMessage.all(in: bytes)
            var whole = LineBuffer(limit: 1 << 17)
            var cut = LineBuffer(limit: 1 << 17)
            let expected = try whole.take(bytes)
            var lines: [[UInt8]] = []
            for piece in random.pieces(bytes) { lines += try cut.take(piece) }
            if lines != expected { throw Fuzz.Wrong("other lines") }
        }
    }

    @Test func `a YAML document is read within its limits, or refused with a line`() {
        let fuzz = Fuzz(
            [
                "a: 1\nb:\n  - x\n  - {c: [d, e], f: \"g\\n\"}\n", "key: |\n  text\n  more\nother: >-\n  folded\n",
                "base: &b {a: 1}\nuse: *b\n", "- 2026-11-26\n- 0x1F\n- ~\n- 'it''s'\n",
                "%YAML 1.1\n---\na: !!str 1\n...\n",
            ],
            tokens: [
                "&a ", "*a", "<<: ", "!!", "|", ">", "---\n", "...\n", "? ", ": ", "- ", "  ", "{", "}", "[", "]", "#",
                "%",
            ])
        fuzz.run { bytes, _ in
            for limits in [YAMLParser.Limits(), YAMLParser.Limits(depth: 64, nodes: 100_000, aliases: true)] {
                do throws(YAMLError) {
                    _ = try YAMLParser.parse(bytes, limits: limits)
                } catch {
                    if error.line < 1 || error.message.isEmpty { throw Fuzz.Wrong("no line or no message: \(error)") }
                }
            }
        }
    }

    @Test func `what asks to wait is never an absurd wait`() {
        let fuzz = Fuzz(
            ["120", "1.5", "Sun, 06 Nov 1994 08:49:37 GMT", "Thu, 26 Nov 2026 09:00:00 GMT"],
            tokens: ["Nov", "GMT", "9999", "24:60:60", "inf", "nan", "0x10", "-0", "e9", ", ", "31", "Feb"])
        fuzz.run { bytes, random in
            let text = String(decoding: bytes, as: UTF8.self)
            let now = random.below(2) == 0 ? "Thu, 26 Nov 2026 08:00:00 GMT" : text
            for name in ["retry-after", "retry-after-ms"] {
                let wait = RetryAfter.duration { $0 == name ? text : $0 == "date" ? now : nil }
                if let wait, wait < .zero || wait > .seconds(300_000_000_000) { throw Fuzz.Wrong("\(wait)") }
            }
        }
    }

    @Test func `headers that are not signed for are never believed`() throws {
        let verifier = try WebhookVerifier(secrets: [Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")])
        let fuzz = Fuzz(
            [
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1, v1,AAAA v2,x",
                "v1,AA== v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
            ], tokens: ["v1,", " ", "=", "==", "+", "/", "v1a,", ","])
        fuzz.run { bytes, random in
            let text = String(decoding: bytes, as: UTF8.self)
            let times = ["1674087231", text, "-1", "9223372036854775", "9223372036854775807", ""]
            let request = WebhookRequest(
                headers: [
                    ("webhook-id", random.below(3) == 0 ? text : "msg_1"), ("webhook-timestamp", random.pick(times)),
                    ("webhook-signature", text),
                ], body: bytes)
            for now in [
                Timestamp(milliseconds: 1_674_087_231_000), .epoch, Timestamp(milliseconds: .max),
                Timestamp(milliseconds: .min),
            ] {
                do throws(WebhookError) {
                    _ = try verifier.verify(request, at: now)
                    throw WebhookError(.badSecret, "believed")
                } catch {
                    if error.code == .badSecret { throw Fuzz.Wrong("a webhook that nobody signed was believed") }
                }
            }
        }
    }
}
