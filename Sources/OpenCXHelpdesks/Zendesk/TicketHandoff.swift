internal import HelpdeskSupport
internal import Markdown
internal import OpenCXCore

/// One handoff on its way into a ticket.
///
/// Each of our comments carries a mark, so that another try finds what is there and goes on behind it. Only the last call unassigns
/// the ticket: until then the AI has it.
struct TicketHandoff {
    private let handoff: HandoffPackage
    private let configuration: ZendeskConfiguration
    private let api: ZendeskAPI

    /// Zendesk takes 64 KiB in a comment; some of that is for what HTML needs.
    static let commentLimit = 60_000
    private static let summaryLimit = 10_000

    init(_ handoff: HandoffPackage, configuration: ZendeskConfiguration, api: ZendeskAPI) {
        var handoff = handoff
        handoff.summary = UnredactedText(PlainField.block(handoff.summary.reveal(), limit: Self.summaryLimit))
        self.handoff = handoff
        self.configuration = configuration
        self.api = api
    }

    func perform() async throws -> HelpdeskReceipt {
        var closed: Int64?
        if let id = handoff.reference.flatMap({ Int64($0) }), let ticket = try await api.ticket(id) {
            if !ticket.isClosed { return try await append(to: ticket) }
            closed = ticket.id
        }
        return try await create(following: closed)
    }

    // MARK: A new ticket

    private func create(following closed: Int64?) async throws -> HelpdeskReceipt {
        // Zendesk forgets keys after some hours, and finds new tickets after some minutes only: one of the two helps.
        if handoff.isRetry, let ticket = try await find() { return try await finish(ticket.id, isKnown: true) }
        let requester = try await Requesters(api: api, believesClaims: configuration.believesClaimedAddresses)
            .requester(for: handoff.contact, ticket: handoff.ticket)
        do {
            let made = try await api.create(
                ticket(of: requester, following: closed), key: StableHash.hex(handoff.idempotencyKey))
            return try await finish(made.ticket.id, isKnown: made.isKnown || handoff.isRetry)
        } catch let failure as VendorFailure where failure.status == 400 {
            // The same key with other content: the customer's name has changed between two tries, say.
            if let ticket = try await find() { return try await finish(ticket.id, isKnown: true) }
            guard failure.code?.lowercased().contains("idempot") == true else { throw failure }
            throw HelpdeskError(
                .unavailable, "Zendesk has taken this handoff before in other words, and does not find its ticket yet.")
        }
    }

    /// The ticket that an earlier try has created.
    private func find() async throws -> ZendeskTicket? {
        let mark = HandoffText.marker(handoff.idempotencyKey)
        return try await api.tickets(of: handoff.session).first { $0.description.contains(mark) }
    }

    private func ticket(of requester: Int64, following closed: Int64?) -> JSONValue {
        let topic = handoff.record.topic.map { PlainField.line($0, limit: 100) } ?? ""
        let subject = topic.isEmpty ? "Conversation with the AI agent" : topic
        var ticket: [String: JSONValue] = [
            "subject": .string("\(subject) (\(handoff.ticket))"), "comment": summary,
            "requester_id": .integer(requester),
            "external_id": .string(handoff.session.rawValue),
            "tags": .array(
                ZendeskTag.handoff(handoff.channelKind, handoff.record.sentiment).map { .string($0) }),
        ]
        if let group = configuration.handoffGroup { ticket["group_id"] = .integer(group) }
        if let field = configuration.ticketNumberField {
            ticket["custom_fields"] = [["id": .integer(field), "value": .string(String(handoff.ticket.rawValue))]]
        }
        if let closed { ticket["via_followup_source_id"] = .integer(closed) }
        return .object(ticket)
    }

    /// The transcript in notes, and the session's tags.
    private func finish(_ id: Int64, isKnown: Bool) async throws -> HelpdeskReceipt {
        let known = isKnown ? try await api.comments(of: id) : []
        try await post(HandoffText.transcript(plain(handoff), limit: Self.commentLimit), to: id, known: known)
        let tags = ZendeskTag.normalized(handoff.tags)
        if !tags.isEmpty { try await api.addTags(tags, to: id) }
        return HelpdeskReceipt(reference: String(id))
    }

    // MARK: A ticket that is there

