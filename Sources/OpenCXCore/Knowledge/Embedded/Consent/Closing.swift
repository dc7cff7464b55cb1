/// The closing of a message: a line that takes leave, as "Best regards", and below it who has written, in a few short lines.
///
/// It says nothing about what was asked. Names are in no list, so they are told by their form and by what they are not: where a
/// line may be an objection, a condition, a code or a number, there is no closing, and all of it counts. Of one word below a mere
/// "thanks" nobody knows what it is, so that takes a comma to be a closing: "Thanks,".
enum Closing {
    /// In bytes; what is longer says more than yes or no, signed or not.
    private static let longestText = 600
    private static let longestLine = 40
    private static let mostLines = 12
    /// A name, what its owner does, and where.
    private static let mostNames = 3
    private static let mostWords = 5
    /// "Many thanks in advance and with best regards".
    private static let mostLeaveWords = 8

    /// What placeholders may stand for in a signature.
    private static let kinds: Set<PIIKind> = [.name, .email, .phone, .address, .postcode]

    private struct Line {
        /// What is no leave-taking in it.
        let rest: String
        /// Whether it begins with words that take leave, or give thanks.
        let isLeave: Bool
        /// Whether a name may stand below these words.
        let isSigned: Bool

        init(_ text: Substring) {
            let pieces = text.split(whereSeparator: \.isWhitespace)
            let count = Closing.leaveCount(pieces)
            rest = pieces[count...].joined(separator: " ")
            isLeave = count > 0
            isSigned = isLeave && (pieces[count - 1].hasSuffix(",") || Closing.isMoreThanThanks(pieces[..<count]))
        }
    }

    /// A message without its closing; the same where it has none, or is nothing else.
    static func removed(from text: String, about subject: ConsentSubject) -> String {
        guard text.utf8.count <= longestText else { return text }
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard (2...mostLines).contains(lines.count) else { return text }
        let read = lines.map(Line.init)
        guard let start = read.indices.dropFirst().first(where: { isClosing(read[$0...], subject) }) else {
            return text
        }
        return lines[..<start].joined(separator: "\n")
    }

    private static func isClosing(_ lines: ArraySlice<Line>, _ subject: ConsentSubject) -> Bool {
        guard lines.first?.isLeave == true else { return false }
        let names = lines.map(\.rest).filter { !$0.isEmpty }
        if names.isEmpty { return true }
        return lines.contains(where: \.isSigned) && names.count <= mostNames && names.allSatisfy { isName($0, subject) }
    }

    // MARK: The line that takes leave

    private static func leaveCount(_ pieces: [Substring]) -> Int {
        (0...min(pieces.count, mostLeaveWords)).reversed().first { $0 == 0 || isLeave(pieces[..<$0]) } ?? 0
    }

    private static func isMoreThanThanks(_ pieces: ArraySlice<Substring>) -> Bool {
        let words = Words.all(in: pieces.joined(separator: " "))
        return !words.removing(thanks).allSatisfy(joiners.contains)
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

    // MARK: Who has written

    /// Whether a line may be a name, or what its owner does, and cannot be said of the question.
    private static func isName(_ line: String, _ subject: ConsentSubject) -> Bool {
        guard line.count <= longestLine else { return false }
        let placeholders = Placeholder.all(in: line)
        guard placeholders.allSatisfy({ kinds.contains($0.kind) && !subject.hasAnother($0) }) else { return false }
        let rest = placeholders.reduce(line) { $0.replacing($1.description, with: " ") }
        guard rest.unicodeScalars.allSatisfy({ isLetter($0) || " .,'’-–—&|/()·".unicodeScalars.contains($0) }) else {
            return false
        }
        let words = rest.split { !$0.isLetter && !".'’-".contains($0) }.filter { $0.contains(where: \.isLetter) }
        guard words.count <= mostWords else { return false }
        return words.indices.allSatisfy { place in
            let isInside = place > words.startIndex && place < words.endIndex - 1
            return isInside && particles.contains(String(words[place])) || isName(word: words[place], subject)
        }
    }

    /// With a capital, but not in capitals; with a full stop where it is cut short only, for another one ends a sentence.
    private static func isName(word: Substring, _ subject: ConsentSubject) -> Bool {
        let isElided = word.hasPrefix("d'") || word.hasPrefix("d’")
        let letters = (isElided ? word.dropFirst() : word).filter(\.isLetter)
        guard letters.first?.isUppercase == true, letters.count <= 3 || letters.contains(where: \.isLowercase) else {
            return false
        }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.dropLast().allSatisfy({ $0.count(where: \.isLetter) <= 5 }) else { return false }
        return Words.all(in: String(word)).allSatisfy { !meanings.contains($0) && !subject.has($0) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic { return true }
        return scalar.properties.generalCategory == .nonspacingMark
    }
}
