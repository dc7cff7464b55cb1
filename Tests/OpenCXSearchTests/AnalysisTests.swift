import Testing

@testable import OpenCXSearch

@Suite("Words")
struct AnalysisTests {
    private func tokens(_ text: String) -> [String] {
        var tokenizer = Tokenizer()
        var tokens: [String] = []
        Array(text.utf8).withUnsafeBufferPointer {
            tokenizer.forEachToken(in: $0) { kind, word, _ in
                tokens.append((kind == .aside ? "~" : "") + String(decoding: word, as: UTF8.self))
            }
        }
        return tokens
    }

    @Test(
        "text is cut into words, codes come whole as well",
        arguments: [
            ("Where is my order?", ["where", "is", "my", "order"]),
            ("don't, it’s Ann's", ["don't", "it's", "ann's"]),
            ("Error E-1042!", ["error", "e1042", "~1042"]),
            ("FH-10423", ["fh", "10423", "~fh10423"]),
            ("FH10423", ["fh10423"]),
            ("open about:config", ["open", "about", "config", "~about:config"]),
            ("mail.server.default", ["mail", "server", "default", "~mail.server.default"]),
            ("v115.3", ["v115", "3", "~v115.3"]),
            ("EBS_gp3", ["ebs", "gp3", "~ebsgp3"]),
            ("an e-mail", ["an", "email", "~mail"]),
            ("end.Next", ["end", "next"]),
            ("well-known", ["well", "known"]),
            ("ÄRGER über Größe", ["ärger", "über", "größe"]),
            ("ＦＵＬＬ width", ["full", "width"]),
            ("注文 status", ["注", "文", "status"]),
            ("заказ №5", ["заказ", "5"]),
            ("", []),
            ("--- … !!!", []),
            ("a\u{0}b", ["a", "b"]),
        ])
    func tokenizer(_ text: String, _ expected: [String]) {
        #expect(tokens(text) == expected)
    }

    @Test("words longer than any word are left out")
    func longWords() {
        #expect(tokens(String(repeating: "x", count: 65) + " short") == ["short"])
    }

    @Test(
        "diacritics are folded",
        arguments: [
            ("größe", "grosse"), ("façade", "facade"), ("crème brûlée", "creme brulee"), ("smørrebrød", "smorrebrod"),
            ("łódź", "lodz"), ("čeština", "cestina"), ("e\u{301}te\u{301}", "ete"), ("việt", "viet"), ("ёлка", "елка"),
            ("άλφα", "αλφα"), ("plain", "plain"), ("日本", "日本"),
        ])
    func folding(_ text: String, _ expected: String) {
        #expect(String(decoding: TextFolding.fold(Array(text.utf8)), as: UTF8.self) == expected)
    }

    @Test(
        "words of a language meet in their stem",
        arguments: [
            ("en", "returns", "returned"), ("en", "delivery", "deliveries"), ("de", "Bestellung", "bestellungen"),
            ("de", "Größe", "grössen"), ("de", "zurück", "zuruck"), ("fr", "l'adresse", "adresses"),
            ("es", "pedido", "pedidos"), ("it", "ordine", "ordini"), ("nl", "bestelling", "bestellingen"),
            ("xx", "same", "same"),
        ])
    func stemming(_ language: String, _ a: String, _ b: String) {
        let terms = [a, b].map { Question($0, language: language).words.map(\.term) }
        #expect(terms[0] == terms[1])
        #expect(terms[0].count == 1)
    }

    @Test(
        "stop words and greetings are no terms",
        arguments: [("en", "Hello, how do I do this?"), ("de", "Wie ist das?")])
    func stopWords(_ language: String, _ text: String) {
        #expect(Question(text, language: language).words.isEmpty)
    }

    @Test("placeholders of redacted data are not searched for")
    func placeholders() {
        let question = Question("refund to [CREDIT_CARD_1] or [EMAIL_12], [not one]", language: "en")
        #expect(question.words.map { String(decoding: $0.lower, as: UTF8.self) } == ["refund", "one"])
    }

    @Test(
        "edits are counted, swapped neighbours as one",
        arguments: [
            ("order", "order", 0), ("order", "ordre", 1), ("order", "oder", 1), ("order", "orderr", 1),
            ("refund", "refnud", 1), ("delivery", "dilivary", 2), ("abc", "xyz", 3), ("", "ab", 2), ("ab", "", 2),
        ])
    func distance(_ a: String, _ b: String, _ expected: Int) {
        #expect(Spelling.distance(Array(a.utf8), Array(b.utf8)[...], limit: 3) == expected)
    }

    @Test("long texts are cut at paragraphs, and nothing is lost")
    func paragraphs() {
        let text = (0..<50).map { "Paragraph \($0) " + String(repeating: "word ", count: 30) }.joined(separator: "\n\n")
        var paragraphs = Paragraphs(Array(text.utf8))
        var position = 0
        var count = 0
        while let window = paragraphs.next(words: 180) {
            #expect(window.lowerBound == position)
            position = window.upperBound
            count += 1
        }
        #expect(position == text.utf8.count)
        #expect((9...11).contains(count))
    }
}
