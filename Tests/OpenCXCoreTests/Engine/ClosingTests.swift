import OpenCXCore
import OpenCXTesting
import Testing

/// A closing says nothing about the question, so a signed yes is one; whatever may say something is no closing. The AI has asked
/// whether to cancel order FH-10423.
struct ClosingTests {
    private let actions = ActionTests.actions()

    /// Her mails say who she is, so the conversation knows her name.
    private static let jane = ContactHandle(email: "jane@example.com", name: "Jane O'Brien", isVerified: true)

    private func desk(answering answers: String...) async throws -> (Desk, AcceptedMessage) {
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        for answer in answers { try await desk.customer(answer, from: Self.jane) }
        return (desk, accepted)
    }

    private var isCancelled: Bool { actions.calls.contains { $0.name == "cancel_order" } }

    @Test(arguments: [
        "Yes, please.\n\nBest regards,\nJane O'Brien", "Yes, please.\r\n\r\nBest regards,\r\nJane O'Brien\r\n",
        "Yes please\nBest regards", "Yes.\nThanks,\nJane", "Yes\nThanks!\nJane", "Yes\n\nThank you very much,\nJane",
        "Yes\nCheers\nJane O'Brien", "Yes, go ahead.\nMany thanks and best regards\nJANE",
        "Hello,\nyes, please cancel order FH-10423.\n\nKind regards,\nJane O'Brien",
        "Yes.\nThanks!\nBest wishes,\nJane", "Yes\n\nSincerely yours\n\n- Jane", "Yes\nRegards, Jane",
        "Ja, bitte.\n\nViele Grüße\nJane O'Brien", "Ja\nMit freundlichen Grüßen\nJane O'Brien", "Ja\nLG Jane",
        "Ja.\nVG\nJane", "Ja\nVielen Dank und viele Grüße,\nJane", "Ja\nMit freundlichen Gruessen\nJane",
        "Ja gerne\nFreundliche Grüsse\nJane", "Oui, merci.\n\nCordialement,\nJane", "Oui\nBien à vous\nJane",
        "Oui\nMerci d'avance,\nJane", "Sí, por favor.\n\nSaludos,\nJane", "Sí\nUn cordial saludo\nJane",
        "Sì, grazie.\nCordiali saluti\nJane", "Sim\nCom os melhores cumprimentos\nJane",
        "Ja, graag.\nMet vriendelijke groet,\nJane", "Tak\nPozdrawiam\nJane", "Ja tack\nMed vänlig hälsning\nJane",
        "Da\nLijep pozdrav\nJane",
    ])
    func `a yes that is signed is one`(answer: String) async throws {
        _ = try await desk(answering: answer)
        #expect(isCancelled)
    }

