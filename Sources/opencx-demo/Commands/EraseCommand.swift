internal import OpenCXCore

extension Command {
    static let erase = Command(
        name: "erase", summary: "forget a customer: everything that is kept of them",
        operands: [Operand(name: "CUSTOMER")],
        options: [Option(name: "--yes", value: nil, help: "do it, instead of saying what would be removed")],
        discussion: """
            CUSTOMER is a ticket number, or an e-mail address, a telephone number, a custom id or a contact id. Nothing
            brings back what was removed. Backups, and what helpdesks and other systems were told, are yours to clean.
            """,
        run: { invocation in
            let house = try await House.open(invocation, syncs: false)
            let contact = try await contact(invocation.operands[0], in: house)
            let terminal = invocation.terminal
            guard invocation.has("--yes") else {
                let sessions = try await house.store.sessions(.contact(contact.id), limit: .max)
                terminal.print("\(contact.label): \(sessions.count) sessions would be removed.")
                for session in sessions.sorted(by: { $0.ticket < $1.ticket }) {
                    terminal.print("  \(session.ticket)  \(session.status.rawValue)  \(session.updatedAt)")
                }
                terminal.print("With --yes it is done.")
                return
            }
            guard let erasure = try await house.agent.erase(contact.id) else {
                throw Failure("The customer is gone already.")
            }
            terminal.print("\(contact.id): \(erasure.sessions.count) sessions removed.")
            for session in erasure.sessions {
                let withdrawn = session.withdrawnDeliveries
                terminal.print(
                    "  \(session.ticket)" + (withdrawn == 0 ? "" : ", \(withdrawn) deliveries withdrawn")
                        + session.copies.map { ", \($0.helpdesk) has a copy: \($0.reference)" }.joined())
            }
            await house.close()
        })

    private static func contact(_ name: String, in house: House) async throws -> Contact {
        let digits = name.hasPrefix("#") ? name.dropFirst() : name[...]
        if let number = Int(digits) {
            let ticket = TicketNumber(rawValue: number)
            if let session = try await house.store.session(ticket: ticket),
                let contact = try await house.store.contact(session.contact)
            {
                return contact
            }
            if let time = try await house.store.removal(of: ticket) {
                throw Failure("Ticket \(ticket) was removed at \(time).")
            }
        }
        if let contact = try await house.store.contact(ContactID(name)) { return contact }
        let found = try await house.store.contacts(knownAs: name)
        if found.count > 1 {
            let list = found.map { "  \($0.label)" }.joined(separator: "\n")
            throw Failure("\(found.count) customers are known as this. Name one by its id:\n\(list)")
        }
        guard let contact = found.first else { throw Failure("There is no customer that is known as \(name).") }
        return contact
    }
}

extension Contact {
    fileprivate var label: String {
        let known = [email, phone, customID, name].compactMap(\.self).joined(separator: ", ")
        return "\(id)  \(known.forTerminal) (\(isVerified ? "verified" : "claimed"))"
    }
}
