/// A CommonMark text cut at its ATX headings (`## Like this`).
struct MarkdownSections {
    struct Section {
        var headings: [String]
        var body: String
    }

    private(set) var sections: [Section] = []
    private var path: [(level: Int, title: String)] = []
    private let markdown: String
    /// The lines of the current section that hold something: from the start of the first to the end of the last.
    private var body: Range<String.Index>?

    init(_ markdown: String) {
        self.markdown = markdown
        var fence: Substring.UTF8View?
        for line in markdown.utf8.split(separator: UInt8(ascii: "\n")) {
            let text = line.drop { $0 == UInt8(ascii: " ") }
            if let open = fence {
                append(line)
                if text.starts(with: open) { fence = nil }
            } else if text.starts(with: "```".utf8) || text.starts(with: "~~~".utf8) {
                fence = text.prefix(3)
                append(line)
            } else if text.first == UInt8(ascii: "#"), line.count - text.count < 4,
                let (level, title) = Self.heading(text)
            {
                close()
                path.removeAll { $0.level >= level }
                path.append((level, title))
            } else {
                append(line)
            }
        }
        close()
    }

    private mutating func append(_ line: Substring.UTF8View) {
        if Substring(line).isBlank { return }
        body = (body?.lowerBound ?? line.startIndex)..<line.endIndex
    }

    private mutating func close() {
        guard let lines = body else { return }
        sections.append(Section(headings: path.map(\.title), body: String(markdown[lines])))
        body = nil
    }

    private static func heading(_ line: Substring.UTF8View) -> (level: Int, title: String)? {
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level) else { return nil }
        let rest = line.dropFirst(level)
        guard rest.isEmpty || rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "\t") else { return nil }
        let title = Substring(rest).trimmingSpaces().trimmingSuffix("#").trimmingSpaces()
        return (level, String(title))
    }
}

extension Substring {
    /// Whether there is nothing but white space; nearly always, the first byte that is none tells.
    fileprivate var isBlank: Bool {
        for byte in utf8 {
            switch byte {
            case 0x09...0x0D, 0x20: continue
            case 0x80...0xFF: return allSatisfy(\.isWhitespace)
            default: return false
            }
        }
        return true
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
