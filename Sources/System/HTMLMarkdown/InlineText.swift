/// How a piece of running text looks, and where it leads.
struct InlineStyle: Hashable {
    var isBold = false
    var isItalic = false
    var isStruck = false
    var isCode = false
    var link: String?
}

/// The running text of one paragraph, heading or cell, as it is read.
struct InlineText {
    /// Where a text stands, and so what of it has to be told from markup.
    enum Place { case paragraph, heading, cell }

    struct Piece {
        enum Kind { case text, code, space, lineBreak }

        var kind: Kind
        var text: String
        var style: InlineStyle
    }

    private var pieces: [Piece] = []

    var isEmpty: Bool { pieces.isEmpty }

    /// Adds text of an element: white space runs together, and what has no width goes.
    mutating func add(_ text: String, _ style: InlineStyle) {
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            // A blank that does not break is what editors write for one that is seen.
            case " ", "\n", "\t", "\r", "\u{C}", "\u{A0}", "\u{2007}", "\u{2028}", "\u{2029}", "\u{85}":
                add(&word, style)
                addSpace(style)
            case "\u{200B}", "\u{FEFF}", "\u{AD}", "\u{2060}": break
            default: word.append(scalar)
            }
        }
        add(&word, style)
    }

    private mutating func add(_ word: inout String.UnicodeScalarView, _ style: InlineStyle) {
        if word.isEmpty { return }
        let kind: Piece.Kind = style.isCode ? .code : .text
        if let last = pieces.indices.last, pieces[last].kind == kind, pieces[last].style == style {
            pieces[last].text += String(word)
        } else if let last = pieces.indices.last, last > 0, pieces[last].kind == .space,
            pieces[last].style == style, pieces[last - 1].kind == kind, pieces[last - 1].style == style
        {
            pieces.removeLast()
            pieces[last - 1].text += " "
            pieces[last - 1].text += String(word)
        } else {
            pieces.append(Piece(kind: kind, text: String(word), style: style))
        }
        word = String.UnicodeScalarView()
    }

    /// A space, unless there is one.
    mutating func addSpace(_ style: InlineStyle) {
        switch pieces.last?.kind {
        case nil, .space, .lineBreak: break
        case .text, .code: pieces.append(Piece(kind: .space, text: " ", style: style))
        }
    }

    /// What keeps the parts of a cell or a heading apart.
    mutating func addBoundary(_ mark: String = "") {
        if pieces.last?.kind == .space { pieces.removeLast() }
        guard let last = pieces.last else { return }
        if !mark.isEmpty, let scalar = last.text.unicodeScalars.last, !".,;:!?".unicodeScalars.contains(scalar) {
            pieces.append(Piece(kind: .text, text: mark, style: InlineStyle()))
        }
        addSpace(InlineStyle())
    }

    /// A line break of the author's; several are one.
    mutating func addLineBreak() {
        if pieces.last?.kind == .space { pieces.removeLast() }
        guard let last = pieces.last, last.kind != .lineBreak else { return }
        pieces.append(Piece(kind: .lineBreak, text: "", style: InlineStyle()))
    }

    /// The text as Markdown: lines with a hard break between them, or one line in a heading or a cell.
    func markdown(in place: Place) -> String {
        var pieces = self.pieces
        while let last = pieces.last, last.kind == .space || last.kind == .lineBreak { pieces.removeLast() }
        return InlineWriter.markdown(of: pieces, in: place)
    }
}
