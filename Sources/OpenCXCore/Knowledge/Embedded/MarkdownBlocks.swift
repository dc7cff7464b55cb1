/// A block of CommonMark, kept whole: half a list or half a table is no answer.
struct MarkdownBlock: Hashable {
    enum Kind {
        case paragraph, list, table, code, quote
    }

    var kind: Kind
    var text: String

    /// The blocks of a passage. Linear in its length.
    static func all(in markdown: String) -> [MarkdownBlock] {
        var blocks: [MarkdownBlock] = []
        var lines: [Substring] = []
        var kind = Kind.paragraph
        var fence: Substring?
        func close() {
            let indent = lines.lazy.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
            let text = lines.map { $0.dropFirst(indent) }.joined(separator: "\n").trimmingSpaces()
            // A comment between two lists is how CommonMark tells them apart; nobody wants to read it.
            if !text.isEmpty, !text.hasPrefix("<!--") { blocks.append(MarkdownBlock(kind: kind, text: String(text))) }
            lines = []
        }
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if let open = fence {
                lines.append(line)
                if text.hasPrefix(open) {
                    fence = nil
                    close()
                }
                continue
            }
            let isIndented = line.count - text.count >= 2
            if text.isEmpty {
                // A blank line inside a list belongs to it if the list goes on; that shows on the next line.
                if kind == .list, !lines.isEmpty { lines.append("") } else { close() }
                continue
            }
            let next = Self.kind(of: text)
            let continuesList = kind == .list && !lines.isEmpty && (isIndented || next == .list)
            if !continuesList, next != kind || (kind == .list && lines.last == "") {
                close()
                kind = next
            }
            if next == .code, !continuesList { fence = text.prefix(3) }
            lines.append(line)
        }
        close()
        return blocks
    }

    private static func kind(of line: Substring) -> Kind {
        if line.hasPrefix("```") || line.hasPrefix("~~~") { return .code }
        if line.hasPrefix("|") { return .table }
        if line.hasPrefix(">") { return .quote }
        if line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("+ ") { return .list }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line[digits.endIndex...]
        if (1...3).contains(digits.count), rest.hasPrefix(". ") || rest.hasPrefix(") ") { return .list }
        return .paragraph
    }
}
