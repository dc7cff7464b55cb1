import OpenCXCore
import OpenCXTesting
import Testing

struct ActionTests {
    static let status = ActionDefinition(
        name: "order_status", summary: "Look up where an order is",
        examples: ["Where is my order?", "What is the status of my order?"],
        parameters: [
            ActionParameter(name: "number", label: "order number", source: .code("FH-#####")),
            ActionParameter(name: "email", label: "e-mail", source: .contactEmail),
        ],
        effect: .lookup, replies: ["en": "Order {number} is **{status}**."])

    static let cancel = ActionDefinition(
        name: "cancel_order", summary: "Cancel an order",
        examples: ["Cancel my order", "I want to cancel my order", "Bitte meine Bestellung stornieren"],
        parameters: [
            ActionParameter(
                name: "number", label: "order number", source: .code("FH-#####"), translations: ["de": "Bestellnummer"])
        ],
        effect: .change, replies: ["en": "Order {number} is cancelled."],
        confirmations: ["de": "Soll ich Bestellung {number} stornieren? Bitte antworten Sie mit Ja oder Nein."])

    static let jane = ContactHandle(email: "jane@example.com", isVerified: true)

    static func actions(
        _ script: @escaping @Sendable (ActionCall) async throws -> ActionResult = { call in
            ActionResult(fields: [
                "number": call.arguments["number"] ?? UnredactedText("?"), "status": UnredactedText("on its way"),
            ])
        }
    ) -> ScriptedActions {
        ScriptedActions([status, cancel], script)
    }

