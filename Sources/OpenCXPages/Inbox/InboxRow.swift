internal import OpenCXCore

/// A session in a list.
enum InboxRow {
    static func html(
        _ row: InboxSearch.Row, _ names: People.Names, _ visit: Visit, layout: Layout, isSelected: Bool, now: Timestamp,
        view: InboxView
    ) -> HTML {
        let session = row.session
        let name = CustomerName.of(row.contact)
        let target = QueryText.address(
            layout.path("/inbox/\(session.ticket.rawValue)"), [("view", view == .team ? nil : view.rawValue)])
        return a(.class("row"), .href(target), .aria(.current, "true").when(isSelected)) {
            Avatar.html(name)
            div(.class("row-main")) {
                div(.class("row-top")) {
                    span(.class("row-name")) { name }
                    span(.class("row-time")) { Moment.ago(session.updatedAt, now: now) }
                }
                div(.class("row-text"), .dir("auto")) { excerpt(row, names) }
                div(.class("row-marks")) {
                    span(.class("ticket")) { session.ticket.description }
                    marks(session, names, visit)
                }
            }
        }
    }

    private static func marks(_ session: Session, _ names: People.Names, _ visit: Visit) -> HTML {
        group {
            span(.class("badge channel")) { session.channelKind.rawValue }
            if session.status == .open {
                switch session.owner {
                case .ai: span(.class("badge ai")) { session.awaitsAI ? "AI writes" : "AI" }
                case .team: span(.class("badge wait")) { "waits" }
                case .person(let person): span(.class("badge")) { person == visit.member.id ? "you" : names[person] }
                }
            } else {
                span(
                    .class("badge good").when(session.status == .closedResolved),
                    .class("badge").when(session.status != .closedResolved)
                ) {
                    session.status == .closedResolved ? "resolved" : "unresolved"
                }
            }
            if session.handoff?.sentiment == .angry { span(.class("badge bad")) { "upset" } }
            if let rating = session.rating { span(.class("badge")) { "\(rating.score) of 5" } }
            for tag in session.tags.prefix(3) { span(.class("badge tag")) { tag } }
        }
    }

    private static func excerpt(_ row: InboxSearch.Row, _ names: People.Names) -> String {
        // Whoever looks for what to do wants to know what the customer wants.
        let waits = row.session.status == .open && row.session.owner == .team
        guard let message = waits ? row.lastQuestion ?? row.lastMessage : row.lastMessage else {
            return row.session.subject?.text ?? "No message yet"
        }
        // The marks of Markdown say nothing where it is not rendered.
        let words = message.text.text.prefix(400).filter { !"*`#".contains($0) }.split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        return switch message.author {
        case .customer: String(words.prefix(140))
        case .ai: "AI: \(words.prefix(140))"
        case .person(let person): "\(names[person]): \(words.prefix(140))"
        }
    }
}

/// What a customer is called.
enum CustomerName {
    /// The name, or a short one of ours that tells visitors without a name apart.
    static func of(_ contact: Contact?) -> String {
        if let name = contact?.name, !name.isEmpty { return name }
        guard let contact else { return "Visitor" }
        // Ids begin with the time, so it is their end that differs.
        return "Visitor " + contact.id.rawValue.filter(\.isLetterOrDigit).suffix(4).uppercased()
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
