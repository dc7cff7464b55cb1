internal import OpenCXAccess
internal import OpenCXCore

extension InboxPages {
    /// Who the customer is, whose the session is, and what else there is to know and do.
    func sidebar(
        _ view: ConversationView, _ names: People.Names, _ visit: Visit, revealed: [(Placeholder, String)]?
    ) -> HTML {
        let session = view.session
        return aside(.class("side"), .aria(.label, "About this conversation")) {
            deliveries(view, visit)
            customer(view, visit)
            if visit.may(.answerCustomers) {
                assignment(session, names, visit)
                tags(session, visit)
            }
            personalData(view, visit, revealed)
            section(.class("card")) {
                h2 { "Session" }
                dl(.class("facts")) {
                    dt { "Began" }
                    dd { Moment.html(session.createdAt) }
                    dt { "Channel" }
                    dd { "\(session.channelKind) (\(session.channel))" }
                    if let handoff = session.handoff {
                        dt { "Handoff" }
                        dd { handoff.reasons.map(Words.of).joined(separator: ", ") }
                    }
                    for (name, value) in session.attributes.sorted(by: { $0.key < $1.key }).prefix(20) {
                        dt { HTML.redacted(RedactedText(derived: name, from: value)) }
                        dd { HTML.redacted(value) }
                    }
                }
                if visit.may(.inspect) {
                    p {
                        a(.class("button"), .href(layout.path("/inspect/\(session.ticket.rawValue)"))) {
                            Icon.inspect.html
                            "See what the AI saw"
                        }
                    }
                }
                if visit.may(.answerCustomers) {
                    form(
                        .post, .action(path(of: session, "/close")), .data(.when, "open"),
                        .hidden.when(session.status != .open)
                    ) {
                        FormToken.field(visit)
                        button(
                            .type("submit"), .class("quiet"),
                            .data(.confirm, "Close this conversation without a solution?")
                        ) {
                            "Close as unresolved"
                        }
                    }
                }
            }
            forgettingCard(session, visit)
        }
    }

    private func customer(_ view: ConversationView, _ visit: Visit) -> HTML {
        section(.class("card")) {
            h2 { "Customer" }
            dl(.class("facts")) {
                dt { "Name" }
                dd { CustomerName.of(view.contact) }
                if let contact = view.contact {
                    // Whoever answers customers may know how to reach them; whoever only reads need not.
                    if visit.may(.answerCustomers) {
                        if let email = contact.email {
                            dt { "E-mail" }
                            dd { email }
                        }
                        if let phone = contact.phone {
                            dt { "Phone" }
                            dd { phone }
                        }
                    }
                    dt { "Identity" }
                    dd { contact.isVerified ? "verified" : "not verified" }
                    dt { "Known since" }
                    dd { Moment.html(contact.createdAt) }
                }
            }
            if view.session.hasOtherSenders {
                p(.class("notice warn")) {
                    "Somebody else has written in this conversation too. Do nothing in the customer's name."
                }
            }
        }
    }

    private func assignment(_ session: Session, _ names: People.Names, _ visit: Visit) -> HTML {
        section(.class("card")) {
            h2 { "Assign" }
            form(.post, .action(path(of: session, "/assign")), .class("inline grow")) {
                FormToken.field(visit)
                select(.name("owner"), .aria(.label, "Who answers")) {
                    option(.value("team"), .selected.when(session.owner == .team)) { "Team" }
                    option(.value("ai"), .selected.when(session.owner == .ai)) { "AI" }
                    for member in names.assignable {
                        option(.value("person:\(member.id)"), .selected.when(session.owner == .person(member.id))) {
                            member.name
                        }
                    }
                    if case .person(let person) = session.owner, !names.assignable.contains(where: { $0.id == person })
                    {
                        option(.value("person:\(person)"), .selected, .disabled) { names[person] }
                    }
                }
                button(.type("submit")) { "Assign" }
            }
        }
    }

