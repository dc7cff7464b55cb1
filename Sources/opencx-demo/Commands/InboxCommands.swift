internal import FoundationEssentials
internal import OpenCXCore

extension Command {
    private static let session = Operand(name: "TICKET")
    private static let person = Option(name: "--as", value: "NAME", help: "who you are (default: your user name)")

    static let inboxList = Command(
        name: "inbox list", summary: "list the sessions that wait for a person",
        options: [Option(name: "--all", value: nil, help: "every session, open or closed")],
        run: { invocation in
            let house = try await House.open(invocation)
            let sessions = try await house.store.sessions(invocation.has("--all") ? .all : .handedOff, limit: 200)
            for session in sessions {
                let reason = session.handoff.map { $0.reasons.map(\.rawValue).joined(separator: ", ") } ?? "-"
                invocation.terminal.print(
                    "\(session.ticket)  \(session.status.rawValue)  \(session.owner.label)  \(session.channelKind)  "
                        + "\(session.updatedAt)  \(reason)")
                if let summary = session.handoff?.summary.text.split(whereSeparator: \.isNewline).first {
                    invocation.terminal.print("    " + String(summary).forTerminal)
                }
            }
            if sessions.isEmpty { invocation.terminal.print("Nobody waits.") }
        })

    static let inboxShow = Command(
        name: "inbox show", summary: "show a conversation", operands: [session],
        run: { invocation in
            let house = try await House.open(invocation)
            let session = try await house.session(invocation.operands[0])
            invocation.terminal.print(SessionReport.head(session))
            for entry in try await house.store.history(session.id, after: 0, limit: 10_000) {
                invocation.terminal.print(SessionReport.line(entry))
            }
        })

    static let inboxReply = Command(
        name: "inbox reply", summary: "answer the customer as a person; the AI is silent from then on",
        operands: [session, Operand(name: "TEXT")], options: [person],
        run: { invocation in
            let house = try await House.open(invocation)
            let session = try await house.session(invocation.operands[0])
            if invocation.operands[1].allSatisfy(\.isWhitespace) { throw UsageError("TEXT is empty.") }
            let text = UnredactedText(invocation.operands[1])
            guard let after = try await house.agent.reply(to: session.id, as: name(invocation), text) else {
                throw Failure("The session is gone.")
            }
            invocation.terminal.print("\(after.ticket): sent as \(name(invocation)); \(after.owner.label) owns it now.")
            let last = try await house.store.history(session.id, after: after.lastSequence - 1, limit: 1).first
            if let masked = last?.message?.text.placeholders, !masked.isEmpty {
                let list = masked.map(\.description).joined(separator: ", ")
                invocation.terminal.complain(
                    "note: personal data in your reply are masked, and another process delivers it: the customer sees \(list)."
                )
            }
        })

    static let inboxResolve = Command(
        name: "inbox resolve", summary: "close a session as resolved", operands: [session], options: [person],
        run: { invocation in
            let house = try await House.open(invocation)
            let session = try await house.session(invocation.operands[0])
            let after = try await house.agent.close(session.id, by: .person(name(invocation)))
            invocation.terminal.print("\(session.ticket): \(after?.status.rawValue ?? "gone")")
        })

    private static func name(_ invocation: Invocation) -> PersonID {
        PersonID(invocation["--as"] ?? ProcessInfo.processInfo.environment["USER"] ?? "agent")
    }

    static let outboxList = Command(
        name: "outbox list", summary: "list what could not be delivered",
        options: [Option(name: "--pending", value: nil, help: "what still waits for delivery instead")],
        run: { invocation in
            let house = try await House.open(invocation)
            let entries = try await house.store.outbox(invocation.has("--pending") ? .pending : .dead, limit: 200)
            for entry in entries {
                invocation.terminal.print(
                    "\(entry.id)  \(entry.attempts) tries, next \(entry.dueAt)  \(entry.lastFailure ?? "")".forTerminal)
            }
            if entries.isEmpty { invocation.terminal.print("Nothing.") }
        })

    static let outboxRetry = Command(
        name: "outbox retry", summary: "deliver something again that was given up",
        operands: [Operand(name: "ENTRY")],
        run: { invocation in
            let house = try await House.open(invocation)
            let now = house.agent.parts.clock.now()
            guard try await house.store.redrive(OutboxID(invocation.operands[0]), at: now) else {
                throw Failure("Nothing with this name was given up; see opencx-demo outbox list.")
            }
            invocation.terminal.print("It will be delivered by the next running agent.")
        })
}

extension SessionOwner {
    var label: String {
        switch self {
        case .ai: "AI"
        case .team: "team"
        case .person(let person): person.rawValue.forTerminal
        }
    }
}
