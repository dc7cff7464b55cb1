internal import OpenCXAccess
internal import OpenCXCore

extension Command {
    private static let passwordOption = Option(
        name: "--password-stdin", value: nil, help: "read the password from standard input, instead of making one")

    static let membersAdd = Command(
        name: "members add", summary: "let a person sign in to the team's pages",
        operands: [Operand(name: "NAME")],
        options: [
            Option(name: "--role", value: "ROLE", help: "viewer, agent or admin (default: agent)"), passwordOption,
        ],
        discussion: "NAME is what they sign in with. Without --password-stdin a password is made, and shown once.",
        run: { invocation in
            let name = invocation["--role"] ?? "agent"
            guard let role = TeamRole(rawValue: name) else {
                throw UsageError("There is no role \"\(name)\"; there are viewer, agent and admin.")
            }
            let (password, isMade) = try password(invocation)
            let access = try AccessHouse(invocation)
            let member = try await access.members.add(name: invocation.operands[0], role: role, password: password)
            await access.close()
            report(password, isMade, invocation, "\(member.name.forTerminal) may sign in as \(role.rawValue).")
        })

    static let membersList = Command(
        name: "members list", summary: "list the people who may sign in",
        run: { invocation in
            let access = try AccessHouse(invocation)
            let members = try await access.members.all()
            await access.close()
            if members.isEmpty { invocation.terminal.print("There are no members.") }
            for member in members {
                invocation.terminal.print(
                    "\(member.id)  \(member.role.rawValue)  \(member.name.forTerminal)"
                        + (member.disabledAt.map { "  disabled \($0)" } ?? ""))
            }
        })

    static let membersDisable = Command(
        name: "members disable", summary: "keep a person from signing in, and sign them out",
        operands: [Operand(name: "NAME")],
        options: [Option(name: "--undo", value: nil, help: "let them sign in again")],
        run: { invocation in
            let access = try AccessHouse(invocation)
            let member = try await access.members.named(invocation.operands[0])
            if invocation.has("--undo") {
                try await access.members.enable(member.id)
            } else {
                try await access.members.disable(member.id)
            }
            await access.close()
            invocation.terminal.print(
                "\(member.name.forTerminal) \(invocation.has("--undo") ? "may sign in again" : "is signed out").")
        })

    static let membersPassword = Command(
        name: "members password", summary: "give a person another password, and sign them out",
        operands: [Operand(name: "NAME")],
        options: [passwordOption],
        discussion: "Without --password-stdin a password is made, and shown once.",
        run: { invocation in
            let (password, isMade) = try password(invocation)
            let access = try AccessHouse(invocation)
            let member = try await access.members.named(invocation.operands[0])
            try await access.members.setPassword(password, of: member.id)
            await access.close()
            report(password, isMade, invocation, "\(member.name.forTerminal) has another password.")
        })

    /// Never from the command line itself, where other users of the machine see it.
    private static func password(_ invocation: Invocation) throws -> (password: Secret, isMade: Bool) {
        guard invocation.has("--password-stdin") else { return (TeamMembers.makePassword(), true) }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw UsageError("There is no password on standard input.")
        }
        return (Secret(line), false)
    }

    private static func report(_ password: Secret, _ isMade: Bool, _ invocation: Invocation, _ what: String) {
        // The password alone on standard output, so that it can go somewhere without being seen.
        if isMade { invocation.terminal.print(password.reveal()) }
        invocation.terminal.complain(what + (isMade ? " The password is not shown again." : ""))
    }
}
