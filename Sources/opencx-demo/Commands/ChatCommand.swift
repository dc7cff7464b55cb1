internal import OpenCXCore
internal import OpenCXPlatform

extension Command {
    static let chat = Command(
        name: "chat", summary: "talk to the agent in the terminal",
        options: [
            Option(name: "--as", value: "EMAIL", help: "who you are: a customer whose e-mail address is verified")
        ],
        discussion: "Type a message and press return. An empty line does nothing; Ctrl-D ends the conversation.",
        run: converse)

    private static let converse: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        let channel = TerminalChannel(terminal: terminal)
        let house = try await House.open(invocation, channels: [channel], streams: true)
        terminal.print(house.configuration.greeting)
        let thread = ThreadID("terminal-" + RandomIDs().makeID())
        var number = 0
        var ticket: TicketNumber?
        while true {
            terminal.show("\n" + terminal.emphasized("you") + "> ")
            guard let line = await Keyboard.line() else { break }
            if line.allSatisfy(\.isWhitespace) { continue }
            number += 1
            do {
                let message = channel.message(line, thread: thread, email: invocation["--as"], number: number)
                let accepted = try await house.agent.receive(message).0
                try await house.agent.runUntilIdle()
                ticket = accepted.ticket
                try await note(accepted, in: house, terminal)
            } catch let error as IntakeError {
                terminal.complain(error.description)
            }
        }
        terminal.print()
        if let ticket {
            terminal.print(
                """
                The conversation is ticket \(ticket): opencx-demo inspect \(ticket.rawValue) shows what the agent saw.
                """)
        }
    }

    private static func note(_ accepted: AcceptedMessage, in house: House, _ terminal: Terminal) async throws {
        guard let session = try await house.store.session(accepted.session), session.owner != .ai,
            let handoff = session.handoff
        else { return }
        let reasons = handoff.reasons.map(\.rawValue).joined(separator: ", ")
        terminal.print(terminal.faint("  [ticket \(session.ticket) is with the team: \(reasons)]"))
    }
}
