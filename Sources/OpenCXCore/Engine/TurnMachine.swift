/// The orchestrator: decides, step by step, what a turn does. Event in, next effect out; no concurrency, no clock, no effects
/// of its own, so every path through it is tested without a single `await`.
///
/// ```
/// classify ─► search ─► draft ─► (act ─► draft)* ─► finish
///     └───────────┴────────┴──────────┴─► finish with a handoff
/// ```
struct TurnMachine {
    let claim: TurnClaim
    private let boxedSettings: Boxed<AgentSettings>
    let conversation: Conversation
    private let purpose: Purpose
    private let actions: [ActionDefinition]
    private let now: Timestamp
    private let begun: ActionRecord?
    /// What the customer has been asked after writing what this turn is about.
    private let stillAsked: PendingAction?
    private(set) var request: AnswerRequest
    /// Whether the customer has said yes to what waits for that.
    private lazy var isYes = request.consent == .yes
    private var sentiment = Sentiment.neutral
    private var searchedEveryLanguage = false
    private var signals: [HandoffSignal] = []
    private var prohibited: TopicMatch?
    /// Whether what the team wrote about topics leaves it open what to do.
    private var isUnclear = false
    /// What is said before the answer: that the request for a person is not granted.
    private var preface: RedactedText?
    private(set) var events: [TraceStep.Event] = []

    /// From this confidence on, the articles behind an answer that was refused are worth a look while the customer waits.
    static let relatedFrom = 0.3

    /// Room for what happens in nearly every turn.
    static let usualEvents = 16

    /// How many actions a turn may call; one more is a loop.
    static let actionLimit = 3

    /// Whom a turn is for.
    enum Purpose {
        /// The customer, who is answered or handed off.
        case answer
        /// A person of the team, who has the conversation and wants a draft: what would be a handoff is no draft.
        case assist
    }

    /// - Parameters:
    ///   - purpose: whom the turn is for.
    ///   - begun: what an earlier try of the turn has done, or may have done.
    init(
        claim: TurnClaim, settings: Boxed<AgentSettings>, actions: [ActionDefinition], purpose: Purpose = .answer,
        begun: ActionRecord? = nil, now: Timestamp, context: TurnContext = .detached
    ) {
        self.claim = claim
        self.purpose = purpose
        self.begun = begun
        boxedSettings = settings
        self.actions = actions
        conversation = Conversation(claim)
        let pending = claim.session.pendingAction.flatMap { $0.expiresAt > now ? $0 : nil }
        // A yes that was written before the question is no answer to it.
        stillAsked = conversation.followsReply ? nil : pending
        request = AnswerRequest(
            question: conversation.question, history: conversation.earlier,
            language: claim.session.language ?? settings.value.phrasebook.fallback, actions: actions,
            pendingAction: conversation.followsReply ? pending : nil,
            earlierActions: claim.history.compactMap(\.action), context: context)
        self.now = now
        events.reserveCapacity(Self.usualEvents)
    }

    var settings: AgentSettings { boxedSettings.value }

    /// What the machine asks of the shell.
    enum Effect {
        case classify(ClassificationRequest)
        case search(KnowledgeQuery)
        case draft(AnswerRequest)
        case act(ActionDefinition, ActionProposal, customerSequence: Int)
        case finish(TurnPlan)
    }

    /// What the shell reports back.
    enum Event {
        case classified(Classification)
        case found(KnowledgeSearchResult, bestArticle: [Passage])
        case drafted(AnswerDraft)
        case acted(ActionRecord)
    }

    /// Like ``next(after:)`` never inlined: whoever calls it is asynchronous, and its task would keep room for all of it.
    @inline(never)
    mutating func start() -> Effect {
        events.append(.question(request.question, language: claim.session.language))
        if let begun {
            events.append(.acted(begun))
            request.results.append(begun)
            request.pendingAction = nil
        }
        if claim.failedAttempts >= settings.handoff.turnAttemptLimit {
            return handOff(.turnFailed, "The turn failed again and again; somebody should look at it.")
        }
        if let begun { return afterwards(begun) }
        let autopilot = settings.autopilot
        return .classify(
            ClassificationRequest(
                question: request.question, history: request.history, topics: autopilot.topics.topics,
                prohibited: autopilot.prohibitedTopics, outOfScope: autopilot.outOfScope,
                context: request.context))
    }

