import Testing

@testable import OpenCXCore

struct ArgumentFinderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var schema: JSONValue
        var text: String
        var value: String?
        var testDescription: String { "\(text) → \(value ?? "nothing")" }

        init(_ schema: JSONValue, _ text: String, _ value: String?) {
            self.schema = schema
            self.text = text
            self.value = value
        }
    }

    private static let code: JSONValue = ["type": "string", "pattern": "^FH-[0-9]{5}$"]
    private static let size: JSONValue = ["enum": ["small", "large", "extra_large", "S"]]
    private static let speed: JSONValue = ["type": "string", "enum": ["standard", "express"]]
    private static let date: JSONValue = ["type": "string", "format": "date"]
    private static let email: JSONValue = ["type": "string", "format": "email"]
    private static let uuid: JSONValue = ["type": "string", "format": "uuid"]
    private static let count: JSONValue = ["type": "integer", "minimum": 1, "maximum": 10]
    private static let amount: JSONValue = ["type": "number", "minimum": 0]

    private func finder(_ schema: JSONValue) throws -> ArgumentFinder {
        let parameter = ActionParameter(
            name: "quantity", label: "quantity", source: .conversation, translations: ["de": "Menge"], schema: schema)
        return try #require(ArgumentFinder(parameter, [:]))
    }

    private func value(_ finding: ArgumentFinder.Finding) -> String? {
        if case .value(let value, _) = finding { value } else { nil }
    }

    @Test(arguments: [
        Case(code, "Where is FH-10423?", "FH-10423"), Case(code, "where's \"fh-10423\"...", "FH-10423"),
        Case(code, "(#FH-10423)", "FH-10423"), Case(code, "FH-10423, I said FH-10423", "FH-10423"),
        Case(code, "FH-10423 or FH-10431?", nil), Case(code, "FH-1042", nil), Case(code, "XFH-10423", nil),
        Case(code, "FH-104233", nil), Case(code, "", nil),
        Case(["type": "string", "pattern": "^[0-9]{5}$"], "order 10423 please", "10423"),
        Case(["type": "string", "pattern": "^[0-9]+$"], "it came on 24 November", nil),
        Case(["type": "string", "pattern": "^[A-Za-z]+$"], "refund please", nil),
        Case(["type": "string", "pattern": "^[A-Z]{3}$"], "from BER please", "BER"),
        Case(["type": "string", "pattern": "^[A-Z]{2} [0-9]{4}$"], "my plate is AB 1234.", "AB 1234"),
        Case(size, "the Large one", "large"), Case(size, "an extra large one", "extra_large"),
        Case(size, "Extra-Large!", "extra_large"), Case(size, "small or large", nil), Case(size, "largely", nil),
        Case(size, "it's the tent's", nil), Case(size, "not large", nil), Case(size, "not small but large", "large"),
        Case(["enum": [1, 10, "auto"]], "FH-10", nil), Case(["enum": [1, 10]], "take 10", "10"),
        Case(["const": "yes_all"], "yes all", "yes_all"),
        Case(date, "on 2026-02-28", "2026-02-28"), Case(date, "on 2026-02-30", nil),
        Case(date, "28.2.2026", "2026-02-28"),
        Case(date, "the 3rd March 2026", "2026-03-03"), Case(date, "March 3, 2026", "2026-03-03"),
        Case(date, "am 3. März 2026", "2026-03-03"), Case(date, "3/4/2026", nil), Case(date, "3 March", nil),
        Case(date, "2026-02-28 to 2026-03-01", nil), Case(date, "tomorrow", nil),
        Case(email, "write to [EMAIL_1].", "[EMAIL_1]"), Case(email, "[EMAIL_1] or [EMAIL_2]", nil),
        Case(email, "[PHONE_1]", nil), Case(email, "mail", nil),
        Case(uuid, "it's 123e4567-e89b-12d3-a456-426614174000.", "123e4567-e89b-12d3-a456-426614174000"),
        Case(["type": "string", "format": "uri"], "see <https://a.example/b?c=d>", "https://a.example/b?c=d"),
        Case(["type": "string", "format": "uri"], "note: this", nil),
        Case(count, "I want 3 of them", "3"), Case(count, "I want 11 of them", nil), Case(count, "2 or 3", nil),
        Case(count, "FH-3", nil), Case(count, "order 3", nil), Case(count, "3 November", nil), Case(count, "3.5", nil),
        Case(count, "November 3", nil), Case(count, "3:30", nil), Case(count, "quantity: 3, not 4", "3"),
        Case(count, "order 5, quantity 3", "3"), Case(count, "die Menge ist 4", "4"), Case(count, "3.0", "3"),
        Case(amount, "refund €12,50", "12.5"), Case(amount, "12.50€", "12.5"), Case(amount, "1,200", nil),
        Case(amount, "-5", nil), Case(amount, "1e3", nil), Case(amount, "0.125", "0.125"),
        Case(["type": "boolean"], "yes please", nil), Case(["type": "string"], "anything at all", nil),
        Case(["type": ["string", "null"], "pattern": "^R-[0-9]+$"], "r-7", "R-7"),
        Case(["allOf": [["type": "string"], ["pattern": "^R-[0-9]+$"]]], "R-7", "R-7"),
        Case(["anyOf": [["type": "integer"], ["type": "null"]]], "take 7", "7"),
    ])
    func `one value that fits is found, and nothing is guessed`(of: Case) throws {
        #expect(value(try finder(of.schema).find(in: of.text)) == of.value)
    }

    @Test(arguments: [
        Case(["type": "string"], " The zip is torn. ", "The zip is torn."), Case(["type": "string"], "Why?", nil),
        Case(["type": "string", "maxLength": 3], "long", nil), Case(["type": "boolean"], "Yes, please", "true"),
        Case(["type": "boolean"], "nein", "false"), Case(["type": "boolean"], "perhaps", nil), Case(size, "s", "S"),
        Case(count, "order 3", "3"), Case(["type": "string", "pattern": "^[a-z]+$"], "torn", "torn"),
        Case(code, "FH 10423", nil), Case(count, "two", nil),
    ])
    func `an answer to the question may be plainer`(of: Case) throws {
        #expect(value(try finder(of.schema).findAnswer(in: of.text)) == of.value)
    }

    @Test(
        arguments: [
            ["type": "object"], ["type": "array", "items": ["type": "string"]], [:], ["enum": [["a": 1]]],
            ["type": ["object", "array"]], ["anyOf": [["type": "object"], ["type": "array"]]],
        ] as [JSONValue])
    func `objects and lists are not for words`(schema: JSONValue) {
        let parameter = ActionParameter(name: "x", label: "x", source: .conversation, schema: schema)
        #expect(ArgumentFinder(parameter, [:]) == nil)
        #expect(
            !ActionDefinition(name: "a", summary: "", parameters: [parameter], effect: .lookup).canBeFilledByWords)
    }

    @Test func `the team's limits hold for what is found`() throws {
        let parameter = ActionParameter(
            name: "amount", label: "amount", source: .conversation, schema: ["type": "number"],
            limits: [ArgumentLimit(maximum: 50)])
        let finder = try #require(ArgumentFinder(parameter, [:]))
        #expect(finder.find(in: "refund 50") == .value("50", isNamed: false))
        #expect(finder.find(in: "refund 51") == .none)
    }

    @Test func `a long message takes no long time`() throws {
        let text = String(repeating: "FH-1042 [EMAIL_ 24 . November ", count: 20_000)
        for schema in [Self.code, Self.size, Self.date, Self.email, Self.uuid, Self.count] {
            _ = try finder(schema).find(in: text)
            _ = try finder(schema).findAnswer(in: text)
        }
    }
}
