public import OpenCXCore

/// A whole agent on fakes, driven by hand: for tests of actions and answerers.
public struct SupportDesk: Sendable {
    /// What the agent has kept.
    public let store = InMemoryStore()
    /// The agent's time; a second passes after each message.
    public let clock = ManualClock()
    /// The channel that the customer writes on.
    public let channel = RecordingChannel()
    /// The agent.
    public let agent: Agent

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - answerer: who answers; the embedded answerer where there is none.
    ///   - actions: what the agent can do.
    ///   - segments: which segments customers are in.
    public init(
        answerer: (any Answerer)? = nil, actions: (any ActionProvider)? = nil,
        segments: (any SegmentDirectory)? = nil
    ) {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: answerer, actions: actions, segments: segments,
                channels: [channel], clock: clock, ids: SequentialIDs()))
    }

    /// The customer writes, and everything due is done.
    ///
    /// - Parameters:
    ///   - text: what the customer writes.
    ///   - sender: the customer; an unverified visitor where there is none.
    @discardableResult
    public func customer(_ text: String, from sender: ContactHandle? = nil) async throws -> AcceptedMessage {
        let message = channel.message(
            text, thread: "thread-1", providerID: "m\(clock.now().milliseconds)", from: sender)
        let accepted = try await agent.receive(message).0
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(1))
        return accepted
    }

    /// What the customer was told, in order.
    public var sent: [String] { channel.sent.map { $0.text.reveal() } }
}
