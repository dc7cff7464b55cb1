import OpenCXCore
import OpenCXTesting
import Testing

struct SummaryTests {
    private static let request = SummaryRequest(
        messages: [
            Message(id: "1", author: .customer, text: "Hello!", at: .epoch),
            Message(id: "2", author: .ai, text: "Hello! What can I help you with?", at: .epoch),
            Message(id: "3", author: .customer, text: "Where is my order FH-10423?", at: .epoch),
            Message(id: "4", author: .customer, text: "This is ridiculous and useless!! mail [EMAIL_1]", at: .epoch),
            Message(id: "5", author: .customer, text: "well?", at: .epoch),
        ],
        actions: [
            ActionRecord(
                name: "order_status", arguments: ["number": "FH-10423"], outcome: .succeeded,
                result: "shipped on Monday"),
            ActionRecord(name: "cancel_order", arguments: [:], outcome: .unknown, result: ""),
        ],
        explanation: "It is not known whether the action was carried out.", sentiment: .neutral)

    @Test func `the extract says what was asked, tried and done, and where it stands`() async throws {
        let summary = try await ExtractiveSummarizer().summarize(Self.request)
        #expect(
            summary.text.text == """
                Asked first: Where is my order FH-10423?
                Wrote last: well?
                The AI said last: Hello! What can I help you with?
                Action: order_status (number FH-10423): done, shipped on Monday
                Action: cancel_order: NOT KNOWN WHETHER IT WAS DONE
                Where it stands: It is not known whether the action was carried out.
                """)
        #expect(summary.sentiment == .angry)
    }

    @Test func `a model's words are taken, and when it fails the extract is`() async throws {
        func summarize(_ text: String?) async throws -> HandoffSummary {
            let model = ScriptedModel { _ in
                guard let text else { throw ModelError(.unavailable, "down") }
                return ModelReply(text: UnredactedText(text), model: "m")
            }
            return try await ModelSummarizer(model).summarize(Self.request)
        }
        let told = try await summarize(
            #"{"summary": "Wants order FH-10423; mail to mia@example.org", "sentiment": "angry"}"#)
        #expect(told.text.text.hasPrefix("Wants order FH-10423") && !told.text.text.contains("mia@example.org"))
        let extract = try await ExtractiveSummarizer().summarize(Self.request)
        for text in [
            nil, "", "fine", #"{"summary": " ", "sentiment": "angry"}"#, #"{"summary": "x", "sentiment": "sad"}"#,
        ] {
            #expect(try await summarize(text) == extract)
        }
    }

    struct FailingSummarizer: HandoffSummarizer {
        struct Failure: Error {}
        func summarize(_ request: SummaryRequest) async throws -> HandoffSummary { throw Failure() }
    }

    @Test func `a summarizer that fails keeps no customer waiting`() async throws {
        let desk = Desk(summarizer: FailingSummarizer())
        let accepted = try await desk.customer("My tent is torn, I want to speak to a human")
        let session = try await desk.session(accepted)
        #expect(session.owner == .team)
        #expect(session.handoff?.summary.text.hasPrefix("Asked first: My tent is torn") == true)
    }
}
