/// CommonMark for places that show text as it is: a terminal, a text message.
package enum PlainText {
    /// The text without escapes and emphasis; lists keep their markers, links become their text and address.
    package static func of(_ markdown: String) -> String {
        markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(
            separator: "\n")
    }

    /// Neither the text nor the address of a link is longer.
    private static let longestLink = 2000

    private static func line(_ line: String) -> String {
        let characters = Array(listItem(line))
        var result: [Character] = []
        // Where the result has brackets that a link may begin with, and where the line has its next closing one: so that
        // no bracket has to be looked for twice.
        var opens: [Int] = []
        var close = 0
        var position = 0
        while position < characters.count {
            let character = characters[position]
            position += 1
            let next = position < characters.count ? characters[position] : nil
            switch character {
            case "\\" where next.map { $0.isPunctuation || $0.isSymbol } == true:
                result.append(characters[position])
                position += 1
            case "*" where next == "*": position += 1
            case "`": continue
            case "*", "_":
                // Emphasis has a space on one side only; a lone star or an underscore in a name is itself.
                let before = result.last.map { $0.isLetter || $0.isNumber } ?? false
                let after = next.map { $0.isLetter || $0.isNumber } ?? false
                if before == after { result.append(character) }
            case "[":
                opens.append(result.count)
                result.append(character)
            case "]" where next == "(":
                close = max(close, position)
                while close < characters.count, characters[close] != ")" { close += 1 }
                guard close < characters.count, close - position < longestLink, let open = opens.last,
                    result.count - open < longestLink
                else { fallthrough }
                opens.removeLast()
                result.remove(at: open)
                let address = characters[(position + 1)..<close]
                if !result.suffix(address.count).elementsEqual(address) { result += " <" + address + ">" }
                position = close + 1
            default: result.append(character)
            }
        }
        return String(result)
    }

    /// One space after the marker of a list item.
    private static func listItem(_ line: String) -> String {
        let indent = line.prefix { $0 == " " }
        let text = line.dropFirst(indent.count)
        let marker = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard marker == "-" || (marker.hasSuffix(".") && marker.count > 1), text.dropFirst(marker.count).first == " "
        else {
            return line
        }
        return indent + marker + " " + text.dropFirst(marker.count).drop { $0 == " " }
    }
}
