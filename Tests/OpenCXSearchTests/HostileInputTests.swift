import OpenCXCore
import OpenCXSearch
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    private let index = SearchIndex([
        article("a", "Refunds", "Refunds take five days."), article("b", "Orders", "Track your orders."),
    ])

    private static let megabyte = 1_000_000

    @Test(
        "a megabyte of anything is answered in time", .timeLimit(.minutes(5)),
        arguments: [
            String(repeating: "a", count: megabyte),
            String(repeating: "refund ", count: megabyte / 7),
            (0..<(megabyte / 7)).map { String($0 + 100_000) }.joined(separator: " "),
            (0..<(megabyte / 8)).map { "q" + String($0 * 7_919 + 1_000_000, radix: 26) }.joined(separator: " "),
            String(repeating: "a-", count: megabyte / 2),
            String(repeating: "'", count: megabyte),
            String(repeating: "[", count: megabyte),
            String(repeating: "\u{0}", count: megabyte),
            "e" + String(repeating: "\u{301}", count: megabyte / 2),
            String(repeating: "漢", count: megabyte / 3),
            String(repeating: "[EMAIL_1]", count: megabyte / 9),
        ])
    func megabytes(_ text: String) {
        let result = index.search(query(text))
        #expect(result.termCount <= 400)
        let indexed = SearchIndex([article("x", text, text + "\n\n# " + text)])
        #expect(indexed.articleCount == 1)
    }

    @Test("control characters are spaces")
    func control() {
        #expect(index.search(query("re\u{0}fund \u{7}\u{1B}[31mrefunds\u{0}")).keys == ["a"])
    }

    @Test("bytes that are no UTF-8 do no harm")
    func invalid() {
        let broken = String(
            decoding: [0x72, 0xFF, 0xC3, 0x28, 0xF0, 0x9F, 0x20, 0xED, 0xA0, 0x80] as [UInt8], as: UTF8.self)
        #expect(index.search(query("refunds " + broken)).keys == ["a"])
        #expect(SearchIndex([article("x", broken, broken)]).articleCount == 1)
    }

    @Test("what comes first in a question counts, however long it is")
    func cap() {
        let tail = (0..<5_000).map { "filler\($0)" }.joined(separator: " ")
        #expect(index.search(query("refunds " + tail)).keys == ["a"])
    }
}
