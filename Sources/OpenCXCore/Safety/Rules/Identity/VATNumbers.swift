/// Value added tax numbers with their country's letters before them (European Commission, VIES), by the check each country has.
enum VATNumbers {
    static let all: [CodeID] = [
        vat("ATU99999999") {
            let sum = $0.digits(3, 7).enumerated().reduce(0) {
                let product = Int($1.element) * ($1.offset % 2 + 1)
                return $0 + product / 10 + product % 10
            }
            return (10 - (sum + 4) % 10) % 10 == Int($0.at(10) & 15)
        },
        vat("BE9999999999") { 97 - $0.digits(2, 8).number(0, 8) % 97 == $0.digits(10, 2).number(0, 2) },
        vat("CHE999999999") {
            let remainder = $0.digits(3, 8).weighted([5, 4, 3, 2, 7, 6, 5, 4]) % 11
            return (11 - remainder) % 11 == Int($0.at(11) & 15)
        },
        vat("DE999999999") { CheckDigits.mod11And10($0.digits(2, 9)) },
        vat("DK99999999") { $0.digits(2, 8).weighted([2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 },
        vat("EE999999999") {
            (10 - $0.digits(2, 8).weighted([3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10 == Int($0.at(10) & 15)
        },
        vat("EL999999999") { isGreek($0) }, vat("GR999999999") { isGreek($0) },
        vat("FI99999999") { (11 - $0.digits(2, 7).weighted([7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == Int($0.at(9) & 15) },
        vat("FR99999999999") {
            let siren = $0.digits(4, 9)
            return CheckDigits.luhn(siren) || (12 + 3 * (siren.number(0, 9) % 97)) % 97 == $0.digits(2, 2).number(0, 2)
        },
        vat("FRAX999999999") { CheckDigits.luhn($0.digits(4, 9)) },
        vat("FRXA999999999") { CheckDigits.luhn($0.digits(4, 9)) },
        vat("GB999999999") { isBritish($0) }, vat("XI999999999") { isBritish($0) },
        vat("GB999999999999") { isBritish($0) },
        vat("HR99999999999") { CheckDigits.mod11And10($0.digits(2, 11)) },
        vat("HU99999999") { (10 - $0.digits(2, 7).weighted([9, 7, 3, 1, 9, 7, 3]) % 10) % 10 == Int($0.at(9) & 15) },
        vat("IT99999999999") { CheckDigits.luhn($0.digits(2, 11)) },
        vat("LU99999999") { $0.digits(2, 6).number(0, 6) % 89 == $0.digits(8, 2).number(0, 2) },
        vat("MT99999999") { 37 - $0.digits(2, 6).weighted([3, 4, 6, 7, 8, 9]) % 37 == $0.digits(8, 2).number(0, 2) },
        vat("NL999999999B99") {
            $0.digits(2, 9).weighted([9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0 || CheckDigits.mod97($0) == 1
        },
        vat("PL9999999999") { $0.digits(2, 9).weighted([6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == Int($0.at(11) & 15) },
        vat("PT999999999") {
            let check = 11 - $0.digits(2, 8).weighted([9, 8, 7, 6, 5, 4, 3, 2]) % 11
            return (check > 9 ? 0 : check) == Int($0.at(10) & 15)
        },
        vat("SE999999999901") { CheckDigits.luhn($0.digits(2, 10)) },
        vat("SI99999999") { (11 - $0.digits(2, 7).weighted([8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == Int($0.at(9) & 15) },
        vat("NO999999999MVA") {
            (11 - $0.digits(2, 8).weighted([3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == Int($0.at(10) & 15)
        },
        // The others by their form, after a word for them.
        named("ESX9999999X"), named("IE9999999A"), named("IE9999999AA"), named("CY99999999A"), named("CZ99999999"),
        named("CZ999999999"), named("CZ9999999999"), named("BG999999999"), named("BG9999999999"), named("LT999999999"),
        named("LT999999999999"), named("LV99999999999"), named("RO99999999"), named("RO999999999"),
        named("SK9999999999"),
    ]

    private static func vat(_ shape: StaticString, isValid: @escaping @Sendable (ArraySlice<UInt8>) -> Bool) -> CodeID {
        CodeID(.vatID, shape, after: [.vat, .tax, .company], .form, spaced: true, isValid: isValid)
    }

    private static func named(_ shape: StaticString) -> CodeID {
        CodeID(.vatID, shape, after: [.vat, .tax, .company], .word, spaced: true)
    }

    private static func isGreek(_ code: ArraySlice<UInt8>) -> Bool {
        code.digits(2, 8).weighted([256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == Int(code.at(10) & 15)
    }

    private static func isBritish(_ code: ArraySlice<UInt8>) -> Bool {
        let sum = code.digits(2, 7).weighted([8, 7, 6, 5, 4, 3, 2]) + code.digits(9, 2).number(0, 2)
        return sum % 97 == 0 || (sum + 55) % 97 == 0
    }
}
