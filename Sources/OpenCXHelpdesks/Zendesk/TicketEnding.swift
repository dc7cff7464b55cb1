internal import HelpdeskSupport
internal import Markdown
internal import OpenCXCore

/// The end of a session on its way into its ticket.
struct TicketEnding {
    private let ending: ConversationEnding
    private let configuration: ZendeskConfiguration
    private let api: ZendeskAPI

    init(_ ending: ConversationEnding, configuration: ZendeskConfiguration, api: ZendeskAPI) {
        var ending = ending
        ending.summary = UnredactedText(PlainField.block(ending.summary.reveal(), limit: 10_000))
        self.ending = ending
        self.configuration = configuration
        self.api = api
    }

    func perform() async throws -> EndingOutcome {
        guard let id = Int64(ending.reference), let ticket = try await api.ticket(id) else {
            return .left("The ticket is not in Zendesk any more.")
        }
        if ticket.isClosed { return .left("The ticket is closed in Zendesk, where nothing can be added to it.") }
        let isTheTeams = !configuration.isOurs(ticket) || (ticket.tags.contains(ZendeskTag.handedOff) && !isByAI)
        let isSolving = ending.status == .closedResolved && !isTheTeams && ticket.status != "solved"
        if ending.isRetry, try await isNoted(in: id) { return outcome(isTheTeams, ticket) }
        do {
            try await api.update(id, change(of: ticket, isSolving: isSolving))
        } catch let failure as VendorFailure where failure.status == 422 && isSolving {
            try await api.update(id, change(of: ticket, isSolving: false))
            return .left("Zendesk would not solve the ticket: a field that its form requires may be empty.")
        }
        return outcome(isTheTeams, ticket)
    }

    private var isByAI: Bool { ending.actor == .ai }

    private func outcome(_ isTheTeams: Bool, _ ticket: ZendeskTicket) -> EndingOutcome {
        ending.status == .closedResolved && isTheTeams && ticket.status != "solved"
            ? .left("The team has the ticket in Zendesk, so it was noted there and not solved.") : .done
    }

    private func isNoted(in id: Int64) async throws -> Bool {
        let mark = HandoffText.marker(ending.idempotencyKey)
        return try await api.comments(of: id).contains { $0.holds(mark) }
    }

    private func change(of ticket: ZendeskTicket, isSolving: Bool) -> [String: JSONValue] {
        let text = HandoffText.ending(ending, link: configuration.link(to: ending.session, ending.ticket))
        var change: [String: JSONValue] = [
            "comment": [
                "html_body": .string(MarkdownRendering.conversation.html(of: text)), "public": false,
                "author_id": .integer(configuration.agent),
            ]
        ]
        let tags = ZendeskTag.normalized(ending.tags)
        let merged = ZendeskTag.merged(ticket.tags, with: tags)
        guard isSolving || merged != ticket.tags else { return change }
        if merged != ticket.tags { change["tags"] = .array(merged.map { .string($0) }) }
        if isSolving {
            change["status"] = "solved"
            // A solved ticket has to be somebody's.
            if ticket.assignee == nil { change["assignee_id"] = .integer(configuration.agent) }
        }
        if let stamp = ticket.updatedAt {
            change["safe_update"] = true
            change["updated_stamp"] = .string(stamp)
        }
        return change
    }
}
