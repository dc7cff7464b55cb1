extension CodeID {
    /// All of them, with the authority's rule for each.
    static let all: [CodeID] = people + documents + VATNumbers.all

    /// Numbers of persons.
    private static let people: [CodeID] = [
        // Spain, DNI and NIE (ministry of the interior): the letter is the number modulo 23.
        CodeID(.nationalID, "99999999A", after: [.nationalID, .tax]) { isSpanish($0.digits(0, 8), $0.at(8)) },
        CodeID(.nationalID, "9999999A", after: [.nationalID, .tax], .alone) { isSpanish($0.digits(0, 7), $0.at(7)) },
        CodeID(.nationalID, "A9999999A", after: [.nationalID, .tax]) {
            guard let first = Array("XYZ".utf8).firstIndex(of: $0.at(0)) else { return false }
            return isSpanish([UInt8(first)] + $0.digits(1, 7), $0.at(8))
        },
        // Italy, codice fiscale (Agenzia delle Entrate): name, date and place of birth, check letter.
        CodeID(.taxID, "AAAAAAXXAXXAXXXA", after: [.tax, .nationalID]) { ItalianCode.isValid($0) },
        // United Kingdom, national insurance number (HMRC): letters that are given out.
        CodeID(.nationalID, "AA999999A", after: [.nationalID, .socialSecurity], .alone, spaced: true) {
            let first = $0.at(0), second = $0.at(1)
            let pair = [first, second]
            return !"DFIQUV".utf8.contains(first) && !"DFIQUVO".utf8.contains(second) && "ABCD".utf8.contains($0.at(8))
                && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains { pair.elementsEqual($0.utf8) }
        },
        // Finland, henkilötunnus (DVV): date of birth, sign of the century, modulo 31.
        CodeID(.nationalID, "999999A999X") { isFinnish($0.digits(0, 6) + $0.digits(7, 3), $0.at(6), $0.at(10)) },
        CodeID(.nationalID, "999999999X", after: .nationalID) {
            isFinnish($0.digits(0, 9), UInt8(ascii: "A"), $0.at(9))
        },
        // France, NIR of people born in Corsica: 2A counts as 19, 2B as 18.
        CodeID(.nationalID, "999992A99999999", after: [.nationalID, .health], spaced: true) {
            isCorsican($0, department: 19)
        },
        CodeID(.nationalID, "999992B99999999", after: [.nationalID, .health], spaced: true) {
            isCorsican($0, department: 18)
        },
        // India, PAN (Income Tax Department): the fourth letter is the kind of holder. GSTIN has it inside, and a check.
        CodeID(.taxID, "AAAAA9999A", after: [.tax, .nationalID], capital: true) {
            "ABCFGHJLPT".utf8.contains($0.at(3))
        },
        CodeID(.taxID, "99AAAAA9999AXZX", after: [.tax, .vat]) { isIndianTrader($0) },
        // Mexico, CURP and RFC (RENAPO, SAT): name, date of birth, sex, state.
        CodeID(.nationalID, "AAAA999999AAAAAAX9") {
            DatedNumber.isDay(number($0, 8), number($0, 6)) && "HMX".utf8.contains($0.at(10))
        },
        CodeID(.taxID, "AAAA999999XXX", after: [.tax]) { DatedNumber.isDay(number($0, 8), number($0, 6)) },
        // Singapore, NRIC and FIN (ICA): weighted sum, a letter table for each series.
        CodeID(.nationalID, "A9999999A") { isSingaporean($0) },
        // Ireland, PPS number (Department of Social Protection): modulo 23.
        CodeID(.nationalID, "9999999A", after: [.nationalID, .tax], .alone) { isIrish($0) },
        CodeID(.nationalID, "9999999AA", after: [.nationalID, .tax], .alone) { isIrish($0) },
        // Taiwan, national identification: the letter counts as two digits.
        CodeID(.nationalID, "A999999999", .alone) { isTaiwanese($0) },
        // China: the last character is an X for ten.
        CodeID(.nationalID, "99999999999999999X") {
            let digits = $0.digits(0, 17)
            return $0.at(17) == UInt8(ascii: "X") && DatedNumber.isDay(digits.number(12, 2), digits.number(10, 2))
                && NumericID.chineseCheck(digits) == 10
        },
        // Chile, RUT: modulo 11, K for ten.
        CodeID(.nationalID, "99999999K", after: [.nationalID, .tax]) { chileanCheck($0.digits(0, 8)) == 10 },
        CodeID(.nationalID, "9999999K", after: [.nationalID, .tax]) { chileanCheck($0.digits(0, 7)) == 10 },
        // Sri Lanka, NIC: year and day of birth.
        CodeID(.nationalID, "999999999A", after: .nationalID, .alone) {
            let day = $0.digits(2, 3).number(0, 3) % 500
            return "VX".utf8.contains($0.at(9)) && (1...366).contains(day)
        },
        // Hong Kong, identity card: check digit in parentheses, modulo 11.
        CodeID(.nationalID, "A9999999", after: .nationalID, .alone) { isHongKong($0) },
        CodeID(.nationalID, "A999999A", after: .nationalID, .alone) { isHongKong($0) },
        // Germany, pension insurance: area, date of birth, initial, serial, check digit.
        CodeID(.nationalID, "99999999A999", after: [.nationalID, .socialSecurity]) { isGermanPension($0) },
        // United States, Medicare beneficiary (CMS): places of letters and digits, some letters left out.
        CodeID(.healthID, "9AX9AX9AA99", after: [.health]) { code in
            code.at(0) != 48 && !code.contains { "SLOIBZ".utf8.contains($0) }
        },
        // Germany, health insurance: letter and nine digits, Luhn's weights the other way round.
        CodeID(.healthID, "A999999999", after: [.health], .alone) { isGermanInsured($0) },
        // United States, DEA registration: two sums.
        CodeID(.healthID, "AA9999999", after: [.health], .alone) {
            let digits = $0.digits(2, 7)
            return (digits.weighted([1, 2, 1, 2, 1, 2])) % 10 == digits.digit(6)
        },
    ]

    /// Documents.
    private static let documents: [CodeID] = [
        // United Kingdom, driving licence (DVLA): surname, date of birth, initials.
        CodeID(.driversLicense, "XXXXX999999XX9AA", after: [.license]) {
            let month = $0.digits(6, 2).number(0, 2) % 50
            return $0.prefix(5).allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "9") }
                && $0.at(0).isASCIILetter && DatedNumber.isDay($0.digits(8, 2).number(0, 2), month)
        },
        // Germany, passport and identity card (ICAO 9303): letters without vowels, weights 7, 3 and 1.
        CodeID(.passport, "AXXXXXXX9", after: [.passport, .nationalID], .alone) {
            isGermanDocument($0) && !$0[($0.startIndex + 1)...].allSatisfy(\.isASCIIDigit)
        },
        CodeID(.passport, "AXXXXXXXX9", after: [.passport, .nationalID]) { isGermanDocument($0) },
        // Italy, driving licence: U1 or a region's letters.
        CodeID(.driversLicense, "U1XXXXXXXA", after: [.license], capital: true) { _ in true },
    ]
}

