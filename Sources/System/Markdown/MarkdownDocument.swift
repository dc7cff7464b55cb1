internal import CMarkdown
internal import Synchronization

/// A parsed Markdown text: the one place that owns cmark-gfm's memory.
///
/// CommonMark with GFM's tables, strikethrough and bare links. Nodes are only handed to closures and passes that run while
/// the document lives; whoever unlinks a node frees it at once.
package struct MarkdownDocument: ~Copyable {
    private let root: MarkdownNode

    /// Registering is process-global and not thread-safe in C; a `static let` runs once, and before anybody goes on.
    private static let registerExtensions: Void = cmark_gfm_core_extensions_ensure_registered()

    /// Which characters mean something to extensions stands in one table of the process, which cmark-gfm changes while it reads inlines:
    /// of two texts that are parsed at the same time, one would lose its strikethroughs. So they are parsed one after the other.
    private static let parsing = Mutex(())

    /// Invalid UTF-8 and NUL become U+FFFD; soft line breaks are rendered as spaces.
    private static let options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_NOBREAKS

    /// Parses a text.
    ///
    /// - Throws: ``MarkdownLimitError`` for a text that cmark-gfm would spend too much time or memory on.
    package init(_ text: [UInt8]) throws(MarkdownLimitError) {
        try MarkdownCost.check(text)
        Self.registerExtensions
        // cmark ends the process when it is out of memory, and returns a document otherwise.
        guard let parser = cmark_parser_new(Self.options) else { throw .outOfMemory }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink"] {
            cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
        }
        var document: OpaquePointer?
        Self.parsing.withLock { _ in
            text.withUnsafeBytes { bytes in
                cmark_parser_feed(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            document = cmark_parser_finish(parser)
        }
        guard let document else { throw .outOfMemory }
        root = MarkdownNode(document)
    }

    deinit {
        root.free()
    }

    /// Hands out the tree.
    package func withRoot<Result, Failure: Error>(_ body: (MarkdownNode) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        try body(root)
    }

    /// The document as CommonMark, one line a paragraph.
    package func commonMark() -> String {
        // Of a document without blocks, cmark-gfm makes an empty line.
        if root.first == nil { return "" }
        return MarkdownNode.string(taking: cmark_render_commonmark(root.pointer, Self.options, 0))
    }

    /// The document as HTML; cmark-gfm lets no raw HTML and no `javascript:` link through.
    ///
    /// - Parameter keepsLineBreaks: whether a line break within a paragraph stays one, as people who chat expect.
    package func html(keepsLineBreaks: Bool = false) -> String {
        let options = keepsLineBreaks ? CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS : Self.options
        return MarkdownNode.string(taking: cmark_render_html(root.pointer, options, nil))
    }
}

/// A node of a parsed Markdown text.
///
/// Valid as long as its ``MarkdownDocument`` is, or until it is freed.
package struct MarkdownNode {
    fileprivate let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// What sort of node it is.
    package enum Kind {
        case document, paragraph, heading, list, codeBlock, html, text, code, lineBreak, link, image, otherBlock
        case otherInline
    }

    package var kind: Kind {
        switch cmark_node_get_type(pointer) {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE: .html
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        case let type: type.rawValue & UInt32(CMARK_NODE_TYPE_MASK) == 0xC000 ? .otherInline : .otherBlock
        }
    }

    package var first: MarkdownNode? { cmark_node_first_child(pointer).map(MarkdownNode.init) }
    package var next: MarkdownNode? { cmark_node_next(pointer).map(MarkdownNode.init) }
    package var headingLevel: Int {
        get { Int(cmark_node_get_heading_level(pointer)) }
        nonmutating set { cmark_node_set_heading_level(pointer, Int32(clamping: newValue)) }
    }

    /// The text of a text, code or code block node.
    package var literal: String { Self.string(cmark_node_get_literal(pointer)) }

    /// The target of a link.
    package var url: String {
        get { Self.string(cmark_node_get_url(pointer)) }
        nonmutating set { cmark_node_set_url(pointer, newValue) }
    }

    /// The language of a code block.
    package var fenceInfo: String {
        get { Self.string(cmark_node_get_fence_info(pointer)) }
        nonmutating set { cmark_node_set_fence_info(pointer, newValue) }
    }

    /// Whether a list is numbered.
    package var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }

    /// Writes a list's numbers as `1.`, never as `1)`.
    package func usePeriods() {
        cmark_node_set_list_delim(pointer, CMARK_PERIOD_DELIM)
    }

    /// Every node below this one with its depth (1 for a child), parents before children.
    ///
    /// A list, so that the caller may change the tree while going through it, and without recursion, so that no nesting is
    /// too deep for the stack.
    package func descendants() -> [(node: MarkdownNode, depth: Int)] {
        guard let iterator = cmark_iter_new(pointer) else { return [] }
        defer { cmark_iter_free(iterator) }
        var nodes: [(node: MarkdownNode, depth: Int)] = []
        var depth = 0
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return nodes }
            guard let node = cmark_iter_get_node(iterator), node != pointer else { continue }
            // Leaves have no exit event.
            let isLeaf = cmark_node_first_child(node) == nil && Self.isLeaf(node)
            if event == CMARK_EVENT_ENTER {
                nodes.append((MarkdownNode(node), depth + 1))
                if !isLeaf { depth += 1 }
            } else {
                depth -= 1
            }
        }
    }

    /// Puts the children in the node's stead.
    package func replaceByChildren() {
        while let child = cmark_node_first_child(pointer) {
            guard cmark_node_insert_before(pointer, child) == 1 else { break }
        }
        free()
    }

    /// Puts what raw HTML says in its stead, as text or, where it is a block, as code.
    package func showRawHTML() {
        let isBlock = cmark_node_get_type(pointer) == CMARK_NODE_HTML_BLOCK
        if let shown = cmark_node_new(isBlock ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT) {
            cmark_node_set_literal(shown, cmark_node_get_literal(pointer))
            if cmark_node_insert_before(pointer, shown) != 1 { cmark_node_free(shown) }
        }
        free()
    }

    /// Moves another list's items to the end of this one, and frees the other.
    package func takeItems(of other: MarkdownNode) {
        while let item = cmark_node_first_child(other.pointer) {
            guard cmark_node_append_child(pointer, item) == 1 else { break }
        }
        other.free()
    }

    /// Puts an invisible block after this one, which keeps cmark-gfm from writing `<!-- end list -->` there.
    package func separateFromNext() {
        guard let separator = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
        if cmark_node_insert_after(pointer, separator) != 1 { cmark_node_free(separator) }
    }

    /// Takes the node and what is below it out of the tree.
    package func free() {
        cmark_node_free(pointer)
    }

    private static func isLeaf(_ node: OpaquePointer) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT,
            CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
            true
        default: false
        }
    }

    private static func string(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }

    /// A string that C allocated for us.
    fileprivate static func string(taking text: UnsafeMutablePointer<CChar>?) -> String {
        guard let text else { return "" }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }
}
