import OpenCXCore
import Testing

struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("-0", 0), ("[]", []), ("{}", [:]),
            (#"[1, -2, 3.5, 1e2]"#, [1, -2, .number(3.5), .number(100)]),
            (#"{"a":{"b":["x\n\"y\"\\\/"]}}"#, ["a": ["b": ["x\n\"y\"\\/"]]]),
            (#""\u00e9 \ud83d\ude00 é 😀""#, "é 😀 é 😀"),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            (#"{"a":1,"a":2}"#, ["a": 2]), ("\"\\u0000\"", "\u{0}"),
        ] as [(String, JSONValue)])
    func `what is JSON is read`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#])
    func `half of a surrogate pair is a replacement character`(text: String) throws {
        #expect(try parse(text).string?.contains("\u{FFFD}") == true)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "1.", ".5", "1e", "-", "+1", "1e999", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}", "\"", "\"\\x\"", "\"\\u12\"", "\"\\", "\"\n\"", "[", "{", "1 2", "NaN", "'a'", "\"a\" b",
    ])
    func `what is no JSON is refused, and the error shows nothing of it`(text: String) {
        #expect(throws: JSONParsingError.self) { try parse(text) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22]] {
            #expect(throws: JSONParsingError.self) { try JSONValue(parsing: bytes) }
        }
    }

    @Test func `depth has a bound`() throws {
        let deep = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        _ = try parse(deep(128))
        #expect(throws: JSONParsingError.self) { try parse(deep(129)) }
        #expect(throws: JSONParsingError.self) { try parse(String(repeating: "{\"a\":[", count: 100_000)) }
        // Side by side is not deep.
        _ = try parse("[" + String(repeating: "[{}],", count: 1000) + "[]]")
    }

    @Test func `what the writer writes is read back`() throws {
        let text = "a\"b\\c\n\r\t\u{1}\u{1F} é 😀"
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("text", text)
            writer.member("number", 5)
            writer.member("share", 0.25)
            writer.name(of: text)
            writer.array { writer in
                writer.string("x")
                writer.object { _ in }
                writer.raw(Array("null".utf8))
            }
            writer.member("yes", true)
        }
        let value: JSONValue = [
            "text": .string(text), "number": 5, "share": .number(0.25), "yes": true,
        ]
        guard case .object(var members) = value else { return }
        members[text] = ["x", [:], .null]
        #expect(try JSONValue(parsing: writer.bytes) == .object(members))
        #expect(try JSONValue(parsing: JSONValue.object(members).serialized()) == .object(members))
    }
}
