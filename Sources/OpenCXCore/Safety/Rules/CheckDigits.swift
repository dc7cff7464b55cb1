/// Check digits that several kinds of number share.
enum CheckDigits {
    /// The lengths, one bit each, at which the last digit is the right check digit for those before it (Luhn, ISO/IEC 7812-1).
    static func luhnLengths(_ digits: [UInt8]) -> UInt32 {
        // One sum for even lengths and one for odd ones: which digits count double depends on the length.
        var sums: (UInt8, UInt8) = (0, 0)
        var lengths: UInt32 = 0
        for (place, digit) in digits.prefix(19).enumerated() {
            let doubled = digit > 4 ? 2 * digit - 9 : 2 * digit
            sums.0 += place % 2 == 0 ? doubled : digit
            sums.1 += place % 2 == 0 ? digit : doubled
            let length = place + 1
            if (length % 2 == 0 ? sums.0 : sums.1) % 10 == 0 { lengths |= 1 << UInt32(length) }
        }
        return lengths
    }

    /// Whether all the digits together pass Luhn's check.
    static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
        luhnLengths(Array(digits)) & 1 << UInt32(digits.count) != 0
    }

    /// The sum of digits times weights.
    static func weighted(_ digits: ArraySlice<UInt8>, _ weights: [Int]) -> Int {
        zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
    }

    /// The digits, read as a number, modulo another; for numbers of any length.
    static func remainder(_ digits: some Sequence<UInt8>, _ modulus: Int) -> Int {
        digits.reduce(0) { ($0 * 10 + Int($1)) % modulus }
    }

    /// ISO/IEC 7064, MOD 11,10.
    static func mod11And10(_ digits: ArraySlice<UInt8>) -> Bool {
        guard let last = digits.last else { return false }
        var product = 10
        for digit in digits.dropLast() {
            let sum = (Int(digit) + product) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
        }
        return (11 - product) % 10 == Int(last)
    }

    /// Letters as numbers from 10 (A) to 35 (Z), modulo 97 (ISO/IEC 7064, MOD 97-10).
    static func mod97(_ characters: some Sequence<UInt8>) -> Int {
        characters.reduce(0) { remainder, character in
            character.isASCIIDigit
                ? (remainder * 10 + Int(character - 48)) % 97 : (remainder * 100 + Int(character - 55)) % 97
        }
    }

    /// Verhoeff's check over all the digits.
    static func verhoeff(_ digits: ArraySlice<UInt8>) -> Bool {
        var check = 0
        for (place, digit) in digits.reversed().enumerated() {
            var value = Int(digit)
            for _ in 0..<place % 8 { value = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value] }
            check = product(check, value)
        }
        return check == 0
    }

    /// The multiplication of the dihedral group of ten elements.
    private static func product(_ a: Int, _ b: Int) -> Int {
        switch (a < 5, b < 5) {
        case (true, true): (a + b) % 5
        case (true, false): (a + b - 5) % 5 + 5
        case (false, true): (a - 5 - b + 5) % 5 + 5
        case (false, false): (a - b + 10) % 5
        }
    }
}

extension CheckDigits {
    /// ASCII digits as a number.
    static func value(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1 & 15) } }
}
