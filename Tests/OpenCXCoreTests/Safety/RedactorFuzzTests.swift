import OpenCXCore
import OpenCXTesting
import Testing

/// Texts made of pieces that set rules off, from a seed.
struct RedactorFuzzTests {
    private static let pieces = [
        "4532015112830366", "4532 0151 ", "DE89", "3704 0044 0532 0130 00", "+49 ", "030 1234567", "jane", "@",
        "example.com", " at ",
        " dot ", "(", ")", "[", "]", "[EMAIL_1]", "[EMAIL_", "EMAIL_1]", "one ", "two ", "double ", "hundred ",
        "password is ", ": ",
        "hunter2", "-----BEGIN PRIVATE KEY-----", "-----END ", "-----", "::1", "00:1B:44:11:3A:B7", ":", "://", "a:b@",
        "sk-abcdefghij1234567890",
        "eyJ", ".", "-", "/", " ", "\n", "\u{200B}", "\u{AD}", "é", "日本", "電話", "👨‍👩‍👧", "\u{FF11}", "\u{A0}", "%40",
        "&#64;", "born on ",
        "5 March 1984", "Hauptstraße ", "12 ", "Rue de la Paix", "account number ", "passport ", "plate ", "x12", "0x",
        "999999999",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1", "XXXX", "\u{0}", "e\u{301}", "\"", "<", ">", "VAT ", "DE136695976",
        "12345678Z",
    ]

    private static func text(_ seed: UInt64, length: Int) -> String {
        var generator = SplitMix(state: seed)
        return (0..<length).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
    }

    @Test(arguments: 0..<24)
    func `whatever the text, nothing crashes, every finding is inside, and masking twice changes nothing`(round: Int)
        async throws
    {
        for seed in 0..<40 {
            let text = Self.text(UInt64(round * 1000 + seed), length: 1 + seed)
            for finding in try await PatternRedactor().findings(in: UnredactedText(text)) {
                #expect(
                    finding.range.lowerBound >= 0 && finding.range.upperBound <= text.utf8.count
                        && !finding.range.isEmpty)
            }
            for mask in MaskStyle.allCases {
                let redaction = Redaction(policy: RedactionPolicy(mask: mask))
                var counts = PlaceholderCounts()
                let once = try await redaction.redact(UnredactedText(text), in: "s", counts: &counts)
                let twice = try await redaction.redact(UnredactedText(once.text), in: "s", counts: &counts)
                #expect(twice == once, "seed \(round * 1000 + seed), \(mask)")
                if mask == .placeholder, !text.contains("[EMAIL_1]") {
                    #expect(try await redaction.restore(once, in: "s").reveal() == text, "seed \(round * 1000 + seed)")
                }
            }
        }
    }

    @Test func `random bytes are read`() async throws {
        var generator = SplitMix(state: 7)
        for _ in 0..<400 {
            let bytes = (0..<(generator.next() % 200)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            _ = try await PatternRedactor().findings(in: UnredactedText(String(decoding: bytes, as: UTF8.self)))
        }
    }
}

/// Numbers from a seed (Steele, Lea and Flood, 2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
