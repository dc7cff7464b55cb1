internal import CGumbo
internal import HTMLMarkdown

/// What a reader of an HTML mail sees, as plain text in the notation of plain mails: quoted text has `> ` before it, a signature
/// `-- ` above it, links their address behind them.
///
/// Parsed by Gumbo, as browsers do. What is hidden is left out, and so is everything that is loaded from elsewhere.
package struct HTMLText: Sendable {
    /// Whether links keep their addresses.
    package var keepsLinks: Bool
    /// Whether quoted text is marked. Without, it stands there like the rest.
    package var marksQuotes: Bool

    package init(keepsLinks: Bool = true, marksQuotes: Bool = true) {
        self.keepsLinks = keepsLinks
        self.marksQuotes = marksQuotes
    }

    /// The text of a page.
    package func text(of html: String) -> String {
        let bytes = Array(html.utf8)
        guard HTMLCost.isBearable(bytes) else { return TagStripper.text(of: bytes) }
        let output = bytes.withUnsafeBytes { bytes in
            opencx_gumbo_parse(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard let output else { return TagStripper.text(of: bytes) }
        defer { opencx_gumbo_free(output) }
        guard let root = output.pointee.root else { return "" }
        var writer = TextWriter()
        write(UnsafePointer(root), into: &writer)
        return writer.finish()
    }

    /// What is still to be done, so that no nesting is too deep for the stack.
    private enum Step {
        case enter(UnsafePointer<GumboNode>)
        case leave(HTMLElement)
    }

    private func write(_ root: UnsafePointer<GumboNode>, into writer: inout TextWriter) {
        var steps: [Step] = [.enter(root)]
        while let step = steps.popLast() {
            switch step {
            case .leave(let element): leave(element, &writer)
            case .enter(let node):
                if let text = opencx_gumbo_text(node) {
                    writer.add(String(cString: text))
                    continue
                }
                guard let pointer = opencx_gumbo_element(node) else { continue }
                var element = HTMLElement(pointer)
                if element.isHidden { continue }
                enter(&element, &writer)
                steps.append(.leave(element))
                for index in (0..<pointer.pointee.children.length).reversed() {
                    if let child = opencx_gumbo_child(pointer, index) { steps.append(.enter(child)) }
                }
            }
        }
    }

    private func enter(_ element: inout HTMLElement, _ writer: inout TextWriter) {
        if marksQuotes, element.isQuote {
            writer.block(margin: 1)
            writer.quoteDepth += 1
            element.opened = .quote
        } else if element.isSignature, writer.quoteDepth == 0 {
            writer.block(margin: 0)
            writer.addLine("-- ")
        }
        switch element.name {
        case "br": writer.lineBreak()
        case "pre", "textarea":
            writer.block(margin: 1)
            writer.keepsSpaces += 1
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "hr", "blockquote", "figure":
            writer.block(margin: element.isTightParagraph ? 0 : 1)
            if element.name == "ol" { writer.lists.append(1) }
            if element.name == "ul" { writer.lists.append(nil) }
        case "li":
            writer.block(margin: 0)
            writer.addMarker()
        case "td", "th": writer.cell()
        default: if element.isBlock { writer.block(margin: 0) }
        }
        if element.name == "a" { element.textStart = writer.length }
    }

    private func leave(_ element: HTMLElement, _ writer: inout TextWriter) {
        switch element.name {
        case "pre", "textarea":
            writer.block(margin: 1)
            writer.keepsSpaces -= 1
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "figure":
            writer.block(margin: element.isTightParagraph ? 0 : 1)
            if element.name == "ol" || element.name == "ul" { _ = writer.lists.popLast() }
        case "a":
            if keepsLinks, let link = element.link { writer.addLink(link, behind: element.textStart) }
        default: if element.isBlock { writer.block(margin: 0) }
        }
        if element.opened == .quote {
            writer.block(margin: 1)
            writer.quoteDepth -= 1
        }
    }
}
