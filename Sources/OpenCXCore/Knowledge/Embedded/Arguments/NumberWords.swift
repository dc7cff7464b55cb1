/// Numbers and dates as customers write them.
enum NumberWords {
    /// The number that a piece of a message is, as JSON writes it; `nil` also for what may be read in two ways ("1,200").
    static func number(_ text: String) -> String? {
        var digits = Substring(text)
        let isNegative = digits.first == "-" || digits.first == "−"
        if isNegative { digits = digits.dropFirst() }
        while let first = digits.first, "€$£".contains(first) { digits = digits.dropFirst() }
        while let last = digits.last, "€$£%".contains(last) { digits = digits.dropLast() }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }),
            digits.utf8.count <= 15
        else { return nil }
        guard let whole = Int64(parts[0]) else { return nil }
        let sign = isNegative ? "-" : ""
        guard parts.count == 2 else { return "\(sign)\(whole)" }
        // Thousands or a fraction: both are written this way somewhere.
        if parts[1].count == 3, parts[0] != "0" { return nil }
        let fraction = parts[1].reversed().drop { $0 == "0" }.reversed()
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(String(fraction))"
    }

    /// Whether a number belongs to a date, or counts something that is known by its number: "order 10423".
    static func isPartOfSomething(_ message: MessageTokens, at index: Int, names: [[String]]) -> Bool {
        if message.isNamed(names, before: index) { return false }
        if isPartOfDate(message, at: index) { return true }
        guard let before = message[index - 1], !before.endsClause else { return false }
        return references.contains(before.word)
    }

    /// Whether the name of a month stands beside it.
    static func isPartOfDate(_ message: MessageTokens, at index: Int) -> Bool {
        [index - 2, index - 1, index + 1].contains { place in
            guard let word = message[place]?.word, DateWords.month(word) != nil else { return false }
            return place != index - 2 || message[index - 1].map { NumberWords.number($0.text) != nil } ?? false
        }
    }

    private static let references: Set<String> = [
        "order", "orders", "number", "no", "nr", "num", "#", "ticket", "invoice", "article", "item", "case", "id",
        "code",
        "bestellung", "nummer", "bestellnummer", "rechnung", "artikel", "error", "fehler", "room", "version",
    ]
}

/// Dates with a year. Without one, or with the month and the day in an order that nobody can know, they are none.
enum DateWords {
    /// The dates in a message as `2026-01-31`, with their places.
    static func dates(in message: MessageTokens) -> [(value: String, index: Int)] {
        message.tokens.indices.compactMap { index in date(message, at: index).map { ($0, index) } }
    }

    private static func date(_ message: MessageTokens, at index: Int) -> String? {
        guard let token = message[index] else { return nil }
        if StringFormat.date.matches(token.text) { return token.text }
        // 31.1.2026
        let dotted = token.text.split(separator: ".", omittingEmptySubsequences: false)
        if dotted.count == 3 { return iso(String(dotted[2]), Int(dotted[1]), String(dotted[0])) }
        guard let second = message[index + 1], let third = message[index + 2] else { return nil }
        // 31 January 2026, January 31, 2026
        if let month = month(second.word) { return iso(third.text, month, token.text) }
        if let month = month(token.word) { return iso(third.text, month, second.text) }
        return nil
    }

    private static func iso(_ year: String, _ month: Int?, _ day: String) -> String? {
        let digits = day.prefix(while: \.isNumber)
        let isDay = ["", ".", "st", "nd", "rd", "th"].contains(day.dropFirst(digits.count))
        guard isDay, year.count == 4, let year = Int(year), let month, let day = Int(digits) else { return nil }
        let text = "\(year)-\(padded(month))-\(padded(day))"
        return StringFormat.date.matches(text) ? text : nil
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The month with this name, from 1.
    static func month(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        return names.firstIndex { $0.contains(word) }.map { $0 + 1 }
    }

    private static let names: [Set<String>] = [
        ["january", "jan", "januar", "jänner"], ["february", "feb", "februar"], ["march", "mar", "märz"],
        ["april", "apr"], ["may", "mai"], ["june", "jun", "juni"], ["july", "jul", "juli"], ["august", "aug"],
        ["september", "sep", "sept"], ["october", "oct", "oktober", "okt"], ["november", "nov"],
        ["december", "dec", "dezember", "dez"],
    ]
}
