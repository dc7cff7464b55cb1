import FoundationEssentials
import OpenCXCore
import Testing

struct SupportTests {
    @Test func `times do not overflow`() {
        #expect(Timestamp(milliseconds: .max) + .seconds(1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: .min) - .seconds(1) == Timestamp(milliseconds: .min))
        #expect(Timestamp.epoch + .seconds(Int64.max) == Timestamp(milliseconds: .max))
        #expect((Timestamp(milliseconds: 1500) - .epoch) == .milliseconds(1500))
        #expect(Timestamp(milliseconds: 1_795_219_200_123).description == "2026-11-21T00:00:00.123Z")
    }

    @Test(arguments: [
        "null", "true", "[1,-2,3.5]", #"{"a":{"b":["x\n\"y\"\\"]}}"#, #""\u0000 é 😀""#, "[]", "{}", "9007199254740993",
    ])
    func `JSON values survive a round trip`(json: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        let again = try JSONDecoder().decode(JSONValue.self, from: Data(value.serialized()))
        #expect(value == again)
    }

    @Test(arguments: [
        ("Wo ist meine Bestellung und wann kommt sie?", LanguageTag?.some("de")), ("Where is my order?", "en"),
        ("Où est ma commande et quand est-ce que je la reçois ?", "fr"), ("¿Dónde está mi pedido?", "es"),
        ("Please cancel order FH-10431", "en"), ("FH-10423", nil), ("", nil), ("tent", nil),
    ])
    func `the language is guessed only when enough speaks for it`(text: String, language: LanguageTag?) {
        #expect(LanguageGuess.language(of: text) == language)
    }

    @Test(arguments: [
        ("return", "returns", true), ("password", "pasword", true), ("delivery", "delivrey", true),
        ("stove", "store", false), ("tent", "rent", false), ("abcdefg", "gfedcba", false),
    ])
    func `one typing mistake is forgiven in longer words`(a: String, b: String, near: Bool) {
        #expect(Words.isNear(a, b) == near)
    }

    @Test func `the same content has the same hash on every machine`() {
        #expect(StableHash.hex("") == StableHash.hex(""))
        #expect(StableHash.hex("ab", "c") != StableHash.hex("a", "bc"))
        #expect(StableHash.hex("thread", "ok").count == 32)
    }
}
