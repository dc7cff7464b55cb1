/// What an element means for a text without a style sheet.
enum ElementRole {
    /// Nothing of it is text.
    case unseen
    /// A part of the running text without a meaning of its own.
    case inline
    /// Stands apart from what is before and behind it.
    case block
    case heading(Int)
    case list(isOrdered: Bool)
    case item
    case quote
    case preformatted
    case rule
    case table, row, cell
    /// The term of a definition.
    case term
    case lineBreak
    case image
    case link
    case bold, italic, struck, code

    init(_ name: String) {
        self = Self.roles[name] ?? .inline
    }

    private static let roles: [String: ElementRole] = {
        var roles: [String: ElementRole] = [
            "ul": .list(isOrdered: false), "ol": .list(isOrdered: true), "menu": .list(isOrdered: false), "li": .item,
            "blockquote": .quote, "pre": .preformatted, "hr": .rule, "table": .table, "tr": .row, "td": .cell,
            "th": .cell, "dt": .term, "br": .lineBreak, "img": .image, "a": .link, "b": .bold, "strong": .bold,
            "i": .italic, "em": .italic, "s": .struck, "del": .struck, "strike": .struck, "code": .code, "kbd": .code,
            "samp": .code, "tt": .code,
        ]
        for level in 1...6 { roles["h\(level)"] = .heading(level) }
        for name in [
            "head", "style", "script", "noscript", "title", "template", "object", "embed", "iframe", "svg", "math",
            "select", "canvas", "audio", "video", "map", "meta", "link", "input", "textarea", "colgroup", "datalist",
        ] { roles[name] = .unseen }
        for name in [
            "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
            "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "nav",
            "p", "section", "summary", "tbody", "thead", "tfoot",
        ] { roles[name] = .block }
        return roles
    }()
}
