/// An answer while a model writes it: each sentence is redacted and judged, alone and together with what came before it, and
/// shown when it passes. The first that does not is the last one looked at; the rest comes with the message, if that is given.
struct GrowingAnswer {
    private let reader: DraftReader
    private let preview: ReplyPreview
    private let model: String
    private var form = GrowingForm()
    private var inline: [String] = []
    /// How far the waiting text was looked through for an end of a sentence.
    private var scanned = 0
    private var isHeld = false
    private var pieceCount = 0

    /// Each piece is judged with all before it; a reply of more pieces is shown as a whole from there on.
    private static let pieceLimit = 200

    init(_ reader: DraftReader, _ preview: ReplyPreview, model: String) {
        self.reader = reader
        self.preview = preview
        self.model = model
    }

    /// Takes more of the reply.
    mutating func take(_ piece: UnredactedText) async throws {
        guard !isHeld, !form.isBroken else { return }
        form.take(piece.reveal().utf8)
        // Nothing is shown before it is known what it rests on.
        guard form.kind == .answer || form.kind == .smallTalk, form.citations != nil else { return }
        while !isHeld, !form.isBroken, let end = nextEnd() {
            scanned = 0
            try await offer(form.takeText(end))
        }
    }

    /// Where the first whole sentence of the waiting text ends: behind it a word begins, so that nothing that belongs together (a
    /// telephone number, a version, a price) is looked at in halves.
    private mutating func nextEnd() -> Int? {
        let text = form.text
        while scanned + 2 < text.count {
            let (byte, next, afterNext) = (text[scanned], text[scanned + 1], text[scanned + 2])
            defer { scanned += 1 }
            if byte == 0x0A, next.beginsWord { return scanned + 1 }
            let isEnd = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
            let isAfterDigit = scanned > 0 && (0x30...0x39).contains(text[scanned - 1])
            if isEnd || byte == UInt8(ascii: "]"), !isAfterDigit, next == 0x20, afterNext.beginsWord {
                return scanned + 1
            }
        }
        return form.isTextComplete && !text.isEmpty ? text.count : nil
    }

    private mutating func offer(_ words: String) async throws {
        let (plain, handles) = reader.handles.extract(from: words)
        inline += handles
        let text = try await reader.redact(plain)
        var form = ModelAnswerForm(kind: form.kind ?? .answer, text: words)
        form.citations = self.form.citations ?? []
        form.language = self.form.language
        let alone = reader.answer(form, text, inline: inline, model: model)
        var soFar = alone
        soFar.text = preview.shown + text
        // A line of signs alone says nothing; it is as good as what stands around it.
        let isEmpty = text.text.allSatisfy(\.isWhitespace)
        let isAccepted =
            (isEmpty || preview.accepts(alone, for: reader.request)) && preview.accepts(soFar, for: reader.request)
        pieceCount += 1
        isHeld = isAccepted && pieceCount < Self.pieceLimit ? try await !preview.show(text) : true
    }
}

extension UInt8 {
    /// Whether a letter of some alphabet begins here.
    fileprivate var beginsWord: Bool {
        (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self >= 0xC3
    }
}
