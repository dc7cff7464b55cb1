/// Writes running text so that it is read as what it was: markers only where CommonMark takes them for such, everything else
/// escaped.
struct InlineWriter {
    typealias Piece = InlineText.Piece

    private var output = ""
    private var lineIsEmpty = true
    private let place: InlineText.Place

    /// The Markdown of a text.
    static func markdown(of pieces: [Piece], in place: InlineText.Place) -> String {
        var pieces = pieces
        InlineMarkers.settle(&pieces, allowsBold: place == .paragraph)
        var writer = InlineWriter(place: place)
        writer.write(pieces)
        if place == .heading, writer.output.utf8.last == UInt8(ascii: "#") {
            writer.output.insert("\\", at: writer.output.index(before: writer.output.endIndex))
        }
        return writer.output
    }

    private init(place: InlineText.Place) {
        self.place = place
    }

    private enum Marker: Equatable {
        case link(String)
        case bold, italic, struck

        static func all(of style: InlineStyle) -> [Marker] {
            var markers: [Marker] = []
            if let link = style.link { markers.append(.link(link)) }
            if style.isBold { markers.append(.bold) }
            if style.isItalic { markers.append(.italic) }
            if style.isStruck { markers.append(.struck) }
            return markers
        }
    }

    private mutating func write(_ pieces: [Piece]) {
        var open: [Marker] = []
        for piece in pieces {
            let wanted = Marker.all(of: piece.style)
            let shared = zip(open, wanted).prefix { $0 == $1 }.count
            for marker in open[shared...].reversed() { close(marker) }
            for marker in wanted[shared...] { begin(marker) }
            open = wanted
            switch piece.kind {
            case .space: output += " "
            case .lineBreak where place == .paragraph:
                output += "  \n"
                lineIsEmpty = true
            case .lineBreak: output += " "
            case .code: add(code(piece.text))
            case .text:
                let isInLink = piece.style.link != nil
                add(MarkdownEscaping.escape(piece.text, beginsLine: lineIsEmpty, isInLink: isInLink))
            }
        }
        for marker in open.reversed() { close(marker) }
    }

    private mutating func add(_ text: String) {
        output += text
        lineIsEmpty = false
    }

    private mutating func begin(_ marker: Marker) {
        switch marker {
        case .link:
            // Behind an exclamation mark a link would be an image.
            if output.utf8.last == UInt8(ascii: "!") {
                output.insert("\\", at: output.index(before: output.endIndex))
            }
            add("[")
        case .bold: add("**")
        case .italic: add("*")
        case .struck: add("~~")
        }
    }

    private mutating func close(_ marker: Marker) {
        switch marker {
        case .link(let url): output += "](\(MarkdownEscaping.destination(url)))"
        default: begin(marker)
        }
    }

    private func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: MarkdownEscaping.longestRun(of: UInt8(ascii: "`"), in: text) + 1)
        let ends = [text.utf8.first, text.utf8.last]
        let space = ends.contains(UInt8(ascii: "`")) ? " " : ""
        let text = place == .cell ? text.unicodeScalars.reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) } : text
        return fence + space + text + space + fence
    }
}
