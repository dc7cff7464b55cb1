/// A CommonMark text cut at its ATX headings (`## Like this`).
struct MarkdownSections {
    struct Section {
        var headings: [String]
        var body: String
    }

    private(set) var sections: [Section] = []
    private var path: [(level: Int, title: String)] = []
    private var body: [Substring] = []

    init(_ markdown: String) {
        var fence: Substring?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            if let open = fence {
                body.append(line)
                if text.hasPrefix(open) { fence = nil }
            } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
                fence = text.prefix(3)
                body.append(line)
            } else if line.utf8.count - text.utf8.count < 4, let (level, title) = Self.heading(text) {
                close()
                path.removeAll { $0.level >= level }
                path.append((level, title))
            } else {
                body.append(line)
            }
        }
        close()
    }

    private mutating func close() {
        defer { body = [] }
        let start = body.firstIndex { !$0.allSatisfy(\.isWhitespace) }
        guard let start, let end = body.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) }) else { return }
        sections.append(Section(headings: path.map(\.title), body: body[start...end].joined(separator: "\n")))
    }

    private static func heading(_ line: Substring) -> (level: Int, title: String)? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level) else { return nil }
        let rest = line.dropFirst(level)
        guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
        let title = rest.trimmingSpaces().trimmingSuffix("#").trimmingSpaces()
        return (level, String(title))
    }
}

extension StringProtocol {
    package func trimmingSpaces() -> SubSequence {
        var part = self[startIndex...]
        while let first = part.first, first.isWhitespace { part = part.dropFirst() }
        while let last = part.last, last.isWhitespace { part = part.dropLast() }
        return part
    }

    fileprivate func trimmingSuffix(_ character: Character) -> SubSequence {
        var part = self[startIndex...]
        while part.last == character { part = part.dropLast() }
        return part
    }
}