    @inline(never)
    mutating func next(after event: Event) -> Effect {
        switch event {
        case .classified(let classification): classified(classification)
        case .found(let result, let article): found(result, article)
        case .drafted(let draft): drafted(draft)
        case .acted(let record): acted(record)
        }
    }

    // MARK: Stages

    private mutating func classified(_ classification: Classification) -> Effect {
        sentiment = classification.sentiment
        // Whoever says the question again in a yes to it does not complain that they have to.
        let isYes = isYes
        signals = withVote(classification.signals.filter { !isYes || $0.trigger != .noProgress })
        if purpose == .assist { return assist(classification) }
        // "Yes", "FH-10423" and "thanks" are about whatever the conversation is about.
        let isFollowUp =
            request.pendingAction != nil || claim.session.clarifications > 0
            || SmallTalk.kind(of: request.question.text) != nil
        let decision = settings.autopilot.decide(
            channel: claim.session.channel, matches: classification.topics, gated: !isFollowUp)
        if !settings.autopilot.hasNoTopics { events.append(.topics(classification.topics)) }
        events += [.autopilot(decision), .signals(signals)]
        if case .team(let trigger) = decision.verdict {
            let topic = decision.matched?.topic
            if trigger == .prohibitedTopic { prohibited = decision.matched }
            isUnclear = settings.autopilot.isUnclear(decision, classification.topics)
            return handOff(trigger, Explanation.autopilot(trigger, topic: topic), topic: topic)
        }
        request.topic = decision.matched?.topic
        switch verdict(on: signals) {
        case .goOn: break
        case .handOff(let signal):
            return handOff(signal.trigger, Explanation.signal(signal))
        case .gather:
            let wording = settings.phrasebook(on: claim.session.channel)[request.language]
            return finish(.askBack) { $0.reply = TurnPlan.Reply(text: wording.beforeHandoff) }
        case .decline:
            let wording = settings.phrasebook(on: claim.session.channel)[request.language]
            let isNever = !settings.handoff.toggles.isEnabled || !settings.handoff.toggles.onHumanRequest
            let answer = isNever ? wording.humanDeclined : wording.humanLater
            guard HumanRequest.otherWords(in: request.question.text) > 1 else {
                return finish(.decline(.explicitRequest)) {
                    $0.reply = TurnPlan.Reply(text: [answer, wording.whatAbout].joined(separator: " "))
                }
            }
            preface = answer
        }
        matchScenarios()
        return search(in: [LanguageTag(rawValue: request.language.primary)])
    }

    /// A person has the conversation already, so nothing but what it is about can speak against a draft.
    private mutating func assist(_ classification: Classification) -> Effect {
        if !settings.autopilot.hasNoTopics { events.append(.topics(classification.topics)) }
        events.append(.signals(signals))
        if let topic = settings.topicWithoutDraft(classification.topics) {
            return handOff(.topic, Explanation.autopilot(.topic, topic: topic), topic: topic)
        }
        request.topic = classification.topics.gated.flatMap { match in
            match.score >= settings.autopilot.topicThreshold ? match.topic : nil
        }
        matchScenarios()
        return search(in: [LanguageTag(rawValue: request.language.primary)])
    }

    private func search(in locales: [LanguageTag]) -> Effect {
        .search(
            KnowledgeQuery(
                text: conversation.searchText, locales: locales, reader: .customer,
                limit: settings.passageLimit))
    }

    private mutating func matchScenarios() {
        let here = settings.scenarios.filter { $0.channels.isEmpty || $0.channels.contains(claim.session.channel) }
        request.behavioral = here.filter { $0.kind == .behavioral }
        let question = PhraseMatch.Message(request.question.text)
        request.matched = here.compactMap { scenario in
            guard case .specific(let questions) = scenario.kind else { return nil }
            let score = PhraseMatch(examples: questions).score(question)
            return score >= settings.scenarioThreshold ? (scenario, score) : nil
        }.sorted { $0.score > $1.score }
        events.append(
            .scenarios(
                behavioral: request.behavioral.map(\.name),
                matched: request.matched.map { ScenarioMatch(name: $0.scenario.name, score: $0.score) }))
    }

