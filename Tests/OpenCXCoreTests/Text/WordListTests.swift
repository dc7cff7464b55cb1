import Testing

@testable import OpenCXCore

@Suite struct WordListTests {
    @Test(arguments: [
        ("Hi, it's me! Where is it?\nThanks", [["hi", "its", "me"], ["where", "is", "it"], ["thanks"]]),
        ("", []), ("...", []), ("a; b", [["a"], ["b"]]), ("ok. ", [["ok"], []]),
        ("Größe 42½? Ja", [["größe", "42½"], ["ja"]]),
    ])
    func `a text is read by sentences`(text: String, sentences: [[String]]) {
        let list = WordList(text)
        #expect(list.sentences.map { $0.words.map { list.strings[$0] } } == sentences)
        let parts = text.utf8.split { ".?!\n;".utf8.contains($0) }.map { String(Substring($0)) }
        #expect(list.sentences.map(list.text) == parts)
    }

    @Test(arguments: [
        ("café", "cafe\u{301}", true), ("Don't", "dont", true), ("don’t", "dont", true), ("HUMAN", "human", true),
        ("ÜBER", "über", true), ("uber", "über", false), ("aab", "aba", false), ("Straße", "strasse", false),
        (String(repeating: "a", count: 40), String(repeating: "a", count: 41), false),
    ])
    func `words are the same when their letters are`(a: String, b: String, same: Bool) {
        #expect((WordList(a).words == WordList(b).words) == same)
        #expect(WordList(a).words.count == 1)
    }

    @Test func `a table knows its words and no others`() {
        let words = (0..<1000).map { Word(stringLiteral: "word\($0)") }
        let table = WordTable(Dictionary(uniqueKeysWithValues: zip(words, 0...)))
        #expect(words.map { table[$0] } == Array(0..<1000))
        #expect((1000..<3000).allSatisfy { table[Word(stringLiteral: "word\($0)")] == nil })
        #expect(WordTable<Int>([:])["word"] == nil)
        #expect(WordSet("to with\nmit").contains("with") && !WordSet("to with\nmit").contains("wi"))
    }

    @Test(arguments: [
        ("Write to [EMAIL_1] or [PHONE_2], [EMAIL_1].", ["[EMAIL_1]", "[PHONE_2]"]), ("[EMA[IL_1]]", ["[IL_1]"]),
        ("EMAIL_1] is no placeholder", []), ("[_][EMAIL_0][EMAIL_1234567][email_1][EMAIL_1", []),
        ("[CREDIT_CARD_007]", ["[CREDIT_CARD_7]"]),
    ])
    func `placeholders are found in a text`(text: String, placeholders: [String]) {
        #expect(Placeholder.all(in: text).map(\.description) == placeholders)
    }
}
