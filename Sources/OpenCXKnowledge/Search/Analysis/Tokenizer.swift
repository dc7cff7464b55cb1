/// Cuts text into words.
///
/// A word is a run of letters and digits, with apostrophes inside (`don't`); an ideograph is a word of its own. Words joined
/// by `-`, `_`, `.` or `:` make a chunk. A chunk that looks like a code or an identifier (`E-1042`, `about:config`,
/// `mail.server.default`) comes as a word of its own too, without hyphens and underscores, so that `FH10423` finds
/// `FH-10423`; and one letter before a hyphen is drawn to its word (`e-mail` is `email` as well as `mail`).
///
/// One pass, linear in the text; words longer than ``maximumWordLength`` bytes are not words of any language and are left
/// out.
struct Tokenizer {
    /// Bytes a word may have, in lower case.
    static let maximumWordLength = 64

    /// What a token is.
    enum Kind {
        /// A word that stands beside its neighbours.
        case word
        /// A part of something that has come as a whole, or the whole of something that has come in parts.
        case aside
    }

    /// Whether an apostrophe ends a word, as in French and Italian (`l'adresse`).
    var splitsAtApostrophe = false

    private struct Part {
        var start: Int
        var end: Int
        var source: Range<Int>
    }
    private var lower: [UInt8] = []
    private var parts: [Part] = []
    private var connectors: [UInt8] = []

    /// Calls `emit` with every token: its kind, its lower-case bytes and its place in the text.
    mutating func forEachToken(
        in text: UnsafeBufferPointer<UInt8>,
        _ emit: (Kind, UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if ASCII.isLetterOrDigit(byte) { readChunk(text, &index, emit) } else { index += 1 }
                continue
            }
            let (scalar, length) = Scalars.decode(text, at: index)
            switch Scalars.kind(scalar) {
            case .letter: readChunk(text, &index, emit)
            case .ideograph:
                let end = min(index + length, text.count)
                emit(.word, UnsafeBufferPointer(rebasing: text[index..<end]), index..<end)
                index = end
            case .mark, .other: index += length
            }
        }
    }

    /// Reads words joined by connectors, the first of which starts here.
    private mutating func readChunk(
        _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int,
        _ emit: (Kind, UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        lower.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        connectors.removeAll(keepingCapacity: true)
        while true {
            readWord(text, &index)
            guard parts.count < 16, index + 1 < text.count, Self.isConnector(text[index]),
                Self.startsWord(text, index + 1)
            else { break }
            connectors.append(text[index])
            index += 1
        }
        emitChunk(emit)
    }

    private mutating func readWord(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        let start = lower.count
        let source = index
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if ASCII.isLetterOrDigit(byte) {
                    lower.append(ASCII.lowercase(byte))
                } else if byte == 0x27, !splitsAtApostrophe, Self.startsWord(text, index + 1) {
                    lower.append(byte)
                } else {
                    break
                }
                index += 1
                continue
            }
            let (scalar, length) = Scalars.decode(text, at: index)
            // The typographic apostrophe.
            if scalar == 0x2019, !splitsAtApostrophe, Self.startsWord(text, index + length) {
                lower.append(0x27)
            } else {
                let kind = Scalars.kind(scalar)
                if kind == .letter {
                    Scalars.appendLowercase(scalar, to: &lower)
                } else if kind != .mark {
                    break
                }
            }
            index += length
        }
        parts.append(Part(start: start, end: lower.count, source: source..<min(index, text.count)))
    }

    private func emitChunk(_ emit: (Kind, UnsafeBufferPointer<UInt8>, Range<Int>) -> Void) {
        lower.withUnsafeBufferPointer { bytes in
            guard parts.count > 1, let first = parts.first, let last = parts.last else {
                for part in parts { Self.emit(.word, bytes, part, emit) }
                return
            }
            let initial = connectors.first == 0x2D && first.end - first.start == 1 && !ASCII.isDigit(bytes[first.start])
            let source = first.source.lowerBound..<last.source.upperBound
            if initial {
                let joined = Part(
                    start: first.start, end: parts[1].end, source: first.source.lowerBound..<parts[1].source.upperBound)
                Self.emit(.word, bytes, joined, emit)
            }
            for (index, part) in parts.enumerated() where !(initial && index == 0) {
                Self.emit(initial && index == 1 ? .aside : .word, bytes, part, emit)
            }
            guard isCode, !(initial && parts.count == 2) else { return }
            var whole: [UInt8] = []
            for (index, part) in parts.enumerated() {
                if index > 0, connectors[index - 1] != 0x2D, connectors[index - 1] != 0x5F {
                    whole.append(connectors[index - 1])
                }
                whole.append(contentsOf: bytes[part.start..<part.end])
            }
            guard whole.count <= Self.maximumWordLength else { return }
            whole.withUnsafeBufferPointer { emit(.aside, $0, source) }
        }
    }

    /// Whether the chunk looks like a code: a digit, an underscore or a colon in it, or two dots and more.
    private var isCode: Bool {
        if connectors.contains(where: { $0 == 0x5F || $0 == 0x3A }) { return true }
        if connectors.count(where: { $0 == 0x2E }) >= 2 { return true }
        return lower.contains(where: ASCII.isDigit)
    }

    private static func emit(
        _ kind: Kind, _ bytes: UnsafeBufferPointer<UInt8>, _ part: Part,
        _ emit: (Kind, UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        guard part.end > part.start, part.end - part.start <= maximumWordLength else { return }
        emit(kind, UnsafeBufferPointer(rebasing: bytes[part.start..<part.end]), part.source)
    }

    private static func isConnector(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x3A
    }

    private static func startsWord(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index < text.count else { return false }
        let byte = text[index]
        return byte < 0x80
            ? ASCII.isLetterOrDigit(byte) : Scalars.kind(Scalars.decode(text, at: index).scalar) == .letter
    }
}
