public import OpenCXCore

/// A helpdesk in memory that does what it is told: records what it takes, and fails as often as it should.
public final class ScriptedHelpdesk: Helpdesk {
    private struct State: Sendable {
        var tries: [HandoffPackage] = []
        var tickets: [HandoffPackage] = []
        var references: [String: HelpdeskReceipt] = [:]
        var failures: [HelpdeskError] = []
        var events: [TeamEvent]?
    }

    /// The name it goes by.
    public let id: HelpdeskID
    private let state = Locked(State())

    /// Makes an empty helpdesk.
    public init(id: HelpdeskID = "scripted") {
        self.id = id
    }

    /// Every package it was handed, refused ones and repeated ones too, in order.
    public var tries: [HandoffPackage] { state.withLock(\.tries) }

    /// The packages it has opened a ticket for, each idempotency key once, in order.
    public var tickets: [HandoffPackage] { state.withLock(\.tickets) }

    /// Lets the next tries fail, one error each; tries after these succeed.
    public func fail(with errors: HelpdeskError...) {
        state.withLock { $0.failures += errors }
    }

    /// Lets the next `count` tries fail with the same error.
    public func fail(times count: Int, with error: HelpdeskError) {
        state.withLock { $0.failures += Array(repeating: error, count: count) }
    }

    /// Tells this from now on, whatever the request. Until then it tells nothing, and says so.
    public func tell(_ events: TeamEvent...) {
        state.withLock { $0.events = events }
    }

    /// What it was made to tell.
    ///
    /// - Throws: ``/OpenCXCore/ChannelError`` with the code `notFound` when that is nothing.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        guard let events = state.withLock(\.events) else {
            throw ChannelError(.notFound, "This helpdesk was made to tell nothing.")
        }
        return events
    }

    /// Opens a ticket, or finds the one for this idempotency key, or fails as the script says.
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        try state.withLock { state in
            state.tries.append(handoff)
            if !state.failures.isEmpty { throw state.failures.removeFirst() }
            if let known = state.references[handoff.idempotencyKey] { return known }
            state.tickets.append(handoff)
            let receipt = HelpdeskReceipt(reference: "\(id)-\(state.tickets.count)")
            state.references[handoff.idempotencyKey] = receipt
            return receipt
        }
    }
}
