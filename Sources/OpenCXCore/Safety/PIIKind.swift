/// A kind of personal data; the raw value is what placeholders show.
///
/// A struct, so that a redactor can bring kinds of its own.
public struct PIIKind: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    /// Upper-case letters and underscores: `EMAIL`, `CREDIT_CARD`.
    public var rawValue: String

    /// Makes a kind from its name. Placeholders are read back by their form, so the name is brought into it: letters in
    /// capitals, anything else an underscore, at most 30 characters.
    public init(rawValue: String) {
        let isName = (1...30).contains(rawValue.utf8.count) && rawValue.utf8.allSatisfy(Self.isPartOfName)
        self.rawValue = isName ? rawValue : Self.name(from: rawValue)
    }

    private static func name(from text: String) -> String {
        let name = text.uppercased().utf8.prefix(30).map { isPartOfName($0) ? $0 : 95 }
        return String(decoding: name.isEmpty ? [95] : name, as: UTF8.self)
    }

    /// Capitals and underscores.
    static func isPartOfName(_ byte: UInt8) -> Bool { (byte >= 65 && byte <= 90) || byte == 95 }

    /// An e-mail address.
    public static let email = PIIKind(rawValue: "EMAIL")
    /// A telephone number.
    public static let phone = PIIKind(rawValue: "PHONE")
    /// A payment card number.
    public static let creditCard = PIIKind(rawValue: "CREDIT_CARD")
    /// An international bank account number.
    public static let iban = PIIKind(rawValue: "IBAN")
    /// An IP address.
    public static let ipAddress = PIIKind(rawValue: "IP_ADDRESS")
    /// A United States social security number.
    public static let ssn = PIIKind(rawValue: "US_SSN")

    /// A network card's address.
    public static let macAddress = PIIKind(rawValue: "MAC_ADDRESS")
    /// A number that a state gives to a person.
    public static let nationalID = PIIKind(rawValue: "NATIONAL_ID")
    /// A taxpayer's number.
    public static let taxID = PIIKind(rawValue: "TAX_ID")
    /// A number of a health service or insurer, of a patient or a practitioner.
    public static let healthID = PIIKind(rawValue: "HEALTH_ID")
    /// A number under which a company is registered.
    public static let companyID = PIIKind(rawValue: "COMPANY_ID")
    /// A value added tax number.
    public static let vatID = PIIKind(rawValue: "VAT_ID")
    /// An account at a bank, or the bank's own number, in a national form.
    public static let bankAccount = PIIKind(rawValue: "BANK_ACCOUNT")
    /// A passport or an identity card, by its document number.
    public static let passport = PIIKind(rawValue: "PASSPORT")
    /// A driving licence.
    public static let driversLicense = PIIKind(rawValue: "DRIVERS_LICENSE")
    /// A vehicle's registration.
    public static let licensePlate = PIIKind(rawValue: "LICENSE_PLATE")
    /// A date of birth.
    public static let birthDate = PIIKind(rawValue: "BIRTH_DATE")
    /// A street and house, with the town where it follows.
    public static let address = PIIKind(rawValue: "ADDRESS")
    /// A postal code.
    public static let postcode = PIIKind(rawValue: "POSTCODE")
    /// A password, a PIN, or the name and password in a URL.
    public static let credentials = PIIKind(rawValue: "CREDENTIALS")
    /// A key or token for an interface, or a private key.
    public static let apiKey = PIIKind(rawValue: "API_KEY")
    /// An address that holds cryptocurrency.
    public static let cryptoAddress = PIIKind(rawValue: "CRYPTO_ADDRESS")
    /// A person's name, where it is known.
    public static let name = PIIKind(rawValue: "NAME")

    /// Text that a customer wrote in the form of a placeholder; restored as it was written.
    static let writtenPlaceholder = PIIKind(rawValue: "TEXT")

    /// The kinds that the built-in redactor looks for.
    public static let builtIn: Set<PIIKind> = [
        .email, .phone, .creditCard, .iban, .ipAddress, .ssn, .macAddress, .nationalID, .taxID, .healthID, .companyID,
        .vatID,
        .bankAccount, .passport, .driversLicense, .licensePlate, .birthDate, .address, .postcode, .credentials, .apiKey,
        .cryptoAddress, .name,
    ]

    /// Orders by name.
    public static func < (a: PIIKind, b: PIIKind) -> Bool { a.rawValue < b.rawValue }
}

/// What stands in a redacted text for one value: `[EMAIL_1]` is the first e-mail address of its session.
public struct Placeholder: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What kind of value it stands for.
    public var kind: PIIKind
    /// Counts the values of this kind within the session, from 1.
    public var number: Int

    /// Makes the placeholder of the `number`th value of a kind.
    public init(kind: PIIKind, number: Int) {
        self.kind = kind
        self.number = number
    }

    /// The placeholder as it stands in a text.
    public var description: String { "[\(kind.rawValue)_\(number)]" }

    /// The highest number that there is: what a session counts beyond it gets this one too, and is not restored.
    package static let highestNumber = 999_999

    /// How long a placeholder can be, in bytes, brackets included.
    static let longest = 42

    /// Every placeholder in a text, each once, in order of appearance. Linear in the length of the text.
    package static func all(in text: String) -> [Placeholder] {
        let bytes = text.utf8
        guard bytes.contains(UInt8(ascii: "[")) else { return [] }
        return all(in: Array(bytes))
    }

    private static func all(in bytes: [UInt8]) -> [Placeholder] {
        var found: [Placeholder] = []
        var seen: Set<Placeholder> = []
        for start in bytes.indices where bytes[start] == UInt8(ascii: "[") {
            guard let (placeholder, _) = read(at: start, in: bytes), seen.insert(placeholder).inserted else { continue }
            found.append(placeholder)
        }
        return found
    }

    /// Where the placeholder that begins at a bracket ends; `nil` where none begins there.
    static func end(at start: Int, in bytes: [UInt8]) -> Int? { read(at: start, in: bytes)?.end }

    /// The placeholder that begins at a bracket.
    private static func read(at start: Int, in bytes: [UInt8]) -> (placeholder: Placeholder, end: Int)? {
        let piece = bytes[(start + 1)...].prefix(longest)
        guard let end = piece.firstIndex(of: UInt8(ascii: "]")), let placeholder = Placeholder(parsing: piece[..<end])
        else { return nil }
        return (placeholder, end + 1)
    }

    /// Reads `EMAIL_1`.
    private init?(parsing name: ArraySlice<UInt8>) {
        guard name.count <= 40, let underscore = name.lastIndex(of: UInt8(ascii: "_")) else { return nil }
        let (kind, digits) = (name[..<underscore], name[(underscore + 1)...])
        // A customer can write any number; one that does not fit the count is none of ours.
        guard digits.count <= 6, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard number > 0, !kind.isEmpty, kind.allSatisfy(PIIKind.isPartOfName) else { return nil }
        self.init(kind: PIIKind(rawValue: String(decoding: kind, as: UTF8.self)), number: number)
    }
}
