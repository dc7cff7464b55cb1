/// The reply of a turn as its customer sees it grow. It lets through what passes judgement as far as it goes, while the session is
/// still the AI's; and takes back what is not said in the end.
///
/// It decides nothing about the turn: the answer is judged as a whole, and committed or not, as if nobody had seen any of it.
final class ReplyPreview: Sendable {
    /// The id of the message that the reply becomes. The same when the turn is done again, so that what a process that died has
    /// shown is begun anew, not beside it.
    let message: MessageID
    private let channel: any StreamingChannel
    private let session: Session
    private let policy: HandoffPolicy
    /// Whether the turn still has its lease, and the session is as the turn began with it.
    private let mayShow: @Sendable () async throws -> Bool
    private let state = Locked(State())

    private struct State {
        /// What is shown; `nil` while nothing is.
        var shown: RedactedText?
        /// Nothing more is shown in this turn.
        var isOver = false
    }

    init(
        _ claim: TurnClaim, on channel: any StreamingChannel, policy: HandoffPolicy,
        mayShow: @escaping @Sendable () async throws -> Bool
    ) {
        self.channel = channel
        self.policy = policy
        self.mayShow = mayShow
        session = claim.session
        var hash = StableHash()
        hash.combine(claim.session.id.rawValue)
        hash.combine("\(claim.session.lastCustomerSequence)")
        hash.combine("\(claim.history.last?.sequence ?? 0)")
        message = MessageID("reply-\(hash.hexDigits)")
    }

    /// What is shown so far.
    var shown: RedactedText { state.withLock(\.shown) ?? .empty }

    /// Whether the answer so far would be given.
    func accepts(_ answer: Answer, for request: AnswerRequest) -> Bool {
        Judgement.of(answer, for: request, policy: policy).isAccepted
    }

    /// Shows more.
    ///
    /// - Returns: whether there is any point in showing yet more.
    func show(_ piece: RedactedText) async throws -> Bool {
        let (isFirst, isOver) = state.withLock { ($0.shown == nil, $0.isOver) }
        guard !isOver else { return false }
        guard try await mayShow() else {
            stop()
            return false
        }
        state.withLock { $0.shown = ($0.shown ?? .empty) + piece }
        tell(isFirst ? .began(piece) : .grew(piece))
        return true
    }

    /// The answerer has something else in mind: what was shown of this draft is taken back.
    func startOver() {
        if takeShown() != nil { tell(.retracted(replacement: nil)) }
    }

    /// The turn has been committed with this reply, or with none.
    func settle(_ reply: Message?) {
        guard let shown = takeShown() else { return }
        state.withLock { $0.isOver = true }
        if let reply, reply.text.text.utf8.starts(with: shown.text.utf8) {
            tell(.committed(reply))
        } else {
            tell(.retracted(replacement: reply))
        }
    }

    /// The turn ends without a reply: what was shown is taken back.
    func stop() {
        state.withLock { $0.isOver = true }
        startOver()
    }

    /// Somebody else has taken the turn up, and shows the reply from its beginning.
    func leave() {
        state.withLock { $0 = State(shown: nil, isOver: true) }
    }

    private func takeShown() -> RedactedText? {
        state.withLock { state in
            defer { state.shown = nil }
            return state.shown
        }
    }

    private func tell(_ content: ReplyPiece.Content) {
        channel.show(
            ReplyPiece(
                message: message, session: session.id, ticket: session.ticket, thread: session.thread,
                content: content))
    }
}

extension ReplyPreview {
    /// `nil` where replies are not shown while they grow.
    convenience init?(_ claim: TurnClaim, _ turn: RunningTurn, of agent: Agent) {
        let id = claim.session.channel
        guard agent.settings.streamedChannels.contains(id),
            let channel = agent.parts.channels.first(where: { $0.id == id }) as? any StreamingChannel
        else { return nil }
        let (store, clock, lease) = (agent.parts.store, agent.parts.clock, agent.settings.lease)
        let leaseEnd = Locked(Timestamp.epoch)
        self.init(claim, on: channel, policy: agent.settings.handoff) {
            let now = clock.now()
            if leaseEnd.withLock({ $0 - lease / 2 }) <= now {
                guard try await store.extendTurn(claim.session.id, lease: claim.lease, until: now + lease) else {
                    turn.lose()
                    return false
                }
                leaseEnd.withLock { $0 = now + lease }
            }
            // Read anew each time: whoever took over may have done so in another process.
            guard let session = try await store.session(claim.session.id), turn.current == .running else {
                return false
            }
            return session.status == .open && session.owner == .ai
                && session.settledSequence == claim.session.settledSequence
                && session.lastCustomerSequence == claim.session.lastCustomerSequence
        }
    }
}
