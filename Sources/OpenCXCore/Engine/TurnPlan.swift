/// How a turn is to end; ids, time and the summary are the shell's to add.
struct TurnPlan: Hashable {
    struct Reply: Hashable {
        var text: RedactedText
        var citations: [Citation] = []
    }

    struct Handoff: Hashable {
        var trigger: HandoffTrigger
        var explanation: RedactedText
        var topic: String?
        var reasons: [HandoffReason]?
    }

    var reply: Reply?
    var handoff: Handoff?
    var prohibitedTopic: TopicMatch?
    /// For a handoff; added by the shell.
    var summary: HandoffSummary?
    var pendingAction: PendingAction?
    var asksBack = false
    var resolves = false
    var sentiment: Sentiment
    var language: LanguageTag?
    var actions: [ActionRecord]

    init(asksBack: Bool, sentiment: Sentiment, language: LanguageTag?, actions: [ActionRecord]) {
        self.asksBack = asksBack
        self.sentiment = sentiment
        self.language = language
        self.actions = actions
    }
}

extension Citation {
    /// One citation for each article, in order of appearance.
    static func each(of passages: [Passage]) -> [Citation] {
        passages.map(Citation.init).reduce(into: []) { list, citation in
            if !list.contains(where: { $0.article == citation.article }) { list.append(citation) }
        }
    }
}

extension Wording {
    /// What the customer is told when the team takes over.
    func handoff(for trigger: HandoffTrigger) -> RedactedText {
        switch trigger {
        case .lowConfidence: handoffUnknown
        case .explicitRequest, .person: handoffRequested
        case .frustration: handoffUpset
        case .noProgress: handoffStuck
        default: handoffOther
        }
    }
}
