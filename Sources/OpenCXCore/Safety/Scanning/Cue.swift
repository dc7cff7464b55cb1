/// What a word says about what stands beside it.
struct CueRoles: OptionSet, Hashable {
    var rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    static let phone = CueRoles(bit: 0)
    /// "number": of a telephone, where nothing else is named.
    static let number = CueRoles(bit: 1)
    /// An order, a version, a price: numbers that stay.
    static let matter = CueRoles(bit: 2)
    static let version = CueRoles(bit: 3)
    static let card = CueRoles(bit: 4)
    static let bank = CueRoles(bit: 5)
    static let iban = CueRoles(bit: 6)
    static let socialSecurity = CueRoles(bit: 7)
    static let nationalID = CueRoles(bit: 8)
    static let tax = CueRoles(bit: 9)
    static let vat = CueRoles(bit: 10)
    static let health = CueRoles(bit: 11)
    static let passport = CueRoles(bit: 12)
    static let license = CueRoles(bit: 13)
    static let plate = CueRoles(bit: 14)
    static let birth = CueRoles(bit: 15)
    static let address = CueRoles(bit: 16)
    static let streetBefore = CueRoles(bit: 17)
    static let streetAfter = CueRoles(bit: 18)
    static let postcode = CueRoles(bit: 19)
    static let password = CueRoles(bit: 20)
    static let key = CueRoles(bit: 21)
    static let network = CueRoles(bit: 22)
    static let wallet = CueRoles(bit: 23)
    static let name = CueRoles(bit: 24)
    static let email = CueRoles(bit: 25)
    static let digit = CueRoles(bit: 26)
    static let at = CueRoles(bit: 27)
    static let dot = CueRoles(bit: 28)
    static let sign = CueRoles(bit: 29)
    static let month = CueRoles(bit: 30)
    static let money = CueRoles(bit: 31)
    static let company = CueRoles(bit: 32)
    /// After a number, the kind of telephone that it is: "office", "work".
    static let line = CueRoles(bit: 33)
    /// A sign for "at" that cannot be anything else.
    static let commercialAt = CueRoles(bit: 34)

    /// What can say what a number is.
    static let ofNumbers: CueRoles = [
        .phone, .number, .matter, .version, .card, .bank, .iban, .socialSecurity, .nationalID, .tax, .vat, .health,
        .passport, .license, .plate, .postcode, .network, .wallet, .money, .company, .key, .birth,
    ]
}

/// A word of the lexicon in a text.
struct Cue {
    var range: Range<Int>
    var roles: CueRoles
    /// The digit that it is, or what it does to the next one; see ``CueLexicon/Value``.
    var value: UInt8
}
