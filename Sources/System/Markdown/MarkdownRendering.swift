/// How a Markdown text becomes HTML that is safe to put into a page, whoever wrote the text.
///
/// CommonMark with GFM's tables, strikethrough and bare links. Of images the alternative text stays, so that nothing is loaded
/// from elsewhere. A text that cannot be rendered in reasonable time (nested hundreds deep, over a megabyte, …) is shown as it is,
/// in a `<pre>`.
package struct MarkdownRendering: Sendable {
    /// Whether raw HTML is shown as text; otherwise it is dropped.
    package var showsRawHTML: Bool
    /// Whether a line break within a paragraph stays one.
    package var keepsLineBreaks: Bool
    /// By how many levels headings are lowered, so that they stand below those of the page.
    package var headingShift: Int
    /// Where links may lead; another becomes its text.
    package var links: Links

    package enum Links: Sendable {
        /// Web, mail and telephone addresses, and pages of the same site.
        case site
        /// Web and mail addresses only. They open in a page of their own, which learns nothing of this one.
        case elsewhere
    }

    /// For a help article: written by the team, on a page of its own.
    package static let article = Self(showsRawHTML: false, keepsLineBreaks: false, headingShift: 0, links: .site)
    /// For what somebody says in a conversation: nothing of it is left out.
    package static let conversation = Self(
        showsRawHTML: true, keepsLineBreaks: true, headingShift: 3, links: .elsewhere)

    /// Renders a text.
    package func html(of markdown: String) -> String {
        let bytes = Array(markdown.utf8)
        guard bytes.count <= Self.sizeLimit else { return Self.plain(markdown) }
        do {
            let document = try MarkdownDocument(bytes)
            try document.clean(showsRawHTML: showsRawHTML) { isAllowed($0) ? $0 : nil }
            if headingShift > 0 { document.lowerHeadings(by: headingShift) }
            let html = document.html(keepsLineBreaks: keepsLineBreaks)
            return links == .elsewhere ? Self.detachingLinks(in: html) : html
        } catch {
            return Self.plain(markdown)
        }
    }

    private static let sizeLimit = 1 << 20

    private func isAllowed(_ url: String) -> Bool {
        switch links {
        case .site: LinkSafety.isSafe(url)
        case .elsewhere: LinkSafety.scheme(of: url).map { ["http", "https", "mailto"].contains($0) } ?? false
        }
    }

    /// In what cmark-gfm writes, every `<` of a text or an address is escaped, so this can be nothing but the beginning of a link.
    private static func detachingLinks(in html: String) -> String {
        let start = Array("<a href=".utf8)
        let attributes = Array("<a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=".utf8)
        let bytes = Array(html.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            if bytes[place] == start[0], bytes[place...].starts(with: start) {
                result += attributes
                place += start.count
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func plain(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case 0: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        return "<pre>" + String(decoding: bytes, as: UTF8.self) + "</pre>\n"
    }
}

extension MarkdownDocument {
    fileprivate func lowerHeadings(by levels: Int) {
        withRoot { root in
            for (node, _) in root.descendants() where node.kind == .heading {
                node.headingLevel = min(6, node.headingLevel + levels)
            }
        }
    }
}
