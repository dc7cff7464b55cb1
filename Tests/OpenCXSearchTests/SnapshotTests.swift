import OpenCXCore
import Testing

@testable import OpenCXSearch

@Suite("Snapshots")
struct SnapshotTests {
    private static func index() -> SearchIndex {
        var generator = Seeded(21)
        var articles = (0..<12).map { madeUpArticle($0, using: &generator) }
        articles.append(article("de", "Größe", "## Überschrift\n\nText.", summary: "Kurz.", locale: "de-AT"))
        articles.append(article("empty", "Nothing", ""))
        let index = SearchIndex(articles)
        index.update(KnowledgeChanges(upserted: [madeUpArticle(3, using: &generator)], removed: ["kb/4"]))
        return index
    }

    @Test("an index comes back as it was")
    func roundTrip() throws {
        let index = Self.index()
        let restored = try SearchIndex(snapshot: index.snapshot())
        #expect(restored.articleCount == index.articleCount)
        #expect(restored.revisions == index.revisions)
        #expect(restored.snapshot() == index.snapshot())
        var generator = Seeded(22)
        for _ in 0..<30 {
            let question = query(words(5, using: &generator), reader: .agent)
            #expect(restored.search(question) == index.search(question))
        }
        #expect(restored.search(query("uberschrift grosse")) == index.search(query("uberschrift grosse")))
        restored.update(KnowledgeChanges(removed: ["kb/1"]))
        #expect(restored.articleCount == index.articleCount - 1)
    }

    @Test("an empty index comes back empty")
    func empty() throws {
        #expect(try SearchIndex(snapshot: SearchIndex().snapshot()).articleCount == 0)
    }

    @Test("a snapshot cut off anywhere is refused")
    func truncated() {
        let bytes = Self.index().snapshot()
        let places = Array(0..<64) + stride(from: 64, to: bytes.count, by: 37) + [bytes.count - 1]
        for place in places {
            #expect(throws: SearchSnapshotError.truncated) { try SearchIndex(snapshot: Array(bytes[..<place])) }
        }
    }

    @Test("a snapshot with a bit flipped anywhere is refused")
    func flipped() {
        let bytes = Self.index().snapshot()
        for place in Array(0..<64) + Array(stride(from: 64, to: bytes.count, by: 29)) {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SearchSnapshotError.self) { try SearchIndex(snapshot: damaged) }
        }
    }

    @Test("other bytes are refused", arguments: [Array("<html>".utf8), Array("OCXINDEY".utf8) + [1, 0, 0, 0]])
    func somethingElse(_ bytes: [UInt8]) throws {
        let error = #expect(throws: SearchSnapshotError.self) { try SearchIndex(snapshot: bytes) }
        #expect(error?.code == .notASnapshot)
    }

    @Test("another version is refused")
    func version() {
        var bytes = Self.index().snapshot()
        bytes[8] = 200
        let error = #expect(throws: SearchSnapshotError.self) { try SearchIndex(snapshot: bytes) }
        #expect(error?.code == .unsupportedVersion)
    }

    @Test("bytes after the end are refused")
    func trailing() {
        #expect(throws: SearchSnapshotError.corrupted) { try SearchIndex(snapshot: Self.index().snapshot() + [0]) }
    }

    /// Somebody who can write the file can also write the right sum: what is read must hold for any bytes.
    @Test("a forged snapshot is refused or searched, never a crash", arguments: [31, 32, 33] as [UInt64])
    func forged(_ seed: UInt64) {
        var generator = Seeded(seed)
        let bytes = Self.index().snapshot()
        var accepted = 0
        for _ in 0..<600 {
            var payload = Array(bytes[28...])
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<payload.count, using: &generator)
                payload[place] =
                    [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            var header = ByteWriter()
            header.write(UInt32(1))
            header.write(UInt64(payload.count))
            header.write(Checksum.of(payload[...]))
            guard let index = try? SearchIndex(snapshot: Array(bytes[..<8]) + header.bytes + payload) else { continue }
            accepted += 1
            _ = index.search(query(words(6, using: &generator), reader: .agent))
            index.update(KnowledgeChanges(upserted: [madeUpArticle(1, using: &generator)], removed: ["kb/2"]))
            _ = index.search(query(words(6, using: &generator), reader: .agent))
        }
        #expect(accepted > 0)
    }
}
