internal import CGumbo

/// Goes through a page and writes it as Markdown.
struct Converter {
    private(set) var writer = BlockWriter()
    private var text = InlineText()
    private var style = StyleCounts()
    private let links: LinkTargets
    private var heading: Int?
    private var table: TableRows?
    private var isInCell = false
    private var code: CodeBlock?

    init(origin: String?) {
        links = LinkTargets(origin: origin)
    }

    /// What is to be undone when an element ends.
    private struct Open {
        var role: ElementRole
        var element: UnsafePointer<GumboElement>
    }

    /// What is still to be done, so that no nesting is too deep for the stack.
    private enum Step {
        case enter(UnsafePointer<GumboNode>)
        case leave(Open)
    }

    mutating func convert(_ root: UnsafePointer<GumboNode>) {
        var steps: [Step] = [.enter(root)]
        while let step = steps.popLast() {
            switch step {
            case .leave(let open): leave(open)
            case .enter(let node):
                if let text = opencx_gumbo_text(node) {
                    add(String(cString: text))
                    continue
                }
                guard let element = opencx_gumbo_element(node), let open = enter(element) else { continue }
                steps.append(.leave(open))
                for index in (0..<element.pointee.children.length).reversed() {
                    if let child = opencx_gumbo_child(element, index) { steps.append(.enter(child)) }
                }
            }
        }
        endParagraph()
    }

    private mutating func add(_ string: String) {
        if code != nil { code?.text += string } else { text.add(string, style.current) }
    }

    /// Ends the running text, where it is one of its own.
    private mutating func endParagraph() {
        if code != nil {
            code?.endLine()
        } else if isInCell || heading != nil {
            text.addBoundary()
        } else {
            let lines = text.markdown(in: .paragraph)
            if !lines.isEmpty { writer.add(lines.split(separator: "\n")) }
            text = InlineText()
        }
    }

    /// `nil` for an element of which nothing is seen.
    private mutating func enter(_ element: UnsafePointer<GumboElement>) -> Open? {
        if element.isHidden { return nil }
        var role = ElementRole(element.tagName)
        switch role {
        case .unseen: return nil
        case .inline: break
        case .block: endParagraph()
        case .term:
            endParagraph()
            style.bold += 1
        case .heading(let level):
            endParagraph()
            if isInCell || heading != nil || code != nil { role = .block } else { heading = level }
        case .list, .item, .quote: enterContainer(&role, element)
        case .preformatted:
            endParagraph()
            if isInCell || heading != nil || code != nil {
                role = .block
            } else {
                code = CodeBlock(language: element.attribute("class"))
            }
        case .rule:
            endParagraph()
            if !isInCell, heading == nil, code == nil, !writer.text.isEmpty { writer.add(["-----"]) }
        case .table:
            endParagraph()
            if table == nil, heading == nil, code == nil, TableShape(of: element) == .data {
                table = TableRows()
            } else {
                role = .block
            }
        case .row:
            endParagraph()
            if isInCell { role = .block } else { table?.beginRow() }
        case .cell:
            endParagraph()
            if table != nil, !isInCell { isInCell = true } else { role = .block }
        case .lineBreak: if code != nil { code?.text += "\n" } else { text.addLineBreak() }
        case .image: if let words = element.words { add(words) }
        case .link: style.links.append(element.attribute("href").flatMap(links.target) ?? style.links.last ?? nil)
        case .bold:
            // What some editors wrap around all that is pasted.
            if element.style.contains("font-weight:normal") { role = .inline } else { style.bold += 1 }
        case .italic: style.italic += 1
        case .struck: style.struck += 1
        case .code:
            style.code += 1
            if code != nil { code?.set(language: element.attribute("class")) }
        }
        return Open(role: role, element: element)
    }

    private mutating func enterContainer(_ role: inout ElementRole, _ element: UnsafePointer<GumboElement>) {
        endParagraph()
        if isInCell || heading != nil || code != nil {
            if case .item = role, isInCell { text.addBoundary(";") }
            role = .block
            return
        }
        switch role {
        case .list(let isOrdered):
            writer.openList(number: isOrdered ? element.number("start", in: 0...999_999, else: 1) : nil)
        case .item: writer.openItem()
        default: writer.openQuote()
        }
    }

    private mutating func leave(_ open: Open) {
        switch open.role {
        case .unseen, .inline, .lineBreak, .image, .rule: break
        case .block, .row: endParagraph()
        case .term:
            endParagraph()
            style.bold -= 1
        case .heading(let level):
            heading = nil
            let words = text.markdown(in: .heading)
            text = InlineText()
            if !words.isEmpty { writer.add([String(repeating: "#", count: level) + " " + words]) }
        case .list:
            endParagraph()
            writer.closeList()
        case .item, .quote:
            endParagraph()
            writer.close()
        case .preformatted:
            if let lines = code?.lines { writer.add(lines) }
            code = nil
        case .table:
            endParagraph()
            if let lines = table?.lines(), !lines.isEmpty { writer.add(lines) }
            table = nil
        case .cell:
            isInCell = false
            let columns = open.element.number("colspan", in: 1...TableRows.widthLimit, else: 1)
            let rows = open.element.number("rowspan", in: 1...1000, else: 1)
            table?.add(text.markdown(in: .cell), columns: columns, rows: rows)
            text = InlineText()
        case .link: _ = style.links.popLast()
        case .bold: style.bold -= 1
        case .italic: style.italic -= 1
        case .struck: style.struck -= 1
        case .code: style.code -= 1
        }
    }
}

/// How many elements of each kind are open.
private struct StyleCounts {
    var bold = 0
    var italic = 0
    var struck = 0
    var code = 0
    var links: [String?] = []

    var current: InlineStyle {
        InlineStyle(
            isBold: bold > 0, isItalic: italic > 0, isStruck: struck > 0, isCode: code > 0, link: links.last ?? nil)
    }
}

extension UnsafePointer<GumboElement> {
    /// What an image says: its alternative text, unless that is only the name of its file.
    fileprivate var words: String? {
        guard let text = attribute("alt") else { return nil }
        let isFile = !text.utf8.contains(0x20) && Self.fileEndings.contains { text.lowercased().hasSuffix($0) }
        return isFile ? nil : text
    }

    private static var fileEndings: [String] { [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"] }
}
