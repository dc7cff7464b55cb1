/// An international bank account number (ISO 13616), in groups or not, with its check digits right.
enum IBANPattern {
    static func range(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        var characters: [UInt8] = []
        var position = start
        var ends: [Int] = []
        while position < bytes.count, characters.count < 34 {
            let byte = bytes[position]
            if byte.isASCIIAlphanumeric {
                characters.append(byte.isASCIIDigit ? byte : byte & 0xDF)
                ends.append(position + 1)
            } else if byte != UInt8(ascii: " ") || characters.count < 4 || bytes[position - 1] == byte {
                break
            }
            position += 1
        }
        guard characters.count >= 15, characters[0].isASCIILetter, characters[1].isASCIILetter,
            characters[2].isASCIIDigit, characters[3].isASCIIDigit
        else { return nil }
        // What follows may be the next word, so the longest stretch whose check digits are right counts.
        for length in stride(from: characters.count, through: 15, by: -1) where isValid(characters[..<length]) {
            let end = ends[length - 1]
            if end == bytes.count || !bytes[end].isASCIIAlphanumeric { return start..<end }
        }
        return nil
    }

    private static func isValid(_ characters: ArraySlice<UInt8>) -> Bool {
        var remainder = 0
        for character in characters.dropFirst(4) + characters.prefix(4) {
            if character.isASCIIDigit {
                remainder = (remainder * 10 + Int(character - 48)) % 97
            } else {
                remainder = (remainder * 100 + Int(character - 55)) % 97
            }
        }
        return remainder == 1
    }
}
