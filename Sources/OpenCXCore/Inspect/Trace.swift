/// What a turn saw and why it decided as it did, redacted throughout (law 8).
public struct Trace: Sendable, Hashable, Codable, Identifiable {
    /// Names the trace.
    public var id: TraceID
    /// The session.
    public var session: SessionID
    /// The customer's last message that the turn knew of.
    public var customerSequence: Int
    /// When the turn was taken up.
    public var startedAt: Timestamp
    /// Where the conversation stood then; `nil` in traces of earlier versions.
    public var start: TurnStart?
    /// What happened, in order.
    public var steps: [TraceStep]

    /// Makes a trace that has no steps yet.
    public init(
        id: TraceID, session: SessionID, customerSequence: Int, startedAt: Timestamp, start: TurnStart? = nil,
        steps: [TraceStep] = []
    ) {
        self.id = id
        self.session = session
        self.customerSequence = customerSequence
        self.startedAt = startedAt
        self.start = start
        self.steps = steps
    }
}

/// Names a trace.
public typealias TraceID = Identifier<Trace>

/// One step of a turn.
public struct TraceStep: Sendable, Hashable, Codable {
    /// Milliseconds since the turn was taken up.
    public var offset: Int64
    /// What happened.
    public var event: Event

    /// Makes a step.
    public init(offset: Int64, event: Event) {
        self.offset = offset
        self.event = event
    }

    /// What can happen in a turn.
    public enum Event: Sendable, Hashable, Codable {
        /// What the customer wrote since the last reply.
        case question(RedactedText, language: LanguageTag?)
        /// The topics that the message comes nearest to, with their scores, whether they count or not.
        case topics(TopicMatches)
        /// Whether the AI may answer.
        case autopilot(AutopilotDecision)
        /// Signs that a person is needed: their kind, and how strong they are.
        case signals([HandoffSignal])
        /// The training scenarios that apply.
        case scenarios(behavioral: [String], matched: [ScenarioMatch])
        /// What the knowledge search returned, best first.
        case retrieved([RankedEntry], unknownShare: Double)
        /// Passages that the index found and the store did not let through.
        case excluded([ExcludedPassage])
        /// The actions that were looked at.
        case actionsConsidered([ActionMatch])
        /// Actions that there are, but not for this customer on this channel.
        case actionsLeftOut([LeftOutAction])
        /// The prompt for a language model, in outline.
        case prompt(RedactedText)
        /// A language model is asked: its name, and a hash of the whole prompt.
        case asked(model: String, prompt: String)
        /// What a language model was asked for, and what it cost.
        case modelAnswered(ModelUse)
        /// What the answerer proposed.
        case drafted(AnswerDraft)
        /// An action that was called.
        case acted(ActionRecord)
        /// Whether the proposal is good enough.
        case judged(Judgement)
        /// Something failed, and what was done instead.
        case failed(stage: String, reason: String)
        /// How the turn was to end.
        case decided(TurnDecision)
        /// The reply was not sent.
        case withheld(WithheldReason)
        /// The customer wrote again, so the turn starts anew with what is known then.
        case overtaken
    }
}

/// A passage as a search ranked it.
public struct RankedEntry: Sendable, Hashable, Codable {
    /// The article.
    public var article: ArticleID
    /// The passage's place in it.
    public var ordinal: Int
    /// The article's title.
    public var title: RedactedText
    /// The index's score.
    public var score: Double
    /// The share of the question's weight that the passage covers.
    public var coverage: Double

    /// Makes an entry for a ranked passage.
    public init(_ ranked: RankedPassage) {
        article = ranked.passage.article
        ordinal = ranked.passage.ordinal
        title = ranked.passage.title
        score = ranked.score.inThousandths
        coverage = ranked.coverage.inThousandths
    }
}

extension Double {
    /// As precise as anybody reads a trace; all the digits of a score make a quarter of it.
    var inThousandths: Double { (self * 1000).rounded() / 1000 }
}

/// How a turn was to end.
public enum TurnDecision: Sendable, Hashable, Codable {
    /// With a reply.
    case reply
    /// With a question to the customer.
    case askBack
    /// With a handoff.
    case handoff(HandoffTrigger)
    /// With a polite refusal, where a handoff would have been and the policy does not allow one.
    case decline(HandoffTrigger)
}

/// One request to a language model.
public struct ModelUse: Sendable, Hashable, Codable {
    /// The model that answered.
    public var model: String
    /// Why it stopped.
    public var finish: ModelReply.Finish
    /// What it cost.
    public var usage: ModelUsage
    /// How long it took, retries included, in milliseconds.
    public var milliseconds: Int64
    /// The models of a chain that failed before it, and how.
    public var passedOver: [String]
    /// What it said; `nil` where that is too long to be kept, and in traces of earlier versions.
    public var record: ModelRecord?

    /// Makes a record of a reply.
    public init(_ reply: ModelReply, milliseconds: Int64, record: ModelRecord? = nil) {
        model = reply.model
        finish = reply.finish
        usage = reply.usage
        self.milliseconds = milliseconds
        passedOver = reply.passedOver
        self.record = record
    }
}

/// An action that there is, but not for a customer on a channel.
public struct LeftOutAction: Sendable, Hashable, Codable {
    /// The action's name.
    public var name: String
    /// Why.
    public var reason: Reason

    /// Why an action is left out.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// It is for other channels.
        case channel
        /// It is for customers in other segments, or nobody knows which ones this customer is in.
        case segment
    }

    /// Makes a record of an action.
    public init(name: String, reason: Reason) {
        self.name = name
        self.reason = reason
    }
}
