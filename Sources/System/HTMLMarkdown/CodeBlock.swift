/// Text that keeps its white space.
struct CodeBlock {
    var text = ""
    private var language = ""

    init(language classes: String?) {
        set(language: classes)
    }

    /// Takes the language out of a class such as `language-swift`.
    mutating func set(language classes: String?) {
        guard language.isEmpty, let classes else { return }
        for name in classes.split(separator: " ") {
            for prefix in ["language-", "lang-"] where name.hasPrefix(prefix) {
                let letters = name.dropFirst(prefix.count).prefix(20)
                let isName = letters.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "+-#.".utf8.contains(byte)
                }
                if isName, language.isEmpty { language = String(letters) }
            }
        }
    }

    mutating func endLine() {
        if !text.isEmpty, text.utf8.last != 0x0A { text += "\n" }
    }

    /// The block with its fences; `nil` when there is nothing in it.
    var lines: [String]? {
        let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var lines = plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while let last = lines.last, last.utf8.allSatisfy({ $0 <= 0x20 }) { lines.removeLast() }
        while let first = lines.first, first.utf8.allSatisfy({ $0 <= 0x20 }) { lines.removeFirst() }
        if lines.isEmpty { return nil }
        // A fence of the other sign keeps one of the text's own from ending the block.
        let ticks = MarkdownEscaping.longestRun(of: UInt8(ascii: "`"), in: plain)
        let tildes = MarkdownEscaping.longestRun(of: UInt8(ascii: "~"), in: plain)
        let fence =
            ticks < 3
            ? "```" : String(repeating: tildes < 3 ? "~" : "`", count: tildes < 3 ? 3 : ticks + 1)
        return [fence + language] + lines + [fence]
    }
}
