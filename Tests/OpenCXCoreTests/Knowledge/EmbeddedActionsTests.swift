import OpenCXTesting
import Testing

@testable import OpenCXCore

/// What the embedded answerer makes of a conversation when there are actions.
struct EmbeddedActionsTests {
    private static let order = ActionParameter(
        name: "order_id", label: "order number", source: .conversation, translations: ["de": "Bestellnummer"],
        schema: ["type": "string", "pattern": "^FH-[0-9]{5}$"])

    private static let refund = ActionDefinition(
        name: "refund_order", summary: "Refunds an order that came back.", title: "Refund an order",
        examples: ["I want a refund for my order", "Please refund order"],
        parameters: [
            order,
            ActionParameter(
                name: "reason", label: "reason", source: .conversation,
                schema: ["type": "string", "enum": ["damaged", "too_small", "other"]]),
            ActionParameter(
                name: "amount", label: "amount", source: .conversation, schema: ["type": "number", "minimum": 1]),
            ActionParameter(name: "note", label: "note", source: .conversation, isRequired: false),
            ActionParameter(name: "email", label: "e-mail address", source: .contactEmail),
        ], effect: .change)

    /// Says the customer's messages one after the other and returns the draft for each.
    private func drafts(
        _ messages: [String], _ actions: [ActionDefinition] = [refund], language: LanguageTag = "en"
    ) async throws -> [AnswerDraft] {
        var history: [Message] = []
        var drafts: [AnswerDraft] = []
        for (place, text) in messages.enumerated() {
            let question = RedactedText(derived: text)
            let draft = try await EmbeddedAnswerer().draft(
                for: AnswerRequest(question: question, history: history, language: language, actions: actions))
            drafts.append(draft)
            history.append(
                Message(id: MessageID("c\(place)"), author: .customer, text: question, at: Timestamp(milliseconds: 0)))
            let reply: RedactedText
            switch draft {
            case .askBack(let text), .confirm(_, let text): reply = text
            default: reply = "…"
            }
            history.append(
                Message(id: MessageID("a\(place)"), author: .ai, text: reply, at: Timestamp(milliseconds: 0)))
        }
        return drafts
    }

    private func arguments(_ draft: AnswerDraft?) -> [String: String]? {
        switch draft {
        case .act(let proposal), .confirm(let proposal, _): proposal.arguments.mapValues(\.text)
        default: nil
        }
    }

    @Test func `what is missing is asked for, one thing after the other`() async throws {
        let drafts = try await drafts(["I want a refund for my order", "it's fh-10431", "Too small!", "12,50 €"])
        #expect(drafts[0] == .askBack("Could you tell me your order number?"))
        #expect(drafts[1] == .askBack("Could you tell me your reason?"))
        #expect(drafts[2] == .askBack("Could you tell me your amount?"))
        #expect(arguments(drafts[3]) == ["order_id": "FH-10431", "reason": "too_small", "amount": "12.5"])
        guard case .confirm(_, let question) = drafts[3] else {
            Issue.record("not asked for a yes")
            return
        }
        #expect(question.text.contains("Refund an order") && question.text.contains("FH-10431"))
    }

    @Test func `what was said at once is not asked for`() async throws {
        let drafts = try await drafts([
            "Please refund order FH-10431, it came damaged on 12 November. The amount is 40."
        ])
        #expect(arguments(drafts[0]) == ["order_id": "FH-10431", "reason": "damaged", "amount": "40"])
    }

    @Test func `in German it asks in German`() async throws {
        let drafts = try await drafts(["Please refund order"], language: "de")
        #expect(drafts[0] == .askBack("Nennen Sie mir bitte: Bestellnummer"))
    }

    @Test func `an answer that does not fit is asked for again, and a question is not taken for one`() async throws {
        let drafts = try await drafts(["I want a refund for my order", "FH-99", "FH-10431"])
        #expect(drafts[1] == .askBack("Could you tell me your order number?"))
        #expect(drafts[2] == .askBack("Could you tell me your reason?"))
        let other = try await self.drafts(["I want a refund for my order", "How long do the tents last in heavy rain?"])
        if case .askBack("Could you tell me your order number?") = other[1] { Issue.record("asked again") }
        #expect(arguments(other[1]) == nil)
    }

