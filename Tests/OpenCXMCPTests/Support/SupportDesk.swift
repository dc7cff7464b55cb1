import OpenCXCore
import OpenCXTesting

/// A whole agent on fakes, driven by hand.
struct SupportDesk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let channel = RecordingChannel()
    let agent: Agent

    init(
        answerer: (any Answerer)? = nil, actions: any ActionProvider, segments: (any SegmentDirectory)? = nil
    ) {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: answerer, actions: actions, segments: segments,
                channels: [channel], clock: clock, ids: SequentialIDs()))
    }

    @discardableResult
    func customer(_ text: String, from sender: ContactHandle? = nil) async throws -> AcceptedMessage {
        let message = channel.message(
            text, thread: "thread-1", providerID: "m\(clock.now().milliseconds)", from: sender)
        let accepted = try await agent.receive(message).0
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(1))
        return accepted
    }

    var sent: [String] { channel.sent.map { $0.text.reveal() } }
}
