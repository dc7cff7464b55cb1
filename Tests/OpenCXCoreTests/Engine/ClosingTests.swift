import OpenCXCore
import OpenCXTesting
import Testing

/// A closing says nothing about the question, so a signed yes is one; whatever may say something is no closing. The AI has asked
/// whether to cancel order FH-10423.
struct ClosingTests {
    private let actions = ActionTests.actions()

    private func desk(answering answers: String...) async throws -> (Desk, AcceptedMessage) {
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer("Please cancel my order FH-10423", from: ActionTests.jane)
        for answer in answers { try await desk.customer(answer, from: ActionTests.jane) }
        return (desk, accepted)
    }

    private var isCancelled: Bool { actions.calls.contains { $0.name == "cancel_order" } }

    @Test(arguments: [
        "Yes, please.\n\nBest regards,\nJane Doe", "Yes, please.\r\n\r\nBest regards,\r\nJane Doe\r\n",
        "Yes please\nBest regards", "Yes.\nThanks,\nJane", "Yes\n\nThank you very much,\nJane D.",
        "Yes\nCheers\nJane O'Brien", "Yes, go ahead.\nMany thanks and best regards\nDr. Anna-Lena Meier",
        "Hello,\nyes, please cancel order FH-10423.\n\nKind regards,\nJane Doe\nHead of Sales\nAcme & Sons Ltd.",
        "Yes.\nThanks!\nBest wishes,\nJane Doe, CEO", "Yes\n\nSincerely yours\n\n- Jane", "Yes\nRegards, Jane",
        "Yes\nAll the best\nMia", "Yes please.\nKind regards\nJane Doe\n+1 415 555 0132",
        "Yes\nBest regards\nJane\njane@example.com",
        "Ja, bitte.\n\nViele Grüße\nJörg Müller-Lüdenscheidt", "Ja\nMit freundlichen Grüßen\nJane van der Berg",
        "Ja bitte\nMit freundlichem Gruß\nDipl.-Ing. Jane Doe\nGeschäftsführerin", "Ja\nLG Jane", "Ja.\nVG\nJane",
        "Ja\nVielen Dank und viele Grüße,\nJane", "Ja\nMit freundlichen Gruessen\nJane",
        "Ja gerne\nFreundliche Grüsse\nUeli",
        "Oui, merci.\n\nCordialement,\nJeanne d'Arc", "Oui\nBien à vous\nJeanne", "Oui\nMerci d'avance,\nJeanne Dupont",
        "Sí, por favor.\n\nSaludos,\nJuana de la Cruz", "Sí\nUn cordial saludo\nJuana", "Sí\nAtentamente\nJuana",
        "Sì, grazie.\nCordiali saluti\nGianna Rossi", "Sì\nDistinti saluti\nGianna", "Sim\nAtenciosamente,\nJoana",
        "Sim\nCom os melhores cumprimentos\nJoana", "Ja, graag.\nMet vriendelijke groet,\nJoke de Vries",
        "Ja\nGroetjes\nJoke", "Tak\nPozdrawiam\nJan", "Ja tack\nMed vänlig hälsning\nJohan", "Da\nLijep pozdrav\nIvana",
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
        "Yes\nBest regards\nJane \u{1F914}", "Yes\nJane Doe", "Yes\nThanks\nTent", "Yes\nThanks!\nJane",
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
        "No, thanks.\n\nBest regards,\nJane Doe", "Nein\nViele Grüße\nJane", "Non merci\nCordialement\nJeanne",
    ])
    func `a no that is signed is one`(answer: String) async throws {
        let (desk, accepted) = try await desk(answering: answer)
        #expect(try await desk.session(accepted).pendingAction == nil && !isCancelled)
    }

    @Test func `an ok that is signed is asked about like any other`() async throws {
        let (desk, accepted) = try await desk(answering: "Ok.\n\nBest regards,\nJane Doe")
        #expect(try await desk.session(accepted).pendingAction != nil && !isCancelled)
    }

    @Test func `a signature's telephone is not the one that was asked about`() async throws {
        let number = ActionParameter(name: "phone", label: "telephone", source: .conversation)
        let change = ActionDefinition(
            name: "change_phone", summary: "Change the telephone", parameters: [number], effect: .change)
        let proposal = ActionProposal(name: "change_phone", arguments: ["phone": "[PHONE_1]"])
        for (answer, isClear) in [
            ("Yes.\nBest regards\nJane Doe\n+1 415 555 0199", false),
            ("Yes.\nBest regards\nJane Doe\n+1 415 555 0132", true),
        ] {
            let actions = ScriptedActions([change]) { _ in ActionResult(fields: [:]) }
            let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
            try await desk.customer("Please change my telephone to +1 415 555 0132", from: ActionTests.jane)
            try await desk.customer(answer, from: ActionTests.jane)
            #expect(actions.calls.isEmpty != isClear, "\(answer)")
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
