import OpenCXCore
import OpenCXTesting
import Testing

struct EmbeddedAnswererTests {
    private func draft(
        _ question: String, _ articles: KeyValuePairs<String, String> = [:], language: LanguageTag = "en"
    )
        async throws -> AnswerDraft
    {
        let text = RedactedText(derived: question)
        let found = try await ListIndex(articles).search(KnowledgeQuery(text: text))
        return try await EmbeddedAnswerer().draft(
            for: AnswerRequest(question: text, language: language, knowledge: found))
    }

    private func answer(_ question: String, _ articles: KeyValuePairs<String, String>) async throws -> String {
        guard case .answer(let answer) = try await draft(question, articles) else { return "no answer" }
        return answer.text.text
    }

    @Test(arguments: [
        ("hi", "Hello! What can I help you with?"), ("Good morning!", "Hello! What can I help you with?"),
        ("thanks a lot", "You're welcome! Is there anything else I can help you with?"),
        ("ok thank you, bye", "You're welcome! Is there anything else I can help you with?"),
        ("Bye", "Goodbye, and thanks for writing!"),
    ])
    func `manners are answered with manners`(text: String, reply: String) async throws {
        #expect(
            try await draft(text)
                == .answer(Answer(text: RedactedText(derived: reply), confidence: 1, basis: .smallTalk)))
    }

    @Test(arguments: ["hello, where is my order?", "thanks but my tent is torn", "ok how do I return it"])
    func `a question with manners is a question`(text: String) async throws {
        if case .answer(let answer) = try await draft(text, ["Orders": "Your order, your tent, how to return it."]) {
            #expect(answer.basis == .knowledge)
        }
    }

    @Test func `a question too short to search is asked back, in the customer's language`() async throws {
        #expect(try await draft("what?") == .askBack(Wording.english.tooShort))
        #expect(try await draft("wie?", language: "de") == .askBack(Wording.german.tooShort))
    }

    @Test func `nothing found is not answered`() async throws {
        guard case .handoff(.lowConfidence, _, _) = try await draft("quantum chromodynamics", ["Tents": "About tents."])
        else {
            Issue.record("answered out of nothing")
            return
        }
    }

    @Test func `steps are kept whole, with the sentence that introduces them`() async throws {
        let steps = (1...12).map { "\($0). Do step \($0) with the tent." }.joined(separator: "\n")
        let text = try await answer(
            "set up tent",
            [
                "Set up the tent":
                    "Some history of tents.\n\nTo set up the tent:\n\n\(steps)\n\nAn unrelated remark on boots."
            ])
        #expect(
            text.contains("To set up the tent:") && text.contains("1. Do step 1") && text.contains("12. Do step 12"))
        #expect(!text.contains("boots"))
    }

    @Test func `links and tables are kept whole`() async throws {
        let text = try await answer(
            "delivery costs table",
            [
                "Delivery costs":
                    "Delivery costs depend on the country, see [the table. Really](https://help.example/a.b):\n\n| Country | Cost |\n| --- | --- |\n| DE | 4.90 |\n| CH | 12 |"
            ])
        #expect(text.contains("](https://help.example/a.b)") && text.contains("| CH | 12 |"))
    }

    @Test func `long prose is cut to the sentences that answer`() async throws {
        let filler = String(repeating: "Our company was founded long ago by people who liked hills. ", count: 20)
        let text = try await answer(
            "refund how many days", ["About": filler + "A refund takes five business days. " + filler])
        #expect(text.contains("A refund takes five business days.") && text.count < 700)
    }
}
