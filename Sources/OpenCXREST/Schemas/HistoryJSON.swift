internal import OpenCXCore

/// Entries of a session's history, in the public API's words.
enum HistoryJSON {
    /// The type of an event, in the order of ``HistoryEntry/Event``.
    static let types = [
        "message", "human_agent_comment", "prohibited_topic_detected", "handoff", "assignment", "closed", "reopened",
        "reply_withheld", "action_called", "handoff_to_third_party", "helpdesk_activity", "delivery_failed",
        "message_delivery", "consent_changed", "csat_requested", "csat_submitted", "message_vote", "tags_changed",
        "state_checkpoint", "contact_merged",
    ]

    /// An entry's id: its session's and its number.
    static func id(_ session: SessionID, _ sequence: Int) -> String { "\(session.rawValue).\(sequence)" }

    /// Reads what ``id(_:_:)`` has written.
    static func parse(_ id: String) -> (session: SessionID, sequence: Int)? {
        guard let dot = id.lastIndex(of: "."), let sequence = Int(id[id.index(after: dot)...]), sequence > 0 else {
            return nil
        }
        return (SessionID(String(id[..<dot])), sequence)
    }

    static func item(_ entry: HistoryEntry, in session: SessionID, by agent: Agent) async throws -> JSONValue {
        let event = Event(entry.event)
        var name: String?
        if let person = event.person { name = try await agent.name(of: person) }
        return [
            "id": .string(id(session, entry.sequence)), "created_at": JSONValue(entry.at),
            "event": [
                "type": .string(event.type),
                "sender": ["type": .string(event.sender), "name": JSONValue(name)],
                "content": event.text.map { ["type": "text", "text": .string($0.text)] } ?? .null,
                "attachments": .array(
                    event.attachments.enumerated().map { place, file in
                        [
                            "id": .string("\(id(session, entry.sequence)).\(place + 1)"), "name": JSONValue(file.name),
                            "size": file.byteCount.map { JSONValue($0) } ?? .null, "type": .string(file.mediaType),
                            // Where a channel keeps a file is the channel's own business.
                            "url": .null,
                        ]
                    }),
                "context": event.context.isEmpty ? .null : .object(event.context),
            ],
        ]
    }

    private struct Event {
        var type: String
        var sender = "system"
        /// Who of the team, or what program.
        var person: PersonID?
        var text: RedactedText?
        var attachments: [Attachment] = []
        var context: [String: JSONValue] = [:]

        init(_ event: HistoryEntry.Event) {
            switch event {
            case .message(let message):
                type = "message"
                (sender, person) = Self.words(message.author)
                text = message.text
                attachments = message.attachments
                let sources = message.citations.map { citation -> JSONValue in
                    ["title": JSONValue(citation.title), "url": JSONValue(citation.url)]
                }
                if !sources.isEmpty { context["sources"] = .array(sources) }
                context["message_id"] = .string(message.id.rawValue)
            case .note(let person, let note):
                (type, sender, self.person, text) = ("human_agent_comment", "agent", person, note)
            case .prohibitedTopic(let match):
                type = "prohibited_topic_detected"
                context["topic"] = .string(match.topic)
            case .handoff(let record):
                (type, sender, text) = ("handoff", "ai", record.summary)
                context = [
                    "reasons": JSONValue(record.reasons.map(\.rawValue)),
                    "sentiment": .string(record.sentiment.rawValue), "explanation": JSONValue(record.explanation),
                ]
            case .owner(let owner, let actor):
                type = "assignment"
                (sender, person) = Self.words(actor)
                context["assignee"] =
                    switch owner {
                    case .ai: "ai"
                    case .team: "none"
                    case .person(let person): .string(person.rawValue)
                    }
            case .status(let status, let actor, _):
                type = status == .open ? "reopened" : "closed"
                (sender, person) = Self.words(actor)
                context["status"] = .string(status.rawValue)
            case .withheld(let reason, _):
                type = "reply_withheld"
                context["reason"] = .string(reason.rawValue)
            case .action(let record):
                (type, sender) = ("action_called", "ai")
                context = ["action": .string(record.name), "outcome": .string(record.outcome.rawValue)]
            case .helpdesk(let helpdesk, let reference):
                type = "handoff_to_third_party"
                context = ["name": .string(helpdesk.rawValue), "external_id": .string(reference)]
            case .activity(let activity, let actor):
                (type, text) = ("helpdesk_activity", activity)
                (sender, person) = Self.words(actor)
            case .deliveryFailed(_, let reason):
                type = "delivery_failed"
                context["reason"] = .string(reason)
            case .delivery(let message, let stage):
                type = "message_delivery"
                context = ["message_id": .string(message.rawValue), "stage": .string(stage.rawValue)]
            case .consent(let isGiven):
                (type, sender) = ("consent_changed", "contact")
                context["given"] = .bool(isGiven)
            case .ratingRequested:
                type = "csat_requested"
            case .rated(let rating):
                (type, sender, text) = ("csat_submitted", "contact", rating.comment)
                context["score"] = JSONValue(rating.score)
            case .vote(let message, let isHelpful):
                (type, sender) = ("message_vote", "contact")
                context = ["message_id": .string(message.rawValue), "helpful": .bool(isHelpful)]
            case .tags(let added, let removed, let actor):
                type = "tags_changed"
                (sender, person) = Self.words(actor)
                context = ["added": JSONValue(added), "removed": JSONValue(removed)]
            case .checkpoint:
                // The channel's own state is nobody else's business.
                type = "state_checkpoint"
            case .contactMerged(let contact, let former):
                type = "contact_merged"
                context = ["contact_id": .string(contact.rawValue), "former_contact_id": .string(former.rawValue)]
            }
        }

        private static func words(_ author: Author) -> (String, PersonID?) {
            switch author {
            case .customer: ("contact", nil)
            case .ai: ("ai", nil)
            case .person(let person): ("agent", person)
            }
        }

        private static func words(_ actor: HistoryEntry.Actor) -> (String, PersonID?) {
            switch actor {
            case .customer: ("contact", nil)
            case .ai: ("ai", nil)
            case .person(let person): ("agent", person)
            case .system: ("system", nil)
            }
        }
    }
}
