/// Why a Markdown text is not parsed, in words that complete "The article …".
package struct MarkdownLimitError: Error, Equatable {
    package var message: String

    package static let outOfMemory = MarkdownLimitError(message: "cannot be parsed, because memory is short")
    package static let declarations = MarkdownLimitError(
        message: "holds a paragraph with thousands of `<!` or `<?`; put it into a code block or take it out")
    package static let cells = MarkdownLimitError(
        message: "holds a table with very many columns whose rows leave nearly all of them out; split the table")
    package static let nesting = MarkdownLimitError(
        message: "nests quotes or lists more than \(MarkdownCost.depthLimit) deep; make it flatter")
}

/// Finds the texts that cmark-gfm would need unreasonable time or memory for, before it sees them.
///
/// Measured with 0.29.0.gfm.6, a megabyte each: nearly all hostile texts take well below a second. The exceptions are
/// inline HTML declarations (every unclosed `<!A` or `<?` is searched for its end through the whole paragraph) and tables
/// (every row is filled up to the width of the table: 60 KB can grow to 2 GB).
enum MarkdownCost {
    /// How many bytes the parser may go over in search of the ends of declarations: some tens of milliseconds.
    static let declarationLimit = 200_000_000
    /// How many table cells may be filled up: some 50 MB.
    static let cellLimit = 200_000
    /// How deep blocks and inlines may be nested. Rendering is quadratic in the depth.
    static let depthLimit = 100

    static func check(_ text: [UInt8]) throws(MarkdownLimitError) {
        var chunk = Chunk()
        var previous: UInt8 = 0x0A
        for byte in text {
            switch byte {
            case 0x0A:
                if chunk.lineIsBlank { chunk.closeChunk() } else { chunk.closeLine() }
            case 0x7C:
                chunk.pipes += 1
                chunk.lineIsBlank = false
            case 0x20, 0x09, 0x0D: break
            default:
                chunk.lineIsBlank = false
                if previous == 0x3C, byte == 0x21 || byte == 0x3F { chunk.declarations += 1 }
            }
            chunk.bytes += 1
            previous = byte
        }
        chunk.closeLine()
        chunk.closeChunk()
        if chunk.declarationCost > declarationLimit { throw .declarations }
        if chunk.missingCells > cellLimit { throw .cells }
    }

    /// Lines up to a blank one: no paragraph and no table reaches further.
    private struct Chunk {
        var declarationCost = 0
        var missingCells = 0
        var bytes = 0
        var declarations = 0
        var lines = 0
        var pipes = 0
        var lineIsBlank = true
        private var pipesOfAllLines = 0
        private var pipesOfWidestLine = 0

        mutating func closeLine() {
            lines += 1
            pipesOfAllLines += pipes
            pipesOfWidestLine = max(pipesOfWidestLine, pipes)
            pipes = 0
            lineIsBlank = true
        }

        mutating func closeChunk() {
            declarationCost += bytes * declarations
            missingCells += pipesOfWidestLine * lines - pipesOfAllLines
            (bytes, declarations, lines, pipes, pipesOfAllLines, pipesOfWidestLine) = (0, 0, 0, 0, 0, 0)
        }
    }
}
