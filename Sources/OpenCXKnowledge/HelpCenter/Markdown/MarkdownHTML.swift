/// Markdown for web pages.
public enum MarkdownHTML {
    /// Renders Markdown as HTML that is safe to put into a page, whoever wrote it.
    ///
    /// CommonMark with GFM's tables, strikethrough and bare links. Raw HTML and comments are dropped; of images the
    /// alternative text stays, so that nothing is loaded from elsewhere; links lead to `http`, `https`, `mailto` and `tel`
    /// addresses or stay within the site, and all others become their text. A text that cannot be rendered in reasonable
    /// time (nested hundreds deep, over a megabyte, …) is shown as it is, in a `<pre>`.
    public static func renderHTML(_ markdown: String) -> String {
        let bytes = Array(markdown.utf8)
        guard bytes.count <= sizeLimit else { return plain(markdown) }
        do {
            let document = try MarkdownDocument(bytes)
            try document.clean { LinkSafety.isSafe($0) ? $0 : nil }
            return document.html()
        } catch {
            return plain(markdown)
        }
    }

    private static let sizeLimit = 1 << 20

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

/// Which link targets may stand in an article or on a page.
enum LinkSafety {
    private static let schemes: Set<String> = ["http", "https", "mailto", "tel"]

    /// The scheme in lower case, or `nil` for a relative link. White space and control characters before it do not count,
    /// for browsers skip them too.
    static func scheme(of url: String) -> String? {
        let rest = url.unicodeScalars.drop { $0.value <= 0x20 }
        guard let colon = rest.firstIndex(where: { ":/?#".unicodeScalars.contains($0) }), rest[colon] == ":" else {
            return nil
        }
        // Browsers also skip these inside of it.
        let name = rest[..<colon].filter { $0.value > 0x20 }
        return String(String.UnicodeScalarView(name)).lowercased()
    }

    static func isSafe(_ url: String) -> Bool {
        scheme(of: url).map(schemes.contains) ?? true
    }
}
