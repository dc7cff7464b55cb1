/// Something that happened in a conversation and that other systems are told of (OpenCX, webhook events).
///
/// It points to the entry of the session's history that it tells about; ``EventDelivery`` carries the content.
public struct ConversationEvent: Sendable, Hashable, Codable {
    /// What happened.
    public var name: Name
    /// The entry of the history that tells it.
    public var sequence: Int
    /// How many messages there were up to that entry; `nil` when the session's messages were not counted.
    public var messageCount: Int?

    /// Makes an event.
    public init(_ name: Name, sequence: Int, messageCount: Int? = nil) {
        self.name = name
        self.sequence = sequence
        self.messageCount = messageCount
    }

    /// The product's name of an event. A struct, so that more can follow.
    public struct Name: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
        /// The name, as it is sent.
        public var rawValue: String

        /// Makes a name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A first message opened a session.
        public static let started = Name(rawValue: "conversation.started")
        /// The customer wrote.
        public static let contactResponse = Name(rawValue: "conversation.contact_response")
        /// The AI answered.
        public static let aiResponse = Name(rawValue: "conversation.ai_response")
        /// A person of the team answered.
        public static let agentResponse = Name(rawValue: "conversation.agent_response")
        /// The AI stopped, or a person took over.
        public static let handoffToHuman = Name(rawValue: "conversation.handoff_to_human")
        /// The customer wrote about something that the AI must not speak of.
        public static let prohibitedTopicDetected = Name(rawValue: "conversation.prohibited_topic_detected")
        /// A helpdesk did not take a handoff; the session stands in the built-in inbox.
        public static let handoffToThirdPartyFailed = Name(rawValue: "conversation.handoff_to_third_party_failed")
        /// The session ended.
        public static let closed = Name(rawValue: "conversation.closed")
        /// The customer was asked what they think of a session that has ended.
        public static let ratingRequested = Name(rawValue: "csat.requested")
        /// The customer said what they think of it.
        public static let scoreSubmitted = Name(rawValue: "csat.score_submitted")

        /// The name.
        public var description: String { rawValue }
    }
}

/// An endpoint that is told of events, and of which. The stores write the deliveries with the change itself, so that no event is
/// lost and none is told of something that did not happen.
public struct EventSubscription: Sendable, Hashable {
    /// The endpoint.
    public var endpoint: EventEndpointID
    /// The events it wants; `nil` for all.
    public var names: Set<ConversationEvent.Name>?

    /// Makes a subscription.
    public init(_ endpoint: EventEndpointID, to names: Set<ConversationEvent.Name>? = nil) {
        self.endpoint = endpoint
        self.names = names
    }

    func wants(_ name: ConversationEvent.Name) -> Bool { names?.contains(name) ?? true }
}
