/// The line above a quote that says who wrote it and when, in any language: `On Mon, 3 May 2021 at 10:04, Ada <ada@…> wrote:`.
enum Attribution {
    /// How many lines it may be broken into.
    private static let longest = 5

    /// The end of the attribution that begins at a line.
    static func end(from start: Int, in lines: [MailLine]) -> Int? {
        var text = ""
        for place in start..<min(lines.count, start + longest) {
            let line = lines[place]
            guard !line.isBlank, !line.isQuoted, !line.lowered.isEmpty else { return nil }
            // A line that ends a sentence is no part of it.
            if place > start, let last = text.last, "!?".contains(last) { return nil }
            text += text.isEmpty ? line.lowered : " " + line.lowered
            guard text.utf8.count <= 400 else { return nil }
            if isEnd(text, at: place, in: lines) {
                // Where a shorter beginning will do, the lines before are somebody's own words.
                return isNeeded(start, upTo: place, text, in: lines) ? place + 1 : nil
            }
        }
        return nil
    }

    private static func isEnd(_ text: String, at place: Int, in lines: [MailLine]) -> Bool {
        let next = lines.nextText(after: place)
        let isFollowedByQuote = next.map { lines[$0].isQuoted && $0 - place <= 3 } ?? false
        let endsWithColon = text.hasSuffix(":") || text.hasSuffix("：")
        guard endsWithColon || isFollowedByQuote || MailWords.endsWithWriting(text.withoutDashes) else { return false }
        let dates = DateEvidence.count(text)
        let hasAddress = text.utf8.contains(UInt8(ascii: "@"))
        if endsWithColon {
            let hasVerb = MailWords.hasWriting(text)
            if hasVerb && (dates > 0 && (hasAddress || dates > 1 || isFollowedByQuote)) { return true }
            if hasVerb && isFollowedByQuote && text.utf8.count <= 200 { return true }
            if hasAddress && dates > 0 { return true }
            return isFollowedByQuote && dates > 1
        }
        let bare = text.withoutDashes
        if dates > 0, MailWords.endsWithWriting(bare) {
            // Without colon and quote it takes an address, or rules around it.
            if isFollowedByQuote || bare != text || hasAddress && MailWords.opensAttribution(text) { return true }
        }
        guard isFollowedByQuote else { return false }
        // `2013/11/13 Ada Byron <ada@example.com>`
        return text.hasSuffix(">") && hasAddress && text.first?.isNumber == true && dates > 0
    }

    /// Whether the first line is part of it: it opens like an attribution, or holds the date that the rest lacks.
    private static func isNeeded(_ start: Int, upTo end: Int, _ text: String, in lines: [MailLine]) -> Bool {
        guard end > start else { return true }
        let first = lines[start].lowered
        // Somebody's last sentence right above.
        if first.count < 60, let last = first.last, ".!?,;".contains(last), !DateEvidence.isIn(first) { return false }
        if MailWords.opensAttribution(first), DateEvidence.isIn(first) { return true }
        let rest = lines[(start + 1)...end].map(\.lowered).joined(separator: " ")
        return !isEnd(rest, at: end, in: lines)
            || !MailWords.opensAttribution(lines[start + 1].lowered)
                && DateEvidence.isIn(first) && !DateEvidence.isIn(rest)
    }
}

extension String {
    /// Without the rules that some programs draw around a line.
    fileprivate var withoutDashes: String {
        guard hasSuffix("--") || hasPrefix("--") else { return self }
        let start = drop { "-_ ".contains($0) }
        guard let end = start.lastIndex(where: { !"-_ ".contains($0) }) else { return "" }
        return String(start[...end])
    }
}

/// What a date or a time looks like in any language.
enum DateEvidence {
    static func isIn(_ text: String) -> Bool { count(text) > 0 }

    /// How many of these there are: a year, a time of day, a date in numbers.
    static func count(_ text: String) -> Int {
        var (hasYear, hasTime, hasDate) = (false, false, false)
        var digits = 0
        var groups: [(count: Int, separator: UInt8)] = []
        var number = 0
        func close(_ separator: UInt8) {
            guard digits > 0 else { return groups.removeAll() }
            if digits == 4, (1970...2100).contains(number) { hasYear = true }
            if digits <= 2, let last = groups.last {
                if last.separator == UInt8(ascii: ":"), last.count <= 2 { hasTime = true }
            }
            if let last = groups.last,
                last.separator == UInt8(ascii: "/") || last.separator == UInt8(ascii: ".")
                    || last.separator == UInt8(ascii: "-"),
                groups.count >= 2
            {
                hasDate = true
            }
            groups = separator == 0 ? [] : Array((groups + [(digits, separator)]).suffix(3))
        }
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39:
                digits += 1
                number = digits <= 4 ? number * 10 + Int(byte - 0x30) : 0
            default:
                close(":/.-".utf8.contains(byte) ? byte : 0)
                (digits, number) = (0, 0)
            }
        }
        close(0)
        return (hasYear ? 1 : 0) + (hasTime ? 1 : 0) + (hasDate ? 1 : 0)
    }
}
