internal import OpenCXCore

extension SimulatedStore: IntakeStore {
    func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        try await perform("latestSession") { try await inner.latestSession(channel: channel, thread: thread) }
    }

    func open(_ opening: SessionOpening) async throws -> Session {
        try await perform("open") { try await inner.open(opening) }
    }

    func accept(_ intake: Intake) async throws -> IntakeOutcome {
        try await perform("accept") {
            let outcome = try await inner.accept(intake)
            guard case .accepted(let accepted, let turn) = outcome, let view = try await view(accepted.session) else {
                return outcome
            }
            world.with { state in
                state.note(
                    "p\(gate.process) accepts \(view.session.ticket) \(accepted.sequence): \(intake.message.text)")
                state.complain(state.watch.accepted(accepted, intake, view))
                if let turn, let lease = intake.turnLease {
                    state.note("p\(gate.process) takes up the turn of \(view.session.ticket) with it")
                    state.complain(state.watch.turnClaimed(turn, now: intake.message.at, until: lease.until))
                }
            }
            return outcome
        }
    }
}
