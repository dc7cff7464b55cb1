/// Takes bold, italic and struck text back where CommonMark would not read its markers as such.
enum InlineMarkers {
    typealias Piece = InlineText.Piece

    static func settle(_ pieces: inout [Piece], allowsBold: Bool) {
        for index in pieces.indices {
            if !allowsBold { pieces[index].style.isBold = false }
            pieces[index].style.isCode = false
            if pieces[index].kind == .space || pieces[index].kind == .lineBreak {
                pieces[index].style = Self.shared(by: pieces, around: index, allowsBold: allowsBold)
            }
        }
        settle(\.isBold, within: { $0.link }, &pieces)
        settle(\.isItalic, within: { Key(link: $0.link, isBold: $0.isBold) }, &pieces)
        settle(\.isStruck, within: { Key(link: $0.link, isBold: $0.isBold, isItalic: $0.isItalic) }, &pieces)
    }

    private struct Key: Equatable {
        var link: String?
        var isBold = false
        var isItalic = false
    }

    /// White space looks as what is on both sides of it; a line break as nothing.
    private static func shared(by pieces: [Piece], around index: Int, allowsBold: Bool) -> InlineStyle {
        var style = InlineStyle()
        guard pieces[index].kind == .space, index > 0, index + 1 < pieces.count else { return style }
        let (before, behind) = (pieces[index - 1].style, pieces[index + 1].style)
        if before.link == behind.link { style.link = before.link }
        style.isBold = allowsBold && before.isBold && behind.isBold
        style.isItalic = before.isItalic && behind.isItalic
        style.isStruck = before.isStruck && behind.isStruck
        return style
    }

    /// Goes through the runs of a style within one surrounding, and clears those whose markers would not be read.
    private static func settle<Surrounding: Equatable>(
        _ style: WritableKeyPath<InlineStyle, Bool>, within surrounding: (InlineStyle) -> Surrounding,
        _ pieces: inout [Piece]
    ) {
        var start = 0
        while start < pieces.count {
            guard pieces[start].style[keyPath: style] else {
                start += 1
                continue
            }
            let around = surrounding(pieces[start].style)
            var end = start + 1
            while end < pieces.count, pieces[end].style[keyPath: style], surrounding(pieces[end].style) == around {
                end += 1
            }
            if !isReadable(pieces, start..<end) {
                for index in start..<end { pieces[index].style[keyPath: style] = false }
            }
            start = end
        }
    }

    /// CommonMark's rule of flanking, told by the text at both ends; and no marker begins where another one ends.
    private static func isReadable(_ pieces: [Piece], _ run: Range<Int>) -> Bool {
        let (first, last) = (pieces[run.lowerBound], pieces[run.upperBound - 1])
        guard first.kind == .text || first.kind == .code, last.kind == .text || last.kind == .code else { return false }
        let before = run.lowerBound > 0 ? pieces[run.lowerBound - 1] : nil
        let behind = run.upperBound < pieces.count ? pieces[run.upperBound] : nil
        if let before, before.kind == .text || before.kind == .code {
            if ends(before.style, at: first.style) { return false }
            if isPunctuation(edge(of: first, \.first)), !isPunctuation(edge(of: before, \.last)) { return false }
        }
        if let behind, behind.kind == .text || behind.kind == .code {
            if isPunctuation(edge(of: last, \.last)), !isPunctuation(edge(of: behind, \.first)) { return false }
        }
        return true
    }

    private static func ends(_ style: InlineStyle, at next: InlineStyle) -> Bool {
        style.isBold && !next.isBold || style.isItalic && !next.isItalic || style.isStruck && !next.isStruck
            || style.link != next.link && (style.isBold || style.isItalic || style.isStruck)
    }

    private static func edge(
        of piece: Piece, _ end: (String.UnicodeScalarView) -> Unicode.Scalar?
    ) -> Unicode.Scalar {
        if piece.kind == .code { return "`" }
        let text = MarkdownEscaping.escape(piece.text, beginsLine: false, isInLink: piece.style.link != nil)
        return end(text.unicodeScalars) ?? " "
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .spaceSeparator:
            true
        default: false
        }
    }
}
