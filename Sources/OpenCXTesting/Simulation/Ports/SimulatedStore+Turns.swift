internal import OpenCXCore

extension SimulatedStore: TurnStore {
    func claimTurns(
        limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [TurnClaim] {
        try await perform("claimTurns") {
            let claims = try await inner.claimTurns(limit: limit, now: now, lease: lease, until: until)
            for claim in claims {
                world.with { state in
                    state.note("p\(gate.process) takes up the turn of \(claim.session.ticket)")
                    state.complain(state.watch.turnClaimed(claim, now: now, until: until))
                }
            }
            return claims
        }
    }

    func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) async throws -> Bool {
        try await perform("extendTurn") {
            let isOurs = try await inner.extendTurn(session, lease: lease, until: until)
            world.with { state in
                state.complain(state.watch.turnExtended(session, lease, until: until, isOurs: isOurs))
            }
            return isOurs
        }
    }

    func commitTurn(_ commit: TurnCommit) async throws -> TurnOutcome {
        try await perform("commitTurn") {
            let outcome = try await inner.commitTurn(commit)
            guard let view = try await view(commit.session) else { return outcome }
            let pending = try await inner.outbox(.pending, limit: .max)
            world.with { state in
                state.note("p\(gate.process) commits \(view.session.ticket): \(commit.summary), \(outcome.summary)")
                state.complain(state.watch.turnEnded(commit, outcome, view, api: state.api))
                if case .committed(_, let entry?) = outcome, let lease = commit.delivery {
                    let step = state.steps
                    state.complain(
                        state.watch.deliveryClaimed(
                            entry, pending, lease.token, now: commit.at, until: lease.until, step: step))
                }
            }
            return outcome
        }
    }

    func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp?, failed: Bool
    ) async throws {
        try await perform("abandonTurn") {
            try await inner.abandonTurn(session, lease: lease, trace: trace, retryAt: retryAt, failed: failed)
            world.with { state in
                state.note("p\(gate.process) gives a turn of \(session) back" + (failed ? ", failed" : ""))
                state.complain(state.watch.turnAbandoned(session, lease, trace))
            }
        }
    }

    func nextTurnDue() async throws -> Timestamp? {
        try await perform("nextTurnDue") { try await inner.nextTurnDue() }
    }
}

extension TurnCommit {
    fileprivate var summary: String {
        let end = handoff.map { "handoff (\($0.trigger.rawValue))" } ?? (asksBack ? "question" : "answer")
        return "\(end) to \(customerSequence)" + (actions.isEmpty ? "" : ", \(actions.count) actions")
    }
}

extension TurnOutcome {
    fileprivate var summary: String {
        switch self {
        case .committed: "committed"
        case .withheld(let reason): "withheld (\(reason.rawValue))"
        case .leaseLost: "lease lost"
        }
    }
}
