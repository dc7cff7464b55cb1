import OpenCXCore
import Testing

@Suite struct WordsTests {
    /// What words are, told character by character.
    private func words(in text: String) -> [String] {
        var words = [""]
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                words[words.count - 1].append(character)
            } else if character != "'" && character != "’" {
                words.append("")
            }
        }
        return words.filter { !$0.isEmpty }
    }

    @Test(arguments: [
        "", " ", "Don't panic!", "It’s l'été, n'est-ce pas?", "Größe 42½ für 3 €", "FH-10423\r\nnext\tline",
        "e\u{301}t\u{e9}",
        "İstanbul ΣΊΣΥΦΟΣ", "東京 タワー", "1️⃣ 👩‍👩‍👧 ok", " \u{301}a b\u{301}c", "'''", "a'", "x\0y", "ﬁne ǅ",
    ])
    func `words are the same by the byte and by the character`(text: String) {
        #expect(Words.all(in: text) == words(in: text))
    }

    @Test func `also in texts that nobody would write`() {
        let pieces = ["a", "Z", "9", " ", "'", "’", "é", "e\u{301}", "ß", "漢", "😀", "-", "\r\n", "\u{200d}", "\0", "Σ"]
        var seed: UInt64 = 11
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<12 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(seed >> 33) % pieces.count]
            }
            #expect(Words.all(in: text) == words(in: text))
        }
    }

    @Test(arguments: [
        ("returned", "return"), ("returns", "return"), ("return", "return"), ("lieferungen", "liefer"), ("cats", "cat"),
        ("boss", "boss"), ("is", "is"), ("ties", "tie"), ("größe", "größ"),
    ])
    func `endings are cut`(word: String, stem: String) {
        #expect(Words.stem(word) == stem)
    }

    @Test func `the beginning of a text is counted in characters`() {
        #expect("abc".beginning(3) == "abc")
        #expect("äöü".beginning(3) == "äöü")
        #expect("äöü".beginning(2) == "äö")
    }
}
