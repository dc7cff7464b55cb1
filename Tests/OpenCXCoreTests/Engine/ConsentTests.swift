import OpenCXCore
import OpenCXTesting
import Testing

/// What counts as the customer's yes to a change. The AI has asked whether to cancel order FH-10423.
struct ConsentTests {
    private let actions = ActionTests.actions()

    /// The customer asks for the change, and answers the question about it.
    private func desk(answering answer: String) async throws -> (Desk, AcceptedMessage) {
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: ActionTests.jane)
        return (desk, try await desk.customer(answer, from: ActionTests.jane))
    }

    private var cancelled: [String] {
        actions.calls.filter { $0.name == "cancel_order" }.compactMap { $0.arguments["number"]?.reveal() }
    }

    @Test(arguments: [
        "Yes", "YES!!", "yes.", "Yes please", "yes, please do", "Yes, go ahead", "yep, do it", "Sure!", "Yes 👍",
        "ok yes",
        "OK, go ahead", "No problem, go ahead", "please do", "Yes, thank you very much", "Yes of course",
        "Hello, yes please",
        "Yes, I'm sure", "yes that's correct", "Yes, I would like that", "yes please cancel it", "Yes, cancel my order",
        "Yes, cancel order FH-10423", "yes cancel fh-10423.", "Yes: order number #FH-10423", "Yes\nplease",
        "Yes, thanks.\nKind regards", "yes, right away please",
        "Ja", "Ja, bitte", "ja mach das", "Ja gerne", "Natürlich, machen Sie das", "Ja, bitte stornieren",
        "Ja, in Ordnung",
        "Ja, storniere die Bestellung FH-10423 bitte", "Ja, das ist richtig so", "Ja, danke. Viele Grüße",
        "Oui", "Oui, merci", "Oui, s'il vous plaît", "Oui, allez-y", "oui bien sûr", "Sí", "sí, por favor",
        "Sí, adelante",
        "Sí, de acuerdo, gracias", "Sì", "Sì, grazie", "Sì, per favore", "Ja, graag", "Ja, doe maar", "Ja, alsjeblieft",
        "Sim", "Sim, por favor", "sim, obrigada", "Tak", "tak, proszę", "Da", "Da, molim", "Ja tack",
    ])
    func `a clear yes is one`(answer: String) async throws {
        _ = try await desk(answering: answer)
        #expect(cancelled == ["FH-10423"])
    }

    @Test(arguments: [
        "Yes, wait", "yes but wait", "Yes, but tomorrow", "Yes, tomorrow", "Yes, if it is not on its way yet",
        "Yes, maybe",
        "Yes, except the tent", "Yes, only the tent", "Yes, both", "Yes, in May", "Yes no", "Yes 🤔", "👍", "ok", "Great",
        "Yes, I think it came", "Yes, the other order", "Sure, as soon as it came back", "Yes, 2", "Yes, order 10423-2",
        "Yes, hold on", "Do it tomorrow", "no problem",
        "Ja, aber erst morgen", "Ja, warte", "Ja, morgen", "Ja, nur das Zelt", "Ja, nicht heute",
        "Da habe ich mich vertan",
        "Klar, wenn es noch geht", "Oui mais pas maintenant", "Oui, demain", "Oui, attendez", "Sí, pero espera",
        "Sí, mañana", "Si llega tarde", "Sì, ma aspetta", "Sì, domani", "Ja, maar wacht even", "Ja, morgen graag",
        "Sim, mas espere", "Sim, amanhã", "Tak, ale jutro", "Da, ali sutra",
    ])
    func `a yes that says more is asked for again`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(cancelled.isEmpty)
        #expect(try await desk.session(accepted).pendingAction?.proposal.arguments["number"] == "FH-10423")
        #expect(desk.sent.count == 2 && desk.sent[1].contains("FH-10423"))
        try await desk.customer("yes", from: ActionTests.jane)
        #expect(cancelled == ["FH-10423"])
    }

    @Test(arguments: [
        "Yes, but cancel FH-10432 instead", "Yes, cancel FH-10432", "Yes, cancel order FH-10432 please",
        "Ja, bitte Bestellung FH-10432 stornieren", "Cancel FH-10432",
    ])
    func `a yes to another order is none to this one`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(cancelled.isEmpty)
        #expect(try await desk.session(accepted).pendingAction?.proposal.arguments["number"] == "FH-10432")
        try await desk.customer("yes", from: ActionTests.jane)
        #expect(cancelled == ["FH-10432"])
    }

    @Test(arguments: [
        "Yes FH-1 FH-2", "Yes, FH-10423 and FH-10432", "yes, 10432", "Yes, FH-104233", "Yes, FH-10423 x2",
    ])
    func `a code or a number that was not asked about is no part of a yes`(answer: String) async throws {
        _ = try await desk(answering: answer)
        #expect(cancelled.isEmpty)
    }

    @Test(arguments: [
        "No", "no thanks", "No, stop", "nope", "Don't", "please don't", "Never", "Thanks, no", "Stop", "wait",
        "Nein", "nein danke", "Nicht stornieren", "Warte", "Non", "non merci", "Pas maintenant", "Ne faites pas ça",
        "No, gracias", "no grazie", "Nee", "nee bedankt", "Não", "não, obrigado", "Nie", "Nej tack",
    ])
    func `a no is one`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(try await desk.session(accepted).pendingAction == nil)
        #expect([Wording.english.declined.text, Wording.german.declined.text].contains(desk.sent.last))
        try await desk.customer("yes", from: ActionTests.jane)
        #expect(cancelled.isEmpty)
    }

    @Test(arguments: ["Yes?", "Is that right?", "How do I return an item?", "I have another question", "thanks, bye"])
    func `what is about something else leaves the question behind`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(try await desk.session(accepted).pendingAction == nil && cancelled.isEmpty)
    }

    @Test(arguments: [
        ("Yes, AB 1234 please", true), ("Yes, AB 5678", false), ("Yes, 1234", false), ("yes, large", true),
    ])
    func `a value has to be said whole`(answer: String, isClear: Bool) async throws {
        let arguments: [String: RedactedText] = ["from": "AB 1234", "to": "CD 5678", "size": "large", "gift": "wait"]
        let proposal = ActionProposal(name: "change", arguments: arguments)
        let parameters = arguments.keys.map { ActionParameter(name: $0, label: $0, source: .conversation) }
        let change = ActionDefinition(name: "change", summary: "Change it", parameters: parameters, effect: .change)
        let actions = ScriptedActions([change]) { _ in ActionResult(fields: [:]) }
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        for text in ["Please change it", "Yes, wait", answer] { try await desk.customer(text, from: ActionTests.jane) }
        #expect(actions.calls.isEmpty != isClear)
    }

    @Test func `an answerer that takes a yes with a but for a yes does not get its way`() async throws {
        let proposal = ActionProposal(name: "cancel_order", arguments: ["number": "FH-10423"])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        for text in ["Please cancel my order FH-10423", "Yes, wait", "Yes, cancel FH-10432"] {
            try await desk.customer(text, from: ActionTests.jane)
        }
        #expect(cancelled.isEmpty && desk.sent.count == 3)
    }

    @Test func `whoever cannot say a clear yes gets to a person`() async throws {
        let (desk, accepted) = try await desk(answering: "Yes, wait")
        for _ in 1...3 { try await desk.customer("Yes, wait", from: ActionTests.jane) }
        #expect(try await desk.session(accepted).handoff?.trigger == .lowConfidence)
        #expect(cancelled.isEmpty)
    }
}
