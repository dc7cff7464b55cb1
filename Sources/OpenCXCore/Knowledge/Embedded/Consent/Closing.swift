/// The closing of a message: a line that takes leave, as "Best regards", and with it the name of whoever has written.
///
/// It says nothing about what was asked. By its form a name cannot be told from "Nevermind", and no list has all words that may
/// object; so a name is one that the conversation knows, and that has become a placeholder. Whatever else stands there counts.
enum Closing {
    /// In bytes; what is longer says more than yes or no, signed or not.
    private static let longestText = 600
    private static let mostLines = 12
    /// "Many thanks in advance and with best regards".
    private static let mostLeaveWords = 8

    /// A message without its closing; the same where it has none, or is nothing else.
    static func removed(from text: String, about subject: ConsentSubject) -> String {
        guard text.utf8.count <= longestText else { return text }
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard (2...mostLines).contains(lines.count) else { return text }
        let ends = lines.map { end(of: $0) }
        let start = ends.indices.dropFirst().first { place in
            ends[place].isLeave && ends[place...].allSatisfy { isName($0.rest, subject) }
        }
        return start.map { lines[..<$0].joined(separator: "\n") } ?? text
    }

    /// What is no leave-taking in a line, and whether it begins with words that are, or that give thanks.
    private static func end(of line: Substring) -> (isLeave: Bool, rest: String) {
        let pieces = line.split(whereSeparator: \.isWhitespace)
        let longest = min(pieces.count, mostLeaveWords)
        let count = stride(from: longest, to: 0, by: -1).first { isLeave(pieces[..<$0]) } ?? 0
        return (count > 0, pieces[count...].joined(separator: " "))
    }

    private static func isLeave(_ pieces: ArraySlice<Substring>) -> Bool {
        let text = pieces.joined(separator: " ")
        guard text.unicodeScalars.allSatisfy({ isLetter($0) || " ,.!'’-–—".unicodeScalars.contains($0) }) else {
            return false
        }
        let words = Words.all(in: text)
        let rest = words.removing(partings)
        return rest.count < words.count && rest.allSatisfy(joiners.contains)
    }

    /// Whether nothing stands here but names, and none besides one that was asked about.
    private static func isName(_ text: String, _ subject: ConsentSubject) -> Bool {
        let names = Placeholder.all(in: text)
        guard names.allSatisfy({ $0.kind == .name && !subject.hasAnother($0) }) else { return false }
        let rest = names.reduce(text) { $0.replacing($1.description, with: "") }
        return rest.unicodeScalars.allSatisfy(" ,.-–—".unicodeScalars.contains)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }
}
