/// Finds an argument's value in what the customer wrote, by the schema of its parameter. It guesses nothing: two values that
/// fit are none.
struct ArgumentFinder {
    let parameter: ActionParameter
    let kind: ArgumentKind
    private let definitions: [String: JSONValue]
    private let names: [[String]]

    /// What was found in a message.
    enum Finding: Equatable {
        case none
        case ambiguous
        /// The value as an argument is written, and whether the customer named it: "quantity 3".
        case value(String, isNamed: Bool)
    }

    /// A value that fits, and where it stands.
    struct Candidate {
        var value: String
        var isNamed: Bool
    }

    /// `nil` when nothing of this kind can be found by words.
    init?(_ parameter: ActionParameter, _ definitions: [String: JSONValue]) {
        guard let kind = ArgumentKind(parameter, definitions) else { return nil }
        self.parameter = parameter
        self.kind = kind
        self.definitions = definitions
        let labels = [parameter.name, parameter.label] + parameter.translations.values
        names = Array(Set(labels.map { Words.all(in: $0) }))
    }

    /// Whether a value of this kind says by its form what it is, so that it may come from an earlier message.
    var isDistinctive: Bool {
        switch kind {
        case .pattern, .email, .phone, .token: true
        case .choice, .integer, .number, .boolean, .date, .text: false
        }
    }

    /// The value in a message that says other things too.
    func find(in text: String) -> Finding { only(candidates(in: text, isAnswer: false)) }

    /// The value in a message that answers the question for it.
    func findAnswer(in text: String) -> Finding {
        let whole = text.trimmed
        let found = only(candidates(in: text, isAnswer: true))
        if found != .none { return found }
        switch kind {
        case .boolean:
            switch Consent(text, to: ConsentSubject(names.flatMap(\.self))) {
            case .yes: return .value("true", isNamed: true)
            case .no: return .value("false", isNamed: true)
            case .unclear, nil: return .none
            }
        case .text, .pattern:
            // A question is no answer.
            guard !whole.isEmpty, !whole.hasSuffix("?"), whole.count <= 1000, fits(whole) else { return .none }
            return .value(whole, isNamed: true)
        default: return .none
        }
    }

    private func only(_ candidates: [Candidate]) -> Finding {
        let named = candidates.filter(\.isNamed)
        let counted = named.isEmpty ? candidates : named
        guard let first = counted.first else { return .none }
        guard counted.allSatisfy({ $0.value == first.value }) else { return .ambiguous }
        return .value(first.value, isNamed: first.isNamed)
    }

    private func candidates(in text: String, isAnswer: Bool) -> [Candidate] {
        switch kind {
        case .choice(let values): choices(values, in: text, isAnswer: isAnswer)
        case .integer, .number: numbers(in: MessageTokens(text), isAnswer: isAnswer)
        case .pattern: patterns(in: MessageTokens(text), isAnswer: isAnswer)
        case .date:
            DateWords.dates(in: MessageTokens(text)).map { candidate($0.value, in: MessageTokens(text), at: $0.index) }
                .filter { fits($0.value) }
        case .email: personal(.email, in: text)
        case .phone: personal(.phone, in: text)
        case .token(let format): tokens(of: format, in: MessageTokens(text))
        case .boolean, .text: []
        }
    }

    /// Whether a value is one that the schema and the team's limits allow.
    func fits(_ text: String) -> Bool {
        let value = parameter.value(from: text, definitions)
        return parameter.check(value, definitions) { !Placeholder.all(in: $0).isEmpty }.violations.isEmpty
    }

    private func candidate(_ value: String, in message: MessageTokens, at index: Int) -> Candidate {
        Candidate(value: value, isNamed: message.isNamed(names, before: index))
    }

    // MARK: Kinds

