/// Runs recorded turns again, with other parts and settings, and without asking a model or calling an action.
///
/// Recorded answers of a model are used where the prompt is the very same, recorded results of actions where the call is.
/// Where there is none, the turn stops there, and the report says so. Nothing is written anywhere, and what was redacted
/// stays so.
///
/// Each turn is run on what was really said before it: a turn that would have ended otherwise does not change those after it.
public struct Replayer: Sendable {
    /// What the turns are run with.
    public struct Parts: Sendable {
        /// The rules.
        public var settings: AgentSettings
        /// What is searched.
        public var knowledge: any KnowledgeIndex
        /// The articles with these ids, which have the last word on what is quoted.
        public var articles: @Sendable ([ArticleID]) async throws -> [Article]
        /// What could be done for customers. None of it is.
        public var actions: [ActionDefinition]
        /// The name of the language model; `nil` when there is none.
        public var modelName: String?
        /// Makes the answerer, which is to ask no other model than the one it is given.
        public var answerer: @Sendable (any LanguageModel) -> any Answerer
        /// Makes the classifier, likewise.
        public var classifier: @Sendable (any LanguageModel) -> any MessageClassifier
        /// Makes what summarizes for the person who takes over, likewise.
        public var summarizer: @Sendable (any LanguageModel) -> any HandoffSummarizer

        /// Makes a set of parts; what is not given is the embedded default.
        public init(
            settings: AgentSettings = AgentSettings(), knowledge: any KnowledgeIndex,
            articles: @escaping @Sendable ([ArticleID]) async throws -> [Article] = { _ in [] },
            actions: [ActionDefinition] = [], modelName: String? = nil,
            answerer: @escaping @Sendable (any LanguageModel) -> any Answerer = { _ in EmbeddedAnswerer() },
            classifier: @escaping @Sendable (any LanguageModel) -> any MessageClassifier = { _ in EmbeddedClassifier()
            },
            summarizer: @escaping @Sendable (any LanguageModel) -> any HandoffSummarizer = { _ in ExtractiveSummarizer()
            }
        ) {
            self.settings = settings
            self.knowledge = knowledge
            self.articles = articles
            self.actions = actions
            self.modelName = modelName
            self.answerer = answerer
            self.classifier = classifier
            self.summarizer = summarizer
        }
    }

    private let parts: Parts
    private let lookup: PassageLookup

    /// Makes a replayer.
    public init(_ parts: Parts) {
        self.parts = parts
        lookup = PassageLookup(
            knowledge: parts.knowledge, articles: CurrentArticles(version: nil, articles: parts.articles))
    }

    /// Runs the turns of a session again.
    ///
    /// - Parameters:
    ///   - recorded: the session.
    ///   - since: turns taken up before this are left out.
    /// - Throws: what the knowledge index throws, and `CancellationError` when the task is cancelled.
    public func replay(_ recorded: RecordedSession, since: Timestamp = .epoch) async throws -> ReplayedSession {
        var replayed = ReplayedSession(session: recorded.session.id, ticket: recorded.session.ticket)
        for (place, trace) in recorded.traces.enumerated() where trace.startedAt >= since {
            try Task.checkCancellation()
            guard trace.outcome != .unfinished else {
                replayed.unfinished += 1
                continue
            }
            guard let run = try await run(trace, of: recorded) else {
                replayed.tooOld += 1
                continue
            }
            replayed.turns.append(ReplayedTurn(number: place + 1, trace, of: recorded, run))
        }
        return replayed
    }

    /// What came of a turn when it was run again.
    struct Run: Sendable {
        var events: [TraceStep.Event] = []
        /// How the turn ends, with the summary of a handoff where one could be written.
        var plan: TurnPlan?
        var stop: ReplayedTurn.Stop?
        var questions: [RecordedModel.Question] = []
    }

