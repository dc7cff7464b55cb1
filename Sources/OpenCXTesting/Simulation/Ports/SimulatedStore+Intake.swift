internal import OpenCXCore

extension SimulatedStore: IntakeStore {
    func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        try await perform("latestSession") { try await inner.latestSession(channel: channel, thread: thread) }
    }

    func accept(_ intake: Intake) async throws -> IntakeOutcome {
        try await perform("accept") {
            let outcome = try await inner.accept(intake)
            guard case .accepted(let accepted) = outcome, let view = try await view(accepted.session) else {
                return outcome
            }
            world.with { state in
                state.note(
                    "p\(gate.process) accepts \(view.session.ticket) \(accepted.sequence): \(intake.message.text)")
                state.complain(state.watch.accepted(accepted, intake, view))
            }
            return outcome
        }
    }
}