    @Test(arguments: [
        // What is said after the closing, or in its line, counts like anything else.
        "Yes\nBest regards\nwait, not that one", "Yes, best regards, but tomorrow", "Yes\nBest regards, but tomorrow",
        "Yes\nBest regards\nJane\nwait", "Yes\nBest regards\nWait", "Yes\nBest regards\nStop", "Yes\nThanks,\nTomorrow",
        "Yes\nThanks,\nMonday", "Yes\nThanks,\nNot The Tent", "Yes\nThanks,\nBoth", "Yes\nThanks,\nKEEP TENT",
        "Yes\nThanks,\nNO",
        "Yes\nBest regards\nJane\nPS: Keep The Tent", "Yes\nBest regards\nJane\nPlease leave it.",
        "Yes\nBest regards\nJane Doe. Leave the tent.", "Yes\nThanks,\nJane\nOnly the tent",
        "Ja\nViele Grüße\nAber erst morgen", "Ja\nViele Grüße\nJane\nMorgen", "Ja\nGruß\nNur Zelt",
        "Oui\nCordialement\nDemain",
        "Sí\nSaludos\nEspera", "Sì\nSaluti\nDomani", "Ja\nGroet\nMorgen", "Sim\nAtenciosamente\nAmanhã",
        // Numbers and codes were not asked about.
        "Yes\nBest regards\nJane\nFH-10432", "Yes\nBest regards\nJane Doe\n10432", "Yes\nBest regards\nFH-ABCDE",
        "Yes\nBest regards\nJane Doe\n4111 1111 1111 1111", "Yes\nBest regards\nJane 2",
        // More than a signature has.
        "Yes\nBest regards\nJane\nDoe\nHead\nSales", "Yes\nBest regards\nJane Doe Anna Maria Bella Clara Dora",
        "Yes\nBest regards\nJane \u{1F914}", "Yes\nJane Doe", "Yes\nThanks\nTent",
        // A name that nobody knows may be anything, and so may what stands below one.
        "Yes\nBest regards\nNevermind", "Yes\nThanks,\nNevermind", "Yes\nCheers\nNvm",
        "Yes\nThanks\nTent\nBest regards\nJane",
        "Sim\nObrigado,\nNao", "Da\nCu stimă\nNu", "Ja\nViele Grüße\nNiemals", "Yes\nBest regards\nXL",
        "Oui\nCordialement\nArretez", "Yes\nThanks,\n12 Elm Street, Springfield", "Yes\nThanks,\nother@example.com",
        "Yes\nBest regards\nJane\n+1 415 555 0132", "Yes\nBest regards\nJane\nLater", "Yes\nThanks, January",
        "Yes, keep it", "Yes\nThanks,\nKeep It",
        "Ja\nDanke\nZelt", "Ja\nGruß\nAbbrechen", "Yes\nMaybe\nBest regards\nJane",
    ])
    func `a closing that may say something is asked about`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(!isCancelled)
        #expect(try await desk.session(accepted).pendingAction != nil)
    }

    @Test func `a question below a closing is one`() async throws {
        _ = try await desk(answering: "Yes\nBest regards\nJane\nReally?")
        #expect(!isCancelled)
    }

    @Test(arguments: [
        "No, thanks.\n\nBest regards,\nJane O'Brien", "Nein\nViele Grüße\nJane", "Non merci\nCordialement\nJeanne",
    ])
    func `a no that is signed is one`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(try await desk.session(accepted).pendingAction == nil && !isCancelled)
    }

    @Test func `an ok that is signed is asked about like any other`() async throws {
        let (desk, accepted) = try await desk(answering: "Ok.\n\nBest regards,\nJane O'Brien")
        #expect(try await desk.session(accepted).pendingAction != nil && !isCancelled)
    }

    @Test func `a name below a closing is not the one that was asked about`() async throws {
        let name = ActionParameter(name: "name", label: "name", source: .conversation)
        let change = ActionDefinition(
            name: "change_name", summary: "Change the name", parameters: [name], effect: .change)
        let cases: [(asked: RedactedText, isClear: Bool)] = [("[NAME_2]", false), ("[NAME_1]", true)]
        for (asked, isClear) in cases {
            let actions = ScriptedActions([change]) { _ in ActionResult(fields: [:]) }
            let proposal = ActionProposal(name: "change_name", arguments: ["name": asked])
            let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
            // Jane O'Brien is the first name, Jane alone the second.
            try await desk.customer("Jane O'Brien or Jane is my name", from: Self.jane)
            try await desk.customer("Yes.\nBest regards\nJane O'Brien", from: Self.jane)
            #expect(actions.calls.isEmpty != isClear, "\(asked.text)")
        }
    }

    @Test(arguments: [
        ("oui, annulez ma commande", true), ("oui, c'est ma commande", true),
        ("Oui, annuler ma commande s'il vous plaît", true), ("oui, ma non", false),
        ("Sì, ma domani", false), ("Sì, ma la commande", false), ("sí, ma commande", false),
    ])
    func `whether ma is mine or but, the yes says`(answer: String, isClear: Bool) async throws {
        let definition = ActionDefinition(
            name: "cancel", summary: "Cancel an order", effect: .change,
            confirmations: ["fr": "Voulez-vous annuler la commande ?"])
        let actions = ScriptedActions([definition]) { _ in ActionResult(fields: [:]) }
        let proposal = ActionProposal(name: "cancel", arguments: [:])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        for text in ["Annulez ma commande", answer] { try await desk.customer(text, from: ActionTests.jane) }
        #expect(actions.calls.isEmpty != isClear)
    }
}
