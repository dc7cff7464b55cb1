extension NumericID {
    /// Numbers of European states, each by its authority's rule.
    static let european: [NumericID] = [
        // Poland, PESEL (ministry of digital affairs): date of birth with the century in the month, check digit.
        NumericID(.nationalID, 11, after: [.nationalID, .tax], .form) {
            let month = $0.number(2, 2) % 20
            guard $0.number(2, 2) < 33, DatedNumber.isDay($0.number(4, 2), month) else { return false }
            return ($0.weighted([1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) + $0.digit(10)) % 10 == 0
        },
        // Belgium, national register number: date of birth, 97 minus the rest modulo 97; from 2000 on with a 2 before it.
        NumericID(.nationalID, 11, [[2, 2, 2, 3, 2], [6, 3, 2]], .form) {
            guard $0.number(2, 2) % 20 <= 12, $0.number(4, 2) <= 31 else { return false }
            let body = $0.number(0, 9)
            let check = $0.number(9, 2)
            return check == 97 - body % 97 || check == 97 - (2_000_000_000 + body) % 97
        },
        // Norway, fødselsnummer (Skatteetaten): date of birth, two check digits.
        NumericID(.nationalID, 11, [[6, 5]], .form) {
            guard DatedNumber.isDay($0.number(0, 2) % 40, $0.number(2, 2)) else { return false }
            let first = (11 - $0.weighted([3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11
            let second = (11 - $0.weighted([5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
            return first == $0.digit(9) && second == $0.digit(10)
        },
        // Estonia and Lithuania: century, date of birth, check digit in two rounds.
        NumericID(.nationalID, 11, [], .form) {
            guard (1...8).contains($0.digit(0)), DatedNumber.isDay($0.number(5, 2), $0.number(3, 2)) else {
                return false
            }
            var check = $0.weighted([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
            if check == 10 { check = $0.weighted([3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 }
            return check == $0.digit(10)
        },
        // Greece, AMKA: date of birth, Luhn.
        NumericID(.nationalID, 11, [], .form) {
            DatedNumber.isDay($0.number(0, 2), $0.number(2, 2)) && CheckDigits.luhn($0)
        },
        // Latvia, personas kods: date of birth, check digit; from 2017 on without a date, beginning with 32.
        NumericID(.nationalID, 11, [[6, 5]], by: .hyphen, .groups) {
            if $0.number(0, 2) == 32 { return true }
            guard DatedNumber.isDay($0.number(0, 2), $0.number(2, 2)) else { return false }
            return (1101 - $0.weighted([1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 % 10 == $0.digit(10)
        },
        // Germany, Steuer-Identifikationsnummer (Bundeszentralamt für Steuern): MOD 11,10.
        NumericID(.taxID, 11, [[2, 3, 3, 3]], after: [.tax, .nationalID], .groups) {
            $0.digit(0) != 0 && CheckDigits.mod11And10($0)
        },
        // Croatia, OIB: MOD 11,10.
        NumericID(.nationalID, 11, after: [.nationalID, .tax]) { CheckDigits.mod11And10($0) },
        // Turkey, T.C. kimlik: two check digits.
        NumericID(.nationalID, 11, [], .form) { digits in
            let odd = digits.digit(0) + digits.digit(2) + digits.digit(4) + digits.digit(6) + digits.digit(8)
            let even = digits.digit(1) + digits.digit(3) + digits.digit(5) + digits.digit(7)
            let tenth = (odd * 7 - even + 100) % 10
            return digits.digit(0) != 0 && tenth == digits.digit(9) && (odd + even + tenth) % 10 == digits.digit(10)
        },
        // Russia, SNILS (pension fund): weights 9 to 1, modulo 101.
        NumericID(.nationalID, 11, [[3, 3, 3, 2]], .groups) {
            $0.weighted([9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == $0.number(9, 2)
        },
        // Netherlands, BSN: the eleven test.
        NumericID(.nationalID, 9) { !$0.isUniform && $0.weighted([9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0 },
        // Portugal, NIF (Autoridade Tributária): modulo 11.
        NumericID(.taxID, 9, after: [.tax, .nationalID]) {
            let check = 11 - $0.weighted([9, 8, 7, 6, 5, 4, 3, 2]) % 11
            return (check > 9 ? 0 : check) == $0.digit(8)
        },
        // Hungary, TAJ (social security): weights 3 and 7.
        NumericID(.nationalID, 9, [[3, 3, 3]]) { $0.weighted([3, 7, 3, 7, 3, 7, 3, 7]) % 10 == $0.digit(8) },
        // Poland, NIP (tax): modulo 11.
        NumericID(.taxID, 10, [[3, 3, 2, 2], [3, 2, 2, 3]], by: .hyphen, after: [.tax, .vat], .groups) {
            $0.weighted([6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == $0.digit(9)
        },
        // United Kingdom, NHS number: modulo 11.
        NumericID(.healthID, 10, [[3, 3, 4]], after: [.health]) {
            (11 - $0.weighted([10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == $0.digit(9)
        },
        // United Kingdom, UTR (HMRC): the first digit checks the others.
        NumericID(.taxID, 10, after: [.tax]) {
            let remainder = $0.dropFirst().weighted([6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11
            return [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1][remainder] == $0.digit(0)
        },
        // Austria, Sozialversicherungsnummer: date of birth, modulo 11.
        NumericID(.nationalID, 10, [[4, 6]], after: [.nationalID, .health]) {
            guard DatedNumber.isDay($0.number(4, 2), $0.number(6, 2)) else { return false }
            return $0.weighted([3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == $0.digit(3)
        },
        // Bulgaria, EGN: date of birth with the century in the month, modulo 11.
        NumericID(.nationalID, 10) {
            guard DatedNumber.isDay($0.number(4, 2), $0.number(2, 2) % 20) else { return false }
            return $0.weighted([2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == $0.digit(9)
        },
        // Denmark, CPR: a date of birth and four digits; check digits are no longer given out.
        NumericID(.nationalID, 10, [[6, 4]], by: .hyphen, .groups) {
            DatedNumber.isDay($0.number(0, 2), $0.number(2, 2))
        },
        // Sweden, personnummer (Skatteverket): date of birth, Luhn; co-ordination numbers add 60 to the day.
        NumericID(.nationalID, 10, [[6, 4]], by: .hyphen, .groups) {
            DatedNumber.isDay($0.number(4, 2) % 60, $0.number(2, 2)) && CheckDigits.luhn($0)
        },
        NumericID(.nationalID, 12, [[8, 4]], by: .hyphen, .form) {
            (18...20).contains($0.number(0, 2)) && DatedNumber.isDay($0.number(6, 2) % 60, $0.number(4, 2))
                && CheckDigits.luhn($0.dropFirst(2))
        },
        // Sweden, organisationsnummer (Bolagsverket): third digit from 2 on, Luhn.
        NumericID(.companyID, 10, [[6, 4]], by: .hyphen, after: [.company], .groups) {
            $0.digit(2) > 1 && CheckDigits.luhn($0)
        },
        // Iceland, kennitala: date of birth, modulo 11.
        NumericID(.nationalID, 10, [[6, 4]], by: .hyphen, .groups) {
            guard DatedNumber.isDay($0.number(0, 2), $0.number(2, 2)) else { return false }
            return (11 - $0.weighted([3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == $0.digit(8)
        },
        // Czechia and Slovakia, rodné číslo: date of birth, 50 more in the month for women, divisible by 11.
        NumericID(.nationalID, 10, [[6, 4]], by: .slash, .groups) {
            DatedNumber.isDay($0.number(4, 2), $0.number(2, 2) % 50 % 20) && $0.number(0, 10) % 11 == 0
        },
        // Romania, CNP: date of birth, modulo 11.
        NumericID(.nationalID, 13, [], .form) {
            guard $0.digit(0) != 0, DatedNumber.isDay($0.number(5, 2), $0.number(3, 2)), $0.number(7, 2) <= 52 else {
                return false
            }
            return $0.weighted([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 % 10 == $0.digit(12)
        },
        // Slovenia, Serbia and others, JMBG: date of birth, modulo 11.
        NumericID(.nationalID, 13, [], .form) {
            guard DatedNumber.isDay($0.number(0, 2), $0.number(2, 2)), $0.digit(4) == 9 || $0.digit(4) == 0 else {
                return false
            }
            return (11 - $0.weighted([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == $0.digit(12)
        },
        // Switzerland, AHV number: country code 756, EAN-13.
        NumericID(.nationalID, 13, [[3, 4, 4, 2]], .form) {
            guard $0.number(0, 3) == 756 else { return false }
            return ($0.weighted([1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) + $0.digit(12)) % 10 == 0
        },
        // Luxembourg, matricule: date of birth, Luhn over the first eleven and one more.
        NumericID(.nationalID, 13, [], .form) {
            (1900...2030).contains($0.number(0, 4)) && DatedNumber.isDay($0.number(6, 2), $0.number(4, 2))
                && CheckDigits.luhn($0.prefix(12))
        },
        // France, NIR (INSEE): sex, year, month, department, and 97 minus the rest modulo 97.
        NumericID(
            .nationalID, 15, [[1, 2, 2, 2, 3, 3, 2], [13, 2]], after: [.nationalID, .health, .socialSecurity], .form
        ) {
            guard [1, 2, 3, 4, 7, 8].contains($0.digit(0)), (1...12).contains($0.number(3, 2)) || $0.number(3, 2) >= 20
            else {
                return false
            }
            return 97 - $0.number(0, 13) % 97 == $0.number(13, 2)
        },
        // France, SIRET and SIREN (INSEE): Luhn.
        NumericID(.companyID, 14, [[3, 3, 3, 5]], after: [.company, .tax]) { CheckDigits.luhn($0) },
        NumericID(.companyID, 9, [[3, 3, 3]], after: [.company]) { CheckDigits.luhn($0) },
        // Netherlands, KvK number: no check digit.
        NumericID(.companyID, 8, after: [.company]) { !$0.isUniform },
        // Belgium, enterprise number: modulo 97.
        NumericID(.companyID, 10, [[4, 3, 3]], by: .dot, after: [.company, .vat], .groups) {
            $0.digit(0) < 2 && 97 - $0.number(0, 8) % 97 == $0.number(8, 2)
        },
        // Italy, partita IVA: Luhn.
        NumericID(.vatID, 11, after: [.vat, .tax]) { !$0.isUniform && CheckDigits.luhn($0) },
        // Germany, lifelong number of a physician (KBV): modulo 10.
        NumericID(.healthID, 9, after: [.health]) {
            (10 - $0.weighted([4, 9, 4, 9, 4, 9]) % 10) % 10 == $0.digit(6)
        },
        // Germany, Steuernummer of the federal form: no check that all states share.
        NumericID(.taxID, 10, [[3, 3, 4], [2, 3, 5]], by: .slash, after: [.tax]) { !$0.isUniform },
        NumericID(.taxID, 11, [[3, 4, 4], [3, 3, 5]], by: .slash, after: [.tax]) { !$0.isUniform },
        // Russia, INN of a person (Federal Tax Service): two check digits.
        NumericID(.taxID, 12, after: [.tax]) {
            $0.weighted([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == $0.digit(10)
                && $0.weighted([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == $0.digit(11)
        },
    ]
}
