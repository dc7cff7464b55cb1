extension MarkdownDocument {
    /// Where a link leads after cleaning; `nil` leaves only its text.
    package typealias LinkRule = (_ url: String) -> String?

    /// Takes out what must reach neither the index nor a page: raw HTML, comments, images (their alternative text stays)
    /// and links that the rule does not want.
    ///
    /// - Parameters:
    ///   - showsRawHTML: whether raw HTML becomes text instead of being taken out.
    ///   - rule: which links stay.
    /// - Throws: ``MarkdownLimitError`` when the text is nested too deeply to be rendered in reasonable time.
    package func clean(showsRawHTML: Bool = false, links rule: LinkRule) throws(MarkdownLimitError) {
        try withRoot { root throws(MarkdownLimitError) in
            let nodes = root.descendants()
            if nodes.contains(where: { $0.depth > MarkdownCost.depthLimit }) { throw .nesting }
            // From the back: what stands in a node is done before the node itself, and nothing is visited once it is freed.
            for (node, _) in nodes.reversed() {
                switch node.kind {
                case .html: if showsRawHTML { node.showRawHTML() } else { node.free() }
                case .image: node.replaceByChildren()
                case .link: Self.clean(link: node, by: rule)
                case .paragraph where node.first == nil: node.free()
                default: break
                }
            }
        }
    }

    private static func clean(link: MarkdownNode, by rule: LinkRule) {
        let old = link.url
        if link.first != nil, let url = rule(old) {
            if url != old { link.url = url }
        } else {
            link.replaceByChildren()
        }
    }

    /// Brings lists and code into the one form that later stages expect: `1.` for every numbered list, no two lists of a
    /// kind side by side, every code block fenced, and no `<!-- end list -->` in between.
    package func normalizeBlocks() {
        withRoot { root in
            for (node, _) in root.descendants().reversed() {
                switch node.kind {
                case .list:
                    if node.isOrdered { node.usePeriods() }
                    Self.separate(list: node)
                case .codeBlock where node.fenceInfo.isEmpty:
                    // Without a language cmark-gfm indents the code, and right after a list it would become part of that.
                    node.fenceInfo = "text"
                default: break
                }
            }
        }
    }

    private static func separate(list: MarkdownNode) {
        guard let next = list.next else { return }
        if next.kind == .list, next.isOrdered == list.isOrdered {
            list.takeItems(of: next)
            separate(list: list)
        } else if next.kind == .list || next.kind == .codeBlock {
            list.separateFromNext()
        }
    }

    /// The text of the first heading, if there is one.
    package func firstHeading() -> String? {
        withRoot { root in
            root.descendants().first { $0.node.kind == .heading }.map { $0.node.plainText }
        }
    }

    /// Takes out the heading that the text starts with when it only repeats the title.
    package func removeLeadingHeading(equalTo title: String) {
        withRoot { root in
            guard let first = root.first, first.kind == .heading, first.headingLevel == 1,
                first.plainText.lowercased() == title.lowercased()
            else { return }
            first.free()
        }
    }
}

extension MarkdownNode {
    /// The text without any markup, white space run together.
    package var plainText: String {
        var text = ""
        for (node, _) in descendants() {
            switch node.kind {
            case .text, .code: text += node.literal
            case .lineBreak: text += " "
            default: break
            }
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
