import OpenCXCore
import Testing

/// What must be found, by kind and by written form. The values are specimens of the authorities, or have their check digits
/// computed for this table.
struct RedactedKindsTests {
    static func redact(_ text: String, policy: RedactionPolicy = RedactionPolicy()) async throws -> String {
        var counts = PlaceholderCounts()
        return try await Redaction(policy: policy).redact(UnredactedText(text), in: "s", counts: &counts).text
    }

    @Test(arguments: [
        ("jane dot doe at example dot com is my mail", "[EMAIL_1] is my mail"),
        ("mail jane(at)example(dot)com", "mail [EMAIL_1]"), ("jane [at] example [dot] com", "[EMAIL_1]"),
        ("jane @ example . com", "[EMAIL_1]"), ("JANE AT EXAMPLE DOT COM, my email", "[EMAIL_1], my email"),
        ("my email is jane.doe at gmail.com", "my email is [EMAIL_1]"),
        ("meine mail: jane punkt doe at web punkt de", "meine mail: [EMAIL_1]"),
        ("mi correo es juan arroba ejemplo punto es", "mi correo es [EMAIL_1]"),
        ("jane underscore doe at gmail dot com", "[EMAIL_1]"), ("ja\u{AD}ne@exam\u{200B}ple.com", "[EMAIL_1]"),
        ("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "[EMAIL_1]"), ("jane&#64;example.com", "[EMAIL_1]"),
        ("mailto:jane%40example.com", "mailto:[EMAIL_1]"),
        ("\"jane doe\"@example.com", "[EMAIL_1]"), ("用户邮箱jane@example.com。", "用户邮箱[EMAIL_1]。"),
    ])
    func `e-mail addresses in every written form`(text: String, expected: String) async throws {
        #expect(try await Self.redact(text) == expected)
    }

    @Test(arguments: [
        "+49 (0)30 1234567", "+1-984-555-0190", "0044 20 7946 0018", "+44 20 7946 0018", "(030) 123456", "0171.2345678",
        "+33 1 70 18 99 00", "+4917012345678", "+49\u{A0}170\u{2011}1234567", "＋４９ １７０ １２３４５６７",
        "(415) 555-0132 ext. 12",
        "+1 415 555 0132 x204", "+86 138 0013 8000", "011 44 20 7946 0018", "415.555.0132", "0 800 123 45 67",
        "four one five, five five five, zero one three two",
        "plus four nine one seven zero one two three four five six seven",
        "eight hundred five five five zero one nine nine", "4️⃣1️⃣5️⃣-555-0132",
    ])
    func `telephone numbers in every written form`(number: String) async throws {
        #expect(try await Self.redact("You can call me: \(number)") == "You can call me: [PHONE_1]")
    }

    @Test(arguments: [
        ("my phone number is 31234567", "my phone number is [PHONE_1]"),
        ("99 668472 is my mobile", "[PHONE_1] is my mobile"),
        ("Tel.: 612 34 56 78", "Tel.: [PHONE_1]"), ("我的电话是13800138000", "我的电话是[PHONE_1]"),
        ("Meine Handynummer lautet 1512 3456789", "Meine Handynummer lautet [PHONE_1]"),
        ("416 60 039 office", "[PHONE_1] office"),
    ])
    func `telephone numbers by the words beside them`(text: String, expected: String) async throws {
        #expect(try await Self.redact(text) == expected)
    }

    @Test(arguments: [
        "4532015112830366", "4532 0151 1283 0366", "4532-0151-1283-0366", "4532.0151.1283.0366", "４５３２０１５１１２８３０３６６",
        "4532\u{A0}0151\u{A0}1283\u{A0}0366", "4532\u{200B}0151\u{200B}1283\u{200B}0366", "2223003048400015",
        "371449635398431",
        "3714 496353 98431", "30569309025904", "3530111333300000", "6011111111111117", "6759649826438453",
        "6200000000000005",
        "4 5 3 2 0 1 5 1 1 2 8 3 0 3 6 6", "٤٥٣٢٠١٥١١٢٨٣٠٣٦٦", "4532_0151_1283_0366", "𝟜𝟝𝟛𝟚 0151 1283 0366",
        "four five three two zero one five one one two eight three zero three six six",
    ])
    func `payment cards in every written form`(card: String) async throws {
        #expect(try await Self.redact("I paid with \(card) today") == "I paid with [CREDIT_CARD_1] today")
    }

    @Test(arguments: [
        "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819",
        "ES91-2100-0418-4502-0005-1332",
        "nl91 abna 0417 1643 00", "FR14 2004 1010 0505 0001 3M02 606", "NO93 8601 1117 947",
        "ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ００",
        "DE89.3704.0044.0532.0130.00", "DE89\u{A0}3704\u{A0}0044\u{A0}0532\u{A0}0130\u{A0}00",
    ])
    func `account numbers in every written form`(iban: String) async throws {
        #expect(try await Self.redact("send it to \(iban), please") == "send it to [IBAN_1], please")
    }

    @Test(arguments: [
        ("44051401359", "NATIONAL_ID"), ("85.07.30-033.28", "NATIONAL_ID"), ("steuer-id 86095742719", "TAX_ID"),
        ("86 095 742 719", "TAX_ID"), ("1 84 12 76 451 089 46", "NATIONAL_ID"), ("12345678Z", "NATIONAL_ID"),
        ("X-1234567-L", "NATIONAL_ID"), ("529.982.247-25", "TAX_ID"), ("2341 2341 2346", "NATIONAL_ID"),
        ("ABCPE1234F", "TAX_ID"), ("my bsn is 123456782", "NATIONAL_ID"), ("SIN 046 454 286", "NATIONAL_ID"),
        ("TFN: 123456715", "TAX_ID"), ("NHS number 943 476 5919", "HEALTH_ID"),
        ("QQ 12 34 56 C national insurance", nil),
        ("my NI number is AB 12 34 56 C", "NATIONAL_ID"), ("010190-123M", "NATIONAL_ID"),
        ("756.9217.8190.25", "NATIONAL_ID"),
        ("811228-9874", "NATIONAL_ID"), ("8001015009087", "NATIONAL_ID"), ("10000000146", "NATIONAL_ID"),
        ("RSSMRA85T10A562S", "TAX_ID"), ("OIB 94577403879", "TAX_ID"), ("ITIN 912-70-1234", "US_SSN"),
        ("DE136695976", "VAT_ID"), ("ATU13585627", "VAT_ID"), ("1EG4-TE5-MK73", "HEALTH_ID"),
        ("passport number is C01X00T47", "PASSPORT"), ("my driver's license number is D1234567", "DRIVERS_LICENSE"),
        ("licence plate B-MW 1234", "LICENSE_PLATE"), ("account number 12345678", "BANK_ACCOUNT"),
        ("routing number 021000021", "BANK_ACCOUNT"), ("sort code 12-34-56", "BANK_ACCOUNT"),
    ])
    func `numbers of states, insurers and banks`(text: String, kind: String?) async throws {
        let redacted = try await Self.redact(text)
        if let kind { #expect(redacted.contains("[\(kind)_1]")) } else { #expect(redacted == text) }
        if kind != nil { #expect(!redacted.contains { $0.isNumber && $0 != "1" }) }
    }

    @Test(arguments: [
        ("ip 203.0.113.7", "ip [IP_ADDRESS_1]"),
        ("from 2001:db8::8a2e:370:7334 port 25", "from [IP_ADDRESS_1] port 25"),
        ("mac 00:1B:44:11:3A:B7", "mac [MAC_ADDRESS_1]"),
        ("https://jane:s3cret@host.example/x", "https://[CREDENTIALS_1]@host.example/x"),
        ("my password is hunter2!", "my password is [CREDENTIALS_1]"),
        ("Passwort: Sommer2024", "Passwort: [CREDENTIALS_1]"),
        ("la contraseña es Perro99", "la contraseña es [CREDENTIALS_1]"),
        ("the PIN is 4711", "the PIN is [CREDENTIALS_1]"),
        ("key AKIAIOSFODNN7EXAMPLE", "key [API_KEY_1]"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ456789 leaked", "[API_KEY_1] leaked"),
        ("api key: 9f8e7d6c5b4a39281706f5e4", "api key: [API_KEY_1]"),
        ("send btc to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "send btc to [CRYPTO_ADDRESS_1]"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 is mine", "[CRYPTO_ADDRESS_1] is mine"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "[CRYPTO_ADDRESS_1]"),
        ("born on 5 March 1984 in Rome", "born on [BIRTH_DATE_1] in Rome"),
        ("Geburtsdatum: 05.03.1984", "Geburtsdatum: [BIRTH_DATE_1]"),
        ("I live at 742 Evergreen Terrace, Springfield, OR 97475", "I live at [ADDRESS_1]"),
        ("Hauptstraße 5a, 10115 Berlin bitte", "[ADDRESS_1] bitte"), ("Calle Mayor 12", "[ADDRESS_1]"),
        ("12 rue de la Paix, 75002 Paris", "[ADDRESS_1]"), ("my zip code is 90210", "my zip code is [POSTCODE_1]"),
    ])
    func `machines, secrets, wallets, dates of birth and addresses`(text: String, expected: String) async throws {
        #expect(try await Self.redact(text) == expected)
    }

    @Test func `a private key is masked from its first line to its last`() async throws {
        let text = "see\n-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabc=\n-----END RSA PRIVATE KEY-----\nthanks"
        #expect(try await Self.redact(text) == "see\n[API_KEY_1]\nthanks")
    }
}
