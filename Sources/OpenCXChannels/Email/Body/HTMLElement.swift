internal import CGumbo
internal import HTMLMarkdown
internal import Markdown

/// What matters of an element of a mail: whether it is seen, and what mail programs mean by it.
struct HTMLElement {
    enum Opened { case nothing, quote }

    let name: String
    let isHidden: Bool
    let isQuote: Bool
    let isSignature: Bool
    /// A paragraph that its program wants without space around it, as Outlook does.
    let isTightParagraph: Bool
    /// Where a link leads, if it may be followed.
    let link: String?
    /// What was opened for it.
    var opened = Opened.nothing
    /// Where the writer stood when a link began.
    var textStart = 0

    init(_ element: UnsafePointer<GumboElement>) {
        name = element.tagName
        let style = element.attribute("style").map(Self.compact) ?? ""
        let classes = Set((element.attribute("class") ?? "").lowercased().split(separator: " ").map(String.init))
        let id = (element.attribute("id") ?? "").lowercased()
        isHidden =
            Self.unseen.contains(name) || element.attribute("hidden") != nil
            || Self.hidingStyles.contains { style.contains($0) } || Self.hasNoSize(style)
        isQuote =
            name == "blockquote" && !classes.contains("gmail_default") || !classes.isDisjoint(with: Self.quoteClasses)
            || Self.quoteIDs.contains(id)
        isSignature = !classes.isDisjoint(with: Self.signatureClasses) || Self.signatureIDs.contains(id)
        isTightParagraph =
            name == "p"
            && (classes.contains("msonormal") || style.contains("margin:0") || style.contains("margin-bottom:0"))
        link = name == "a" ? element.attribute("href").flatMap(Self.followable) : nil
    }

    var isBlock: Bool { Self.blocks.contains(name) }

    /// A style in lower case without white space.
    private static func compact(_ style: String) -> String {
        String(decoding: style.utf8.prefix(4000).filter { $0 > 0x20 }, as: UTF8.self).lowercased()
    }

    private static func hasNoSize(_ style: String) -> Bool {
        for declaration in style.split(separator: ";") {
            switch declaration {
            case "font-size:0", "font-size:0px", "font-size:0pt", "font-size:0em", "max-height:0", "max-height:0px",
                "opacity:0", "opacity:0.0", "line-height:0", "line-height:0px", "max-width:0", "max-width:0px":
                return true
            default: continue
            }
        }
        return false
    }

    private static func followable(_ url: String) -> String? {
        let url = url.trimmingSpaces
        guard url.utf8.count <= 2000, let scheme = LinkSafety.scheme(of: url),
            ["http", "https", "mailto", "tel"].contains(scheme), !url.contains(where: \.isWhitespace)
        else { return nil }
        return url
    }

    private static let unseen: Set<String> = [
        "head", "style", "script", "title", "template", "object", "embed", "iframe", "svg", "math", "select",
        "canvas", "audio", "video", "map", "img", "meta", "link",
    ]
    private static let hidingStyles = ["display:none", "visibility:hidden", "mso-hide:all"]
    private static let quoteClasses: Set<String> = [
        "yahoo_quoted", "protonmail_quote", "tutanota_quote", "moz-cite-prefix", "zmail_extra",
        "freshdesk_quote", "front-blockquote", "hey-quote", "mailbox_quote",
    ]
    private static let quoteIDs: Set<String> = ["yahoo_quoted", "mail-quote", "replyquote"]
    private static let signatureClasses: Set<String> = [
        "moz-signature", "gmail_signature", "protonmail_signature_block", "signature", "email-signature",
        "elided-signature",
    ]
    private static let signatureIDs: Set<String> = ["signature", "ms-outlook-mobile-signature"]
    private static let blocks: Set<String> = [
        "address", "article", "aside", "body", "center", "dd", "div", "dt", "fieldset", "footer", "form", "header",
        "html",
        "main", "nav", "section", "tr", "caption", "legend", "details", "summary", "hr",
    ]
}
