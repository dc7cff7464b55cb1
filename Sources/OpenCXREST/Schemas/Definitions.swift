internal import OpenCXCore

/// The schemas that operations share, by name.
enum Definitions {
    static let all: [String: JSONValue] = [
        "Error": Schema.object(
            [
                "statusCode": Schema.integer(400...599), "message": Schema.text(), "error": Schema.text(),
            ], description: "Why a request was not carried out."),
        "Contact": contact,
        "Session": session,
        "SessionStatus": Schema.choice(SessionStatus.allCases.map(\.rawValue)),
        "Sentiment": Schema.choice(["angry", "neutral", "happy"]),
        "HandoffReason": Schema.choice(HandoffReason.allCases.map(\.rawValue)),
        "HistoryItem": historyItem,
        "HandoffEvent": handoffEvent,
        "Score": score,
        "Scenario": scenario,
        "Action": action,
        "Passage": passage,
    ]

    private static let contact = Schema.object(
        [
            "id": Schema.id,
            "email": Schema.optional(Schema.text(nil, "Null where nobody vouches for it.")),
            "phone_number": Schema.optional(Schema.text()),
            "name": Schema.optional(Schema.text()),
            "custom_id": Schema.optional(Schema.text()),
            "custom_data": Schema.texts,
            "non_verified_name": Schema.optional(Schema.text()),
            "non_verified_email": Schema.optional(Schema.text()),
            "non_verified_phone_number": Schema.optional(Schema.text()),
            "non_verified_custom_data": Schema.texts,
            "is_verified": Schema.bool,
            "former_ids": Schema.list(
                Schema.text(
                    nil, "Ids of contacts that turned out to be the same person. They still find this one.")),
            "unreachable_on": Schema.list(
                Schema.object([
                    "channel": Schema.text(),
                    "reason": Schema.choice(UnreachableChannel.Reason.allCases.map(\.rawValue)),
                    "since": Schema.time,
                ])),
            "created_at": Schema.time,
        ], description: "A customer. What nobody vouches for stands in the members that say so.")

    private static let session = Schema.object([
        "id": Schema.id,
        "ticket_number": Schema.integer(1...Int(Int32.max)),
        "status": Schema.named("SessionStatus"),
        "ai_closure_type": Schema.optional(Schema.choice(["assumed_resolved"])),
        "sentiment": Schema.optional(Schema.named("Sentiment")),
        "channel": Schema.object(["type": Schema.text(), "id": Schema.text()]),
        "contact": Schema.optional(Schema.named("Contact")),
        "language": Schema.optional(Schema.text()),
        "subject": Schema.optional(Schema.text()),
        "assignee_kind": Schema.choice(["ai", "human", "none"]),
        "assignee_id": Schema.optional(Schema.text()),
        "is_handed_off": Schema.bool,
        "handoff": Schema.optional(
            Schema.object([
                "summary": Schema.text(), "sentiment": Schema.named("Sentiment"),
                "reasons": Schema.list(Schema.named("HandoffReason")), "created_at": Schema.time,
            ])),
        "tags": Schema.list(Schema.text()),
        "custom_data": Schema.texts,
        "created_at": Schema.time,
        "updated_at": Schema.time,
    ])

    private static let historyItem = Schema.object([
        "id": Schema.id,
        "created_at": Schema.time,
        "event": Schema.object(
            [
                "type": Schema.choice(HistoryJSON.types),
                "sender": Schema.object([
                    "type": Schema.choice(["contact", "ai", "agent", "system"]),
                    "name": Schema.optional(Schema.text()),
                ]),
                "content": Schema.optional(
                    Schema.object(["type": Schema.choice(["text"]), "text": Schema.text()])),
                "attachments": Schema.list(
                    Schema.object([
                        "id": Schema.text(), "name": Schema.text(), "size": Schema.optional(Schema.integer()),
                        "type": Schema.text(), "url": Schema.optional(Schema.text()),
                    ])),
                "context": [
                    "type": ["object", "null"],
                    "description": "What else there is to know about an event of this type.",
                ],
            ]),
    ])

    private static let handoffEvent = Schema.object([
        "session_id": Schema.id, "summary": Schema.text(), "explanation": Schema.text(),
        "sentiment": Schema.named("Sentiment"), "reasons": Schema.list(Schema.named("HandoffReason")),
        "created_at": Schema.time,
    ])

    private static let score = Schema.object([
        "session_id": Schema.id, "score": Schema.integer(1...5), "comment": Schema.optional(Schema.text()),
        "channel": Schema.text(), "created_at": Schema.time, "contact": Schema.optional(Schema.named("Contact")),
    ])

    private static let scenario = Schema.object([
        "id": Schema.id,
        "title": Schema.text(),
        "content": Schema.text(),
        "type": Schema.choice(["BEHAVIORAL", "SCENARIO_SPECIFIC"]),
        "questions": Schema.list(Schema.text()),
        "restricted_to_channels": Schema.list(Schema.text()),
        "is_draft": Schema.bool,
        "source": Schema.choice(["api", "configuration"]),
        "created_at": Schema.optional(Schema.time),
        "updated_at": Schema.optional(Schema.time),
    ])

    private static let action = Schema.object([
        "name": Schema.text(), "description": Schema.text(), "effect": Schema.choice(["lookup", "change"]),
        "parameters": Schema.list(Schema.text()), "restricted_to_segments": Schema.list(Schema.text()),
    ])

    private static let passage = Schema.object([
        "article_id": Schema.text(), "locale": Schema.text(), "title": Schema.text(),
        "headings": Schema.list(Schema.text()), "content": Schema.text(), "url": Schema.optional(Schema.text()),
        "score": Schema.number, "coverage": Schema.number, "is_public": Schema.bool,
    ])
}
