/// Something that happened, for whoever listens in the process.
public struct AgentEvent: Sendable, Hashable {
    /// What happened.
    public var kind: Kind
    /// The session it happened in.
    public var session: SessionID?
    /// The session's number.
    public var ticket: TicketNumber?
    /// When.
    public var at: Timestamp

    /// What can happen. The names of the conversation events are the product's webhook events.
    public enum Kind: Sendable, Hashable {
        /// `conversation.started`: a first message opened a session.
        case started
        /// `conversation.contact_response`: the customer wrote.
        case contactResponse(sequence: Int)
        /// `conversation.ai_response`: the AI answered.
        case aiResponse
        /// `conversation.agent_response`: a person answered.
        case agentResponse
        /// `conversation.handoff_to_human`: the AI stopped.
        case handoffToHuman(HandoffTrigger)
        /// `conversation.prohibited_topic_detected`: the customer wrote about something that the AI must not speak of.
        case prohibitedTopicDetected(TopicMatch)
        /// `conversation.handoff_to_third_party_failed`: a helpdesk did not take a handoff; it stands in the inbox.
        case handoffToThirdPartyFailed(HelpdeskID, reason: String)
        /// `conversation.closed`: the session ended.
        case closed(SessionStatus)
        /// `csat.requested`: the customer was asked what they think of the session.
        case ratingRequested
        /// `csat.score_submitted`: the customer rated the session.
        case rated(score: Int)
        /// The AI had an answer and did not send it.
        case replyWithheld(WithheldReason)
        /// A message could not be delivered, and was given up.
        case deliveryFailed(OutboxID, reason: String)
        /// A turn failed and will be tried again.
        case turnFailed(stage: String, reason: String)
        /// The session changed in some other way: an owner, a note, labels, a vote, custom data.
        case changed
        /// The store failed; it is tried again.
        case storeFailed(String)
    }

    /// Makes an event.
    public init(kind: Kind, session: SessionID?, ticket: TicketNumber?, at: Timestamp) {
        self.kind = kind
        self.session = session
        self.ticket = ticket
        self.at = at
    }
}

/// Hands events to everybody who listens; each listener has a bound of its own.
///
/// Thousands may listen, each for one session (a page that waits for news), so an event looks for its listeners and does not
/// ask all of them.
final class EventHub: Sendable {
    private typealias Listeners = [Int: AsyncStream<AgentEvent>.Continuation]

    private struct State {
        var all: Listeners = [:]
        var one: [SessionID: Listeners] = [:]
        var last = 0
    }

    private let state = Locked(State())

    func subscribe(to session: SessionID? = nil, limit: Int) -> AsyncStream<AgentEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: AgentEvent.self, bufferingPolicy: .bufferingNewest(max(1, limit)))
        let id = state.withLock { state in
            state.last += 1
            if let session {
                state.one[session, default: [:]][state.last] = continuation
            } else {
                state.all[state.last] = continuation
            }
            return state.last
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id, of: session) }
        return stream
    }

    private func remove(_ id: Int, of session: SessionID?) {
        state.withLock { state in
            guard let session else { return _ = state.all.removeValue(forKey: id) }
            state.one[session]?[id] = nil
            if state.one[session]?.isEmpty == true { state.one[session] = nil }
        }
    }

    func publish(_ event: AgentEvent) {
        let listeners = state.withLock { state in
            Array(state.all.values) + (event.session.flatMap { state.one[$0] }.map { Array($0.values) } ?? [])
        }
        for listener in listeners { listener.yield(event) }
    }
}
