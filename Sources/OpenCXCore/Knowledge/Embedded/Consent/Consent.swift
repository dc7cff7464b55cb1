/// What a customer says to a question that is answered by yes or no.
///
/// What follows a yes cannot be taken back, so nothing is a yes but a message that opens with one and in which every other word
/// is manners or the question's own. "Yes, wait", "yes, but tomorrow" and a yes to some other order are none. A ``Closing``, as
/// "Best regards, Jane Doe", is not looked at.
enum Consent {
    case yes
    case no
    /// A yes that says more than yes, or an "ok" that may be one. The customer can be asked again.
    case unclear

    /// `nil` for whatever else a message says, and for a question.
    init?(_ text: String, to subject: ConsentSubject) {
        let text = Closing.removed(from: text, about: subject)
        guard let words = Self.words(of: text) else { return nil }
        if Self.isAffirmed(words) {
            self = Self.isClear(text, words, subject) ? .yes : .unclear
        } else if Self.isRefused(words, subject) {
            self = .no
        } else if words.removing(Self.idioms).isEmpty || SmallTalk.kind(of: text) == .acknowledgement {
            self = .unclear
        } else {
            return nil
        }
    }

    /// Whether a message opens with a yes, whatever it says after it.
    static func isOpenedByYes(_ text: String) -> Bool {
        words(of: Closing.removed(from: text, about: ConsentSubject([]))).map(isAffirmed) == true
    }

    /// A question agrees to nothing, and whoever writes at length says more than yes or no.
    private static func words(of text: String) -> [String]? {
        text.contains("?") || text.utf8.count > 200 ? nil : Words.all(in: text)
    }

    /// A yes may come after "please", "ok" and the like; alone they are none.
    private static func isAffirmed(_ words: [String]) -> Bool {
        var rest = words[...]
        while let first = rest.first {
            if affirmations.contains(first) || phrases.contains(where: { rest.starts(with: $0) }) { return true }
            let idiom = idioms.first { rest.starts(with: $0) }
            guard idiom != nil || openers.contains(first) else { return false }
            rest = rest.dropFirst(idiom?.count ?? 1)
        }
        return false
    }

    private static func isClear(_ text: String, _ words: [String], _ subject: ConsentSubject) -> Bool {
        let yes = words.first(where: affirmations.contains)
        // A doubt is one wherever it stands, also in the question.
        if words.removing(phrases + idioms).contains(where: { doubts.contains($0) && !isMine($0, yes: yes) }) {
            return false
        }
        if text.unicodeScalars.contains(where: isOtherSign) { return false }
        let rest = subject.withoutValues(of: text)
        // What looks like a code or a number is none of those that were asked about.
        if rest.unicodeScalars.contains(where: { $0.properties.numericType != nil }) { return false }
        return Words.all(in: rest).removing(phrases + idioms).allSatisfy { word in
            affirmations.contains(word) || openers.contains(word) || manners.contains(word) || subject.has(word)
                || isMine(word, yes: yes)
        }
    }

    private static func isRefused(_ words: [String], _ subject: ConsentSubject) -> Bool {
        let words = words.removing(idioms)
        guard words.count <= 12 else { return false }
        if words.contains(where: refusals.contains) { return true }
        guard let first = words.first(where: { !openers.contains($0) }) else { return false }
        return noes.contains(first) || brakes.contains(first) && !subject.has(first)
    }

    /// A picture that does not go with a yes: 🤔 and 🚫 take it back.
    private static func isOtherSign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .otherSymbol && !signs.contains(scalar)
    }
}

extension [String] {
    /// Without these sequences; where several begin, without the one that comes first in the list.
    func removing(_ sequences: [[String]]) -> [String] {
        var kept: [String] = []
        var rest = self[...]
        while let first = rest.first {
            let found = sequences.first { rest.starts(with: $0) }
            if found == nil { kept.append(first) }
            rest = rest.dropFirst(found?.count ?? 1)
        }
        return kept
    }
}
