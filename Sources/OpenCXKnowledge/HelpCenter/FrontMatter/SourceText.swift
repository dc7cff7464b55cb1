/// A file's text with one kind of line end, cut into front matter and body.
struct SourceText {
    /// How far into a file the front matter may reach.
    static let frontMatterLimit = 64 << 10

    /// The YAML between the `---` lines; `nil` when the file has no front matter.
    var frontMatter: [UInt8]?
    /// The Markdown after it.
    var body: [UInt8]

    /// The front matter's lines count from here in the file.
    static let firstLine = 2

    struct Unclosed: Error {}

    /// Cuts a file's bytes.
    ///
    /// - Throws: ``Unclosed`` when the file starts with a `---` line and no other one follows soon enough.
    init(_ bytes: [UInt8]) throws(Unclosed) {
        let text = Self.normalized(bytes[...])
        guard let start = Self.afterMarker(in: text, at: 0) else {
            (frontMatter, body) = (nil, text)
            return
        }
        guard let (yaml, rest) = Self.end(in: text, from: start) else { throw Unclosed() }
        frontMatter = Array(text[start..<yaml])
        body = Array(text[rest...])
    }

    /// The front matter alone, of a file that may go on after `bytes`; `nil` when there is none that can be told.
    static func frontMatter(startOf bytes: some Collection<UInt8>) -> [UInt8]? {
        let text = normalized(Array(bytes.prefix(frontMatterLimit))[...])
        guard let start = afterMarker(in: text, at: 0), let (yaml, _) = end(in: text, from: start) else { return nil }
        return Array(text[start..<yaml])
    }

    /// Without a byte order mark, and with `\n` for `\r\n` and `\r`.
    private static func normalized(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes {
            if byte == 0x0D {
                text.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                text.append(byte)
            }
            previous = byte
        }
        return text
    }

    /// Where the YAML ends and the body starts.
    private static func end(in text: [UInt8], from start: Int) -> (yaml: Int, body: Int)? {
        var line = start
        while line < min(text.count, frontMatterLimit) {
            if let rest = afterMarker(in: text, at: line) { return (line, rest) }
            guard let lineEnd = text[line...].firstIndex(of: 0x0A) else { return nil }
            line = lineEnd + 1
        }
        return nil
    }

    /// The start of the next line, when the line at `index` is `---`; spaces and tabs after it do not count.
    private static func afterMarker(in text: [UInt8], at index: Int) -> Int? {
        guard text[index...].starts(with: [0x2D, 0x2D, 0x2D]) else { return nil }
        var position = index + 3
        while position < text.count, text[position] == 0x20 || text[position] == 0x09 { position += 1 }
        if position == text.count { return position }
        return text[position] == 0x0A ? position + 1 : nil
    }
}
