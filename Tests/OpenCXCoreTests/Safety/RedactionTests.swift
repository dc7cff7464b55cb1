import FoundationEssentials
@_spi(OpenCXStorage) import OpenCXCore
import Testing

struct RedactionTests {
    private func redact(_ text: String) async throws -> String {
        var counts = PlaceholderCounts()
        return try await Redaction().redact(UnredactedText(text), in: "s", counts: &counts).text
    }

    @Test(arguments: [
        ("mail me at Jane.Doe+shop@mail.example.co.uk.", "mail me at [EMAIL_1]."),
        ("a@b.de, a@b.de and c@d.de", "[EMAIL_1], [EMAIL_1] and [EMAIL_2]"),
        ("<jörg@müller.example>", "<[EMAIL_1]>"),
        ("call +49 30 1234567 please", "call [PHONE_1] please"),
        ("(415) 555-2671", "[PHONE_1]"), ("415-555-2671", "[PHONE_1]"), ("0171 2345678", "[PHONE_1]"),
        ("my phone is 5552671", "my phone is [PHONE_1]"),
        ("card 4111 1111 1111 1111 exp 12/27", "card [CREDIT_CARD_1] exp 12/27"),
        ("2221000000000009", "[CREDIT_CARD_1]"),
        ("IBAN DE89 3704 0044 0532 0130 00 ok", "IBAN [IBAN_1] ok"), ("gb82west12345698765432", "[IBAN_1]"),
        ("my SSN is 123-45-6789.", "my SSN is [US_SSN_1]."),
    ])
    func `personal data give way to placeholders`(text: String, expected: String) async throws {
        #expect(try await redact(text) == expected)
    }

    @Test(arguments: [
        "order FH-10423 and RMA-2207", "error E-1042", "version 115.3.1", "on 2026-11-21 at 14:30", "21.11.2026",
        "it cost 1,299.00 EUR", "4111 1111 1111 1112 is no card", "tracking 1Z999AA10123456784",
        "60 days, 3 years, 2-4 weeks", "TNT-220 or STV-15", "@fernhill on social media", "5 @ 3 EUR", "1000000 EUR",
    ])
    func `what is not personal stays`(text: String) async throws {
        #expect(try await redact(text) == text)
    }

    @Test(arguments: ["[", "@", "1 ", "+1", "a@", "(", "[EMAIL_1", "9-"])
    func `a megabyte of bait is read in a moment`(piece: String) async throws {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        var counts = PlaceholderCounts()
        let redaction = Redaction()
        let redacted = try await redaction.redact(UnredactedText(text), in: "s", counts: &counts)
        _ = try await redaction.restore(redacted, in: "s")
    }

    @Test func `raw values come back at the boundary, and only those of the same session`() async throws {
        let redaction = Redaction()
        var counts = PlaceholderCounts()
        let text = try await redaction.redact(UnredactedText("I am a@b.de [x] [EMAIL_9]"), in: "s", counts: &counts)
        #expect(try await redaction.restore(text, in: "s").reveal() == "I am a@b.de [x] [EMAIL_9]")
        #expect(try await redaction.restore(text, in: "other").reveal() == text.text)
        try await redaction.forget("s")
        #expect(try await redaction.restore(text, in: "s").reveal() == text.text)
    }

    @Test func `a redactor that points outside the text or twice at one place does no harm`() async throws {
        struct Wild: PIIRedactor {
            func findings(in text: UnredactedText) async throws -> [PIIFinding] {
                [(2, 4), (0, 3), (3, 99), (-1, 1), (5, 5)].filter { $0.0 >= 0 }.map {
                    PIIFinding(kind: .phone, range: $0.0..<$0.1)
                }
            }
        }
        var counts = PlaceholderCounts()
        let text = try await Redaction(redactor: Wild()).redact(UnredactedText("abcdef"), in: "s", counts: &counts)
        #expect(text.text == "[PHONE_1]def")
    }

    @Test func `the vault keeps the sessions used last`() async throws {
        let vault = InMemoryVault(capacity: 10)
        for number in 1...30 {
            _ = try await vault.placeholders(
                for: [PIIValue(kind: .email, raw: "x\(number)")], in: SessionID("s\(number)"),
                above: PlaceholderCounts())
        }
        let first = Placeholder(kind: .email, number: 1)
        #expect(try await vault.values(of: [first], in: "s1").isEmpty)
        #expect(try await vault.values(of: [first], in: "s30") == [first: "x30"])
    }

    @Test func `redacted text is not decoded from just anywhere`() throws {
        let data = Data("[\"jane@example.com\"]".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([RedactedText].self, from: data) }
        let decoder = JSONDecoder()
        decoder.userInfo[try #require(RedactedText.restoringKey)] = true
        #expect(try decoder.decode([RedactedText].self, from: data).count == 1)
    }

    @Test func `unredacted text, values and secrets do not print`() {
        let secret = "jane@example.com"
        let printed = [
            "\(UnredactedText(secret))", String(reflecting: UnredactedText(secret)),
            "\(PIIValue(kind: .email, raw: secret))",
            "\(Secret(secret))", String(reflecting: Secret(secret)),
            "\(ContactHandle(email: secret, isVerified: true))",
        ]
        var dumped = ""
        dump(UnredactedText(secret), to: &dumped)
        dump(Secret(secret), to: &dumped)
        #expect((printed + [dumped]).allSatisfy { !$0.contains("jane") })
    }
}
