/// Puts the pieces of an element together: elements, texts (which are escaped), conditions and loops.
@resultBuilder
enum HTMLBuilder {
    static func buildExpression(_ piece: HTML) -> HTML { piece }
    static func buildExpression(_ text: String) -> HTML { HTML(text) }
    static func buildExpression(_ piece: HTML?) -> HTML { piece ?? HTML() }
    static func buildPartialBlock(first: HTML) -> HTML { first }
    static func buildPartialBlock(accumulated: HTML, next: HTML) -> HTML {
        var html = accumulated
        html += next
        return html
    }
    static func buildBlock() -> HTML { HTML() }
    static func buildOptional(_ piece: HTML?) -> HTML { piece ?? HTML() }
    static func buildEither(first: HTML) -> HTML { first }
    static func buildEither(second: HTML) -> HTML { second }
    static func buildArray(_ pieces: [HTML]) -> HTML {
        var html = HTML()
        for piece in pieces { html += piece }
        return html
    }
}

/// Several pieces in a row, without an element around them.
func group(@HTMLBuilder _ content: () throws -> HTML) rethrows -> HTML { try content() }
