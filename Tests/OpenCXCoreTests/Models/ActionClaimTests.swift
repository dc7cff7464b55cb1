import OpenCXTesting
import Testing

@testable import OpenCXCore

struct ActionClaimTests {
    @Test(arguments: [
        "I have cancelled your order.", "I've just refunded the 30 EUR.", "We've updated your address.",
        "Done! I cancelled it for you.", "Your order has been cancelled.", "Your refund has now been issued.",
        "Good news: your address was already changed, your parcel is now rescheduled.",
        "I have successfully reset your password.", "I’ve sent you a new label.",
        "Ich habe Ihre Bestellung storniert.", "Ihre Bestellung wurde storniert.", "Wir haben den Betrag erstattet.",
        "Ihre Adresse ist geändert.", "Gerne! Das habe ich für Sie gebucht.",
    ])
    func `a claim without a record is found`(text: String) {
        #expect(ActionClaim.isUnbacked(text, for: AnswerRequest(question: "Please do it.")))
    }

    @Test(arguments: [
        "You can cancel your order within 60 minutes.", "Once your refund has been issued, it takes five days.",
        "Your order has not been cancelled.", "I have not cancelled anything.", "Shall I cancel your order?",
        "Refunds are processed within 5 days.", "If your parcel was sent, you can track it.",
        "I found your order: it is on its way.", "Items that have been returned are refunded.",
        "Sobald Ihre Bestellung storniert ist, erhalten Sie eine E-Mail.", "Ihre Bestellung wurde nicht storniert.",
        "Sie können die Bestellung stornieren.", "Soll ich Ihre Bestellung stornieren?", "Hello! How can I help?",
    ])
    func `what claims nothing passes`(text: String) {
        #expect(!ActionClaim.isUnbacked(text, for: AnswerRequest(question: "Please do it.")))
    }

    private static func record(_ name: String, _ result: RedactedText = "", changes: Bool = true) -> ActionRecord {
        ActionRecord(name: name, arguments: [:], outcome: .succeeded, result: result, changes: changes)
    }

    @Test func `a record bears out what was done and nothing else`() {
        let cancelled = AnswerRequest(question: "Cancel it", results: [Self.record("cancel_order")])
        #expect(!ActionClaim.isUnbacked("I have cancelled your order.", for: cancelled))
        #expect(!ActionClaim.isUnbacked("Your request has been processed.", for: cancelled))
        #expect(ActionClaim.isUnbacked("I have refunded your order.", for: cancelled))
        let earlier = AnswerRequest(question: "Did you?", earlierActions: [Self.record("cancel_order")])
        #expect(!ActionClaim.isUnbacked("Yes, I have cancelled it.", for: earlier))
        var failed = Self.record("cancel_order")
        failed.outcome = .failed
        #expect(ActionClaim.isUnbacked("I have cancelled it.", for: AnswerRequest(question: "?", results: [failed])))
    }

    @Test func `a lookup may report what others did, but the AI did not do it`() {
        let looked = AnswerRequest(
            question: "Where is it?", results: [Self.record("order_status", "status: cancelled", changes: false)])
        #expect(!ActionClaim.isUnbacked("Your order has been cancelled.", for: looked))
        #expect(ActionClaim.isUnbacked("I have cancelled your order.", for: looked))
    }

    @Test func `a sentence of the team's own is no claim`() {
        let scenario = TrainingScenario(
            name: "s", kind: .behavioral, content: "Your message has been forwarded to the workshop.")
        let request = AnswerRequest(question: "?", matched: [(scenario, 1)])
        #expect(!ActionClaim.isUnbacked("Your message has been forwarded to the workshop.", for: request))
    }
}

struct LexicalSupportTests {
    private func factor(_ answer: String, _ sources: String..., sameLanguage: Bool = true) -> Double {
        LexicalSupport(of: answer, by: sources, sameLanguage: sameLanguage).factor
    }

    static let returns = "You can return any item within 60 days. Open your orders, choose Return and print the label."

    @Test func `what stands in the sources is supported, however it is put`() {
        #expect(
            factor("Items can be returned within 60 days. Just open your orders and print the label.", Self.returns)
                == 1)
        #expect(factor("Yes, that works. Let me know if you have further questions!", Self.returns) == 1)
    }

    @Test func `what was made up is not`() {
        #expect(factor("Our premium membership includes free helicopter transport everywhere.", Self.returns) == 0)
        let half = factor(
            "Items can be returned within 60 days. Premium members enjoy helicopter pickup.", Self.returns)
        #expect(half > 0.3 && half < 0.7)
    }

    @Test func `repeating the question is no support`() {
        let echo = LexicalSupport(
            of: "Yes, we gladly accept bitcoin payments.", by: [Self.returns],
            besides: ["Do you accept bitcoin payments?"], sameLanguage: true)
        #expect(echo.factor == 0)
        let order = LexicalSupport(
            of: "Your order FH-10423 arrives on Friday.", by: ["arrives: Friday"],
            besides: ["Where is my order FH-10423?"], sameLanguage: true)
        #expect(order.factor == 1)
    }

    @Test(arguments: [
        "You can return any item within 90 days. Open your orders, choose Return and print the label.",
        "Return any item within 60 days for 15 EUR. Open your orders and print the label.",
    ])
    func `a number out of nothing weighs most`(text: String) {
        #expect(factor(text, Self.returns) < 0.4)
    }

    @Test func `steps are counted and dates put differently without harm`() {
        #expect(factor("1. Open your orders.\n2. Choose Return.\n3. Print the label.", Self.returns) == 1)
        #expect(factor("It arrives on 3 May 2026.", "delivery: 2026-05-03") == 1)
    }

    @Test func `in another language only numbers are compared`() {
        #expect(
            factor("Sie können Artikel innerhalb von 60 Tagen zurückgeben.", Self.returns, sameLanguage: false) == 1)
        #expect(factor("Sie haben 90 Tage Zeit.", Self.returns, sameLanguage: false) == 0)
    }

    @Test func `German capitals and umlauts meet`() {
        #expect(factor("Die ÜBERWEISUNG dauert Werktage bei Überweisungen.", "überweisung werktag dauer") == 1)
    }
}
