extension NumericID {
    /// All of them.
    static let all = european + american + asian + banking

    /// Numbers of the Americas, Africa and Oceania.
    static let american: [NumericID] = [
        // Brazil, CPF (Receita Federal): two check digits.
        NumericID(.taxID, 11, [[3, 3, 3, 2]], after: [.tax, .nationalID], .form) {
            isBrazilian($0, body: 9, longest: 11)
        },
        // Brazil, CNPJ: two check digits.
        NumericID(.companyID, 14, [[2, 3, 3, 4, 2]], after: [.tax, .company], .form) {
            isBrazilian($0, body: 12, longest: 9)
        },
        // Canada, SIN: Luhn.
        NumericID(.nationalID, 9, [[3, 3, 3]], by: .hyphen, .groups) { $0.digit(0) != 0 && CheckDigits.luhn($0) },
        // United States, NPI (CMS): Luhn with 80840 before it.
        NumericID(.healthID, 10, after: [.health]) {
            ($0.digit(0) == 1 || $0.digit(0) == 2) && CheckDigits.luhn([8, 0, 8, 4, 0] + $0)
        },
        // United States, EIN (IRS): the prefixes that were given out.
        NumericID(.taxID, 9, [[2, 7]], by: .hyphen, after: [.tax]) {
            ![0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97].contains($0.number(0, 2))
        },
        // Argentina, CUIT and CUIL (AFIP): modulo 11.
        NumericID(.taxID, 11, [[2, 8, 1]], by: .hyphen, after: [.tax, .nationalID], .groups) {
            guard [20, 23, 24, 25, 26, 27, 30, 33, 34].contains($0.number(0, 2)) else { return false }
            return (11 - $0.weighted([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == $0.digit(10)
        },
        // Ecuador, cédula: province, Luhn.
        NumericID(.nationalID, 10) { (1...24).contains($0.number(0, 2)) && $0.digit(2) < 6 && CheckDigits.luhn($0) },
        // Peru, RUC: modulo 11.
        NumericID(.taxID, 11, after: [.tax]) {
            (11 - $0.weighted([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10 == $0.digit(10)
        },
        // Australia, TFN (ATO): modulo 11.
        NumericID(.taxID, 9, [[3, 3, 3]], after: [.tax]) { $0.weighted([1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0 },
        // Australia, Medicare card: weighted sum modulo 10.
        NumericID(.healthID, 10, [[4, 5, 1]], after: [.health], .groups) { isMedicare($0) },
        NumericID(.healthID, 11, [[4, 5, 1, 1]], after: [.health], .groups) { isMedicare($0) },
        // Australia, ABN (ABR): modulo 89.
        NumericID(.companyID, 11, [[2, 3, 3, 3]], after: [.company, .tax], .groups) {
            $0.digit(0) > 0 && ($0.weighted([10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0
        },
        // Australia, ACN (ASIC): modulo 10.
        NumericID(.companyID, 9, [[3, 3, 3]], after: [.company]) {
            (10 - $0.weighted([8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == $0.digit(8)
        },
        // New Zealand, IRD number: modulo 11, in two rounds.
        NumericID(.taxID, 9, [[3, 3, 3]], after: [.tax]) { isInlandRevenue($0) },
        NumericID(.taxID, 8, [[2, 3, 3]], after: [.tax]) { isInlandRevenue([0] + $0) },
        // South Africa, identity number: date of birth, citizenship, Luhn.
        NumericID(.nationalID, 13, [[6, 4, 3], [6, 4, 2, 1]], .form) {
            DatedNumber.isDay($0.number(4, 2), $0.number(2, 2)) && $0.digit(10) < 3 && CheckDigits.luhn($0)
        },
        // Nigeria, NIN (NIMC): no check digit.
        NumericID(.nationalID, 11) { $0.digit(0) != 0 && !$0.isUniform },
        // Egypt: century, date of birth.
        NumericID(.nationalID, 14) {
            ($0.digit(0) == 2 || $0.digit(0) == 3) && DatedNumber.isDay($0.number(5, 2), $0.number(3, 2))
        },
    ]

    /// Numbers of Asia.
    static let asian: [NumericID] = [
        // India, Aadhaar (UIDAI): Verhoeff.
        NumericID(.nationalID, 12, [[4, 4, 4]], .groups) { $0.digit(0) > 1 && CheckDigits.verhoeff($0) },
        // China, resident identity number (GB 11643): date of birth, MOD 11-2.
        NumericID(.nationalID, 18, [], .form) {
            guard (1900...2030).contains($0.number(6, 4)), DatedNumber.isDay($0.number(12, 2), $0.number(10, 2)) else {
                return false
            }
            return chineseCheck($0) == $0.digit(17)
        },
        // Korea, resident and foreigner registration: date of birth, sex and century; check digits ended in 2020.
        NumericID(.nationalID, 13, [[6, 7]], by: .hyphen, .groups) {
            (1...8).contains($0.digit(6)) && DatedNumber.isDay($0.number(4, 2), $0.number(2, 2))
        },
        // Korea, business registration: weighted sum modulo 10.
        NumericID(.companyID, 10, [[3, 2, 5]], by: .hyphen, after: [.company, .tax], .groups) {
            let sum = $0.weighted([1, 3, 7, 1, 3, 7, 1, 3, 5]) + $0.digit(8) * 5 / 10
            return (10 - sum % 10) % 10 == $0.digit(9)
        },
        // Thailand, citizen identity: modulo 11.
        NumericID(.nationalID, 13, [[1, 4, 5, 2, 1]], .groups) {
            guard (1...8).contains($0.digit(0)) else { return false }
            return (11 - $0.weighted([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == $0.digit(12)
        },
        // Japan, My Number: modulo 11.
        NumericID(.nationalID, 12, [[4, 4, 4]]) {
            let remainder = $0.weighted([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
            return (remainder < 2 ? 0 : 11 - remainder) == $0.digit(11)
        },
        // Israel, identity number: Luhn.
        NumericID(.nationalID, 9) { CheckDigits.luhn($0) },
        // Emirates, identity card: country code 784, year, Luhn.
        NumericID(.nationalID, 15, [[3, 4, 7, 1]], .form) {
            $0.number(0, 3) == 784 && (1900...2030).contains($0.number(3, 4)) && CheckDigits.luhn($0)
        },
        // Saudi Arabia, national id and iqama: Luhn.
        NumericID(.nationalID, 10) { ($0.digit(0) == 1 || $0.digit(0) == 2) && CheckDigits.luhn($0) },
        // Malaysia, MyKad: date of birth, place of birth.
        NumericID(.nationalID, 12, [[6, 2, 4]], by: .hyphen, .groups) {
            DatedNumber.isDay($0.number(4, 2), $0.number(2, 2))
        },
        // Indonesia, NIK: province, date of birth with 40 more for women.
        NumericID(.nationalID, 16) {
            (11...94).contains($0.number(0, 2)) && DatedNumber.isDay($0.number(6, 2) % 40, $0.number(8, 2))
        },
        // Pakistan, CNIC: the last digit is odd for men.
        NumericID(.nationalID, 13, [[5, 7, 1]], by: .hyphen, .groups) { (1...7).contains($0.digit(0)) },
        // Kazakhstan, IIN: date of birth, modulo 11.
        NumericID(.nationalID, 12, after: [.nationalID, .tax]) {
            DatedNumber.isDay($0.number(4, 2), $0.number(2, 2))
                && $0.weighted([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 % 10 == $0.digit(11)
        },
        // Vietnam, CCCD: province, century and sex.
        NumericID(.nationalID, 12) { $0.number(0, 3) <= 96 && $0.digit(3) < 6 },
        // Philippines, TIN (BIR): no public check digit.
        NumericID(.taxID, 9, [[3, 3, 3]], by: .hyphen, after: [.tax]) { $0.digit(0) < 6 },
        NumericID(.taxID, 12, [[3, 3, 3, 3]], by: .hyphen, after: [.tax]) { $0.digit(0) < 6 },
    ]

    /// Accounts and the banks that keep them.
    static let banking: [NumericID] =
        [
            // United States, routing number (ABA): weights 3, 7 and 1.
            NumericID(.bankAccount, 9, [[4, 4, 1]], by: .hyphen, after: [.bank], .groups) {
                [0, 1, 2, 3, 6, 7, 8].contains($0.digit(0)) && $0.weighted([3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0
                    && !$0.isUniform
            },
            // Mexico, CLABE: weights 3, 7 and 1.
            NumericID(.bankAccount, 18, after: [.bank]) {
                let sum = zip($0, [3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7]).reduce(0) {
                    $0 + Int($1.0) * $1.1 % 10
                }
                return (10 - sum % 10) % 10 == $0.digit(17)
            },
            // Sort codes and account numbers have no check digit that all banks share.
            NumericID(.bankAccount, 6, [[2, 2, 2]], after: [.bank]) { _ in true },
        ]
        + (7...17).map { length in NumericID(.bankAccount, length, after: [.bank]) { !$0.isUniform } }

    private static func isBrazilian(_ digits: ArraySlice<UInt8>, body: Int, longest: Int) -> Bool {
        if digits.isUniform { return false }
        for check in body...(body + 1) {
            // Weights go up from 2, from the right; a CNPJ's begin again after 9.
            let sum = (0..<check).reduce(0) { $0 + digits.digit($1) * ((check - 1 - $1) % (longest - 1) + 2) }
            let remainder = sum * 10 % 11 % 10
            if remainder != digits.digit(check) { return false }
        }
        return true
    }

    private static func isMedicare(_ digits: ArraySlice<UInt8>) -> Bool {
        (2...6).contains(digits.digit(0)) && digits.weighted([1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digits.digit(8)
    }

    private static func isInlandRevenue(_ digits: ArraySlice<UInt8>) -> Bool {
        for weights in [[0, 3, 2, 7, 6, 5, 4, 3, 2], [0, 7, 4, 3, 2, 5, 2, 7, 6]] {
            let remainder = digits.prefix(8).weighted(Array(weights.dropFirst())) % 11
            if remainder == 0 { return digits.digit(8) == 0 }
            if 11 - remainder < 10 { return digits.digit(8) == 11 - remainder }
        }
        return false
    }

    /// The check digit of the first 17, 10 for an X.
    static func chineseCheck(_ digits: ArraySlice<UInt8>) -> Int {
        (12 - digits.weighted([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) % 11
    }
}
