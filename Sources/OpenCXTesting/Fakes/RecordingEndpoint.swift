public import OpenCXCore

/// An endpoint that keeps the events it was told, and fails when it is told to.
public final class RecordingEndpoint: EventEndpoint {
    /// Names the endpoint.
    public let id: EventEndpointID
    /// Which events it wants.
    public let events: Set<ConversationEvent.Name>?

    private struct State {
        var deliveries: [EventDelivery] = []
        var tries: [EventDelivery] = []
        var failures: [EventError] = []
    }

    private let state = Locked(State())

    /// Makes an endpoint that takes everything.
    public init(id: EventEndpointID = "recorder", events: Set<ConversationEvent.Name>? = nil) {
        self.id = id
        self.events = events
    }

    /// What was taken, in order, each delivery once.
    public var deliveries: [EventDelivery] { state.withLock(\.deliveries) }

    /// What was offered, refused tries included.
    public var tries: [EventDelivery] { state.withLock(\.tries) }

    /// The next deliveries fail with these errors, one after the other.
    public func fail(with errors: [EventError]) {
        state.withLock { $0.failures += errors }
    }

    /// Takes a delivery, or fails as told.
    public func deliver(_ delivery: EventDelivery) async throws {
        let failure = state.withLock { state -> EventError? in
            state.tries.append(delivery)
            if !state.failures.isEmpty { return state.failures.removeFirst() }
            if !state.deliveries.contains(where: { $0.id == delivery.id }) { state.deliveries.append(delivery) }
            return nil
        }
        if let failure { throw failure }
    }
}
