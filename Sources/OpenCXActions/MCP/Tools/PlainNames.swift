extension UInt8 {
    /// Whether the byte is a letter, a digit, an underscore or a hyphen in ASCII: what every language model takes in a name.
    var isNameByte: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
            || self == 0x2D
    }
}

/// Names and texts for a language model.
enum PlainNames {
    static let lengthLimit = 64

    /// A name of letters, digits, underscores and hyphens; empty when nothing of it is.
    static func sanitized(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if byte.isNameByte {
                out.append(byte)
            } else if out.last != 0x5F {
                out.append(0x5F)
            }
        }
        if out.allSatisfy({ $0 == 0x5F }) { return "" }
        return String(decoding: out.prefix(lengthLimit), as: UTF8.self)
    }

    /// `orderId` and `order_id` as words: "order id".
    static func label(_ name: String) -> String {
        var words = ""
        var previous: Character = " "
        for character in name {
            if character.isLetter || character.isNumber {
                if character.isUppercase, previous.isLowercase { words.append(" ") }
                words += character.isUppercase && !previous.isUppercase ? character.lowercased() : String(character)
            } else if words.last != " ", !words.isEmpty {
                words.append(" ")
            }
            previous = character
        }
        return words.last == " " ? String(words.dropLast()) : words
    }

    /// A text on one line, cut to a length.
    static func line(_ text: String, limit: Int) -> String {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}
