import Testing

@testable import OpenCXCore
@testable import OpenCXMCP

/// Patterns and schemas that documents and servers bring along.
@Suite struct SchemaTests {
    @Test func `a pattern is refused when it is read, or matched in bounded steps`() {
        let fuzz = Fuzz(
            [
                "^[A-Z]{2}-[0-9]{4,8}$", "(a|b)*c+?", #"\d+(\.\d{1,2})?"#, #"^\p{L}[\w-]{0,63}$"#, "(?:x|y){2,}",
                "[^a-f\\]]",
                "(a+)+$", "(a*)*b", "((a?){20}){20}", #"\bword\b"#, "(?<name>x)",
            ],
            tokens: [
                "(", ")", "[", "]", "{", "}", "{0,}", "{1000}", "{99999999999}", "*", "+", "?", "|", "^", "$", ".",
                "\\", "\\p{", "\\u{",
                "\\x", "\\c", "(?=", "(?<!", "\\1", "[^", "a-z", "z-a", "[]", "(?i)", "(?:", "++", "{,5}", "\\d-\\w",
            ])
        let texts = ["", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "AB-1234", "é😀\u{0}\n"]
        fuzz.run { bytes, random in
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(Pattern.Problem) {
                let pattern = try Pattern(text)
                for candidate in texts + [text] { _ = pattern.isFound(in: candidate) }
            } catch {
                if error.message.isEmpty { throw Fuzz.Wrong("no message") }
            }
        }
    }

    private static let schemas = Fuzz(
        [
            ##"{"type":"object","properties":{"a":{"type":"string","pattern":"^x","maxLength":3},"b":{"$ref":"#/$defs/N"}},"required":["a"],"$defs":{"N":{"type":["integer","null"],"minimum":0}}}"##,
            ##"{"anyOf":[{"$ref":"#/$defs/T"},{"type":"array","items":{"$ref":"#/$defs/T"}}],"$defs":{"T":{"oneOf":[{"$ref":"#/$defs/T"},{"properties":{"c":{"$ref":"#/$defs/T"}}}]}}}"##,
            #"{"if":{"const":1},"then":{"not":{}},"else":{"enum":["x",2]},"patternProperties":{"^a":false},"uniqueItems":true,"prefixItems":[true]}"#,
            #"{"allOf":[{"format":"email"},{"format":"date-time"},{"multipleOf":0.01}],"dependentRequired":{"a":["b"]},"contains":{},"maxContains":0}"#,
        ],
        tokens: [
            ##""$ref":"#/$defs/T""##, ##""$ref":"#""##, #""items":"#, #""pattern":"(""#, #""multipleOf":0"#,
            #""minimum":1e308"#, "true", "{}", "[]",
            #""minLength":-1"#, #""maxItems":9223372036854775807"#,
        ])

    @Test func `a schema is checked in bounded steps, whatever it refers to`() {
        let values: [JSONValue] = [
            "x", 1, .null, [:], ["a": "xyz", "b": 5, "c": ["c": ["c": 1]]], [["c": []], ["c": 2]], .number(1e300),
            .integer(.min),
        ]
        Self.schemas.run { bytes, random in
            guard let schema = try? JSONValue(parsing: bytes) else { return }
            let checker = JSONSchema(schema)
            for value in values { _ = checker.check(value) { _ in false } }
            _ = checker.types(of: schema)
            for path in [["a"], ["c", "c", "c"], ["b", "x"], []] {
                _ = checker.hasMember(at: path[...], of: schema)
                _ = checker.removingMember(at: path[...], from: schema)
            }
        }
    }

    @Test func `a schema that refers to itself in every way is searched to an end`() {
        let reference: JSONValue = ["$ref": "#/$defs/T"]
        let alternatives = JSONValue.array(Array(repeating: reference, count: 20))
        let schema: JSONValue = [
            "$defs": [
                "T": ["anyOf": alternatives, "oneOf": alternatives, "items": reference, "properties": ["a": reference]]
            ],
            "$ref": "#/$defs/T",
        ]
        let searched = JSONSchema(schema)
        #expect(!searched.hasMember(at: ["missing"], of: schema))
        #expect(searched.removingMember(at: ["missing"], from: schema) == nil)
        #expect(searched.hasMember(at: ["a", "a"], of: schema))
    }

    @Test func `a server's tools become actions or are refused, whatever their schemas say`() {
        let settings = MCPSettings(
            bindings: [ActionBinding("a", to: .email)],
            limits: [ActionLimit("b.c", maximum: 5), ActionLimit("c.c.c", of: "t", minimum: 0)])
        Self.schemas.run { bytes, random in
            guard let schema = try? JSONValue(parsing: bytes) else { return }
            let name = random.pick(["t", "", "💥", "a b/c", String(repeating: "n", count: 300)])
            let tool: JSONValue = ["name": .string(name), "description": "x", "inputSchema": schema]
            for action in ToolLister(settings: settings).read([tool, tool, schema]).list.actions {
                if !PlainWords.isName(action.name) && PlainWords.name(action.name) != action.name {
                    throw Fuzz.Wrong("no plain name: \(action.name)")
                }
                _ = action.inputSchema.serialized()
                if action.parameters.contains(where: { $0.name == "a" && !$0.isBoundByPlatform }) {
                    throw Fuzz.Wrong("not bound")
                }
            }
        }
    }
}
