/// A text's bytes in a plain form, with the place that each comes from.
///
/// Full-width and other scripts' digits, no-break spaces and typographic hyphens are what a telephone's keyboard or a copied
/// page puts into a number; here they are ASCII. Characters of no width are dropped. Made once for each text; every rule reads
/// this form.
struct PlainForm {
    /// From here on a plain byte's place differs from the one it would have after the byte before it.
    struct Anchor {
        var plain: Int
        var source: Int
        /// How many bytes of the source the plain byte at this anchor stands for.
        var width: Int
    }

    private(set) var bytes: [UInt8]
    /// In order; none when nothing was changed.
    private var anchors: [Anchor] = []
    /// Where a character of no width stood between two plain bytes.
    private(set) var seams: [Int] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "%") }) { simplify() }
    }

    /// A plain form of the plain form: `pieces` in order, each bytes that stand for a range of `text`'s bytes. Bytes of a piece
    /// as long as its range are placed one by one, those of another stand for all of it.
    init(_ pieces: [(bytes: ArraySlice<UInt8>, range: Range<Int>)], of text: PlainForm) {
        bytes = []
        bytes.reserveCapacity(text.bytes.count)
        for (piece, range) in pieces {
            if piece.count == range.count {
                for (byte, index) in zip(piece, range) { append(byte, from: text.place(of: index..<index + 1)) }
            } else {
                let place = text.place(of: range)
                for byte in piece { append(byte, from: place) }
            }
        }
    }

    /// The place in the source of a stretch of these bytes.
    func place(of range: Range<Int>) -> Range<Int> {
        guard !anchors.isEmpty, !range.isEmpty else { return range }
        let first = anchor(for: range.lowerBound)
        let last = anchor(for: range.upperBound - 1)
        let start = first.source + range.lowerBound - first.plain
        guard range.upperBound - 1 > last.plain else { return start..<max(start, last.source + last.width) }
        return start..<last.source + range.upperBound - last.plain
    }

    /// Whether the source has a character of no width before this plain byte.
    func isSeam(_ position: Int) -> Bool {
        var low = 0
        var high = seams.count
        while low < high {
            let middle = (low + high) / 2
            if seams[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low < seams.count && seams[low] == position
    }

    private func anchor(for position: Int) -> Anchor {
        var low = 0
        var high = anchors.count
        while low < high {
            let middle = (low + high) / 2
            if anchors[middle].plain <= position { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? Anchor(plain: 0, source: 0, width: 1) : anchors[low - 1]
    }

    private mutating func append(_ byte: UInt8, from place: Range<Int>) {
        anchors.append(Anchor(plain: bytes.count, source: place.lowerBound, width: place.count))
        bytes.append(byte)
    }

    private mutating func simplify() {
        let source = bytes
        var plain: [UInt8] = []
        plain.reserveCapacity(source.count)
        var position = 0
        var isShifted = false
        while position < source.count {
            let byte = source[position]
            let sign = byte < 0x80 ? Self.escape(at: position, in: source) : PlainSign(at: position, in: source)
            guard let sign else {
                if isShifted {
                    anchors.append(Anchor(plain: plain.count, source: position, width: 1))
                    isShifted = false
                }
                plain.append(byte)
                position += 1
                continue
            }
            if let meaning = sign.meaning {
                anchors.append(Anchor(plain: plain.count, source: position, width: sign.width))
                plain.append(meaning)
            } else {
                seams.append(plain.count)
            }
            position += sign.width
            isShifted = true
        }
        bytes = plain
    }

    /// `&#64;`, `&commat;`, `&nbsp;` and `%40`: how web pages write what an address is made of.
    private static func escape(at position: Int, in source: [UInt8]) -> PlainSign? {
        let byte = source[position]
        guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "%") else { return nil }
        let rest = source[position...].prefix(8)
        for (written, meaning) in [("&#64;", "@"), ("&commat;", "@"), ("%40", "@"), ("&nbsp;", " "), ("&#46;", ".")]
        where rest.starts(with: written.utf8) {
            return PlainSign(meaning: meaning.utf8.first, width: written.utf8.count)
        }
        return nil
    }
}
