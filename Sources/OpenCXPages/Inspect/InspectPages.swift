internal import OpenCXAccess
internal import OpenCXCore

/// What the AI saw in a session and why it decided as it did, turn by turn.
struct InspectPages: Sendable {
    let agent: Agent
    let layout: Layout
    let replay: Replayer.Parts?
    let prices: ModelPrices

    private var store: any Store { agent.parts.store }

    var routes: [Route] {
        [
            Route(.get, "/inspect", .inspect) { try await find($0) },
            Route(.get, "/inspect/{ticket}", .inspect) { try await turn($0, number: nil) },
            Route(.get, "/inspect/{ticket}/{turn}", .inspect) { visit in
                guard let number = Int(visit.parameters["turn"] ?? "") else { throw PageError.notFound }
                return try await turn(visit, number: number)
            },
        ]
    }

    private func find(_ visit: Visit) async throws -> WebhookAnswer {
        if let text = visit.query("ticket") {
            let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
            if let number = Int(digits), let session = try await store.session(ticket: TicketNumber(rawValue: number)) {
                return PageResponse.seeOther(layout.path("/inspect/\(session.ticket.rawValue)"))
            }
        }
        let recent = try await store.sessions(.all, limit: 25)
        let content = section(.class("page")) {
            h1 { "Inspect" }
            p(.class("lead")) { "What the AI saw in a conversation, and why it decided as it did." }
            form(.get, .action(layout.path("/inspect")), .class("search boxed"), .role("search")) {
                label(.for("ticket"), .class("visually-hidden")) { "Ticket" }
                Icon.search.html
                input(
                    .id("ticket"), .name("ticket"), .type("search"), .placeholder("Ticket, such as #1001"),
                    .maxlength(20))
                button(.type("submit")) { "Open" }
            }
            if visit.query("ticket") != nil { p(.class("notice warn"), .role("alert")) { "There is no such ticket." } }
            h2 { "Latest conversations" }
            ul(.class("cards")) {
                for session in recent {
                    li {
                        a(.class("card link"), .href(layout.path("/inspect/\(session.ticket.rawValue)"))) {
                            strong { session.ticket.description }
                            span(.class("quiet-text")) { " \(session.channelKind)" }
                            if let handoff = session.handoff { span(.class("badge")) { Words.of(handoff.trigger) } }
                            Moment.ago(session.updatedAt, now: agent.parts.clock.now())
                        }
                    }
                }
            }
            if recent.isEmpty { p(.class("nothing")) { "No customer has written yet." } }
        }
        return PageResponse.page(layout.page("Inspect", .inspect, visit, content: content))
    }

    private func turn(_ visit: Visit, number: Int?) async throws -> WebhookAnswer {
        guard let ticket = Int(visit.parameters["ticket"] ?? ""),
            let session = try await store.session(ticket: TicketNumber(rawValue: ticket)),
            let recorded = try await RecordedSession(session.id, from: store)
        else { throw PageError.notFound }
        let count = recorded.traces.count
        guard count > 0 else {
            let content = section(.class("page")) {
                h1 { "Inspect \(session.ticket)" }
                p(.class("nothing")) { "The AI has not worked on this conversation." }
                p { a(.class("button"), .href(layout.path("/inbox/\(ticket)"))) { "To the conversation" } }
            }
            return PageResponse.page(layout.page("Inspect \(session.ticket)", .inspect, visit, content: content))
        }
        let shown = number ?? count
        guard (1...count).contains(shown) else { throw PageError.notFound }
        let inspection = try await inspect(shown, recorded)
        let content = section(.class("page")) {
            header(.class("page-head")) {
                h1 { "Inspect \(session.ticket)" }
                a(.class("button"), .href(layout.path("/inbox/\(ticket)"))) { "To the conversation" }
            }
            nav(.class("tabs turns"), .aria(.label, "Turns")) {
                for turn in max(1, count - 29)...count {
                    a(.href(layout.path("/inspect/\(ticket)/\(turn)")), .aria(.current, "page").when(turn == shown)) {
                        "Turn \(turn)"
                    }
                }
            }
            TurnReport(turn: inspection).html
        }
        return PageResponse.page(
            layout.page("Inspect \(session.ticket), turn \(shown)", .inspect, visit, content: content))
    }

    private func inspect(_ number: Int, _ recorded: RecordedSession) async throws -> TurnInspection {
        if let replay, let full = try await Inspector(replay, prices: prices).inspect(turn: number, of: recorded) {
            return full
        }
        return TurnInspection(recorded.traces[number - 1], number: number, prices: prices)
    }
}
