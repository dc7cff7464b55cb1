/// The form of a code: `#` is a digit, `@` a letter, anything else stands for itself, whatever its capitals.
struct CodeForm {
    private let form: [Character]

    init(_ form: String) {
        self.form = Array(form)
    }

    /// The first code of this form that stands by itself, as the form writes it.
    func first(in text: String) -> String? {
        let characters = Array(text.prefix(8000))
        guard !form.isEmpty, characters.count >= form.count else { return nil }
        for start in 0...(characters.count - form.count) {
            if start > 0, characters[start - 1].isLetter || characters[start - 1].isNumber { continue }
            let end = start + form.count
            if end < characters.count, characters[end].isLetter || characters[end].isNumber { continue }
            let piece = characters[start..<end]
            guard zip(form, piece).allSatisfy(matches) else { continue }
            return String(zip(form, piece).map { "#@".contains($0) ? $1 : $0 })
        }
        return nil
    }

    /// The form as JSON Schema.
    var schema: JSONValue {
        let pieces = form.map { character -> String in
            switch character {
            case "#": return "[0-9]"
            case "@": return #"\p{L}"#
            default:
                let (lower, upper) = (character.lowercased(), character.uppercased())
                if lower != upper { return "[\(lower)\(upper)]" }
                return character.isLetter || character.isNumber || character == "-" ? lower : #"\"# + lower
            }
        }
        return ["type": "string", "pattern": .string("^" + pieces.joined() + "$")]
    }

    private func matches(_ form: Character, _ character: Character) -> Bool {
        switch form {
        case "#": character.isASCII && character.isNumber
        case "@": character.isLetter
        default: form.lowercased() == character.lowercased()
        }
    }
}
