/// Names and texts out of descriptions, as a language model and a customer can take them.
package enum PlainWords {
    /// How long a name may be for every language model.
    package static let nameLimit = 64

    /// A name of letters, digits, underscores and hyphens, which every language model takes; empty when nothing of it is left.
    package static func name(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if byte.isPlainNameByte {
                out.append(byte)
            } else if out.last != 0x5F {
                out.append(0x5F)
            }
        }
        if out.allSatisfy({ $0 == 0x5F }) { return "" }
        // `filter[name]` is `filter_name`, not `filter_name_`.
        if text.utf8.last != 0x5F { while out.last == 0x5F { out.removeLast() } }
        return String(decoding: out.prefix(nameLimit), as: UTF8.self)
    }

    /// Whether a text is a plain name that begins like a word.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isPlainNameByte, !(0x30...0x39).contains(first), first != 0x2D else {
            return false
        }
        return text.utf8.count <= nameLimit && text.utf8.allSatisfy(\.isPlainNameByte)
    }

    /// `orderId` and `order_id` as words: "order id".
    package static func label(_ name: String) -> String {
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

    /// A text on one line.
    package static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A text on one line, cut to a length.
    package static func line(_ text: String, limit: Int) -> String {
        let text = line(text)
        return text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}

/// Gives plain names, each once.
package struct FreeNames: Sendable {
    private var taken: Set<String> = []
    private let nameless: String

    /// - Parameter nameless: what has no name of its own is called.
    package init(nameless: String) {
        self.nameless = nameless
    }

    /// A plain name that has not been given yet.
    package mutating func name(for text: String) -> String {
        let plain = PlainWords.name(text)
        let base = plain.isEmpty ? nameless : plain
        var free = base
        var number = 2
        while !taken.insert(free).inserted {
            free = "\(base.prefix(PlainWords.nameLimit - 6))_\(number)"
            number += 1
        }
        return free
    }
}

extension UInt8 {
    /// Whether the byte is a letter, a digit, an underscore or a hyphen in ASCII: what every language model takes in a name.
    package var isPlainNameByte: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
            || self == 0x2D
    }
}
