import OpenCXCore
import Testing

struct JSONSchemaTests {
    static func violations(_ schema: String, _ value: String) throws -> [String] {
        let schema = JSONSchema(try JSONValue(parsing: Array(schema.utf8)))
        return schema.check(try JSONValue(parsing: Array(value.utf8)), name: "x").violations.map(\.description)
    }

    static let fitting: [(String, String)] = [
        (#"{"type": "string"}"#, #""a""#), (#"{"type": ["string", "null"]}"#, "null"),
        (#"{"type": "integer"}"#, "5.0"), (#"{"type": "number"}"#, "5"),
        (#"{"enum": [1, "a", null]}"#, "1.0"), (#"{"const": {"a": [1]}}"#, #"{"a": [1.0]}"#),
        (#"{"minimum": 1, "maximum": 3}"#, "3"), (#"{"exclusiveMaximum": 3}"#, "2.9"),
        (#"{"multipleOf": 0.01}"#, "19.99"), (#"{"multipleOf": 0.1}"#, "0.3"),
        (#"{"minLength": 1, "maxLength": 2}"#, #""😀😀""#), (#"{"pattern": "^#W[0-9]{7}$"}"#, ##""#W1234567""##),
        (#"{"type": "array", "items": {"type": "integer"}, "uniqueItems": true, "minItems": 2}"#, "[1, 2]"),
        (#"{"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}"#, #"["a", 1, 2]"#),
        (#"{"properties": {"a": {"type": "string"}}, "required": ["a"]}"#, #"{"a": "b", "c": 1}"#),
        (#"{"additionalProperties": {"type": "integer"}}"#, #"{"a": 1}"#),
        (#"{"patternProperties": {"^x-": true}, "additionalProperties": false}"#, #"{"x-a": 1}"#),
        (#"{"anyOf": [{"type": "string"}, {"type": "integer"}]}"#, "1"),
        (#"{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, #"{"a": 1}"#),
        (#"{"not": {"type": "string"}}"#, "1"), (#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, "2"),
        (#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}}"#, #"{"a": 1, "b": 2}"#),
        (
            ##"{"$defs": {"Node": {"properties": {"next": {"$ref": "#/$defs/Node"}}}}, "$ref": "#/$defs/Node"}"##,
            #"{"next": {"next": {}}}"#
        ),
        ("true", "1"), ("{}", "[1]"), (#"{"format": "no-such-format"}"#, #""x""#),
    ]

    @Test(arguments: fitting)
    func `a value that fits is taken`(schema: String, value: String) throws {
        #expect(try Self.violations(schema, value) == [])
    }

    static let wrong: [(String, String, String)] = [
        (#"{"type": "number"}"#, #""many""#, "x must be a number"),
        (#"{"type": "integer"}"#, "1.5", "x must be a whole number"),
        (#"{"type": "array"}"#, "{}", "x must be a list"),
        (#"{"enum": ["a", "b"]}"#, #""c""#, #"x must be one of "a", "b""#),
        (#"{"const": 1}"#, "2", "x must be 1"), (#"{"maximum": 3}"#, "4", "x must be at most 3"),
        (#"{"minimum": 0.5}"#, "0", "x must be at least 0.5"),
        (#"{"exclusiveMinimum": 3}"#, "3", "x must be more than 3"),
        (#"{"multipleOf": 5}"#, "7", "x must be a multiple of 5"),
        (#"{"minLength": 1}"#, #""""#, "x must not be empty"),
        (#"{"maxLength": 2}"#, #""abc""#, "x must have at most 2 characters"),
        (#"{"pattern": "^[0-9]+$"}"#, #""12a""#, "x must match the pattern ^[0-9]+$"),
        (#"{"format": "email"}"#, #""jane""#, "x must be an e-mail address"),
        (#"{"uniqueItems": true}"#, "[1, 1.0]", "x must not hold the same item twice"),
        (
            #"{"items": {"properties": {"n": {"type": "integer"}}}}"#, #"[{"n": 1}, {"n": "z"}]"#,
            "x[1].n must be a whole number"
        ),
        (#"{"required": ["a"]}"#, "{}", "x.a is missing"),
        (
            #"{"properties": {"a": {}}, "additionalProperties": false}"#, #"{"jane@example.com": 1}"#,
            "x must have no other members than a"
        ),
        (#"{"not": {"type": "string"}}"#, #""a""#, "x must not be what its schema rules out"),
        (
            #"{"oneOf": [{"type": "integer"}, {"minimum": 1}]}"#, "2",
            "x fits more than one of the forms it may have; it must fit exactly one"
        ),
        (
            ##"{"$ref": "#/$defs/Gone"}"##, "1",
            "x cannot be checked: its schema refers to something that does not exist"
        ),
        ("false", "1", "x must not be given"),
    ]

    @Test(arguments: wrong)
    func `what is wrong is said so that it can be put right`(schema: String, value: String, message: String) throws {
        #expect(try Self.violations(schema, value) == [message])
    }

    static let typed: [(String, String, String)] = [
        (#"{"type": "integer"}"#, #""5""#, "5"), (#"{"type": "boolean"}"#, #""true""#, "true"),
        (#"{"type": "number"}"#, #""2.5""#, "2.5"), (#"{"type": "string"}"#, "19122", #""19122""#),
        (#"{"type": "array", "items": {"type": "integer"}}"#, #""[\"1\", 2]""#, "[1,2]"),
        (#"{"properties": {"n": {"type": "integer"}}}"#, #"{"n": "7"}"#, #"{"n":7}"#),
        (#"{"anyOf": [{"type": "integer"}, {"type": "string"}]}"#, #""5""#, #""5""#),
        (#"{"anyOf": [{"type": "integer"}, {"type": "null"}]}"#, #""5""#, "5"),
    ]

    @Test(arguments: typed)
    func `a value is brought into the type that is asked for`(schema: String, value: String, typed: String) throws {
        let schema = JSONSchema(try JSONValue(parsing: Array(schema.utf8)))
        let checked = schema.check(try JSONValue(parsing: Array(value.utf8)))
        #expect(checked.violations == [])
        #expect(String(decoding: checked.value.serialized(), as: UTF8.self) == typed)
    }

    static let formats: [(String, String, Bool)] = [
        ("date", "2024-02-29", true), ("date", "2023-02-29", false), ("date", "2023-2-1", false),
        ("date-time", "2024-01-31T13:45:00.5+02:00", true), ("date-time", "2024-01-31T25:00:00Z", false),
        ("date-time", "2024-01-31", false), ("email", "jane.doe@example.co.uk", true), ("email", "jane@", false),
        ("email", "a b@example.com", false), ("uuid", "123e4567-e89b-12d3-a456-426614174000", true),
        ("uuid", "123e4567e89b12d3a456426614174000", false), ("uri", "https://example.com/a?b#c", true),
        ("uri", "/relative", false), ("ipv4", "192.168.0.1", true), ("ipv4", "256.1.1.1", false),
        ("ipv4", "01.1.1.1", false), ("ipv6", "2001:db8::1", true), ("ipv6", "::ffff:1.2.3.4", true),
        ("ipv6", "1::2::3", false), ("ipv6", "12345::", false), ("hostname", "a-b.example", true),
        ("hostname", "-a.example", false), ("byte", "QUJD", true), ("byte", "QUJ", false),
    ]

    @Test(arguments: formats)
    func `formats are checked`(format: String, text: String, fits: Bool) {
        let schema = JSONSchema(["format": .string(format)])
        #expect(schema.check(.string(text)).violations.isEmpty == fits)
    }

    @Test func `a schema that leads back to itself, and one that explodes, come to an end`() throws {
        let circle = JSONSchema(["$ref": "#/$defs/A", "$defs": ["A": ["$ref": "#/$defs/A"]]])
        #expect(!circle.check("x").violations.isEmpty)
        var definitions: [String: JSONValue] = ["D0": ["type": "integer"]]
        for level in 1...40 {
            let below: JSONValue = ["$ref": .string("#/$defs/D\(level - 1)")]
            definitions["D\(level)"] = ["anyOf": [below, below]]
        }
        let tree = JSONSchema(["$ref": "#/$defs/D40"], definitions: definitions)
        #expect(!tree.check("x").violations.isEmpty)
    }

    // MARK: Patterns

    static let patterns: [(String, String, Bool)] = [
        ("^(a+)+$", "aaab", false), ("a|b", "xb", true), ("^a{2,3}$", "aaaa", false), ("^a{2,}$", "aaaa", true),
        ("^[^a-c]+$", "xyz", true), (#"^\d{3}-\w+$"#, "123-ab_", true), (#"\bcat\b"#, "a cat sat", true),
        (#"\bcat\b"#, "concat", false), (#"^\p{L}+$"#, "Grüße", true), (#"^\u0041\x42$"#, "AB", true),
        ("^[A-Z-a-z0-9]{2}$", "-z", true), ("^{a}$", "{a}", true), ("(?i)^(all|none)$", "ALL", true),
        ("^(?:ab|cd)*$", "abcdab", true), ("^$|^[0-9]+$", "", true), (#"^[\w.-]+@[\w-]+\.[a-z]+$"#, "a.b@c-d.de", true),
        ("^.$", "\n", false), (#"^[\s\S]$"#, "\n", true), ("x*?y", "xxy", true),
    ]

    @Test(arguments: patterns)
    func `patterns match as ECMA-262 has them`(pattern: String, text: String, matches: Bool) throws {
        #expect(try Pattern(pattern).isFound(in: text) == matches)
    }

    @Test(arguments: ["[", "(a", "a)", "*a", "a**", "[b-a]", "a{3,2}", "\\"])
    func `what is no pattern is told apart`(pattern: String) {
        #expect {
            try Pattern(pattern)
        } throws: { error in
            if case .malformed? = error as? Pattern.Problem { true } else { false }
        }
    }

    @Test(arguments: [
        "(?=a)b", "(?<!a)b", #"(a)\1"#, "(a{5000}){5000}", "((((a{99}){99}){99}){99}){99}", #"\p{Greek}"#,
    ])
    func `a pattern that cannot be matched in linear time is refused`(pattern: String) {
        #expect {
            try Pattern(pattern)
        } throws: { error in
            if case .unsupported? = error as? Pattern.Problem { true } else { false }
        }
    }

    @Test func `patterns made to explode take no time`() throws {
        for pattern in ["^(a+)+$", "^(a|a)*$", "^(a*)*b$", "^((a{1,30}){1,30})$", "(.*)(.*)(.*)(.*)x"] {
            let text = String(repeating: "a", count: 2000) + "!"
            #expect(try Pattern(pattern).isFound(in: text) == false)
        }
    }

    // MARK: JSON text

    @Test(arguments: [
        #"{"a": [1, -2.5e3, true, null, "\u00e9\ud83d\ude00\n"]}"#, "0", #""""#, " [ ] ", "-0.0", "9223372036854775808",
    ])
    func `JSON text is read`(text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try JSONValue(parsing: value.serialized()) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a" 1}"#, "01", "1.", "+1", "nul", "\"a", "\"\u{1}\"", #""\x""#, "1 2", "NaN", "1e999",
        String(repeating: "[", count: 100_000),
    ])
    func `what is no JSON text is refused`(text: String) {
        #expect(throws: JSONParsingError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }
}
