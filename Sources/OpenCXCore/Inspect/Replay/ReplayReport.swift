/// What a replay found out.
public struct ReplayReport: Sendable, Hashable {
    /// The sessions, in the order in which they were replayed.
    public var sessions: [ReplayedSession]

    /// Makes a report.
    public init(sessions: [ReplayedSession] = []) {
        self.sessions = sessions
    }

    /// How many turns were run again.
    public var turnCount: Int { sessions.reduce(0) { $0 + $1.turns.count } }
    /// How many came out otherwise than recorded.
    public var changedCount: Int { sessions.reduce(0) { $0 + $1.turns.count { !$0.changes.isEmpty } } }

    /// How many turns changed in each aspect.
    public var counts: [ReplayChange.Aspect: Int] {
        var counts: [ReplayChange.Aspect: Int] = [:]
        for turn in sessions.lazy.flatMap(\.turns) {
            for change in turn.changes { counts[change.aspect, default: 0] += 1 }
        }
        return counts
    }
}

/// A session that was run again.
public struct ReplayedSession: Sendable, Hashable {
    /// The session.
    public var session: SessionID
    /// Its number.
    public var ticket: TicketNumber
    /// The turns that were run again.
    public var turns: [ReplayedTurn] = []
    /// How many turns were left out because they had failed or been overtaken by a newer message.
    public var unfinished = 0
    /// How many were left out because an earlier version of this package recorded them, and not enough.
    public var tooOld = 0

    init(session: SessionID, ticket: TicketNumber) {
        self.session = session
        self.ticket = ticket
    }
}

/// A turn that was run again.
public struct ReplayedTurn: Sendable, Hashable {
    /// Its place among the session's turns, from 1.
    public var number: Int
    /// Its trace.
    public var trace: TraceID
    /// When it was taken up.
    public var startedAt: Timestamp
    /// What the customer had written.
    public var question: RedactedText
    /// In what it came out otherwise, as far as it came.
    public var changes: [ReplayChange]
    /// Why it did not come to its end; `nil` when it did.
    public var stop: Stop?

    /// Why a replay of a turn stops.
    public enum Stop: Sendable, Hashable {
        /// The model would be asked something that it was not asked then.
        case wouldAskModel(String)
        /// An action would be called that was not called then, or otherwise.
        case wouldCall(String)
        /// Something failed.
        case failed(stage: String, reason: String)
    }

    init(number: Int, _ recorded: Trace, of session: RecordedSession, _ run: Replayer.Run) {
        self.number = number
        trace = recorded.id
        startedAt = recorded.startedAt
        question = .empty
        for step in recorded.steps { if case .question(let text, _) = step.event { question = text } }
        stop = run.stop
        let before = TurnOutline(
            recorded.steps.map(\.event), reply: session.reply(of: recorded), summary: session.summary(of: recorded),
            isComplete: true)
        let after = TurnOutline(
            run.events, reply: run.plan?.reply?.text, summary: run.plan?.summary?.text, isComplete: run.plan != nil)
        changes = before.changes(to: after)
    }
}

/// One difference between a turn as it was and as it would be.
public struct ReplayChange: Sendable, Hashable {
    /// What differs.
    public var aspect: Aspect
    /// What it was, as a list of words.
    public var before: [String]
    /// What it would be.
    public var after: [String]

    /// What can differ, in the order in which a turn gets there.
    public enum Aspect: String, Sendable, Hashable, CaseIterable {
        /// Whether the AI may answer, and the topic that decided: `ai`, or the trigger of a handoff, and the topic.
        case topicGate = "topic_gate"
        /// Signs that a person is needed: their triggers.
        case signals
        /// The training scenarios that apply, behavioral ones first: their names.
        case scenarios
        /// The passages found, best first: `article#ordinal`.
        case passages
        /// The actions called, and what came of each.
        case actions
        /// Whether the answer is good enough: `accepted`, or `refused` and why.
        case judgement
        /// How the turn ends: `reply`, `ask_back`, `handoff`, or `decline` and what would have set a handoff off.
        case decision
        /// What sets the handoff off.
        case handoff
        /// What the customer reads.
        case answer
        /// What the person who takes over reads, where one took over then and would now.
        case summary
    }
}