    private mutating func found(_ result: KnowledgeSearchResult, _ bestArticle: [Passage]) -> Effect {
        request.knowledge = result
        request.bestArticle = bestArticle.filter { KnowledgeReader.customer.maySee($0.audience) }
        if result.passages.isEmpty, !searchedEveryLanguage {
            // Nothing in the customer's language; names and codes are the same in all of them.
            searchedEveryLanguage = true
            return search(in: [])
        }
        events.append(.retrieved(result.passages.map(RankedEntry.init), unknownShare: result.unknownShare))
        if !actions.isEmpty {
            events.append(.actionsConsidered(ActionChoice.scores(actions, for: request.question)))
        }
        return .draft(request)
    }

    private mutating func drafted(_ draft: AnswerDraft) -> Effect {
        events.append(.drafted(draft))
        switch draft {
        case .answer(let answer):
            return judge(answer)
        case .askBack(let question):
            if claim.session.clarifications >= settings.handoff.clarificationLimit {
                return handOff(.lowConfidence, "Asking back did not help.")
            }
            if ActionClaim.isUnbacked(question.text, for: request) {
                return handOff(.lowConfidence, "The question claims that something was done, and nothing was.")
            }
            return finish(.askBack) { $0.reply = TurnPlan.Reply(text: question) }
        case .act(let proposal):
            return act(proposal)
        case .confirm(_, let question) where ActionClaim.isUnbacked(question.text, for: request):
            return handOff(.lowConfidence, "The question claims that something was done, and nothing was.")
        case .confirm(let proposal, let question):
            return confirm(proposal, question)
        case .handoff(let trigger, let explanation, let reasons):
            return handOff(trigger, explanation, reasons: reasons)
        }
    }

    private mutating func judge(_ answer: Answer) -> Effect {
        let judgement = Judgement.of(answer, for: request, policy: settings.handoff)
        events.append(.judged(judgement))
        guard judgement.isAccepted else {
            // A question that speaks of something else altogether is not near anything.
            let isNear =
                judgement.objections.isEmpty && judgement.confidence >= Self.relatedFrom
                && request.knowledge.unknownShare < 0.25
            return handOff(
                .lowConfidence, Explanation.judgement(judgement),
                related: isNear && answer.basis == .knowledge
                    ? Citation.each(of: request.knowledge.passages.map(\.passage)) : [])
        }
        let cited = request.passages.filter { answer.sources.contains($0.id) }
        if answer.basis != .smallTalk, says(answer.text) {
            return handOff(.noProgress, "The AI would only say again what it has said already.")
        }
        if sentiment == .neutral { sentiment = answer.sentiment ?? .neutral }
        return finish(.reply) { plan in
            plan.reply = TurnPlan.Reply(text: answer.text, citations: Citation.each(of: cited))
            plan.resolves = answer.resolves
        }
    }

    private mutating func act(_ proposal: ActionProposal) -> Effect {
        guard let definition = actions.first(where: { $0.name == proposal.name }) else {
            return handOff(.actionFailed, "The answerer proposed an action that does not exist.")
        }
        guard request.results.count < Self.actionLimit else {
            return handOff(.actionFailed, "The answerer kept calling actions instead of answering.")
        }
        // Wrong arguments go back to whoever proposed them before the customer is asked to agree to them.
        let objections = definition.objections(to: proposal.arguments)
        guard objections.isEmpty else {
            return acted(
                ActionRecord(
                    name: proposal.name, arguments: proposal.arguments, outcome: .badArguments,
                    result: RedactedText(derived: objections.joined(separator: "; "))))
        }
        guard definition.needsYes else {
            return .act(definition, proposal, customerSequence: claim.session.lastCustomerSequence)
        }
        // Whoever proposes it: nothing is changed before the customer has said yes to exactly this.
        guard let pending = request.pendingAction, pending.proposal == proposal, isYes else {
            let wording = settings.phrasebook(on: claim.session.channel)[request.language]
            return confirm(proposal, ActionChoice.confirmation(of: proposal, definition, wording, in: request.language))
        }
        return .act(definition, proposal, customerSequence: pending.proposedAt)
    }

