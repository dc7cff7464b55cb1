import OpenCXTesting
import Testing

@testable import OpenCXCore

/// What nobody would write, and somebody will send: everything that reads a text stays linear in its length.
struct HostileTextTests {
    static let baits = [
        "[", "(", "a.a.", "a", "x y ", "- item\n", "1. item\n\n", "\n", " ", "[a](", "a](b)", "a. ", "human ",
        "\u{301}",
    ]

    private static func text(_ piece: String, _ length: Int) -> String {
        String(repeating: piece, count: length / piece.utf8.count)
    }

    @Test(.timeLimit(.minutes(5)), arguments: baits)
    func `text tools are done with 100 kB of bait in a moment`(piece: String) async throws {
        let text = Self.text(piece, 100_000)
        _ = Sentences.all(in: text)
        _ = MarkdownBlock.all(in: text)
        _ = PlainText.of(text)
        _ = CodeForm("FH-#####").first(in: text)
        _ = MarkdownSections(text)
        _ = LanguageGuess.language(of: text)
        let request = ClassificationRequest(
            question: RedactedText(derived: text),
            history: [Message(id: "m", author: .customer, text: RedactedText(derived: text), at: .epoch)],
            topics: [Topic(name: "orders", summary: "Where an order is.", examples: ["where is my order"])],
            prohibited: [])
        _ = try await EmbeddedClassifier().classify(request)
    }

    @Test(.timeLimit(.minutes(5)), arguments: baits)
    func `an answer is drawn from 100 kB of bait in a moment`(piece: String) async throws {
        let article = RedactedText(derived: Self.text(piece, 100_000))
        let passage = Article(id: "s/a", source: "s", title: "A", markdown: article).passages().first
        let extract = Extract(question: article.text)
        _ = extract.best(of: passage.map { [$0] } ?? [], found: [])
    }

    @Test(.timeLimit(.minutes(5))) func `many different words against many different words`() {
        let words = (0..<15_000).map { "word\(String($0, radix: 36))s" }
        let question = words.joined(separator: " ")
        let blocks = words.indices.filter { $0 % 10 == 0 }.map { words[$0..<($0 + 10)].joined(separator: " ") }
        let article = Article(
            id: "s/a", source: "s", title: "A", markdown: RedactedText(derived: blocks.joined(separator: "\n\n")))
        #expect(Extract(question: question).best(of: article.passages(), found: []) != nil)
    }

    @Test(.timeLimit(.minutes(5))) func `links that end more often than they begin`() {
        let opened = Self.text("[", 50_000) + Self.text("](b)", 50_000)
        #expect(PlainText.of(opened).hasSuffix("](b)"))
    }

    @Test(arguments: [
        ("see [the page](https://a.b/c), [x](y) and [z]", "see the page <https://a.b/c>, x <y> and [z]"),
        ("[https://a.b](https://a.b)", "https://a.b"), ("a](b)", "a](b)"), ("[a](b", "[a](b"),
        ("**bold** and *this*, 2 * 3, a_b", "bold and this, 2 * 3, a_b"), ("\\*no\\*", "*no*"), ("-   item", "- item"),
        ("[[a](b)](c)", "a <b> <c>"),
    ])
    func `Markdown is shown as text`(markdown: String, text: String) {
        #expect(PlainText.of(markdown) == text)
    }

    @Test func `the words of a question that count have a bound`() {
        let asked = (0..<500).map { "term\($0)" }
        let extract = Extract(question: asked.joined(separator: " "), matched: ["tents"])
        #expect(extract.question.count == Extract.wordLimit)
        #expect(extract.question.isSuperset(of: ["tent", "term0", "term40"]))
    }

    @Test(arguments: [
        ("return", "return", true), ("return", "retrun", true), ("return", "returm", true), ("store", "stove", false),
        ("store", "stores", true), ("store", "sore", false), ("ridgeline", "rigdeline", true),
        ("parcel", "parelc", false),
        ("abcdef", "abcfed", false), ("müller", "muller", false), ("delivery", "delivry", true), ("", "", true),
        ("tent", "tend", false), ("abcabc", "abcabcabc", false), ("aaaaaa", "aaaaaaa", true),
        ("banana", "bananas", true),
    ])
    func `words are near when one slip lies between them`(a: String, b: String, near: Bool) {
        #expect(Words.isNear(a, b) == near)
        #expect(Words.isNear(b, a) == near)
    }
}
