/// CommonMark for places that show text as it is: a terminal, a text message.
package enum PlainText {
    /// The text without escapes and emphasis; lists keep their markers, links become their text and address.
    package static func of(_ markdown: String) -> String {
        markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(
            separator: "\n")
    }

    private static func line(_ line: String) -> String {
        var result = ""
        var rest = Array(listItem(line))[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\" where rest.first.map { $0.isPunctuation || $0.isSymbol } == true:
                result.append(rest.removeFirst())
            case "*" where rest.first == "*": rest.removeFirst()
            case "`": continue
            case "*", "_":
                // Emphasis has a space on one side only; a lone star or an underscore in a name is itself.
                let before = result.last.map { $0.isLetter || $0.isNumber } ?? false
                let after = rest.first.map { $0.isLetter || $0.isNumber } ?? false
                if before == after { result.append(character) }
            case "]" where rest.first == "(":
                guard let close = rest.prefix(2000).firstIndex(of: ")"),
                    let open = result.lastIndex(of: "[")
                else { fallthrough }
                let address = String(rest[(rest.startIndex + 1)..<close])
                result.remove(at: open)
                if !result.hasSuffix(address) { result += " <\(address)>" }
                rest = rest[(close + 1)...]
            default: result.append(character)
            }
        }
        return result
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
