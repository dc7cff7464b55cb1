import OpenCXCore
import OpenCXSearch
import Testing

@Suite("Searching")
struct SearchTests {
    private let index = SearchIndex([
        article(
            "track", "Track your order",
            "Open **Orders** and pick the one you look for.\n\n## With a guest order\n\nUse the link in the confirmation e-mail."
        ),
        article(
            "cancel", "Cancel an order",
            "You can cancel within 30 minutes.\n\n## After that\n\nRefuse the parcel, or send it back."),
        article(
            "failed", "My payment failed",
            "The checkout shows a code.\n\n## E-1042\n\nYour bank declined the card.\n\n## E-2007\n\nThe session timed out."
        ),
        article("config", "Advanced settings", "Open about:config and look for mail.server.default.check_time."),
        article("refund", "When do I get my refund?", "Refunds take 5 business days after the parcel reached us."),
        article("parcel", "Lost parcels", "When a parcel is late, wait 3 days. Then write to us about the delivery."),
        article(
            "internal", "Goodwill credits", "Agents may give a goodwill voucher of 20 euros.",
            audience: .segments(["staff"])),
        article("draft", "Goodwill vouchers, new rules", "Vouchers of 30 euros.", audience: .draft),
        article(
            "stornieren", "Bestellung stornieren", "Bestellungen kannst du 30 Minuten lang stornieren.", locale: "de"),
        article(
            "versand", "Versandkosten", "Der Versand nach Österreich kostet 6,90 Euro. Größere Pakete kosten mehr.",
            locale: "de-AT"),
    ])

    @Test(
        "the article that answers comes first",
        arguments: [
            ("how do I cancel my order", "cancel"), ("tracking orders", "track"), ("order as a guest", "track"),
            ("E-1042", "failed"), ("error e1042 at checkout", "failed"), ("E 2007", "failed"),
            ("about:config", "config"), ("mail.server.default.check_time", "config"),
            ("where is my refund", "refund"), ("refnud", "refund"), ("parcell is late", "parcel"),
            ("confirmation email", "track"), ("confirmation mail", "track"), ("check out shows a code", "failed"),
            ("bestellungen stornieren", "stornieren"), ("was kostet der versand nach osterreich", "versand"),
            ("grosse pakete", "versand"), ("paketversand", "versand"),
        ])
    func ranking(_ text: String, _ expected: String) {
        #expect(index.search(query(text)).keys.first == expected)
    }

    @Test(
        "a synonym finds what the word itself does not",
        arguments: [("late package", "parcel"), ("reimbursement", "refund"), ("i paid and it failed", "failed")])
    func synonyms(_ text: String, _ expected: String) {
        #expect(index.search(query(text)).keys.first == expected)
    }

    @Test("words of small talk weigh less than words of the matter")
    func smallTalk() {
        let index = SearchIndex([
            article("talk", "Other things", "Just walk around, as you wish."),
            article("matter", "Orders", "Cancel orders here."), article("more", "Stores", "Visit a store."),
        ])
        #expect(index.search(query("around here I wish to cancel")).keys.first == "matter")
    }

    @Test("a passage is the one under the heading that matches")
    func passage() throws {
        let first = try #require(index.search(query("E-2007")).passages.first)
        #expect(first.passage.headings.map(\.text) == ["E-2007"])
        #expect(first.passage.ordinal == 2)
        #expect(first.matchedTerms == ["E-2007", "2007"])
        #expect(first.coverage == 1)
    }

    @Test(
        "a reader sees what is meant for them, and the limit applies after that",
        arguments: [
            (KnowledgeReader.customer, [String]()), (.segments(["sales"]), []),
            (.segments(["sales", "staff"]), ["internal"]),
            (.agent, ["draft", "internal"]),
        ])
    func audience(_ reader: KnowledgeReader, _ expected: [String]) {
        #expect(index.search(query("goodwill vouchers", reader: reader, limit: 2)).keys.sorted() == expected)
    }

    @Test("hidden articles take no place in the result")
    func filterBeforeLimit() {
        let hidden = (0..<50).map { article("h\($0)", "Goodwill", "goodwill goodwill", audience: .draft) }
        let index = SearchIndex(hidden + [article("open", "Other", "Some goodwill, once, in a longer text about us.")])
        #expect(index.search(query("goodwill", limit: 1)).keys == ["open"])
    }

    @Test(
        "only the languages asked for are searched, whatever their region",
        arguments: [
            (["de"], ["stornieren"]), (["de-CH"], ["stornieren"]), (["fr"], []), (["en"], []),
            (["fr", "de"], ["stornieren"]), ([], ["stornieren"]),
        ] as [([LanguageTag], [String])])
    func locales(_ locales: [LanguageTag], _ expected: [String]) {
        #expect(index.search(query("stornieren", locales: locales)).keys == expected)
    }

    @Test("equal scores come in the order of the articles' ids")
    func ties() {
        let keys = ["d", "a", "c", "b", "e"]
        let index = SearchIndex(keys.map { article($0, "Same", "The same words.") })
        #expect(index.search(query("same words")).keys == ["a", "b", "c", "d", "e"])
        #expect(index.search(query("same words", limit: 2)).keys == ["a", "b"])
    }

    @Test("one article does not fill the list")
    func diversity() {
        let long = (0..<20).map { "## Tent \($0)\n\nHow to pitch the tent." }.joined(separator: "\n\n")
        let index = SearchIndex([article("tents", "Tents", long), article("boots", "Boots", "Not in the tent.")])
        let result = index.search(query("tent"))
        #expect(result.passages.count == 4)
        #expect(result.keys == ["tents", "boots"])
        #expect(result.passages.map(\.score) == result.passages.map(\.score).sorted(by: >))
    }

    @Test("a summary speaks for its article")
    func summary() {
        let index = SearchIndex([
            article("gdpr", "Delete your account", "Open the settings.", summary: "Erase your personal data."),
            article("other", "Change your name", "Open the settings."),
        ])
        #expect(index.search(query("erase everything")).keys == ["gdpr"])
    }

    @Test(
        "what the index does not know is said",
        arguments: [("cancel order", 0.0...0.0), ("kayak paddle", 1.0...1.0), ("cancel kayak", 0.4...0.7)])
    func unknown(_ text: String, _ share: ClosedRange<Double>) {
        #expect(share.contains(index.search(query(text, locales: ["en"])).unknownShare))
    }

    @Test("coverage is the share of the question that the passage holds")
    func coverage() throws {
        let result = index.search(query("cancel kayak", locales: ["en"]))
        let first = try #require(result.passages.first)
        #expect(first.coverage > 0.2 && first.coverage < 0.6)
        #expect(first.matchedTerms == ["cancel"])
        #expect(result.termCount == 2)
    }

    @Test("nothing is found for nothing", arguments: ["", "   ", "how do I", "?!", "\u{0}\u{0}", "[EMAIL_1]"])
    func empty(_ text: String) {
        #expect(index.search(query(text)) == KnowledgeSearchResult())
        #expect(SearchIndex().search(query(text)) == KnowledgeSearchResult())
    }

    @Test("no limit, no passages", arguments: [0, -1])
    func noLimit(_ limit: Int) {
        #expect(index.search(query("order", limit: limit)).passages.isEmpty)
    }

    @Test("articles without text or title do no harm")
    func emptyArticles() {
        let index = SearchIndex([
            article("nothing", "", ""), article("title", "Only a title", ""), article("text", "", "Only a text"),
            article("heading", "", "# Only a heading"),
        ])
        #expect(index.articleCount == 4)
        #expect(index.search(query("text title heading")).keys == ["text"])
    }
}
