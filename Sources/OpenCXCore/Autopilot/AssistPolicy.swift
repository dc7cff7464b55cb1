/// Where the AI drafts for people: in conversations that they have, never to the customer (OpenCX, assist mode).
public struct AssistPolicy: Sendable, Hashable {
    /// The channels on which it does.
    public var channels: Set<ChannelID>
    /// Names of topics about which it does not, beside the prohibited ones of ``Autopilot``. They are among those of
    /// ``Autopilot/topics``, for it is by these that messages are classified.
    public var excludedTopics: Set<String>

    /// Makes a policy; by default there are no drafts.
    public init(channels: Set<ChannelID> = [], excludedTopics: Set<String> = []) {
        self.channels = channels
        self.excludedTopics = excludedTopics
    }
}

/// What the AI would answer in a conversation that a person has. For that person; it is not stored, and nobody else sees it.
public struct AssistDraft: Sendable, Hashable {
    /// What it would say, redacted.
    public var text: RedactedText
    /// The articles it rests on.
    public var citations: [Citation]
    /// What the AI saw and why it would say so, as in a turn's trace.
    public var events: [TraceStep.Event]

    /// Makes a draft from its parts.
    public init(text: RedactedText, citations: [Citation] = [], events: [TraceStep.Event] = []) {
        self.text = text
        self.citations = citations
        self.events = events
    }
}

/// What came of asking for a draft.
public enum AssistOutcome: Sendable, Hashable {
    /// A draft.
    case draft(AssistDraft)
    /// There is none.
    case silent(AssistSilence)
}

/// Why there is no draft.
public enum AssistSilence: Sendable, Hashable {
    /// Drafts are off on this channel.
    case off
    /// The AI has the conversation, and answers by itself.
    case ownedByAI
    /// The session has ended.
    case closed
    /// The customer has written nothing that still waits for an answer.
    case nothingAsked
    /// The message is about something that the AI drafts nothing for.
    case topic(String)
    /// The AI's own answer would not be good enough; the text says why.
    case notHelpful(RedactedText)
}

extension AgentSettings {
    /// The topic that a message is about and that no drafts are made for.
    func topicWithoutDraft(_ matches: TopicMatches) -> String? {
        func match(_ match: TopicMatch?) -> TopicMatch? {
            match.flatMap { $0.score >= autopilot.topicThreshold ? $0 : nil }
        }
        if let prohibited = match(matches.prohibited) { return prohibited.topic }
        return match(matches.gated).flatMap { assist.excludedTopics.contains($0.topic) ? $0.topic : nil }
    }
}