    private func append(to ticket: ZendeskTicket) async throws -> HelpdeskReceipt {
        let receipt = HelpdeskReceipt(reference: String(ticket.id))
        // Of a conversation that lives in the ticket, everything that was said is there already.
        let isOurs = ticket.externalID == handoff.session.rawValue
        var ticket = ticket
        if isOurs || handoff.isRetry {
            let known = try await api.comments(of: ticket.id)
            if known.contains(where: { $0.holds(HandoffText.marker(handoff.idempotencyKey)) }) { return receipt }
            if isOurs {
                let parts = HandoffText.transcript(plain(news(known)), limit: Self.commentLimit)
                if try await post(parts, to: ticket.id, known: known), let now = try await api.ticket(ticket.id) {
                    ticket = now
                }
            }
        }
        try await api.update(ticket.id, change(of: ticket))
        return receipt
    }

    /// The handoff with what was said since the last one.
    private func news(_ known: [ZendeskComment]) -> HandoffPackage {
        let count = HandoffText.transcript(plain(handoff), limit: Self.commentLimit).count
        let parts = (0...count).map { HandoffText.marker(handoff.idempotencyKey, part: $0) }
        let last = known.filter { comment in
            comment.author == configuration.agent && comment.text.contains("[opencx:")
                && !parts.contains { comment.holds($0) }
        }.compactMap(\.createdAt).max()
        guard let last else { return handoff }
        var news = handoff
        news.transcript = handoff.transcript.filter { $0.at > last }
        return news
    }

    /// The note, the tags, and that the AI lets go: all or nothing, and only if nobody has changed the ticket meanwhile.
    private func change(of ticket: ZendeskTicket) -> [String: JSONValue] {
        let added =
            ZendeskTag.handoff(handoff.channelKind, handoff.record.sentiment) + ZendeskTag.normalized(handoff.tags)
        var change: [String: JSONValue] = [
            "comment": summary,
            "tags": .array(ZendeskTag.merged(ticket.tags, with: added).map { .string($0) }),
        ]
        if ticket.assignee == configuration.agent { change["assignee_id"] = .null }
        if ticket.assignee == nil || ticket.assignee == configuration.agent, let group = configuration.handoffGroup {
            change["group_id"] = .integer(group)
        }
        if ["pending", "hold", "solved"].contains(ticket.status) { change["status"] = "open" }
        if let stamp = ticket.updatedAt {
            change["safe_update"] = true
            change["updated_stamp"] = .string(stamp)
        }
        return change
    }

    // MARK: Words

    private var summary: JSONValue {
        let link = configuration.link(to: handoff.session, handoff.ticket)
        let text = HandoffText.comment(handoff, link: link) + "\n\n" + customer
        return [
            "html_body": .string(MarkdownRendering.conversation.html(of: text)), "public": false,
            "author_id": .integer(configuration.agent),
        ]
    }

    /// Who the customer is, and how sure that is.
    private var customer: String {
        let contact = handoff.contact
        let parts = [contact.name, contact.email, contact.phone, contact.customID]
            .compactMap { $0.map { PlainField.line($0) } }.filter { !$0.isEmpty }
        if parts.isEmpty { return "Customer: nothing is known of who this is." }
        return "Customer" + (contact.isVerified ? ": " : " (as they say; not checked): ")
            + parts.map(MarkdownText.escaped).joined(separator: " · ")
    }

    private func plain(_ handoff: HandoffPackage) -> HandoffPackage {
        var plain = handoff
        plain.transcript = handoff.transcript.map { line in
            var line = line
            line.text = UnredactedText(PlainField.block(line.text.reveal(), limit: 200_000))
            return line
        }
        return plain
    }

    /// Posts the parts that are not there yet. Tells whether there were any.
    @discardableResult
    private func post(_ parts: [String], to id: Int64, known: [ZendeskComment]) async throws -> Bool {
        var posted = false
        for (place, part) in parts.enumerated() {
            let mark = HandoffText.marker(handoff.idempotencyKey, part: place + 1)
            if known.contains(where: { $0.holds(mark) }) { continue }
            try await api.update(
                id,
                ["comment": ["body": .string(part), "public": false, "author_id": .integer(configuration.agent)]])
            posted = true
        }
        return posted
    }
}

/// Text within Markdown.
enum MarkdownText {
    /// A line that is read as it is.
    static func escaped(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            if "\\`*_[]<>&#~|!".unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }
}