// MARK: - Checks

extension CodeID {
    private static func number(_ code: ArraySlice<UInt8>, _ place: Int) -> Int { code.digits(place, 2).number(0, 2) }

    private static func isSpanish(_ digits: ArraySlice<UInt8>, _ letter: UInt8) -> Bool {
        Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[digits.number(0, digits.count) % 23] == letter
    }

    private static func isFinnish(_ digits: ArraySlice<UInt8>, _ century: UInt8, _ check: UInt8) -> Bool {
        guard DatedNumber.isDay(digits.number(0, 2), digits.number(2, 2)), "ABCDEFUVWXY".utf8.contains(century) else {
            return false
        }
        return Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)[digits.number(0, 9) % 31] == check
    }

    private static func isCorsican(_ code: ArraySlice<UInt8>, department: Int) -> Bool {
        let digits = code.digits(0, 5) + [UInt8(department / 10), UInt8(department % 10)] + code.digits(7, 8)
        return 97 - digits.number(0, 13) % 97 == digits.number(13, 2)
    }

    private static func isIndianTrader(_ code: ArraySlice<UInt8>) -> Bool {
        let values = code.map { $0.isASCIIDigit ? Int($0 - 48) : Int($0 - 55) }
        guard (1...38).contains(code.digits(0, 2).number(0, 2)) else { return false }
        let sum = values.dropLast().enumerated().reduce(0) { sum, item in
            let product = item.element * (item.offset % 2 + 1)
            return sum + product / 36 + product % 36
        }
        return (36 - sum % 36) % 36 == values[14]
    }

    private static func isSingaporean(_ code: ArraySlice<UInt8>) -> Bool {
        let sum = code.digits(1, 7).weighted([2, 7, 6, 5, 4, 3, 2])
        switch code.at(0) {
        case UInt8(ascii: "S"): return Array("JZIHGFEDCBA".utf8)[sum % 11] == code.at(8)
        case UInt8(ascii: "T"): return Array("JZIHGFEDCBA".utf8)[(sum + 4) % 11] == code.at(8)
        case UInt8(ascii: "F"): return Array("XWUTRQPNMLK".utf8)[sum % 11] == code.at(8)
        case UInt8(ascii: "G"): return Array("XWUTRQPNMLK".utf8)[(sum + 4) % 11] == code.at(8)
        case UInt8(ascii: "M"): return Array("KLJNPQRTUWX".utf8)[10 - (sum + 3) % 11] == code.at(8)
        default: return false
        }
    }

    private static func isIrish(_ code: ArraySlice<UInt8>) -> Bool {
        var sum = code.digits(0, 7).weighted([8, 7, 6, 5, 4, 3, 2])
        if code.count == 9, code.at(8) != UInt8(ascii: "W") { sum += 9 * (code.letter(8) + 1) }
        return Array("WABCDEFGHIJKLMNOPQRSTUV".utf8)[sum % 23] == code.at(7)
    }

    private static func isTaiwanese(_ code: ArraySlice<UInt8>) -> Bool {
        guard let place = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8).firstIndex(of: code.at(0)),
            [1, 2, 8, 9].contains(code.at(1) & 15)
        else { return false }
        let number = place + 10
        let digits = [UInt8(number / 10), UInt8(number % 10)] + code.digits(1, 9)
        return digits[...].weighted([1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0
    }

    private static func chileanCheck(_ digits: ArraySlice<UInt8>) -> Int {
        let sum = digits.reversed().enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 6 + 2) }
        return 11 - sum % 11
    }

    private static func isHongKong(_ code: ArraySlice<UInt8>) -> Bool {
        let sum = 36 * 9 + (code.letter(0) + 10) * 8 + code.digits(1, 6).weighted([7, 6, 5, 4, 3, 2])
        let check = (11 - sum % 11) % 11
        return check == 10 ? code.at(7) == UInt8(ascii: "A") : Int(code.at(7)) - 48 == check
    }

    private static func isGermanPension(_ code: ArraySlice<UInt8>) -> Bool {
        let day = code.digits(2, 2).number(0, 2)
        guard (1...31).contains(day > 50 ? day - 50 : day), (1...12).contains(code.digits(4, 2).number(0, 2)) else {
            return false
        }
        let letter = code.letter(8) + 1
        let digits = code.digits(0, 8) + [UInt8(letter / 10), UInt8(letter % 10)] + code.digits(9, 2)
        let sum = zip(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]).reduce(0) {
            let product = Int($1.0) * $1.1
            return $0 + product / 10 + product % 10
        }
        return sum % 10 == Int(code.at(11) & 15)
    }

    private static func isGermanInsured(_ code: ArraySlice<UInt8>) -> Bool {
        let letter = code.letter(0) + 1
        let digits = [UInt8(letter / 10), UInt8(letter % 10)] + code.digits(1, 8)
        let sum = digits.enumerated().reduce(0) {
            let product = Int($1.element) * ($1.offset % 2 + 1)
            return $0 + product / 10 + product % 10
        }
        return sum % 10 == Int(code.at(9) & 15)
    }

    private static func isGermanDocument(_ code: ArraySlice<UInt8>) -> Bool {
        let body = code.dropLast()
        guard "CFGHJKLMNPRTVWXYZ".utf8.contains(code.at(0)),
            body.allSatisfy({ $0.isASCIIDigit || "CFGHJKLMNPRTVWXYZ".utf8.contains($0) })
        else { return false }
        // The ninth character of a passport is its check digit, or a part of the number with the check digit behind it.
        let values = body.map { $0.isASCIIDigit ? Int($0 - 48) : Int($0 - 55) }
        let sum = zip(values, [7, 3, 1, 7, 3, 1, 7, 3, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return sum % 10 == Int(code.at(code.count - 1) & 15)
    }
}

/// The Italian codice fiscale: characters in odd and even places count differently.
enum ItalianCode {
    private static let odd = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]

    static func isValid(_ code: ArraySlice<UInt8>) -> Bool {
        // Where two people would have the same code, digits are replaced by letters.
        let digits = [6, 7, 9, 10, 12, 13, 14].map { code.at($0) }
        guard digits.allSatisfy({ $0.isASCIIDigit || "LMNPQRSTUV".utf8.contains($0) }),
            "ABCDEHLMPRST".utf8.contains(code.at(8))
        else { return false }
        let sum = (0..<15).reduce(0) { sum, place in
            let character = code.at(place)
            let value = character.isASCIIDigit ? Int(character - 48) : Int(character - 65)
            return sum + (place % 2 == 0 ? odd[value] : value)
        }
        return sum % 26 == code.letter(15)
    }
}
