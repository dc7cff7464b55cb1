internal import OpenCXCore

/// The lists of the inbox.
enum InboxView: String, Sendable, CaseIterable {
    case mine, team, ai, open, closed

    var title: String {
        switch self {
        case .mine: "Mine"
        case .team: "Team"
        case .ai: "AI"
        case .open: "All open"
        case .closed: "Closed"
        }
    }

    var emptyText: String {
        switch self {
        case .mine: "You have no open conversations."
        case .team: "Nobody waits for the team."
        case .ai: "The AI is in no conversation right now."
        case .open: "There is no open conversation."
        case .closed: "No conversation has ended yet."
        }
    }
}

/// What part of the inbox somebody wants to see.
struct InboxRequest: Sendable {
    var view: InboxView
    /// What is searched for; `nil` when nothing is.
    var text: String?
    /// Where the page begins.
    var after: String?

    init(_ visit: Visit) {
        view = InboxView(rawValue: visit.query("view") ?? "") ?? .team
        text = visit.query("q")
        after = visit.query("after")
    }

    /// The ticket that is searched for, if it can be one.
    var ticket: TicketNumber? {
        guard let text else { return nil }
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        // Telephone numbers are longer than ticket numbers.
        return digits.utf8.count <= 9 ? Int(digits).map { TicketNumber(rawValue: $0) } : nil
    }
}
