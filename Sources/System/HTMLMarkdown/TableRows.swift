/// A table's rows on their way to GFM: cells that span several stand in the first column and in each row they span.
struct TableRows {
    static let widthLimit = 64
    /// The longest text that is repeated in each row it spans.
    private static let repeatedLimit = 100

    private var rows: [[String]] = []
    private var spanning: [Int: (rows: Int, text: String)] = [:]

    mutating func beginRow() {
        rows.append([])
        fill()
    }

    mutating func add(_ text: String, columns: Int, rows spanned: Int) {
        if rows.isEmpty { beginRow() }
        let row = rows.count - 1
        for column in 0..<columns where rows[row].count < Self.widthLimit {
            let text = column == 0 ? text : ""
            if spanned > 1 {
                spanning[rows[row].count] = (spanned - 1, text.utf8.count <= Self.repeatedLimit ? text : "")
            }
            rows[row].append(text)
        }
        fill()
    }

    /// Puts what spans several rows into the columns that come next.
    private mutating func fill() {
        let row = rows.count - 1
        while let span = spanning[rows[row].count], rows[row].count < Self.widthLimit {
            spanning[rows[row].count] = span.rows > 1 ? (span.rows - 1, span.text) : nil
            rows[row].append(span.text)
        }
    }

    /// The lines of the table; the first row is its head.
    func lines() -> [String] {
        let rows = rows.filter { $0.contains { !$0.isEmpty } }
        guard let head = rows.first, let width = rows.map(\.count).max() else { return [] }
        let rule = Array(repeating: "---", count: width)
        return [line(head, width), line(rule, width)] + rows.dropFirst().map { line($0, width) }
    }

    private func line(_ cells: [String], _ width: Int) -> String {
        let cells = cells + Array(repeating: "", count: width - cells.count)
        return "| " + cells.joined(separator: " | ") + " |"
    }
}