    @Test func `an answer in a sentence is one, and another question is not`() async throws {
        let cancel = ActionDefinition(
            name: "cancel", summary: "Cancels an order.", examples: ["Cancel my order"], parameters: [Self.order],
            effect: .change)
        let status = ActionDefinition(
            name: "status", summary: "Looks an order up.", examples: ["Where is my order?"], parameters: [Self.order],
            effect: .lookup)
        for (text, name) in [("It's order FH-10431", "cancel"), ("where is my order FH-10431", "status")] {
            let draft = try await drafts(["Please cancel my order", text], [cancel, status])[1]
            switch draft {
            case .act(let proposal), .confirm(let proposal, _): #expect(proposal.name == name, "\(text)")
            default: Issue.record("\(text): \(draft)")
            }
        }
    }

    @Test func `an optional argument is left out unless it is named`() async throws {
        let text = "Please refund order FH-10431, damaged, amount 40."
        let size = ActionParameter(
            name: "size", label: "size", source: .conversation, schema: ["enum": ["small", "damaged"]],
            isRequired: false)
        var action = Self.refund
        action.parameters.append(size)
        #expect(arguments(try await drafts([text], [action])[0])?["size"] == nil)
        #expect(arguments(try await drafts([text + " Size small."], [action])[0])?["size"] == "small")
    }

    @Test func `a value that two parameters could have is nobody's`() async throws {
        let schema: JSONValue = ["type": "integer"]
        let action = ActionDefinition(
            name: "book", summary: "Books seats and tents.", examples: ["book seats and tents"],
            parameters: [
                ActionParameter(name: "seats", label: "seats", source: .conversation, schema: schema),
                ActionParameter(name: "tents", label: "tents", source: .conversation, schema: schema),
            ], effect: .lookup)
        let drafts = try await drafts(["book seats and tents for 4", "4", "4"], [action])
        #expect(drafts[0] == .askBack("Could you tell me your seats?"))
        #expect(drafts[1] == .askBack("Could you tell me your tents?"))
        #expect(arguments(drafts[2]) == ["seats": "4", "tents": "4"])
    }

    @Test func `a placeholder stays one`() async throws {
        let action = ActionDefinition(
            name: "newsletter", summary: "Sends the newsletter.", examples: ["send me the newsletter"],
            parameters: [
                ActionParameter(
                    name: "address", label: "address", source: .conversation,
                    schema: ["type": "string", "format": "email"])
            ], effect: .lookup)
        let drafts = try await drafts(["send me the newsletter", "[EMAIL_1]"], [action])
        #expect(drafts[0] == .askBack("Could you tell me your address?"))
        #expect(arguments(drafts[1]) == ["address": "[EMAIL_1]"])
    }

    @Test func `an action that needs an object is not offered`() async throws {
        var action = Self.refund
        action.parameters.append(
            ActionParameter(name: "items", label: "items", source: .conversation, schema: ["type": "array"]))
        let draft = try await drafts(["I want a refund for my order"], [action])[0]
        if case .askBack(let text) = draft { #expect(!text.text.contains("order number")) }
        #expect(arguments(draft) == nil)
    }

    @Test func `a result without a template is told by its plain members`() async throws {
        let record = ActionRecord(
            name: "refund_order", arguments: [:], outcome: .succeeded,
            result: "status: 200\nbody: {\"refundState\": \"done\"}",
            fields: ["http_status": "200", "refundState": "done", "paid_to": "[IBAN_1]", "order.id": "FH-1"])
        let draft = try await EmbeddedAnswerer().draft(
            for: AnswerRequest(question: "yes", actions: [Self.refund], results: [record]))
        #expect(
            draft == .answer(Answer(text: "- Paid to: [IBAN_1]\n- Refund state: done", confidence: 1, basis: .action)))
    }
}
