internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXSQLite

extension Command {
    static let replay = Command(
        name: "replay", summary: "run recorded conversations through another configuration and list what changes",
        operands: [Operand(name: "SESSION", isOptional: true)],
        options: [
            Option(name: "--since", value: "DATE", help: "only turns since then: 2026-11-01, or with a time in UTC"),
            Option(name: "--json", value: nil, help: "print the report as JSON; see docs/Inspect.md"),
        ],
        discussion: """
            --config names the other configuration; the recordings are those of --data, which is only read. No model is
            asked and no action called: what was answered then is used where the question is the same, and where it is
            not the report says so. Each turn is run on what was really said before it.
            """,
        run: { invocation in
            guard let file = invocation["--config"] else {
                throw UsageError("--config is missing: name the configuration to try.")
            }
            var configuration = try Configuration(ConfigurationReader(file: file))
            configuration.knowledge = invocation["--knowledge"] ?? configuration.knowledge
            let since = try invocation["--since"].map(time) ?? .epoch
            let recordings = try Rehearsal.recordings(invocation)
            let terminal = invocation.terminal
            let (articles, index) = try await Rehearsal.knowledge(configuration, else: recordings, terminal)
            let replayer = Replayer(try await Rehearsal.parts(configuration, articles, index, terminal))
            var report = ReplayReport()
            let ids = try await sessions(invocation.operands.first, in: recordings)
            for (place, id) in ids.enumerated() {
                guard let recorded = try await RecordedSession(id, from: recordings) else { continue }
                report.sessions.append(try await replayer.replay(recorded, since: since))
                if place % 50 == 0 { terminal.progress("\(place) of \(ids.count) conversations") }
            }
            terminal.progress("")
            await recordings.close()
            terminal.print(
                invocation.has("--json") ? String(decoding: report.json.serialized(), as: UTF8.self) : report.text)
        })

    private static func sessions(_ name: String?, in store: any TeamStore) async throws -> [SessionID] {
        if let name { return [try await House.session(name, in: store).id] }
        return try await store.sessions(.all, limit: .max).sorted { $0.ticket < $1.ticket }.map(\.id)
    }

    /// A day, which begins at midnight in UTC, or a time.
    private static func time(_ text: String) throws -> Timestamp {
        let whole = text.count == 10 ? text + "T00:00:00Z" : text
        if let date = try? Date(whole, strategy: .iso8601) {
            let time = Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
            // A parser that is kind takes the 31st of February for a day in March.
            if whole.hasSuffix("Z"), time.description.hasPrefix(whole.dropLast()) { return time }
        }
        throw UsageError("--since must be a date such as 2026-11-01 or 2026-11-01T08:30:00Z, not \"\(text)\".")
    }
}

extension ReplayReport {
    /// The report in lines of text.
    var text: String {
        let turns = sessions.flatMap(\.turns)
        let asking = turns.count { if case .wouldAskModel = $0.stop { true } else { false } }
        let calling = turns.count { if case .wouldCall = $0.stop { true } else { false } }
        var lines = [
            "\(turnCount) turns of \(sessions.count) conversations: \(changedCount) change, "
                + "\(asking) would ask the model, \(calling) would call an action"
        ]
        let unfinished = sessions.reduce(0) { $0 + $1.unfinished }
        let tooOld = sessions.reduce(0) { $0 + $1.tooOld }
        if unfinished > 0 { lines.append("left out: \(unfinished) that had failed or were overtaken") }
        if tooOld > 0 { lines.append("left out: \(tooOld) that an earlier version recorded") }
        let counts = counts
        for aspect in ReplayChange.Aspect.allCases {
            if let count = counts[aspect] { lines.append("  \(aspect.rawValue): \(count)") }
        }
        for session in sessions {
            for turn in session.turns where !turn.changes.isEmpty || turn.stop != nil {
                lines.append("")
                lines.append("\(session.ticket), turn \(turn.number), \(turn.startedAt)")
                lines.append("  \(turn.question.text.oneLine)")
                lines += turn.changes.map { "    " + $0.text }
                if let stop = turn.stop { lines.append("    " + stop.text) }
            }
        }
        return lines.joined(separator: "\n").forTerminal
    }
}

extension ReplayChange {
    fileprivate var text: String {
        func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ").oneLine }
        return "\(aspect.rawValue): \(list(before)) → \(list(after))"
    }
}

extension ReplayedTurn.Stop {
    fileprivate var text: String {
        switch self {
        case .wouldAskModel(let name): "would ask \(name)"
        case .wouldCall(let action): "would call \(action)"
        case .failed(let stage, let reason): "would fail in \(stage): \(reason)"
        }
    }
}

extension String {
    /// The text in one line, cut to what a line can hold.
    fileprivate var oneLine: String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 160 ? line.prefix(160) + "…" : line
    }
}
