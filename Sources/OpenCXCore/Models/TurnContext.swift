/// What an answerer may use of the turn it answers in: redaction in the turn's session, its clock, and its trace.
public final class TurnContext: Sendable {
    private struct State: Sendable {
        var placeholders: PlaceholderCounts
        var steps: [TraceStep] = []
    }

    private let session: SessionID
    private let redaction: Redaction
    private let clock: (any AgentClock)?
    private let started: Timestamp
    private let state: Locked<State>
    /// Where a reply is shown while it grows, if it is.
    let preview: ReplyPreview?
    /// A text that is the same whenever the turn is replayed, and that no customer can know.
    package let seed: String

    /// How many steps an answerer may add to a trace; further ones are left out.
    static let stepLimit = 64

    /// Makes a context outside of any turn, for answerers that are called by hand: nothing restores its placeholders.
    public static let detached = TurnContext(
        session: "detached", redaction: Redaction(vault: InMemoryVault(capacity: 1, valuesPerSession: 0)), clock: nil,
        seed: "detached")

    package convenience init(
        session: SessionID, redaction: Redaction, placeholders: PlaceholderCounts = PlaceholderCounts(),
        clock: (any AgentClock)?, seed: String
    ) {
        self.init(
            session: session, redaction: redaction, placeholders: placeholders, clock: clock, seed: seed, preview: nil)
    }

    init(
        session: SessionID, redaction: Redaction, placeholders: PlaceholderCounts, clock: (any AgentClock)?,
        seed: String, preview: ReplyPreview?
    ) {
        self.session = session
        self.redaction = redaction
        self.clock = clock
        self.seed = seed
        self.preview = preview
        started = clock?.now() ?? .epoch
        state = Locked(State(placeholders: placeholders))
    }

    /// The context of a claimed turn. The lease is random and known to the store only.
    convenience init(_ claim: TurnClaim, parts: AgentParts, preview: ReplyPreview?) {
        self.init(
            session: claim.session.id, redaction: parts.redaction, placeholders: claim.session.placeholders,
            clock: parts.clock, seed: claim.lease.rawValue, preview: preview)
    }

    /// Replaces personal data by the session's placeholders, as it happens to what a customer writes. For whatever a language
    /// model wrote. What stands in `published`, texts of the team's own that the model was shown, stays as it is.
    ///
    /// - Throws: what the redactor or the vault throws.
    public func redact(_ text: UnredactedText, sparing published: [RedactedText] = []) async throws -> RedactedText {
        var counts = placeholders
        let redacted = try await redaction.redact(
            text.withoutControls, in: session, counts: &counts, sparing: published)
        placeholders = counts
        return redacted
    }

    /// Adds a step to the turn's trace.
    public func note(_ event: TraceStep.Event) {
        let step = TraceStep(offset: (now() - started).inMilliseconds, event: event)
        guard clock != nil else { return }
        state.withLock { if $0.steps.count < Self.stepLimit { $0.steps.append(step) } }
    }

    /// The time now; stands still outside of a turn.
    public func now() -> Timestamp { clock?.now() ?? .epoch }

    /// The placeholders that the session has used so far.
    var placeholders: PlaceholderCounts {
        get { state.withLock(\.placeholders) }
        set { state.withLock { $0.placeholders = newValue } }
    }

    /// The steps noted since this was last asked.
    package func takeSteps() -> [TraceStep] {
        state.withLock { state in
            defer { state.steps.removeAll() }
            return state.steps
        }
    }
}
