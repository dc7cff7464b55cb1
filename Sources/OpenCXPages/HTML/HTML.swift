internal import Markdown
internal import OpenCXCore

/// A piece of a page.
///
/// Text becomes one by being escaped, an element by its ``Tag``, and there is no other way from a string to markup than through the
/// Markdown face, which lets no raw HTML through. So whatever a customer, a model or an article says, it stays text.
struct HTML: Sendable {
    /// What goes over the wire.
    private(set) var markup: String

    private init(markup: String) {
        self.markup = markup
    }

    /// Nothing.
    init() {
        markup = ""
    }

    /// A text, escaped.
    init(_ text: String) {
        markup = HTMLEscaping.escaped(text)
    }

    /// An element.
    init(_ tag: Tag, _ attributes: [Attribute], _ content: HTML) {
        var markup = "<\(tag.name)"
        for attribute in attributes { markup += attribute.markup }
        markup += ">"
        if !tag.isVoid { markup += content.markup + "</\(tag.name)>" }
        self.markup = markup
    }

    /// What somebody said in a conversation, as Markdown.
    static func said(_ text: RedactedText) -> HTML {
        HTML(markup: PlaceholderMarks.mark(in: MarkdownRendering.conversation.html(of: text.text)))
    }

    /// A part of an article of the team.
    static func article(_ text: RedactedText) -> HTML {
        var rendering = MarkdownRendering.conversation
        rendering.keepsLineBreaks = false
        rendering.showsRawHTML = false
        return HTML(markup: rendering.html(of: text.text))
    }

    /// Text that may hold placeholders, and is no Markdown.
    static func redacted(_ text: RedactedText) -> HTML {
        HTML(markup: PlaceholderMarks.mark(in: HTMLEscaping.escaped(text.text)))
    }

    /// One piece after the other.
    static func += (html: inout HTML, other: HTML) {
        html.markup += other.markup
    }

    /// The page's bytes.
    func document() -> [UInt8] {
        Array(("<!doctype html>\n" + markup + "\n").utf8)
    }
}

/// Finds the placeholders of personal data in markup, so that a page can show what they stand for to whom it may.
enum PlaceholderMarks {
    /// Puts an element around each placeholder that stands in text; one in an attribute is left alone.
    ///
    /// - Parameter markup: what cmark-gfm or `HTMLEscaping` wrote: no `<` or `>` in it but those of tags.
    static func mark(in markup: String) -> String {
        guard markup.utf8.contains(UInt8(ascii: "[")) else { return markup }
        var result = ""
        var rest = markup[...]
        while let next = rest.firstIndex(where: { $0 == "<" || $0 == "[" }) {
            result += rest[..<next]
            rest = rest[next...]
            if rest[next] == "<" {
                let end = rest.firstIndex(of: ">").map { rest.index(after: $0) } ?? rest.endIndex
                result += rest[..<end]
                rest = rest[end...]
            } else if let end = rest.firstIndex(of: "]"), let name = placeholder(rest[rest.index(after: next)..<end]) {
                result += "<mark class=\"masked\">[\(name)]</mark>"
                rest = rest[rest.index(after: end)...]
            } else {
                result += "["
                rest = rest[rest.index(after: next)...]
            }
        }
        return result + rest
    }

    /// Capital letters, underscores and a number at the end, nothing else.
    private static func placeholder(_ text: Substring) -> Substring? {
        guard text.utf8.count <= 64, let underscore = text.lastIndex(of: "_") else { return nil }
        let kind = text[..<underscore]
        let number = text[text.index(after: underscore)...]
        let isKind =
            !kind.isEmpty && kind.utf8.allSatisfy { (65...90).contains($0) || $0 == 95 || (48...57).contains($0) }
        return isKind && !number.isEmpty && number.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
    }
}