    @Test func `a lookup answers with what the system said, for the verified customer only`() async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Where is my order fh-10423?", from: Self.jane)
        #expect(desk.sent == ["Order FH-10423 is **on its way**."])
        #expect(actions.calls.first?.arguments["email"]?.reveal() == "jane@example.com")
    }

    @Test func `an unverified customer's order is not looked up`() async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer(
            "Where is my order FH-10423?",
            from: ContactHandle(email: "jane@example.com", customID: "d", isVerified: false))
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionFailed)
    }

    @Test(arguments: [
        (ContactHandle(email: "jane@example.com", customID: "d", isVerified: false), "is not verified"),
        (ContactHandle(customID: "d", isVerified: true), "lacks what \"email\" is bound to"),
    ])
    func `a customer for whom nothing can be changed is not asked to agree to it`(
        customer: ContactHandle, reason: String
    ) async throws {
        var cancel = Self.cancel
        cancel.parameters.append(ActionParameter(name: "email", label: "e-mail", source: .contactEmail))
        let actions = ScriptedActions([cancel]) { _ in ActionResult(fields: [:]) }
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer("Please cancel my order FH-10423", from: customer)
        #expect(desk.sent.count == 1)
        #expect(desk.sent.last?.contains("yes or no") == false)
        #expect(actions.calls.isEmpty)
        let handoff = try await desk.session(accepted).handoff
        #expect(handoff?.trigger == .actionFailed)
        #expect(handoff?.explanation.text.contains(reason) == true)
    }

    @Test func `a missing order number is asked for and then used`() async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Where is my order?", from: Self.jane)
        try await desk.customer("FH-10423", from: Self.jane)
        #expect(desk.sent == ["Could you tell me your order number?", "Order FH-10423 is **on its way**."])
    }

    @Test func `nothing changes before the customer says yes, and then once`() async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        #expect(actions.calls.isEmpty)
        #expect(desk.sent.last?.contains("yes or no") == true)
        try await desk.customer("yes please", from: Self.jane)
        try await desk.customer("yes", from: Self.jane)
        #expect(actions.calls.map(\.name) == ["cancel_order"])
        #expect(desk.sent[1] == "Order FH-10423 is cancelled.")
    }

    @Test func `each question is matched for itself, not with the one before it`() async throws {
        let actions = Self.actions()
        let desk = Desk(index: TurnTests.shop, actions: actions)
        try await desk.customer("Can you cancel my order?", from: Self.jane)
        try await desk.customer("where is my order FH-10423", from: Self.jane)
        try await desk.customer("Do you rent out tents?", from: Self.jane)
        #expect(actions.calls.map(\.name) == ["order_status"])
        #expect(desk.sent[1] == "Order FH-10423 is **on its way**.")
        #expect(desk.sent[2] == Wording.english.handoffUnknown.text)
    }

    @Test func `details and confirmations are asked for in the customer's language`() async throws {
        let desk = Desk(actions: Self.actions())
        try await desk.customer("Bitte meine Bestellung stornieren, danke", from: Self.jane)
        try await desk.customer("Das ist die FH-10423", from: Self.jane)
        #expect(desk.sent.first == "Nennen Sie mir bitte: Bestellnummer")
        #expect(desk.sent.last == "Soll ich Bestellung FH-10423 stornieren? Bitte antworten Sie mit Ja oder Nein.")
    }

    @Test(arguments: ["no", "No, stop", "actually don't"])
    func `a no leaves everything as it is`(answer: String) async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        try await desk.customer(answer, from: Self.jane)
        try await desk.customer("yes", from: Self.jane)
        #expect(actions.calls.isEmpty)
    }

    @Test func `a model that proposes a change without a yes gets a question instead of a call`() async throws {
        let actions = Self.actions()
        let proposal = ActionProposal(name: "cancel_order", arguments: ["number": "FH-10423"])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        try await desk.customer("Tell me about tents", from: Self.jane)
        #expect(actions.calls.isEmpty)
        #expect(desk.sent.last?.contains("yes or no") == true)
    }

    @Test(arguments: [
        "Is this right?", "please help", "ok", "ok thanks bye", "is that okay?", "yes but wait", "maybe",
        "how long would it take",
    ])
    func `what is no clear yes changes nothing`(answer: String) async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        try await desk.customer(answer, from: Self.jane)
        #expect(actions.calls.isEmpty)
    }

    @Test(arguments: [
        "yes", "Yes, cancel it", "yes please cancel my order", "Ja bitte", "no problem, go ahead", "go ahead", "sure!",
    ])
    func `a clear yes is one, however it is put`(answer: String) async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        try await desk.customer(answer, from: Self.jane)
        #expect(actions.calls.count == 1)
    }

    @Test func `a yes to somebody else's question, or much later, is no yes to the AI's`() async throws {
        for interrupt in [true, false] {
            let actions = Self.actions()
            let desk = Desk(actions: actions)
            let asked = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
            if interrupt {
                _ = try await desk.agent.reply(to: asked.session, as: "ann", UnredactedText("Shall I send a voucher?"))
                _ = try await desk.agent.assign(asked.session, to: .ai, by: "ann")
            } else {
                desk.clock.advance(by: .seconds(2 * 3600))
            }
            try await desk.customer("yes", from: Self.jane)
            #expect(actions.calls.isEmpty)
        }
    }

    @Test func `a model that takes anything for a yes does not get its way`() async throws {
        let actions = Self.actions()
        let proposal = ActionProposal(name: "cancel_order", arguments: ["number": "FH-10423"])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        try await desk.customer("how long would that take?", from: Self.jane)
        #expect(actions.calls.isEmpty)
    }

    @Test func `what was done is said although the customer wrote again meanwhile`() async throws {
        let box = Locked<Desk?>(nil)
        let actions = Self.actions { call in
            if let desk = box.withLock({ $0 }) {
                _ = try await desk.agent.receive(desk.channel.message("no wait", providerID: "late", from: Self.jane))
            }
            return ActionResult(fields: ["number": call.arguments["number"] ?? UnredactedText("?")])
        }
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        box.withLock { $0 = desk }
        try await desk.customer("yes", from: Self.jane)
        #expect(desk.sent[1] == "Order FH-10423 is cancelled.")
        #expect(actions.calls.count == 1)
    }

    @Test func `what may have been done is handed off although the customer wrote again meanwhile`() async throws {
        struct Broken: Error {}
        let box = Locked<Desk?>(nil)
        let actions = Self.actions { _ in
            if let desk = box.withLock({ $0 }) {
                _ = try await desk.agent.receive(desk.channel.message("no wait", providerID: "late", from: Self.jane))
            }
            throw Broken()
        }
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        box.withLock { $0 = desk }
        let accepted = try await desk.customer("yes", from: Self.jane)
        #expect(actions.calls.count == 1)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionUnknown)
    }

    @Test func `a provider that cannot list its actions does not keep the customer from a person`() async throws {
        struct Down: ActionProvider {
            struct Unreachable: Error {}
            func actions() async throws -> [ActionDefinition] { throw Unreachable() }
            func call(_ call: ActionCall) async throws -> ActionResult { throw Unreachable() }
        }
        let desk = Desk(actions: Down())
        let accepted = try await desk.customer("I want to talk to a human")
        #expect(try await desk.session(accepted).handoff?.trigger == .explicitRequest)
    }

    @Test func `a gate of topics lets follow-ups through`() async throws {
        let actions = Self.actions()
        let orders = Topic(name: "Orders", examples: ["cancel my order", "where is my order"])
        let desk = Desk(
            actions: actions, settings: AgentSettings(autopilot: Autopilot(topics: .only([orders]))))
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        let accepted = try await desk.customer("yes", from: Self.jane)
        try await desk.customer("thanks", from: Self.jane)
        #expect(actions.calls.count == 1)
        #expect(try await desk.session(accepted).owner == .ai)
    }

    @Test func `a call whose outcome is not known is never repeated`() async throws {
        struct Broken: Error {}
        let actions = Self.actions { _ in throw Broken() }
        let desk = Desk(actions: actions)
        try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        let accepted = try await desk.customer("yes", from: Self.jane)
        #expect(actions.calls.count == 1)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionUnknown)
    }

    @Test func `a crash between call and commit does not call again`() async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        let asked = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        _ = try await desk.dieInTheChange(agreedTo: asked, from: Self.jane)
        try await desk.agent.runUntilIdle()
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(asked).handoff?.trigger == .actionUnknown)
    }

    @Test(arguments: [true, false], ["yes", "Yes, cancel order FH-10423"])
    func `a change begun before a crash comes first, whatever the customer has written since`(
        isFinished: Bool, yes: String
    ) async throws {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        let asked = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        let intent = try await desk.dieInTheChange(agreedTo: asked, from: Self.jane, saying: yes)
        if isFinished {
            let record = ActionRecord(
                name: "cancel_order", arguments: intent.proposal.arguments, outcome: .succeeded,
                result: "Order FH-10423 is cancelled.", changes: true)
            try await desk.store.finishEffect(intent.key, record, at: desk.clock.now())
        }
        let text = "Where is my other order FH-10424, which I made last week?"
        _ = try await desk.agent.receive(desk.channel.message(text, providerID: "b", from: Self.jane))
        try await desk.agent.runUntilIdle()
        #expect(actions.calls.map(\.name) == (isFinished ? ["order_status"] : []))
        if isFinished {
            #expect(desk.sent.suffix(2) == ["Order FH-10423 is cancelled.", "Order FH-10424 is **on its way**."])
        } else {
            #expect(try await desk.session(asked).handoff?.trigger == .actionUnknown)
        }
    }

    @Test func `what the ledger knows stays true when the vault has forgotten the arguments`() async throws {
        let actions = Self.actions()
        let proposal = ActionProposal(name: "cancel_order", arguments: ["number": "[EMAIL_1]"])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        let asked = try await desk.customer("Please cancel it", from: Self.jane)
        _ = try await desk.dieInTheChange(agreedTo: asked, from: Self.jane)
        try await desk.agent.runUntilIdle()
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(asked).handoff?.trigger == .actionUnknown)
    }

    @Test func `an order that is not the customer's is asked about again`() async throws {
        let actions = Self.actions { _ in throw ActionError(.notFound, "No such order.") }
        let desk = Desk(actions: actions)
        try await desk.customer("Where is my order FH-10423?", from: Self.jane)
        #expect(desk.sent == ["I couldn't find anything for that order number. Could you check it and send it again?"])
    }

    @Test func `personal data in a result are redacted before anything else sees them`() async throws {
        let actions = Self.actions { _ in
            ActionResult(fields: ["number": UnredactedText("1"), "status": UnredactedText("sent to joe@example.com")])
        }
        let desk = Desk(actions: actions)
        let accepted = try await desk.customer("Where is my order FH-10423?", from: Self.jane)
        #expect(!String(describing: try await desk.history(accepted)).contains("joe@example.com"))
    }

    @Test func `an answerer that keeps calling actions is stopped`() async throws {
        let actions = Self.actions()
        let proposal = ActionProposal(name: "order_status", arguments: ["number": "FH-10423"])
        let desk = Desk(answerer: ScriptedAnswerer(.act(proposal)), actions: actions)
        let accepted = try await desk.customer("Where?", from: Self.jane)
        #expect(actions.calls.count == 3)
        #expect(try await desk.session(accepted).handoff?.trigger == .actionFailed)
    }

    @Test func `a yes that was written before the question is no answer to it`() async throws {
        let actions = Self.actions()
        // In e-mail each message has a turn of its own, so that the second is read after the question to the first.
        let desk = Desk(actions: actions, kind: .email)
        for (id, text) in [("1", "Please cancel my order FH-10423"), ("2", "yes")] {
            _ = try await desk.agent.receive(desk.channel.message(text, providerID: id, from: Self.jane))
        }
        try await desk.agent.runUntilIdle()
        #expect(actions.calls.isEmpty)
        #expect(desk.sent.first?.contains("yes or no") == true)
        // A bare yes to nothing is nothing that the embedded answerer can deal with; a person can.
        #expect(try await desk.store.sessions(.handedOff, limit: 9).count == 1)
    }

    @Test func `a person who takes over while the AI makes up its mind keeps it from changing anything`() async throws {
        let actions = Self.actions()
        let proposal = ActionProposal(name: "cancel_order", arguments: ["number": "FH-10423"])
        let takeOver = Locked<(@Sendable () async throws -> Void)?>(nil)
        let desk = Desk(
            answerer: ScriptedAnswerer { _ in
                try await takeOver.withLock(\.self)?()
                return .act(proposal)
            }, actions: actions)
        let asked = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        takeOver.withLock { $0 = { _ = try await desk.agent.takeOver(asked.session, by: "mia") } }
        try await desk.customer("yes", from: Self.jane)
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(asked).owner == .person("mia"))
    }

    @Test(arguments: [true, false])
    func `what became of a change is said although the session has passed to a person or ended`(isEnded: Bool)
        async throws
    {
        let actions = Self.actions()
        let desk = Desk(actions: actions)
        let asked = try await desk.customer("Please cancel my order FH-10423", from: Self.jane)
        let intent = try await desk.dieInTheChange(agreedTo: asked, from: Self.jane) {
            _ = try await desk.agent.takeOver(asked.session, by: "mia")
            if isEnded { _ = try await desk.agent.close(asked.session, by: .person("mia")) }
        }
        try await desk.agent.runUntilIdle()
        let last = try #require(try await desk.history(asked).last?.action)
        #expect(last.name == intent.proposal.name && last.outcome == .unknown)
        #expect(actions.calls.isEmpty)
        #expect(try await desk.session(asked).owner == .person("mia"))
        #expect(try await desk.store.nextTurnDue() == nil)
    }
}

extension Desk {
    /// The customer agrees to what they were asked, and the process that takes it up dies with the intent written down.
    ///
    /// - Parameter meanwhile: what happens before its lease has ended.
    fileprivate func dieInTheChange(
        agreedTo asked: AcceptedMessage, from sender: ContactHandle, saying yes: String = "yes",
        meanwhile: () async throws -> Void = {}
    ) async throws -> EffectIntent {
        _ = try await agent.receive(channel.message(yes, providerID: "yes", from: sender))
        let now = clock.now()
        let turn = try #require(try await store.claimTurn(now: now, lease: "died", until: now + .seconds(60)))
        let pending = try #require(turn.session.pendingAction)
        let intent = EffectIntent(
            session: asked.session, customerSequence: pending.proposedAt, proposal: pending.proposal)
        let start = try await store.beginEffect(intent, lease: "died", until: now + .seconds(60), at: now)
        #expect(start == .begun)
        try await meanwhile()
        clock.advance(by: .seconds(61))
        return intent
    }
}