    /// The values that a list names, word by word; of two that overlap, the longer one.
    private func choices(_ values: [String], in text: String, isAnswer: Bool) -> [Candidate] {
        let words = Words.all(in: text.beginning(8000))
        var found: [(range: Range<Int>, value: String)] = []
        for value in values where fits(value) {
            let wanted = Words.all(in: value)
            if wanted.isEmpty { continue }
            if wanted.count == 1, wanted[0].allSatisfy(\.isNumber) {
                // "10" is not what FH-10 means.
                let message = MessageTokens(text)
                for (index, token) in message.tokens.enumerated() where token.word == value.lowercased() {
                    guard isAnswer || !NumberWords.isPartOfSomething(message, at: index, names: names) else { continue }
                    found.append((index..<index, value))
                }
                continue
            }
            // A word such as "a" or "on" names a value only where the value was asked for.
            let isWeak = wanted.count == 1 && (wanted[0].count == 1 || Words.content(of: value).isEmpty)
            if isWeak, !isAnswer { continue }
            for start in words.indices where words[start...].starts(with: wanted) {
                if start > 0, Self.negations.contains(words[start - 1]) { continue }
                found.append((start..<start + wanted.count, value))
            }
        }
        return found.filter { match in
            !found.contains { $0.range.count > match.range.count && $0.range.overlaps(match.range) }
        }
        .map { match in
            let isNamed = names.contains { name in
                !name.isEmpty && match.range.lowerBound >= name.count
                    && words[..<match.range.lowerBound].suffix(name.count).elementsEqual(name)
            }
            return Candidate(value: match.value, isNamed: isNamed)
        }
    }

    private static let negations: Set<String> = ["not", "no", "without", "nicht", "kein", "keine", "keinen", "ohne"]

    private func numbers(in message: MessageTokens, isAnswer: Bool) -> [Candidate] {
        message.tokens.enumerated().compactMap { index, token in
            guard let number = NumberWords.number(token.text), isAnswer || !isOther(message, at: index) else {
                return nil
            }
            guard kind == .number || !number.contains("."), fits(number) else { return nil }
            return candidate(number, in: message, at: index)
        }
    }

    private func isOther(_ message: MessageTokens, at index: Int) -> Bool {
        NumberWords.isPartOfSomething(message, at: index, names: names)
    }

    /// Pieces of up to three words that fit the pattern, in the customer's capitals or in others.
    private func patterns(in message: MessageTokens, isAnswer: Bool) -> [Candidate] {
        for length in 1...3 where length <= message.tokens.count {
            var found: [Candidate] = []
            for start in 0...(message.tokens.count - length) {
                let pieces = message.tokens[start..<start + length]
                let text = pieces.map(\.text).joined(separator: " ")
                guard text.utf8.count <= 200, isAnswer || isCodeLike(text) else { continue }
                if text.allSatisfy(\.isNumber), !isAnswer, NumberWords.isPartOfDate(message, at: start) { continue }
                let bare = text.hasPrefix("#") ? String(text.dropFirst()) : text
                let forms = [text, bare, bare.uppercased(), bare.lowercased()]
                guard let value = forms.first(where: fits) else { continue }
                found.append(candidate(value, in: message, at: start))
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Any pattern may fit a plain word; a code has a digit in it, or is all capitals.
    private func isCodeLike(_ text: String) -> Bool {
        text.contains(where: \.isNumber) || text.count > 1 && text.allSatisfy { $0.isUppercase || !$0.isLetter }
    }

    private func personal(_ kind: PIIKind, in text: String) -> [Candidate] {
        Placeholder.all(in: text.beginning(8000)).filter { $0.kind == kind }
            .map { Candidate(value: $0.description, isNamed: false) }
    }

    private func tokens(of format: StringFormat, in message: MessageTokens) -> [Candidate] {
        message.tokens.enumerated().compactMap { index, token in
            let isLikely =
                switch format {
                case .uri: token.text.contains("://")
                case .hostname: token.text.contains(".")
                default: true
                }
            return isLikely && fits(token.text) ? candidate(token.text, in: message, at: index) : nil
        }
    }
}

extension String {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
