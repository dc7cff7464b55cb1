/// Keeps text from being read as Markdown.
enum MarkdownEscaping {
    /// A text with a backslash before each character that would be read as markup where it stands; web addresses in angle
    /// brackets, but not in the text of a link.
    static func escape(_ text: String, beginsLine: Bool, isInLink: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        let marker = beginsLine ? blockMarker(scalars) : nil
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            if !isInLink, scalar == "h" || scalar == "w" || scalar == "f",
                let address = BareAddress(in: scalars, at: place)
            {
                if address.hasScheme {
                    result.append("<")
                    append(scalars[place..<place + address.count], to: &result)
                    result.append(">")
                    place += address.count
                    continue
                } else if address.isExposed {
                    // Without its first dot, GFM does not find it.
                    result.append(contentsOf: "www\\.".unicodeScalars)
                    place += 4
                    continue
                }
            }
            let before = place > 0 ? scalars[place - 1] : nil
            let behind = place + 1 < scalars.count ? scalars[place + 1] : nil
            if place == marker || isMarkup(scalar, before: before, behind: behind) { result.append("\\") }
            result.append(scalar)
            place += 1
        }
        return String(result)
    }

    /// Within angle brackets, entities are the only markup.
    private static func append(_ address: ArraySlice<Unicode.Scalar>, to result: inout String.UnicodeScalarView) {
        for (place, scalar) in zip(address.indices, address) {
            result.append(scalar)
            guard scalar == "&" else { continue }
            let name = address[(place + 1)...].prefix { isLetter($0) || ("0"..."9").contains($0) || $0 == "#" }
            if !name.isEmpty, name.endIndex < address.endIndex, address[name.endIndex] == ";" {
                result.append(contentsOf: "amp;".unicodeScalars)
            }
        }
    }

    private static func isMarkup(_ scalar: Unicode.Scalar, before: Unicode.Scalar?, behind: Unicode.Scalar?) -> Bool {
        switch scalar {
        case "`", "[", "]", "~", "|", "\\": true
        case "*": !(before == " " && behind == " ")
        case "_": !(before.map(isWord) == true && behind.map(isWord) == true)
        case "<": behind.map { isLetter($0) || $0 == "/" || $0 == "!" || $0 == "?" } ?? true
        case "&": behind.map { isLetter($0) || $0 == "#" } ?? true
        default: false
        }
    }

    /// Which character at the beginning of a line would make it a heading, a list, a quote, a rule or a table.
    private static func blockMarker(_ line: [Unicode.Scalar]) -> Int? {
        guard let first = line.first else { return nil }
        let second = line.count > 1 ? line[1] : nil
        switch first {
        case "#", ">", "=": return 0
        case "-", "+": return second == nil || second == " " || second == first ? 0 : nil
        case ":": return second == nil || second == "-" ? 0 : nil
        case "0"..."9":
            let digits = line.prefix { ("0"..."9").contains($0) }.count
            guard digits <= 9, digits < line.count, line[digits] == "." || line[digits] == ")" else { return nil }
            return digits + 1 == line.count || line[digits + 1] == " " ? digits : nil
        default: return nil
        }
    }

    /// A link's address, so that nothing in it ends it.
    static func destination(_ url: String) -> String {
        var result: [UInt8] = []
        for byte in url.utf8 {
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["),
                UInt8(ascii: "]"), UInt8(ascii: "*"):
                let digits = Array("0123456789ABCDEF".utf8)
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// How long the longest run of a character is.
    static func longestRun(of byte: UInt8, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for each in text.utf8 {
            run = each == byte ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
