internal import OpenCXAccess
internal import OpenCXCore

/// The inbox: lists of sessions, and each conversation with everything that a person can do in it.
struct InboxPages: Sendable {
    let agent: Agent
    let layout: Layout
    let people: People
    let signIn: TeamSignIn
    let files: TeamFiles?

    var store: any Store { agent.parts.store }

    var routes: [Route] {
        [
            Route(.get, "/inbox", .viewSessions) { try await list($0) },
            Route(.get, "/inbox/stream", .viewSessions) { try await listStream($0) },
            Route(.get, "/inbox/updates", .viewSessions) { try await listUpdates($0) },
            Route(.get, "/inbox/{ticket}", .viewSessions) { try await conversation($0) },
            Route(.get, "/inbox/{ticket}/stream", .viewSessions) { try await conversationStream($0) },
            Route(.get, "/inbox/{ticket}/updates", .viewSessions) { try await conversationUpdates($0) },
            Route(.get, "/inbox/{ticket}/files/{entry}/{place}", .viewSessions) { try await file($0) },
        ] + actions + forgetting
    }

    /// The session that a path names.
    func session(_ visit: Visit) async throws -> Session {
        guard let number = Int(visit.parameters["ticket"] ?? ""),
            let session = try await store.session(ticket: TicketNumber(rawValue: number))
        else { throw PageError.notFound }
        return session
    }

    func path(of session: Session, _ rest: String = "") -> String {
        layout.path("/inbox/\(session.ticket.rawValue)\(rest)")
    }

    func list(_ visit: Visit) async throws -> WebhookAnswer {
        let request = InboxRequest(visit)
        // A number leads straight to its session.
        if let ticket = request.ticket, let session = try await store.session(ticket: ticket) {
            return PageResponse.seeOther(path(of: session))
        }
        let names = try await people.all()
        let found = try await InboxSearch(store: store, now: agent.parts.clock.now()).run(request, for: visit.member.id)
        let content = div(.class("inbox")) {
            listPane(found, request, names, visit, selected: nil)
            section(.class("conversation none"), .aria(.label, "Conversation")) {
                Icon.inbox.html
                p { "Choose a conversation on the left." }
            }
        }
        return PageResponse.page(layout.page("Inbox", .inbox, style: "full list-first", visit, content: content))
    }

    func listPane(
        _ found: InboxSearch.Result, _ request: InboxRequest, _ names: People.Names, _ visit: Visit, selected: Session?
    ) -> HTML {
        section(.class("list-pane"), .aria(.label, "Conversations")) {
            header(.class("pane-head")) {
                if selected == nil { h1 { "Inbox" } } else { h2(.class("visually-hidden")) { "Inbox" } }
                form(.get, .action(layout.path("/inbox")), .role("search"), .class("search")) {
                    label(.for("search"), .class("visually-hidden")) { "Find a ticket or a customer" }
                    Icon.search.html
                    input(
                        .id("search"), .name("q"), .type("search"), .value(request.text ?? ""), .maxlength(200),
                        .placeholder("Ticket, e-mail or phone"), .autocomplete("off"))
                }
                nav(.class("tabs"), .aria(.label, "Lists")) {
                    for view in InboxView.allCases {
                        a(
                            .href(QueryText.address(layout.path("/inbox"), [("view", view.rawValue)])),
                            .aria(.current, "page").when(request.text == nil && view == request.view)
                        ) { view.title }
                    }
                }
            }
            rows(found, request, names, visit, selected: selected)
        }
    }

    /// The part of the list that changes by itself.
    func rows(
        _ found: InboxSearch.Result, _ request: InboxRequest, _ names: People.Names, _ visit: Visit, selected: Session?
    ) -> HTML {
        // A search and later pages stand still.
        let isLive = request.text == nil && request.after == nil
        let address = QueryText.address(
            layout.path("/inbox/stream"),
            [("view", request.view.rawValue), ("ticket", selected.map { "\($0.ticket.rawValue)" })])
        return div(.class("rows"), .data(.live, address).when(isLive), .data(.region, "rows")) {
            rowsContent(found, request, names, visit, selected: selected)
        }
    }

    func rowsContent(
        _ found: InboxSearch.Result, _ request: InboxRequest, _ names: People.Names, _ visit: Visit, selected: Session?
    ) -> HTML {
        group {
            if found.rows.isEmpty {
                p(.class("nothing")) { request.text == nil ? request.view.emptyText : "Nothing was found." }
            } else {
                ul {
                    for row in found.rows {
                        li {
                            InboxRow.html(
                                row, names, visit, layout: layout, isSelected: row.session.id == selected?.id,
                                now: found.now, view: request.view)
                        }
                    }
                }
            }
            if let next = found.next {
                p(.class("more")) {
                    a(
                        .class("button"),
                        .href(
                            QueryText.address(
                                layout.path("/inbox"),
                                [("view", request.view.rawValue), ("q", request.text), ("after", next)]))
                    ) { "Older conversations" }
                }
            }
        }
    }
}