    /// Runs one turn again; `nil` when its trace does not say enough.
    func run(_ trace: Trace, of recorded: RecordedSession) async throws -> Run? {
        guard let claim = recorded.claim(of: trace) else { return nil }
        let model = RecordedModel(name: parts.modelName ?? "", trace)
        let turn = Turn(
            classifier: parts.classifier(model), answerer: parts.answerer(model), summarizer: parts.summarizer(model),
            lookup: lookup, model: model, records: trace.records)
        // Nothing new comes into this vault, but for what a recorded text holds that a better redactor finds now.
        let context = TurnContext(
            session: claim.session.id, redaction: Redaction(vault: InMemoryVault(capacity: 1)),
            placeholders: claim.session.placeholders, clock: StoppedClock(time: trace.startedAt),
            seed: trace.start?.seed ?? "")
        let actions = parts.actions.filter { action in
            // Nobody is asked which segments the customer is in now; then it was enough for the action to be looked at.
            action.isAvailable(on: claim.session.channelKind, in: [])
                || (action.isAvailable(on: claim.session.channelKind, in: Set(action.segments))
                    && trace.hasConsidered(action.name))
        }
        var machine = TurnMachine(
            claim: claim, settings: Boxed(parts.settings), actions: actions, begun: trace.begun, now: trace.startedAt,
            context: context)
        var run = Run()
        var effect = machine.start()
        stages: while true {
            if case .finish(var plan) = effect {
                // All is decided by then: that nobody knows the summary changes nothing of it.
                switch try await turn.summarize(plan.summaryRequest(claim, context)) {
                case .written(let summary): plan.summary = summary
                case .stop(let stop): run.stop = stop
                }
                run.plan = plan
                break
            }
            switch try await turn.perform(effect) {
            case .event(let event): effect = machine.next(after: event)
            case .stop(let stop):
                run.stop = stop
                break stages
            }
        }
        run.events = machine.events
        run.questions = model.questions
        return run
    }
}

/// The shell around the machine, with nothing outside of it.
private struct Turn {
    let classifier: any MessageClassifier
    let answerer: any Answerer
    let summarizer: any HandoffSummarizer
    let lookup: PassageLookup
    let model: RecordedModel
    let records: [ActionRecord]

    enum Performed {
        case event(TurnMachine.Event)
        case stop(ReplayedTurn.Stop)
    }

    func perform(_ effect: TurnMachine.Effect) async throws -> Performed {
        switch effect {
        case .classify(let request):
            return try await stage("classify") { .classified(try await classifier.classify(request)) }
        case .search(let query):
            let found = try await lookup.search(query)
            return .event(.found(found.result, bestArticle: found.bestArticle))
        case .draft(let request):
            return try await stage("draft") { .drafted(try await answerer.draft(for: request)) }
        case .act(let definition, let proposal, _):
            let record = records.first { $0.name == proposal.name && $0.arguments == proposal.arguments }
            return record.map { .event(.acted($0)) } ?? .stop(.wouldCall(definition.name))
        case .finish:
            // Never reached: the loop that calls this looks for a finish first.
            preconditionFailure("A finished turn has nothing left to perform.")
        }
    }

    enum Summarized {
        case written(HandoffSummary?)
        case stop(ReplayedTurn.Stop)
    }

    /// Writes the summary of a handoff; of a turn that makes none there is nothing to write.
    func summarize(_ request: SummaryRequest?) async throws -> Summarized {
        guard let request else { return .written(nil) }
        do {
            return .written(try await summarizer.summarize(request))
        } catch is CancellationError where isAtALoss {
            return .stop(.wouldAskModel(model.name))
        } catch let error as CancellationError {
            throw error
        } catch {
            return .written(ExtractiveSummarizer.summary(of: request))
        }
    }

    /// Whether the model was asked something that nobody knows the answer to.
    private var isAtALoss: Bool { !Task.isCancelled && model.questions.last?.isRecorded == false }

    private func stage(_ name: String, _ body: () async throws -> TurnMachine.Event) async throws -> Performed {
        do {
            return .event(try await body())
        } catch is CancellationError where isAtALoss {
            return .stop(.wouldAskModel(model.name))
        } catch let error as CancellationError {
            throw error
        } catch {
            return .stop(.failed(stage: name, reason: safeDescription(of: error)))
        }
    }
}

/// It is always the time at which the turn was taken up.
private struct StoppedClock: AgentClock {
    var time: Timestamp

    func now() -> Timestamp { time }

    func sleep(until deadline: Timestamp) async throws {}
}

extension Trace {
    /// What came of the calls of this turn, an earlier try's not included.
    fileprivate var records: [ActionRecord] {
        let all = steps.compactMap { step in if case .acted(let record) = step.event { record } else { nil } }
        return begun == nil ? all : Array(all.dropFirst())
    }

    fileprivate func hasConsidered(_ action: String) -> Bool {
        steps.contains { step in
            if case .actionsConsidered(let matches) = step.event { return matches.contains { $0.name == action } }
            return false
        }
    }
}
