internal import OpenCXAccess
internal import OpenCXCore

/// A conversation and what stands beside it.
struct ConversationView: Sendable {
    var session: Session
    var contact: Contact?
    var history: [HistoryEntry]
    /// Whether there are entries before those.
    var isCut: Bool
    /// What could not be delivered, and waits for somebody to try again.
    var dead: [OutboxEntry]
}

extension InboxPages {
    /// How many entries a page shows at once; more are a click away.
    static let entryLimit = 300

    func load(_ session: Session, all: Bool) async throws -> ConversationView {
        let start = all ? 0 : max(0, session.lastSequence - Self.entryLimit)
        var history: [HistoryEntry] = []
        while true {
            let page = try await store.history(session.id, after: history.last?.sequence ?? start, limit: 500)
            history += page
            if page.count < 500 || history.count >= 10_000 { break }
        }
        var dead: [OutboxEntry] = []
        for id in history.compactMap(\.failedDelivery) where !dead.contains(where: { $0.id == id }) {
            guard let entry = try await store.delivery(id), entry.state == .dead else { continue }
            dead.append(entry)
        }
        return ConversationView(
            session: session, contact: try await store.contact(session.contact), history: history, isCut: start > 0,
            dead: dead)
    }

    func conversation(_ visit: Visit) async throws -> WebhookAnswer {
        try await conversation(visit, session: try await session(visit))
    }

    /// - Parameters:
    ///   - draft: what stands in the reply's text field.
    ///   - trouble: what is wrong with what was sent.
    func conversation(
        _ visit: Visit, session: Session, status: Int = 200, draft: String = "", trouble: String? = nil,
        revealed: [(Placeholder, String)]? = nil
    ) async throws -> WebhookAnswer {
        let view = try await load(session, all: visit.query("all") != nil)
        let names = try await people.all()
        let entryView = try await self.view(of: view.history, in: session, names)
        let request = InboxRequest(visit)
        var rowRequest = request
        rowRequest.text = nil
        let found = try await InboxSearch(store: store, now: agent.parts.clock.now()).run(
            rowRequest, for: visit.member.id)
        let name = CustomerName.of(view.contact)
        let content = div(.class("inbox")) {
            listPane(found, rowRequest, names, visit, selected: session)
            section(.class("conversation"), .aria(.label, "Conversation \(session.ticket)"), .id("conversation")) {
                header(.class("conversation-head")) {
                    a(
                        .class("to-list"),
                        .href(QueryText.address(layout.path("/inbox"), [("view", request.view.rawValue)]))
                    ) {
                        Icon.back.html
                        span(.class("visually-hidden")) { "Back to the list" }
                    }
                    div(.class("title")) {
                        h1 {
                            name
                            span(.class("ticket")) { " \(session.ticket)" }
                        }
                        if let subject = session.subject {
                            p(.class("subject"), .dir("auto")) { HTML.redacted(subject) }
                        }
                        div(.data(.region, "state")) { stateLine(session, names, visit) }
                    }
                    stateButtons(session, visit)
                }
                if let handoff = session.handoff { HandoffCard.html(handoff) }
                div(.class("scroller"), .id("scroller"), .tabindex(0), .aria(.label, "Messages")) {
                    if view.isCut {
                        p(.class("more")) {
                            a(.class("button"), .href("?all=1")) { "Show everything from the beginning" }
                        }
                    }
                    div(
                        .id("log"), .role("log"), .aria(.live, "polite"), .aria(.label, "Messages and events"),
                        .data(.live, path(of: session, "/stream")), .data(.last, "\(session.lastSequence)"),
                        .data(.state, StateWords.words(of: session, for: visit.member.id))
                    ) {
                        ol(.class("log"), .id("entries")) {
                            for entry in view.history { entryView.html(entry) }
                        }
                    }
                }
                if visit.may(.answerCustomers) {
                    composer(session, visit, draft: draft, trouble: trouble)
                } else {
                    p(.class("read-only")) { "Your role reads; it does not answer customers." }
                }
            }
            sidebar(view, names, visit, revealed: revealed)
        }
        let page = layout.page(
            "\(session.ticket) \(name)", .inbox, style: "full conversation-first", visit, content: content)
        return PageResponse.page(page, status: status)
    }

