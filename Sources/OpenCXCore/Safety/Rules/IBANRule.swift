/// An international bank account number (ISO 13616), in groups or not: as long as its country's numbers are, and with its check
/// digits right.
///
/// The lengths are those of the IBAN registry (SWIFT, release 99), and of countries that use the form without being in it.
enum IBANRule {
    private static let lengths: [UInt16: Int] = {
        let registry = """
            AD24AE23AL28AO25AT20AZ28BA20BE16BF28BG22BH22BI27BJ28BR29BY28CF27CG27CH21CI28CM27CR22CV25CY28CZ24DE22DJ27DK18DO28\
            DZ26EE20EG29ES24FI18FK18FO18FR27GA27GB22GE22GI23GL18GQ27GR27GT28GW25HN28HR21HU28IE22IL23IQ23IR26IS26IT27JO30KM27\
            KW30KZ20LB28LC32LI21LT20LU20LV21LY25MA28MC27MD24ME22MG27MK19ML28MN20MR27MT31MU30MZ25NE28NI28NL18NO15OM23PK24PL28\
            PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SN28SO23ST25SV28TD27TG28TL23TN24TR26UA29VA22VG24XK20YE30
            """
        let bytes = Array(registry.utf8)
        var lengths: [UInt16: Int] = [:]
        for row in stride(from: 0, to: bytes.count - 3, by: 4) {
            lengths[code(bytes[row], bytes[row + 1])] = Int(bytes[row + 2] - 48) * 10 + Int(bytes[row + 3] - 48)
        }
        return lengths
    }()

    private static func code(_ first: UInt8, _ second: UInt8) -> UInt16 {
        UInt16(first & 0xDF) << 8 | UInt16(second & 0xDF)
    }

    /// The number whose two letters begin here.
    static func range(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard start + 14 < bytes.count, bytes[start].isASCIILetter else { return nil }
        var characters: [UInt8] = []
        var position = start
        var length = 34
        var gap = 0
        while position < bytes.count, characters.count < length {
            let byte = bytes[position]
            if byte.isASCIIAlphanumeric {
                guard characters.count < 2 ? byte.isASCIILetter : characters.count > 3 || byte.isASCIIDigit else {
                    return nil
                }
                characters.append(byte.isASCIIDigit ? byte : byte & 0xDF)
                gap = 0
                if characters.count == 2 {
                    guard let known = lengths[code(characters[0], characters[1])] else { return nil }
                    length = known
                }
            } else {
                gap += 1
                guard gap < 3, isSeparator(byte) else { return nil }
            }
            position += 1
        }
        guard characters.count == length, position == bytes.count || !bytes[position].isASCIIAlphanumeric,
            CheckDigits.mod97(characters[4...] + characters[..<4]) == 1
        else { return nil }
        return start..<position
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
    }
}
