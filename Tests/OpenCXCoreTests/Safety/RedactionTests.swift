import FoundationEssentials
import Testing

@_spi(OpenCXStorage) @testable import OpenCXCore

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
        ("1-415-555-2671 or 1 (415) 555-2672", "[PHONE_1] or [PHONE_2]"),
    ])
    func `personal data give way to placeholders`(text: String, expected: String) async throws {
        #expect(try await redact(text) == expected)
    }

    @Test(arguments: [
        ("4111 1111 1111 1111 12/27", "[CREDIT_CARD_1] 12/27"),
        ("4111 1111 1111 1111 12/27 123", "[CREDIT_CARD_1] 12/27 123"),
        ("4111 1111 1111 1111 123", "[CREDIT_CARD_1] 123"), ("4111111111111111 12/27", "[CREDIT_CARD_1] 12/27"),
        ("4111-1111-1111-1111-123", "[CREDIT_CARD_1]-123"), ("4111.1111.1111.1111/12.27", "[CREDIT_CARD_1]/12.27"),
        ("378282246310005 1234 01/29", "[CREDIT_CARD_1] 1234 01/29"),
        ("12/27 4111111111111111", "12/27 [CREDIT_CARD_1]"),
        ("order 10423 4111 1111 1111 1111", "order 10423 [CREDIT_CARD_1]"),
        ("Visa/4111 1111 1111 1111", "Visa/[CREDIT_CARD_1]"), ("card-4111111111111111.", "card-[CREDIT_CARD_1]."),
        ("amex_3714 496353 98431", "amex_[CREDIT_CARD_1]"), ("card/30569309025904", "card/[CREDIT_CARD_1]"),
        ("https://files.example/a/4111-1111-1111-1111/b.pdf", "https://files.example/a/[CREDIT_CARD_1]/b.pdf"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "[CREDIT_CARD_1] [CREDIT_CARD_2]"),
        ("+49 171 2345678 4111 1111 1111 1111", "[PHONE_1] [CREDIT_CARD_1]"),
        ("030 4111 1111 1111 1111", "030 [CREDIT_CARD_1]"), ("555-123-4567 4 days ago", "[PHONE_1] 4 days ago"),
        ("my phone 555-123-4567 4 days ago", "my phone [PHONE_1] 4 days ago"),
        ("credit card 180001894718246 lost", "credit card [CREDIT_CARD_1] lost"),
        ("123-45-6789 1990", "[US_SSN_1] 1990"), ("123-45-6789 415-555-2671", "[US_SSN_1] [PHONE_1]"),
    ])
    func `what follows a number does not hide it`(text: String, expected: String) async throws {
        #expect(try await redact(text) == expected)
    }

    @Test(arguments: [
        ("４１１１ １１１１ １１１１ １１１１!", "[CREDIT_CARD_1]!"),
        ("4111\u{A0}1111\u{202F}1111\u{2009}1111 ok", "[CREDIT_CARD_1] ok"),
        ("é 4111\u{200B}1111\u{AD}1111\u{2060}1111\u{200B} ok", "é [CREDIT_CARD_1]\u{200B} ok"),
        ("abc\u{200B}4111111111111111\u{200B}abc", "abc\u{200B}[CREDIT_CARD_1]\u{200B}abc"),
        ("415\u{2011}555\u{2013}2671", "[PHONE_1]"), ("\u{202A}+49 30 1234567\u{202C}", "\u{202A}[PHONE_1]\u{202C}"),
        ("jane＠example．com", "[EMAIL_1]"), ("٤١١١١١١١١١١١١١١١", "[CREDIT_CARD_1]"),
    ])
    func `other ways to write a digit, a space or a hyphen hide nothing`(text: String, expected: String) async throws {
        #expect(try await redact(text) == expected)
    }

    @Test(arguments: [
        "01.02.2026 12:00", "my card is 12/27 123", "４２ items", "5 – 7 days", "👨\u{200D}👩\u{200D}👧 2 adults",
        "order FH-10423 and RMA-2207", "error E-1042", "version 115.3.1", "on 2026-11-21 at 14:30", "21.11.2026",
        "it cost 1,299.00 EUR", "4111 1111 1111 1112 is no card", "tracking 1Z999AA10123456784",
        "60 days, 3 years, 2-4 weeks", "TNT-220 or STV-15", "@fernhill on social media", "5 @ 3 EUR", "1000000 EUR",
    ])
    func `what is not personal stays`(text: String) async throws {
        #expect(try await redact(text) == text)
    }

    @Test(arguments: ["[", "@", "1 ", "+1", "a@", "(", "[EMAIL_1", "9-", "4111 ", "１", "1\u{200B}", "\u{AD}", "00 1 "])
    func `a long text of bait is read in a moment`(piece: String) async throws {
        let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
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

    @Test(arguments: ["[EMAIL_9223372036854775807]", "[EMAIL_99999999]", "[EMAIL_+1]"])
    func `a placeholder that a customer made up counts for nothing`(bait: String) async throws {
        #expect(RedactedText(derived: bait).placeholders.isEmpty)
        var counts = PlaceholderCounts()
        let text = try await Redaction().redact(UnredactedText(bait + " a@b.de"), in: "s", counts: &counts)
        #expect(text.text == bait + " [EMAIL_1]")
    }

    @Test func `counts that cannot grow do not trap`() async throws {
        var counts = PlaceholderCounts(highest: ["EMAIL": .max])
        let redaction = Redaction()
        let text = try await redaction.redact(UnredactedText("a@b.de c@d.de"), in: "s", counts: &counts)
        #expect(!text.text.contains("@"))
        _ = try await redaction.restore(text, in: "s")
        #expect(counts[.email] <= Placeholder.highestNumber)
    }

    @Test func `a session's values have a bound; what is beyond it stays masked`() async throws {
        let vault = InMemoryVault(valuesPerSession: 2)
        let redaction = Redaction(vault: vault)
        var counts = PlaceholderCounts()
        let text = try await redaction.redact(UnredactedText("a@b.de c@d.de e@f.de a@b.de"), in: "s", counts: &counts)
        #expect(text.text == "[EMAIL_1] [EMAIL_2] [EMAIL_3] [EMAIL_1]")
        #expect(try await redaction.restore(text, in: "s").reveal() == "a@b.de c@d.de [EMAIL_3] a@b.de")
        let later = try await redaction.redact(UnredactedText("e@f.de a@b.de"), in: "s", counts: &counts)
        #expect(later.text == "[EMAIL_4] [EMAIL_1]")
    }

    @Test(.timeLimit(.minutes(5))) func `a message of nothing but addresses is read and restored in a moment`()
        async throws
    {
        let raw = (0..<60_000).map { "u\($0)@example.com" }.joined(separator: " ")
        var counts = PlaceholderCounts()
        let redaction = Redaction()
        let text = try await redaction.redact(UnredactedText(raw), in: "s", counts: &counts)
        #expect(!text.text.contains("@"))
        let restored = try await redaction.restore(text, in: "s").reveal()
        #expect(restored.hasPrefix("u0@example.com ") && restored.hasSuffix("[EMAIL_60000]"))
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
        // The key is no secret; what it takes is.
        let key = try #require(CodingUserInfoKey(rawValue: "opencx.restoring-stored-text"))
        decoder.userInfo[key] = true
        #expect(throws: DecodingError.self) { try decoder.decode([RedactedText].self, from: data) }
        decoder.userInfo[try #require(RedactedText.restoringKey)] = StoredTextDecoding()
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
