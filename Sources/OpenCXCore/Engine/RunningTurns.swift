/// The turns that this process works on: which of them a newer message has overtaken, and which leases are to be kept.
final class RunningTurns: Sendable {
    private let turns = Locked<[SessionID: RunningTurn]>([:])

    func begin(_ claim: TurnClaim) -> RunningTurn {
        let turn = RunningTurn(claim)
        turns.withLock { $0[claim.session.id] = turn }
        return turn
    }

    func end(_ turn: RunningTurn) {
        // After a lease was lost the same session may be worked on again, here.
        turns.withLock { if $0[turn.session]?.lease == turn.lease { $0[turn.session] = nil } }
    }

    /// A message has come into a session; a turn that does not know of it starts anew.
    func messageArrived(in session: SessionID, sequence: Int) {
        let turn = turns.withLock { $0[session] }
        if let turn, turn.customerSequence < sequence { turn.overtake() }
    }

    /// What a session's turn answers needs no answer any more.
    func stop(_ session: SessionID, upTo sequence: Int) {
        let turn = turns.withLock { $0[session] }
        if let turn, turn.customerSequence <= sequence { turn.overtake() }
    }

    /// Nothing is left to be done in a session.
    func lose(_ session: SessionID) {
        turns.withLock { $0[session] }?.lose()
    }

    var all: [RunningTurn] { turns.withLock { $0.values.sorted { $0.session < $1.session } } }
}

/// A turn that this process works on.
final class RunningTurn: Sendable {
    let session: SessionID
    let lease: LeaseToken
    let customerSequence: Int
    private let state = Locked((current: State.running, whenStopped: (@Sendable () -> Void)?.none))

    enum State {
        case running
        /// The customer has written again.
        case overtaken
        /// The lease has ended, and somebody else has taken the turn up; or the session was removed.
        case lost
    }

    init(_ claim: TurnClaim) {
        session = claim.session.id
        lease = claim.lease
        customerSequence = claim.session.lastCustomerSequence
    }

    var current: State { state.withLock(\.current) }

    /// Has something done when the turn need not go on: at once when that is so already.
    func whenStopped(_ body: (@Sendable () -> Void)?) {
        let isStopped = state.withLock { state in
            state.whenStopped = body
            return state.current != .running
        }
        if isStopped { body?() }
    }

    func overtake() { stop(.overtaken) }

    func lose() { stop(.lost) }

    private func stop(_ reason: State) {
        let whenStopped = state.withLock { state in
            if state.current != .lost { state.current = reason }
            return state.whenStopped
        }
        whenStopped?()
    }
}
