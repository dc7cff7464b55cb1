import OpenCXCore
import Testing

@testable import OpenCXTwilio

struct SMSTextTests {
    @Test(arguments: [
        ("", SMSSegments.Alphabet.gsm7, 0, 0),
        (String(repeating: "a", count: 160), .gsm7, 160, 1),
        (String(repeating: "a", count: 161), .gsm7, 161, 2),
        (String(repeating: "a", count: 306), .gsm7, 306, 2),
        (String(repeating: "a", count: 307), .gsm7, 307, 3),
        // The euro sign takes two places, and an escape is not cut in two: 152 + 2 does not fit 153.
        (String(repeating: "€", count: 80), .gsm7, 160, 1),
        (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 20), .gsm7, 174, 2),
        (String(repeating: "€", count: 153), .gsm7, 306, 3),
        ("Grüße @ [x]", .gsm7, 13, 1),
        (String(repeating: "я", count: 70), .ucs2, 70, 1),
        (String(repeating: "я", count: 71), .ucs2, 71, 2),
        // A character outside the first plane takes two units, and is not cut in two either.
        (String(repeating: "😀", count: 35), .ucs2, 70, 1),
        (String(repeating: "😀", count: 67), .ucs2, 134, 3),
    ])
    func `segments are counted as carriers do`(
        text: String, alphabet: SMSSegments.Alphabet, units: Int, count: Int
    ) {
        let segments = SMSSegments(text)
        #expect(segments.alphabet == alphabet && segments.units == units && segments.count == count)
    }

    @Test(arguments: [
        ("“It’s fine” – really…", "\"It's fine\" - really..."),
        (
            "**Bold** and `code`, see [the page](https://x.example/a)",
            "Bold and code, see the page <https://x.example/a>"
        ),
        ("# Returns\n\n1. Open *Orders*.\n2. Choose it.", "Returns\n\n1. Open Orders.\n2. Choose it."),
        ("```\nls -l\n```", "ls -l"),
        // What makes the text wide anyway stays as it is written.
        ("Привет – “мир”", "Привет – “мир”"),
        ("#hashtag", "#hashtag"),
    ])
    func `a telephone gets plain text, in the cheap alphabet where it can`(markdown: String, plain: String) {
        #expect(SMSText.plain(markdown) == plain)
    }

    @Test func `long texts are cut at the best place, and no link is`() {
        let link = "https://shop.example/returns/" + String(repeating: "x", count: 60)
        let text = String(repeating: "word ", count: 20) + "\n\n" + String(repeating: "more ", count: 5) + link + " end"
        let bodies = SMSText.bodies(text, limit: 150)
        #expect(bodies.allSatisfy { $0.utf16.count <= 150 })
        #expect(bodies.count { $0.contains(link) } == 1)
        #expect(bodies[0] == String(repeating: "word ", count: 20).dropLast())
        let words = bodies.joined(separator: " ").split(whereSeparator: \.isWhitespace)
        #expect(words == text.split(whereSeparator: \.isWhitespace))
    }

    @Test(arguments: [
        "", " ", "a", "😀😀😀😀😀", "e\u{301}e\u{301}e\u{301}", "one two", "   x   ", "a\n\n\n\nb",
        "https://x.example/abcdefgh",
    ])
    func `every text is cut to its end`(text: String) {
        for limit in 2...12 {
            let bodies = SMSText.bodies(text, limit: limit)
            let letters = bodies.joined().filter { !$0.isWhitespace }
            #expect(letters == text.filter { !$0.isWhitespace }, "\(limit)")
            #expect(bodies.allSatisfy { !$0.isEmpty && ($0.utf16.count <= limit || $0.count == 1) })
        }
    }

    @Test(arguments: [
        ("STOP", OptOutWord.stop), (" stop. ", .stop), ("Unsubscribe", .stop), ("START", .start), ("Help", .help),
        ("stop sending me the wrong tent", nil), ("yes", nil), ("", nil), ("END", .stop),
    ])
    func `one word alone is about messages`(text: String, word: OptOutWord?) {
        #expect(OptOutWord(text: text) == word)
    }
}
