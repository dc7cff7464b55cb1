/// Lays text out in lines: white space runs together, blocks begin lines, quoted lines are marked.
struct TextWriter {
    /// How many quotes are open.
    var quoteDepth = 0
    /// How many elements want their white space as it is.
    var keepsSpaces = 0
    /// The lists that are open: the next number, or nothing for bullets.
    var lists: [Int?] = []

    private var lines: [String] = []
    private var line = ""
    /// Whether white space was read that has not been written.
    private var hasSpace = false
    /// How many empty lines the next text wants before it.
    private var margin = 0
    private var depthOfLine = 0
    /// How many bytes of text have been written.
    private(set) var length = 0
    private var lineIsEmpty = true
    private var hasText = false

    /// Adds text of an element.
    mutating func add(_ text: String) {
        if keepsSpaces > 0 {
            for (index, piece) in text.withUnixLines.split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                if index > 0 { endLine() }
                if !piece.isEmpty { write(String(piece)) }
            }
            return
        }
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case " ", "\n", "\t", "\r", "\u{C}":
                flush(&word)
                hasSpace = true
            // A blank that does not break is what editors write for one that is seen.
            case "\u{A0}": word.append(" ")
            case "\u{200B}", "\u{FEFF}", "\u{200C}", "\u{AD}", "\u{34F}", "\u{2007}": break
            default: word.append(scalar)
            }
        }
        flush(&word)
    }

    private mutating func flush(_ word: inout String.UnicodeScalarView) {
        if !word.isEmpty { write(String(word)) }
        word = String.UnicodeScalarView()
    }

    private mutating func write(_ text: String) {
        if lineIsEmpty {
            if hasText { for _ in 0..<margin { lines.append(marked("", min(depthOfLine, quoteDepth))) } }
            margin = 0
            depthOfLine = quoteDepth
        } else if hasSpace {
            line += " "
        }
        hasSpace = false
        line += text
        length += text.utf8.count
        lineIsEmpty = false
        hasText = true
    }

    /// Adds a line of its own.
    mutating func addLine(_ text: String) {
        write(text)
        endLine()
    }

    /// Ends the line, and lets the next text stand apart.
    mutating func block(margin wanted: Int) {
        if !lineIsEmpty { endLine() }
        hasSpace = false
        margin = max(margin, wanted)
    }

    /// A line break of the author's.
    mutating func lineBreak() {
        if lineIsEmpty {
            if hasText { margin = min(3, margin + 1) }
        } else {
            endLine()
        }
        hasSpace = false
    }

    /// Begins a cell of a table's row.
    mutating func cell() {
        if !lineIsEmpty { hasSpace = true }
    }

    /// The marker of a list's item.
    mutating func addMarker() {
        if let last = lists.last, let number = last {
            write("\(number).")
            lists[lists.count - 1] = number + 1
        } else {
            write("-")
        }
        hasSpace = true
    }

    /// Where a link leads, unless its text says so.
    mutating func addLink(_ link: String, behind start: Int) {
        guard length > start else { return }
        let shown = line.suffix(length - start + 8)
        let bare = Self.bare(link)
        if bare.isEmpty || shown.contains(bare) { return }
        hasSpace = true
        write("<\(link)>")
    }

    private static func bare(_ link: String) -> String {
        var rest = link[...]
        for prefix in ["https://", "http://", "mailto:", "tel:", "www."] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
        }
        return rest.hasSuffix("/") ? String(rest.dropLast()) : String(rest)
    }

    private mutating func endLine() {
        // A signature's marker is the only line that ends with a space.
        while line != "-- ", line.last == " " { line.removeLast() }
        lines.append(marked(line, lineIsEmpty ? quoteDepth : depthOfLine))
        line = ""
        lineIsEmpty = true
        hasSpace = false
    }

    private func marked(_ text: String, _ depth: Int) -> String {
        depth == 0 ? text : String(repeating: ">", count: min(depth, 20)) + (text.isEmpty ? "" : " " + text)
    }

    /// All that was written.
    mutating func finish() -> String {
        if !lineIsEmpty { endLine() }
        return lines.joined(separator: "\n")
    }
}

/// What is left of HTML without its tags, where it must not be parsed.
enum TagStripper {
    static func text(of html: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(html.count)
        var isInTag = false
        for byte in html {
            switch byte {
            case 0x3C:
                isInTag = true
                result.append(0x20)
            case 0x3E: isInTag = false
            default: if !isInTag { result.append(byte) }
            }
        }
        var writer = TextWriter()
        writer.add(String(decoding: result, as: UTF8.self))
        return writer.finish()
    }
}