    func stateLine(_ session: Session, _ names: People.Names, _ visit: Visit) -> HTML {
        p(.class("state-line")) {
            if session.status == .open {
                switch session.owner {
                case .ai: span(.class("badge ai")) { session.awaitsAI ? "The AI is writing" : "The AI answers" }
                case .team: span(.class("badge wait")) { "Waits for the team" }
                case .person(let person):
                    span(.class("badge good")) { person == visit.member.id ? "Yours" : "With \(names[person])" }
                }
            } else {
                span(.class("badge")) { session.status == .closedResolved ? "Resolved" : "Closed unresolved" }
            }
            span(.class("badge channel")) { session.channelKind.rawValue }
            if let language = session.language { span(.class("badge")) { language.rawValue } }
            if let rating = session.rating { span(.class("badge")) { "Rated \(rating.score) of 5" } }
        }
    }

    /// The buttons that change whose the session is. All are on the page; which of them apply, its state tells (`data-when`).
    private func stateButtons(_ session: Session, _ visit: Visit) -> HTML {
        let state = StateWords.words(of: session, for: visit.member.id).split(separator: " ")
        func button(_ text: String, _ rest: String, when: String, style: String = "", confirm: String? = nil) -> HTML {
            let applies = when.split(separator: " ").allSatisfy { word in
                word.hasPrefix("!") ? !state.contains(word.dropFirst()) : state.contains(word)
            }
            return form(.post, .action(path(of: session, rest)), .data(.when, when), .hidden.when(!applies)) {
                FormToken.field(visit)
                OpenCXPages.button(.type("submit"), .class(style), confirm.map { .data(.confirm, $0) } ?? .none) {
                    text
                }
            }
        }
        return div(.class("state-buttons")) {
            if visit.may(.answerCustomers) {
                button("Take over", "/take-over", when: "open !mine", style: "primary")
                button("Give back to the AI", "/give-back", when: "open !ai")
                button("Resolve", "/resolve", when: "open mine", style: "primary")
                button("Resolve", "/resolve", when: "open !mine")
                button("Reopen", "/take-over", when: "closed", style: "primary")
            }
        }
    }

    private func composer(_ session: Session, _ visit: Visit, draft: String, trouble: String?) -> HTML {
        form(.post, .action(path(of: session, "/reply")), .class("composer"), .id("composer"), .data(.sends, "message"))
        {
            FormToken.field(visit)
            if let trouble { p(.class("notice bad"), .role("alert")) { trouble } }
            label(.for("text"), .class("visually-hidden")) { "Your reply to the customer, or a note for colleagues" }
            textarea(
                .id("text"), .name("text"), .rows(3), .maxlength(20_000), .required, .dir("auto"),
                .placeholder("Write to the customer…"), .aria(.describedby, "composer-hint")
            ) { draft }
            div(.class("composer-foot")) {
                p(.class("quiet-text"), .id("composer-hint")) {
                    "Markdown works. "
                    span(.class("keys")) { "Ctrl + Enter sends." }
                }
                div(.class("buttons")) {
                    if agent.settings.assist.channels.contains(session.channel) {
                        button(.type("submit"), .class("quiet"), .name("as"), .value("draft"), .formnovalidate) {
                            Icon.robot.html
                            "Draft"
                        }
                    }
                    button(.type("submit"), .class("quiet"), .name("as"), .value("note")) {
                        Icon.note.html
                        "Add as note"
                    }
                    button(.type("submit"), .class("primary"), .name("as"), .value("reply")) {
                        Icon.send.html
                        "Send"
                    }
                }
            }
        }
    }
}

/// The words that say how a session stands towards somebody, for the buttons that depend on it.
enum StateWords {
    static func words(of session: Session, for person: PersonID) -> String {
        let owner =
            switch session.owner {
            case .ai: "ai"
            case .team: "team"
            case .person(person): "mine"
            case .person: "other"
            }
        return (session.status == .open ? "open " : "closed ") + owner
    }
}

extension HistoryEntry {
    /// The delivery that was given up, where that is what the entry tells.
    fileprivate var failedDelivery: OutboxID? { if case .deliveryFailed(let id, _) = event { id } else { nil } }
}