    private func tags(_ session: Session, _ visit: Visit) -> HTML {
        section(.class("card")) {
            h2 { "Tags" }
            if !session.tags.isEmpty {
                ul(.class("tags")) {
                    for tag in session.tags {
                        li {
                            form(.post, .action(path(of: session, "/tags")), .class("inline")) {
                                FormToken.field(visit)
                                input(.type("hidden"), .name("remove"), .value(tag))
                                span(.class("badge tag")) { tag }
                                button(.type("submit"), .class("tiny quiet"), .aria(.label, "Remove the tag \(tag)")) {
                                    "×"
                                }
                            }
                        }
                    }
                }
            }
            form(.post, .action(path(of: session, "/tags")), .class("inline grow")) {
                FormToken.field(visit)
                label(.for("new-tag"), .class("visually-hidden")) { "New tag" }
                input(
                    .id("new-tag"), .name("add"), .maxlength(60), .required, .placeholder("New tag"),
                    .autocomplete("off"))
                button(.type("submit")) { "Add" }
            }
        }
    }

    private func personalData(_ view: ConversationView, _ visit: Visit, _ revealed: [(Placeholder, String)]?) -> HTML {
        let placeholders = PersonalData.placeholders(in: view.history)
        return section(.class("card").when(!placeholders.isEmpty), .hidden.when(placeholders.isEmpty)) {
            h2 { "Personal data" }
            if let revealed {
                dl(.class("facts")) {
                    for (placeholder, value) in revealed {
                        dt { placeholder.description }
                        dd { value }
                    }
                }
                if revealed.isEmpty { p(.class("quiet-text")) { "None of it is kept any more." } }
            } else {
                p(.class("quiet-text")) {
                    "\(placeholders.count) \(placeholders.count == 1 ? "value is" : "values are") masked in this conversation."
                }
                if visit.may(.answerCustomers) {
                    form(.post, .action(path(of: view.session, "/reveal")), .id("reveal"), .data(.sends, "reveal")) {
                        FormToken.field(visit)
                        button(.type("submit"), .class("quiet")) {
                            Icon.lock.html
                            "Show them"
                        }
                    }
                }
            }
        }
    }

    private func deliveries(_ view: ConversationView, _ visit: Visit) -> HTML {
        group {
            if !view.dead.isEmpty {
                section(.class("card trouble"), .aria(.label, "Not delivered")) {
                    h2 {
                        Icon.alert.html
                        "Not delivered"
                    }
                    ul(.class("plain")) {
                        for entry in view.dead {
                            li {
                                p {
                                    "To \(entry.destination), given up after \(entry.attempts) tries"
                                    if let failure = entry.lastFailure { ": \(failure)" }
                                }
                                if visit.may(.operate) {
                                    form(
                                        .post,
                                        .action(
                                            path(
                                                of: view.session,
                                                "/deliveries/\(QueryText.encoded(entry.id.rawValue))/retry"))
                                    ) {
                                        FormToken.field(visit)
                                        button(.type("submit"), .class("small")) { "Try again" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The personal data of a conversation, which everybody sees masked.
enum PersonalData {
    /// How many are shown at once.
    static let limit = 200

    /// The placeholders in what was said, each once, in order of appearance.
    static func placeholders(in history: [HistoryEntry]) -> [Placeholder] {
        var seen: Set<Placeholder> = []
        var found: [Placeholder] = []
        for entry in history {
            let texts: [RedactedText] =
                switch entry.event {
                case .message(let message): [message.text]
                case .note(_, let text): [text]
                case .action(let record): Array(record.arguments.values) + [record.result]
                default: []
                }
            for placeholder in texts.flatMap(\.placeholders) where seen.insert(placeholder).inserted {
                found.append(placeholder)
            }
        }
        return Array(found.prefix(limit))
    }

    /// What they stand for, as far as the vault still knows.
    static func reveal(
        _ placeholders: [Placeholder], in session: SessionID, with redaction: Redaction
    ) async throws -> [(Placeholder, String)] {
        var values: [(Placeholder, String)] = []
        for placeholder in placeholders {
            let masked = RedactedText(derived: placeholder.description, from: .empty)
            let raw = try await redaction.restore(masked, in: session).reveal()
            if raw != masked.text { values.append((placeholder, raw)) }
        }
        return values
    }
}
