/// What an agent is made of: everything that reaches outside, each behind its protocol.
public struct AgentParts: Sendable {
    /// Where everything is kept.
    public var store: any Store
    /// What is searched for answers.
    public var knowledge: any KnowledgeIndex
    /// Who proposes answers.
    public var answerer: any Answerer
    /// Who reads messages for topics and signs.
    public var classifier: any MessageClassifier
    /// Who tells the team what a conversation that is handed off was about.
    public var summarizer: any HandoffSummarizer
    /// What the agent can do for customers.
    public var actions: (any ActionProvider)?
    /// Which segments a customer is in, for actions that exist for some only.
    public var segments: (any SegmentDirectory)?
    /// What the people of the team are called where customers read; where it is left out, they go by their ids.
    public var people: (any PersonDirectory)?
    /// What of the settings changes while the agent runs; `nil` where nothing does.
    public var settings: (any SettingsSource)?
    /// The ways customers reach the team.
    public var channels: [any Channel]
    /// Where handed-off conversations go, besides the built-in inbox.
    public var helpdesks: [any Helpdesk]
    /// Where the files are kept that customers attach.
    public var attachments: [any AttachmentStore]
    /// Other systems that are told what happens.
    public var endpoints: [any EventEndpoint]
    /// Who is told of what the agent does, for metrics.
    public var observer: (any AgentObserver)?
    /// What keeps personal data out of everything else.
    public var redaction: Redaction
    /// The time.
    public var clock: any AgentClock
    /// Identifiers and jitter.
    public var ids: any IDSource

    /// Makes a set of parts; what is not given is the embedded default.
    public init(
        store: any Store, knowledge: any KnowledgeIndex, answerer: (any Answerer)? = nil,
        classifier: any MessageClassifier = EmbeddedClassifier(),
        summarizer: any HandoffSummarizer = ExtractiveSummarizer(), actions: (any ActionProvider)? = nil,
        segments: (any SegmentDirectory)? = nil, people: (any PersonDirectory)? = nil,
        settings: (any SettingsSource)? = nil,
        channels: [any Channel] = [], helpdesks: [any Helpdesk] = [],
        attachments: [any AttachmentStore] = [],
        endpoints: [any EventEndpoint] = [], observer: (any AgentObserver)? = nil,
        redaction: Redaction = Redaction(), clock: any AgentClock,
        ids: any IDSource
    ) {
        self.store = store
        self.knowledge = knowledge
        self.answerer = answerer ?? EmbeddedAnswerer()
        self.classifier = classifier
        self.summarizer = summarizer
        self.actions = actions
        self.segments = segments
        self.people = people
        self.settings = settings
        self.channels = channels
        self.helpdesks = helpdesks
        self.attachments = attachments
        self.endpoints = endpoints
        self.observer = observer
        self.redaction = redaction
        self.clock = clock
        self.ids = ids
    }
}

extension AgentParts {
    /// The helpdesks that are told of handoffs, where a conversation does not live in one.
    func handoffHelpdesks(for kind: ChannelKind) -> [HelpdeskID] {
        helpdesks.filter { $0.takes(kind) }.map(\.id)
    }

    /// Who is told of which events.
    var subscriptions: [EventSubscription] {
        endpoints.map { EventSubscription($0.id, to: $0.events) }
    }
}
