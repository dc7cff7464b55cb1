internal import CGumbo

/// What a table is for: data, or the layout of a page.
enum TableShape {
    case data, layout

    private static let cellLimit = 50_000

    /// Looks through a table up to the first thing that no cell of a GFM table can hold.
    init(of table: UnsafePointer<GumboElement>) {
        var steps: [(element: UnsafePointer<GumboElement>, isRow: Bool)] = [(table, false)]
        var (rows, cells, widest, hasHead) = (0, 0, 0, false)
        while let (element, isRow) = steps.popLast() {
            var width = 0
            for index in (0..<element.pointee.children.length).reversed() {
                guard let node = opencx_gumbo_child(element, index), let child = opencx_gumbo_element(node) else {
                    continue
                }
                let name = child.tagName
                switch ElementRole(name) {
                case .table, .preformatted, .heading, .quote, .rule:
                    self = .layout
                    return
                case .row: rows += 1
                case .cell where isRow:
                    width += 1
                    cells += 1
                    if name == "th" { hasHead = true }
                default: break
                }
                steps.append((child, name == "tr"))
            }
            widest = max(widest, width)
        }
        let isData = widest > 1 && widest <= TableRows.widthLimit && rows * widest <= Self.cellLimit
        self = isData && (rows > 1 || hasHead) ? .data : .layout
    }
}
