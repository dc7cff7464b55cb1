/// Takes a mail's text apart. Goes over the lines once; what it looks at around each of them is bounded.
package struct ReplySplitter: Sendable {
    package init() {}

    /// What follows so many lines is one line, and nothing is looked for in it.
    private static let lineLimit = 20_000

    /// Takes a text apart.
    package func split(_ text: String) -> MailReply {
        let all = text.split(separator: "\n", maxSplits: Self.lineLimit, omittingEmptySubsequences: false)
        let lines = all.map { MailLine($0) }
        var kinds = [MailReply.Section.Kind](repeating: .reply, count: lines.count)
        var isForward = false
        var place = 0
        while place < lines.count {
            let line = lines[place]
            if line.isQuoted {
                place = markQuote(from: place, lines, &kinds)
            } else if let history = HistoryMark.at(place, in: lines) {
                if history.isAttribution, history.reachesEnd, kinds[..<place].indices.allSatisfy({ lines[$0].isBlank })
                {
                    // Nobody begins with what somebody else said and then says nothing: the rest is their own.
                    for index in history.start..<history.end { kinds[index] = .quote }
                    place = history.end
                    continue
                }
                isForward = isForward || history.isForward
                for index in history.start..<history.end { kinds[index] = .quote }
                includeRule(above: history.start, lines, &kinds)
                if history.reachesEnd {
                    for index in history.end..<lines.count { kinds[index] = .quote }
                    place = lines.count
                } else {
                    place = history.end
                }
            } else if let end = SignatureMark.end(of: place, in: lines) {
                for index in place..<end { kinds[index] = .signature }
                place = end
            } else {
                place += 1
            }
        }
        return MailReply(sections: sections(lines, kinds), isForward: isForward)
    }

    /// Marks quoted lines and what broken programs have wrapped out of them.
    private func markQuote(from start: Int, _ lines: [MailLine], _ kinds: inout [MailReply.Section.Kind]) -> Int {
        var place = start
        while place < lines.count {
            if lines[place].isQuoted {
                kinds[place] = .quote
            } else if lines[place].isBlank {
                // Empty lines between quoted ones belong to them.
                guard let next = lines.nextText(after: place), lines[next].isQuoted else { return place }
                for index in place..<next { kinds[index] = .quote }
                place = next
                continue
            } else if place + 1 < lines.count, lines[place + 1].isQuoted,
                isWrapped(lines[place], after: lines[place - 1])
            {
                kinds[place] = .quote
            } else {
                return place
            }
            place += 1
        }
        return place
    }

    /// Whether a line looks like the end of the quoted line above it, and not like an answer.
    private func isWrapped(_ line: MailLine, after quoted: MailLine) -> Bool {
        guard line.text.utf8.count < 80, let first = line.text.first else { return false }
        return first.isLowercase
            ? quoted.text.utf8.count >= 50 : !first.isLetter && !first.isNumber && !"-*•".contains(first)
    }

    /// A rule right above what was said before is part of that.
    private func includeRule(above start: Int, _ lines: [MailLine], _ kinds: inout [MailReply.Section.Kind]) {
        var place = start - 1
        while place >= 0, start - place <= 3, lines[place].isBlank { place -= 1 }
        guard place >= 0, start - place <= 3, kinds[place] == .reply, lines[place].isRule else { return }
        for index in place..<start { kinds[index] = .quote }
    }

    private func sections(_ lines: [MailLine], _ kinds: [MailReply.Section.Kind]) -> [MailReply.Section] {
        var sections: [MailReply.Section] = []
        for (line, kind) in zip(lines, kinds) {
            if sections.last?.kind == kind {
                sections[sections.count - 1].lines.append(line.original)
            } else {
                sections.append(MailReply.Section(kind: kind, lines: [line.original]))
            }
        }
        return sections
    }
}

extension [MailLine] {
    /// The next line that is not empty.
    func nextText(after place: Int) -> Int? {
        var next = place + 1
        while next < count {
            if !self[next].isBlank { return next }
            next += 1
        }
        return nil
    }
}
