internal import OpenCXCore

/// Reads articles and puts segments together: from text, or from parts of other segments without reading the text again.
struct SegmentBuilder: ~Copyable {
    /// A passage with more words than this is cut at its paragraphs into windows of about this size, for the length of what
    /// is ranked should not differ by orders of magnitude.
    static let windowWords = 180

    /// Words of a title, and of the headings above a passage, that count. They are counted for every window below them, so
    /// a title as long as a book would cost the square of its length.
    static let headingWords = 64

    private var entries: [Segment.Entry] = []
    private var audiences: [Audience] = []
    private var layout = Segment.Layout()
    private var terms = TermTable()
    private var reader: WordReader

    /// A builder for articles of one language.
    init(language: String) {
        reader = WordReader(language: language)
    }

    /// The segment.
    consuming func finish() -> Segment {
        Segment(entries: entries, audiences: audiences, layout: layout, terms: terms)
    }

    /// Reads an article.
    mutating func add(_ article: Article) {
        let passages = article.passages()
        open(
            Segment.Entry(
                id: article.id, revision: article.revision, passages: passages, audience: number(of: article.audience)))
        append(article.title.text, atMost: Self.headingWords)
        let summary = article.topic.isEmpty ? article.summary.text : article.topic.text + "\n" + article.summary.text
        if !summary.isEmpty, !passages.isEmpty {
            openUnit(passage: Segment.Layout.noPassage, isFirst: false)
            closeHeadings()
            append(summary)
            closeUnit()
        }
        for passage in passages { add(passage) }
        close()
    }

    private mutating func add(_ passage: Passage) {
        let ordinal = UInt32(truncatingIfNeeded: passage.ordinal)
        // A first heading that repeats the title says nothing new.
        let repeatsTitle = passage.headings.first?.text == passage.title.text
        let headings = passage.headings.dropFirst(repeatsTitle ? 1 : 0)
        var headingTokens = 0..<0
        let text = Array(passage.markdown.text.utf8)
        var paragraphs = Paragraphs(text)
        var isFirst = true
        while let window = paragraphs.next(words: Self.windowWords) {
            openUnit(passage: ordinal, isFirst: isFirst)
            if isFirst {
                let start = layout.tokens.count
                for heading in headings {
                    append(heading.text, atMost: Self.headingWords - (layout.tokens.count - start))
                }
                headingTokens = start..<layout.tokens.count
            } else {
                layout.tokens.append(contentsOf: layout.tokens[headingTokens])
            }
            closeHeadings()
            append(text[window])
            closeUnit()
            isFirst = false
        }
    }

    /// Takes an article over from another segment. `map` remembers what its terms are called here.
    mutating func copy(_ place: Int, from segment: Segment, map: inout TermMap) {
        var entry = segment.entries[place]
        entry.audience = number(of: segment.audiences[entry.audience])
        open(entry)
        let source = segment.layout
        append(source.titleRange(place), of: segment, &map)
        for unit in segment.units(of: place) {
            openUnit(passage: source.passages[unit], isFirst: source.isFirst[unit])
            append(source.headingRange(unit), of: segment, &map)
            closeHeadings()
            append(source.bodyRange(unit), of: segment, &map)
            closeUnit()
        }
        close()
    }

    /// The numbers that the terms of another segment have in this one.
    struct TermMap {
        fileprivate var numbers: [UInt32]
        init(_ segment: Segment) { numbers = Array(repeating: .max, count: segment.terms.count) }
    }

    private mutating func append(_ range: Range<Int>, of segment: Segment, _ map: inout TermMap) {
        for index in range {
            let token = segment.layout.tokens[index]
            let old = Int(token & ~Segment.Layout.aside)
            if map.numbers[old] == .max {
                let number = segment.terms.term(old).withUnsafeBufferPointer { terms.intern($0) }
                map.numbers[old] = UInt32(truncatingIfNeeded: number)
            }
            layout.tokens.append(map.numbers[old] | token & Segment.Layout.aside)
        }
    }

    private mutating func append(_ text: String, atMost limit: Int? = nil) {
        guard let limit else { return append(Array(text.utf8)[...]) }
        // Bytes enough for so many words of any usual length.
        let start = layout.tokens.count
        append(Array(text.utf8.prefix(limit * 32))[...])
        if layout.tokens.count - start > limit { layout.tokens.removeLast(layout.tokens.count - start - limit) }
    }

    private mutating func append(_ text: ArraySlice<UInt8>) {
        reader.read(text, terms: &terms, into: &layout.tokens)
    }

    private mutating func number(of audience: Audience) -> Int {
        if let known = audiences.firstIndex(of: audience) { return known }
        audiences.append(audience)
        return audiences.count - 1
    }

    private var place: UInt32 { UInt32(truncatingIfNeeded: layout.tokens.count) }

    private mutating func open(_ entry: Segment.Entry) {
        entries.append(entry)
        layout.titleStarts.append(place)
    }

    private mutating func openUnit(passage: UInt32, isFirst: Bool) {
        layout.passages.append(passage)
        layout.isFirst.append(isFirst)
        layout.headingStarts.append(place)
    }

    private mutating func closeHeadings() { layout.bodyStarts.append(place) }
    private mutating func closeUnit() { layout.bodyEnds.append(place) }
    private mutating func close() { layout.firstUnits.append(UInt32(truncatingIfNeeded: layout.passages.count)) }
}
