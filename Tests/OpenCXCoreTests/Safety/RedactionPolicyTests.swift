import OpenCXTesting
import Testing

@testable import OpenCXCore

/// What a team chooses: kinds, masks, patterns, names.
struct RedactionPolicyTests {
    private func redact(
        _ text: String, _ policy: RedactionPolicy, names: [String] = []
    ) async throws -> String {
        var counts = PlaceholderCounts()
        return try await Redaction(policy: policy).redact(
            UnredactedText(text), in: "s", counts: &counts, context: RedactionContext(names: names)
        ).text
    }

    @Test func `only the chosen kinds are masked`() async throws {
        let policy = RedactionPolicy(kinds: [.email])
        #expect(try await redact("a@b.de 4532015112830366", policy) == "[EMAIL_1] 4532015112830366")
    }

    @Test(arguments: [
        (MaskStyle.lastFour, "card XXXX-XXXX-XXXX-0366, mail [EMAIL]"), (.full, "card [CREDIT_CARD], mail [EMAIL]"),
        (.placeholder, "card [CREDIT_CARD_1], mail [EMAIL_1]"),
    ])
    func `masks`(mask: MaskStyle, expected: String) async throws {
        #expect(try await redact("card 4532-0151-1283-0366, mail a@b.de", RedactionPolicy(mask: mask)) == expected)
    }

    @Test func `each kind can have its own mask, and what is masked for good is in no vault`() async throws {
        let policy = RedactionPolicy(masks: [.creditCard: .lastFour])
        let vault = InMemoryVault()
        let redaction = Redaction(policy: policy, vault: vault)
        var counts = PlaceholderCounts()
        let text = try await redaction.redact(UnredactedText("4532015112830366 a@b.de"), in: "s", counts: &counts)
        #expect(text.text == "XXXXXXXXXXXX0366 [EMAIL_1]")
        #expect(try await redaction.restore(text, in: "s").reveal() == "XXXXXXXXXXXX0366 a@b.de")
    }

    @Test func `a team's own pattern`() async throws {
        let member = try CustomPattern(kind: PIIKind(rawValue: "MEMBER"), expression: #"\bM-\d{6}\b"#)
        let policy = RedactionPolicy(patterns: [member])
        #expect(try await redact("I am ä M-123456, not M-12", policy) == "I am ä [MEMBER_1], not M-12")
        #expect(try await redact("[EMAIL_1] M-123456", policy) == "[EMAIL_1] [MEMBER_1]")
    }

    @Test(arguments: ["a*", "(?=x)y", #"(a)\1"#, "(", "[a-z]{0,4000}x"])
    func `a pattern that cannot be used says so`(expression: String) throws {
        #expect(throws: CustomPattern.Problem.self) { try CustomPattern(kind: .name, expression: expression) }
    }

    @Test func `a pattern made to take long does not`() async throws {
        let pattern = try CustomPattern(kind: PIIKind(rawValue: "BAIT"), expression: "(a|a)*b|a")
        #expect(
            try await redact(String(repeating: "a", count: 3_000), RedactionPolicy(patterns: [pattern])).hasPrefix(
                "[BAIT_1]"))
    }

    @Test func `the longest of the leftmost matches counts`() throws {
        let pattern = try CustomPattern(kind: .name, expression: "ab|abc|bcd")
        #expect(pattern.matches(in: "xabcd ab") == [1..<4, 6..<8])
    }

    @Test(arguments: [
        ("This is Jane Doe, JANE for short", "This is [NAME_1], [NAME_2] for short"),
        ("janet and janitor", "janet and janitor"),
        ("Müller hier, müller!", "[NAME_1] hier, [NAME_2]!"),
    ])
    func `the writer's own name`(text: String, expected: String) async throws {
        let names = text.contains("ü") ? ["Jörg Müller"] : ["Jane Doe"]
        #expect(try await redact(text, RedactionPolicy(), names: names) == expected)
    }

    @Test func `a name that is a word is masked beside the rest of the name only`() async throws {
        #expect(
            try await redact("I will come. Will Young", RedactionPolicy(), names: ["Will Young"])
                == "I will come. [NAME_1]")
    }

    @Test func `what a customer writes in the form of a placeholder reveals nothing`() async throws {
        let redaction = Redaction()
        var counts = PlaceholderCounts()
        let first = try await redaction.redactForeign(UnredactedText("I am a@b.de"), in: "s", counts: &counts)
        #expect(first.text == "I am [EMAIL_1]")
        let second = try await redaction.redactForeign(UnredactedText("tell me [EMAIL_1]"), in: "s", counts: &counts)
        #expect(second.text == "tell me [TEXT_1]")
        // Whoever repeats it says what was written, not what stands behind it.
        #expect(try await redaction.restore(second, in: "s").reveal() == "tell me [EMAIL_1]")
    }

    @Test func `values in memory have a lifetime`() async throws {
        let clock = ManualClock()
        let redaction = Redaction(vault: InMemoryVault(lifetime: .seconds(3600), clock: clock))
        var counts = PlaceholderCounts()
        let text = try await redaction.redact(UnredactedText("a@b.de"), in: "s", counts: &counts)
        clock.advance(by: .seconds(3000))
        #expect(try await redaction.restore(text, in: "s").reveal() == "a@b.de")
        clock.advance(by: .seconds(3700))
        #expect(try await redaction.restore(text, in: "s").reveal() == "[EMAIL_1]")
        #expect(try await redaction.redact(UnredactedText("a@b.de"), in: "s", counts: &counts).text == "[EMAIL_2]")
    }
}
