@_spi(OpenCXStorage) internal import OpenCXCore

/// How a segment is written and read: its articles, its terms and the order of its words. The lists are made again, which is
/// quick; what was slow, reading the text, is not.
extension Segment {
    func write(to writer: inout ByteWriter) {
        writer.write(count: audiences.count)
        for audience in audiences { Self.write(audience, to: &writer) }
        writer.write(count: entries.count)
        for entry in entries { Self.write(entry, to: &writer) }
        writer.write(terms.bytes)
        writer.write(terms.ends)
        writer.write(layout.tokens)
        writer.write(layout.firstUnits)
        writer.write(layout.titleStarts)
        writer.write(layout.headingStarts)
        writer.write(layout.bodyStarts)
        writer.write(layout.bodyEnds)
        writer.write(layout.passages)
        writer.write(layout.isFirst.map { $0 ? UInt8(1) : 0 })
    }

    /// Reads a segment and checks everything that the search relies on.
    static func read(from reader: inout ByteReader) throws(SearchSnapshotError) -> Segment {
        var audiences: [Audience] = []
        for _ in 0..<(try reader.count(of: 1)) { audiences.append(try readAudience(&reader)) }
        var entries: [Entry] = []
        for _ in 0..<(try reader.count(of: 1)) { entries.append(try readEntry(&reader, audiences)) }
        guard let terms = TermTable(bytes: try reader.part(), ends: try reader.numbers()) else { throw .corrupted }
        var layout = Layout()
        layout.tokens = try reader.numbers()
        layout.firstUnits = try reader.numbers()
        layout.titleStarts = try reader.numbers()
        layout.headingStarts = try reader.numbers()
        layout.bodyStarts = try reader.numbers()
        layout.bodyEnds = try reader.numbers()
        layout.passages = try reader.numbers()
        layout.isFirst = try reader.part().map { $0 != 0 }
        guard layout.isSound(entries, termCount: terms.count) else { throw .corrupted }
        return Segment(entries: entries, audiences: audiences, layout: layout, terms: terms)
    }

    private static func write(_ audience: Audience, to writer: inout ByteWriter) {
        switch audience {
        case .everyone: writer.write(UInt32(0))
        case .draft: writer.write(UInt32(1))
        case .segments(let segments):
            writer.write(UInt32(2))
            writer.write(count: segments.count)
            for segment in segments { writer.write(segment) }
        }
    }

    private static func readAudience(_ reader: inout ByteReader) throws(SearchSnapshotError) -> Audience {
        switch try reader.number() {
        case 0: return .everyone
        case 1: return .draft
        case 2:
            var segments: [String] = []
            for _ in 0..<(try reader.count(of: 4)) { segments.append(try reader.text()) }
            return .segments(segments)
        default: throw .corrupted
        }
    }

    private static func write(_ entry: Entry, to writer: inout ByteWriter) {
        writer.write(entry.id.rawValue)
        writer.write(entry.revision)
        writer.write(count: entry.audience)
        writer.write(count: entry.passages.count)
        guard let first = entry.passages.first else { return }
        writer.write(first.title.text)
        writer.write(first.locale.rawValue)
        writer.write(count: first.url == nil ? 0 : 1)
        writer.write(first.url ?? "")
        for passage in entry.passages {
            writer.write(count: passage.headings.count)
            for heading in passage.headings { writer.write(heading.text) }
            writer.write(passage.markdown.text)
        }
    }

    private static func readEntry(
        _ reader: inout ByteReader, _ audiences: [Audience]
    ) throws(SearchSnapshotError) -> Entry {
        let id = ArticleID(try reader.text())
        let revision = try reader.text()
        let audience = try reader.count()
        guard audience < audiences.count else { throw .corrupted }
        let count = try reader.count(of: 8)
        var passages: [Passage] = []
        guard count > 0 else { return Entry(id: id, revision: revision, passages: [], audience: audience) }
        let title = RedactedText(restoredFromStore: try reader.text())
        let locale = LanguageTag(rawValue: try reader.text())
        let hasURL = try reader.count() > 0
        let url = try reader.text()
        for ordinal in 0..<count {
            var headings: [RedactedText] = []
            for _ in 0..<(try reader.count(of: 4)) {
                headings.append(RedactedText(restoredFromStore: try reader.text()))
            }
            passages.append(
                Passage(
                    article: id, ordinal: ordinal, title: title, headings: headings,
                    markdown: RedactedText(restoredFromStore: try reader.text()), locale: locale,
                    url: hasURL ? url : nil, audience: audiences[audience]))
        }
        return Entry(id: id, revision: revision, passages: passages, audience: audience)
    }
}

extension Segment.Layout {
    /// Whether all places are in order and within bounds.
    fileprivate func isSound(_ entries: [Segment.Entry], termCount: Int) -> Bool {
        let units = passages.count
        guard firstUnits.count == entries.count + 1, titleStarts.count == entries.count, firstUnits.first == 0,
            firstUnits.last == UInt32(exactly: units), headingStarts.count == units, bodyStarts.count == units,
            bodyEnds.count == units, isFirst.count == units, tokens.count < Int(UInt32.max),
            tokens.allSatisfy({ Int($0 & ~Self.aside) < termCount })
        else { return false }
        var position: UInt32 = 0
        for (article, entry) in entries.enumerated() {
            guard firstUnits[article] <= firstUnits[article + 1], firstUnits[article + 1] <= units,
                position <= titleStarts[article]
            else { return false }
            position = titleStarts[article]
            for unit in Int(firstUnits[article])..<Int(firstUnits[article + 1]) {
                guard position <= headingStarts[unit], headingStarts[unit] <= bodyStarts[unit],
                    bodyStarts[unit] <= bodyEnds[unit],
                    passages[unit] == Self.noPassage || Int(passages[unit]) < entry.passages.count
                else { return false }
                position = bodyEnds[unit]
            }
        }
        return Int(position) <= tokens.count
    }
}

extension TermTable {
    /// A table of these terms; `nil` when they are not cut properly or not all different.
    fileprivate init?(bytes: [UInt8], ends: [UInt32]) {
        self.init()
        var start = 0
        for end in ends {
            guard Int(end) >= start, Int(end) <= bytes.count else { return nil }
            let number = bytes[start..<Int(end)].withUnsafeBufferPointer { intern($0) }
            guard number == count - 1, self.ends.last == end else { return nil }
            start = Int(end)
        }
        guard start == bytes.count, count == ends.count else { return nil }
    }
}