    private mutating func confirm(_ proposal: ActionProposal, _ question: RedactedText) -> Effect {
        // Nobody is asked to agree to what will not be done for them.
        let definition = actions.first { $0.name == proposal.name }
        if let refusal = definition?.refusal(for: claim.contact, in: claim.session) {
            guard request.results.count < Self.actionLimit else {
                return handOff(.actionFailed, RedactedText(derived: refusal.message))
            }
            return acted(
                ActionRecord(
                    name: proposal.name, arguments: proposal.arguments, outcome: .failed,
                    result: RedactedText(derived: refusal.message)))
        }
        // The question counts as one that was asked back, and may be asked once more.
        if request.pendingAction?.proposal == proposal,
            claim.session.clarifications > settings.handoff.clarificationLimit
        {
            return handOff(.lowConfidence, "Asking again for a yes or no did not help.")
        }
        let pending = PendingAction(
            proposal: proposal, proposedAt: claim.session.lastCustomerSequence,
            expiresAt: now + settings.confirmationWindow)
        return finish(.askBack) { plan in
            plan.reply = TurnPlan.Reply(text: question)
            plan.pendingAction = pending
        }
    }

    private mutating func acted(_ record: ActionRecord) -> Effect {
        events.append(.acted(record))
        request.results.append(record)
        return afterwards(record)
    }

    private mutating func afterwards(_ record: ActionRecord) -> Effect {
        if record.outcome == .unknown {
            return handOff(.actionUnknown, "It is not known whether the action was carried out; please check.")
        }
        if request.results.filter({ $0.outcome == .badArguments }).count > 1 {
            return handOff(.actionFailed, "The answerer called an action with wrong arguments again.")
        }
        return .draft(request)
    }

    // MARK: The end of a turn

    private mutating func handOff(
        _ trigger: HandoffTrigger, _ explanation: RedactedText, topic: String? = nil, related: [Citation] = [],
        reasons: [HandoffReason]? = nil
    ) -> Effect {
        let wording = settings.phrasebook(on: claim.session.channel)[request.language]
        if purpose == .answer, let reply = insteadOfHandoff(trigger, wording) {
            return finish(.decline(trigger)) { $0.reply = TurnPlan.Reply(text: reply) }
        }
        let shown = Array(related.filter { $0.url != nil }.prefix(2))
        let links = shown.map { RedactedText(derived: "- [\($0.title.text)](\($0.url ?? ""))", from: $0.title) }
        var text = wording.handoff(for: trigger)
        if !links.isEmpty { text = [text, wording.related, links.joined(separator: "\n")].joined(separator: "\n\n") }
        let all = HandoffReason.all(of: trigger, given: reasons, signals: signals, isUnclear: isUnclear)
        return finish(.handoff(trigger)) { plan in
            plan.handoff = TurnPlan.Handoff(trigger: trigger, explanation: explanation, topic: topic, reasons: all)
            plan.reply = trigger == .autopilotOff ? nil : TurnPlan.Reply(text: text)
        }
    }

    private mutating func finish(_ decision: TurnDecision, _ fill: (inout TurnPlan) -> Void) -> Effect {
        events.append(.decided(decision))
        var plan = TurnPlan(
            asksBack: decision.asksBack, sentiment: sentiment, language: claim.session.language,
            actions: request.results)
        fill(&plan)
        plan.prohibitedTopic = prohibited
        if let preface, plan.handoff == nil, let reply = plan.reply, decision != .decline(.explicitRequest) {
            plan.reply?.text = [preface, reply.text].joined(separator: "\n\n")
        }
        if plan.handoff == nil, begun == nil { plan.pendingAction = plan.pendingAction ?? stillAsked }
        return .finish(plan)
    }
}
