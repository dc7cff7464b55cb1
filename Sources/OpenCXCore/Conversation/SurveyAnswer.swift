/// A customer's message that is nothing but a rating: `5`, `4/5, quick help`, `five`, `⭐⭐⭐⭐`.
///
/// What may mean anything else is no rating, for nobody answers one: `7`, `2 items are missing`, `5, but where is my refund?`.
struct SurveyAnswer: Equatable {
    /// From 1 to 5.
    var score: Int
    /// What stands behind it.
    var comment: String?

    init(score: Int, comment: String? = nil) {
        self.score = score
        self.comment = comment
    }

    /// Reads a message; `nil` for one that says something else.
    init?(_ text: String) {
        var reader = Reader(text)
        guard let score = reader.score(), CustomerRating.scores.contains(score) else { return nil }
        self.score = score
        guard reader.isAtEnd == false else { return }
        guard let comment = reader.comment() else { return nil }
        self.comment = comment.isEmpty ? nil : comment
    }
}

/// Goes over a message by Unicode scalars.
private struct Reader {
    private let text: [Unicode.Scalar]
    private var place = 0
    /// Whether it can be nothing but a rating, whatever follows.
    private var isSure = false

    init(_ text: String) {
        // What chooses between a sign's looks says nothing.
        self.text = text.unicodeScalars.filter { $0 != "\u{FE0F}" && $0 != "\u{FE0E}" }
        skip { $0.properties.isWhitespace }
    }

    var isAtEnd: Bool { text[place...].allSatisfy(\.properties.isWhitespace) }

    private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    private mutating func skip(_ isSkipped: (Unicode.Scalar) -> Bool) {
        while let scalar = next, isSkipped(scalar) { place += 1 }
    }

    private mutating func skipSpaces() { skip { $0 == " " || $0 == "\u{A0}" } }

    // MARK: The number

    mutating func score() -> Int? {
        if let stars = stars() { return stars }
        guard let number = digit() ?? word() else { return nil }
        return scale() ? number : nil
    }

    /// Full ones, and hollow ones behind them.
    private mutating func stars() -> Int? {
        let full: Set<Unicode.Scalar> = ["\u{2B50}", "\u{1F31F}", "\u{2605}"]
        guard let first = next, full.contains(first) else { return nil }
        var (count, hollow) = (0, 0)
        while let scalar = next {
            if full.contains(scalar), hollow == 0 {
                count += 1
            } else if scalar == "\u{2606}" {
                hollow += 1
            } else if scalar != " " {
                break
            }
            place += 1
        }
        isSure = true
        return count + hollow <= 5 ? count : nil
    }

    /// One digit, of any script, that is not part of a longer number.
    private mutating func digit() -> Int? {
        guard let value = next.flatMap(Self.digit) else { return nil }
        place += 1
        if next == "\u{20E3}" { place += 1 }
        if next.flatMap(Self.digit) != nil { return nil }
        if next == "." || next == ",", place + 1 < text.count, Self.digit(text[place + 1]) != nil { return nil }
        return value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        scalar.properties.numericType == .decimal ? scalar.properties.numericValue.map { Int($0) } : nil
    }

    private mutating func word() -> Int? {
        let start = place
        if let number = letters().flatMap({ Self.numbers[$0] }) { return number }
        place = start
        return nil
    }

    /// The letters that stand here, in lower case.
    private mutating func letters() -> String? {
        let start = place
        skip(\.properties.isAlphabetic)
        if place == start { return nil }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: text[start..<place])
        return String(word).lowercased()
    }

    /// `/5`, `out of 5`, `stars`. `false` for another scale.
    private mutating func scale() -> Bool {
        let start = place
        skipSpaces()
        if next == "/" {
            place += 1
            skipSpaces()
            isSure = digit() == 5
            return isSure
        }
        if let word = letters() {
            if Self.units.contains(word) {
                isSure = true
                return true
            }
            var isScale = Self.ofWords.contains(word)
            if word == "out" {
                skipSpaces()
                isScale = letters() == "of"
            }
            if isScale {
                skipSpaces()
                if digit() == 5 {
                    isSure = true
                    return true
                }
            }
        }
        place = start
        return true
    }

    // MARK: What follows

    /// The words behind the number; `nil` when the message as a whole is about something else.
    mutating func comment() -> String? {
        let start = place
        let isPraise = isPraise()
        place = start
        var isLine = false
        skip { scalar in
            if scalar.properties.generalCategory == .control { isLine = isLine || scalar == "\n" || scalar == "\r" }
            return scalar.properties.isWhitespace
        }
        guard isSure || isLine || isPraise || isSeparated() else { return nil }
        var words = String.UnicodeScalarView()
        words.append(contentsOf: text[place...].drop { $0.properties.isWhitespace || Self.separators.contains($0) })
        let comment = String(String(words).trimmingSpaces())
        // Whoever asks wants an answer, and whoever lists numbers rates nothing.
        if comment.unicodeScalars.contains(where: Self.questionMarks.contains) { return nil }
        if !isSure, comment.unicodeScalars.first.flatMap(Self.digit) != nil { return nil }
        return comment
    }

    /// Whether a sign parts the number from what follows: `5, thanks`, but neither `5-pack` nor `5. June`.
    private func isSeparated() -> Bool {
        guard let sign = next, Self.separators.contains(sign) else { return false }
        let rest = text[(place + 1)...]
        if sign == "." { return rest.allSatisfy { $0.properties.isWhitespace || Self.separators.contains($0) } }
        return rest.first.map { $0.properties.isWhitespace || Self.separators.contains($0) } ?? true
    }

    /// Whether a word follows that people say of service, not of things.
    private mutating func isPraise() -> Bool {
        skipSpaces()
        return letters().map(Self.praise.contains) ?? false
    }

    private static let separators: Set<Unicode.Scalar> = [",", ";", ":", "!", ".", "-", "\u{2013}", "\u{2014}"]
    private static let questionMarks: Set<Unicode.Scalar> = ["?", "\u{FF1F}", "\u{61F}", "\u{37E}"]

    private static let numbers = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
        "fuenf": 5, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "uno": 1, "dos": 2, "tres": 3,
        "cuatro": 4, "cinco": 5,
    ]
    private static let units: Set<String> = [
        "star", "stars", "stern", "sterne", "sternen", "étoile", "étoiles", "estrella", "estrellas",
    ]
    private static let ofWords: Set<String> = ["of", "von", "sur", "de"]
    private static let praise: Set<String> = [
        "thanks", "thank", "thx", "ty", "great", "good", "nice", "excellent", "perfect", "awesome", "amazing",
        "very", "terrible", "bad", "poor", "ok", "okay", "danke", "vielen", "toll", "gut", "prima", "perfekt",
        "spitze", "schlecht", "sehr", "merci", "très", "gracias", "muy",
    ]
}
