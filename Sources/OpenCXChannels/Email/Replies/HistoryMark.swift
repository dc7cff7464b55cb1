/// Where a mail begins to repeat what was said before.
struct HistoryMark {
    /// The lines that say so: `On Monday, Ada wrote:`, `-----Original Message-----`, `From: … Sent: …`.
    var start: Int
    var end: Int
    /// Whether all that follows was said before; else only the quoted lines that follow.
    var reachesEnd: Bool
    /// Whether it is passed on rather than answered.
    var isForward = false
    /// Whether it only says who and when.
    var isAttribution = false

    /// The mark that begins at a line.
    static func at(_ place: Int, in lines: [MailLine]) -> HistoryMark? {
        let line = lines[place]
        guard !line.lowered.isEmpty else { return nil }
        if let mark = separator(at: place, in: lines) { return mark }
        if HeaderBlock.begins(at: place, in: lines) {
            return HistoryMark(start: place, end: place + 1, reachesEnd: true)
        }
        guard let end = Attribution.end(from: place, in: lines) else { return nil }
        let next = lines.nextText(after: end - 1)
        let isMarked = next.map { lines[$0].isQuoted || isNamedQuote(lines[$0]) } ?? false
        if let next, isMarked {
            let quoteEnd = namedQuoteEnd(from: next, in: lines)
            return HistoryMark(start: place, end: quoteEnd, reachesEnd: false, isAttribution: true)
        }
        return HistoryMark(start: place, end: end, reachesEnd: true, isAttribution: true)
    }

    private static func separator(at place: Int, in lines: [MailLine]) -> HistoryMark? {
        guard let isForward = Separator.isForward(lines[place]) else { return nil }
        let next = lines.nextText(after: place)
        let isMarked = next.map { lines[$0].isQuoted } ?? false
        return HistoryMark(
            start: place, end: isMarked ? next ?? place + 1 : place + 1, reachesEnd: !isMarked, isForward: isForward)
    }

    /// Some programs mark quoted lines with the name of who said them: `Ada> `.
    private static func isNamedQuote(_ line: MailLine) -> Bool {
        let name = line.text.prefix { $0.isLetter }
        return !name.isEmpty && name.count <= 15 && line.text.dropFirst(name.count).first == ">"
    }

    private static func namedQuoteEnd(from start: Int, in lines: [MailLine]) -> Int {
        var place = start
        while place < lines.count, isNamedQuote(lines[place]) { place += 1 }
        return place
    }
}

/// `-----Original Message-----` and its kin.
enum Separator {
    /// `nil` for a line that is none.
    static func isForward(_ line: MailLine) -> Bool? {
        let text = line.lowered
        guard !text.isEmpty, text.utf8.count <= 160 else { return nil }
        if text.hasSuffix(":"), MailWords.forwardBeginnings.contains(where: { text.hasPrefix($0) }) { return true }
        if MailWords.replyAbove.isIn(text) { return false }
        let inner = text.drop { isDash($0) }
        guard text.count - inner.count >= 2 else { return nil }
        let words = inner.trimmingDashes
        guard !words.isEmpty, words.utf8.count <= 80 else { return nil }
        if MailWords.forwarded.contains(where: { words.hasPrefix($0) }) { return true }
        return MailWords.original.contains { words.hasPrefix($0) } ? false : nil
    }

    fileprivate static func isDash(_ character: Character) -> Bool { "-_=*—–# ".contains(character) }
}

extension Substring {
    fileprivate var trimmingDashes: String {
        guard let end = lastIndex(where: { !Separator.isDash($0) && $0 != ":" }) else { return "" }
        return String(self[...end])
    }
}

/// The headers of the mail before, as Outlook and others write them above it.
enum HeaderBlock {
    /// Whether the block begins at this line.
    static func begins(at place: Int, in lines: [MailLine]) -> Bool {
        guard let first = kind(of: lines[place]) else { return false }
        var seen: Set<MailWords.HeaderKind> = [first]
        var hasEvidence = DateEvidence.isIn(lines[place].lowered) || lines[place].lowered.contains("@")
        var blanks = 0
        var next = place + 1
        while next < lines.count, next - place <= 12, seen.count < 5 {
            let line = lines[next]
            if line.isBlank {
                blanks += 1
                if blanks > 4 { break }
            } else if let kind = kind(of: line) {
                seen.insert(kind)
                if DateEvidence.isIn(line.lowered) || line.lowered.contains("@") { hasEvidence = true }
            } else if line.isQuoted
                || !line.original.hasPrefix(" ") && !line.original.hasPrefix("\t") && blanks == 0
                    && seen.count >= 4
            {
                break
            } else if seen.count < 2, next - place > 2 {
                break
            }
            next += 1
        }
        return seen.contains(.from) && hasEvidence
            && (seen.contains(.date) && (seen.contains(.to) || seen.contains(.subject))
                || seen.contains(.to) && seen.contains(.subject))
    }

    private static func kind(of line: MailLine) -> MailWords.HeaderKind? {
        guard let colon = line.lowered.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let name = line.lowered[..<colon]
        guard name.utf8.count <= 40 else { return nil }
        return MailWords.headerNames[name.trimmingSpaces]
    }
}
