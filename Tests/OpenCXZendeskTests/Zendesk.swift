import OpenCXCore
import OpenCXCrypto
import OpenCXTesting
import OpenCXZendesk

/// Zendesk as tests play it.
enum Zendesk {
    static let url = "https://acme.zendesk.example"
    static let secret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
    static let agent: Int64 = 11
    static let ana: Int64 = 12
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    static func configuration(_ change: (inout ZendeskConfiguration) -> Void = { _ in }) -> ZendeskConfiguration {
        var configuration = ZendeskConfiguration(
            baseURL: url, credentials: .apiToken(email: "ai@acme.example", Secret("t0ken")), agent: agent,
            signingSecrets: [Secret("another"), Secret(secret)],
            sessionLink: "https://support.example.com/inbox/{ticket}")
        change(&configuration)
        return configuration
    }

    static func helpdesk(
        _ http: any HTTPClient, _ change: (inout ZendeskConfiguration) -> Void = { _ in }
    ) -> ZendeskHelpdesk {
        ZendeskHelpdesk(configuration(change), http: http, clock: ManualClock(start: now))
    }

    static func channel(
        _ http: any HTTPClient, _ change: (inout ZendeskConfiguration) -> Void = { _ in }
    ) -> ZendeskChannel {
        ZendeskChannel(configuration(change), http: http, clock: ManualClock(start: now))
    }

    static func user(_ id: Int64, _ name: String, _ email: String, role: String) -> [String: JSONValue] {
        [
            "id": .integer(id), "name": .string(name), "email": .string(email), "role": .string(role),
            "verified": true,
        ]
    }

    // MARK: Webhooks

    static func signed(_ body: String, at time: String = now.description, secret: String = secret) -> WebhookRequest {
        let code = SHA256.authenticationCode(for: Array((time + body).utf8), key: Array(secret.utf8))
        return WebhookRequest(
            path: "/zendesk",
            headers: [
                ("content-type", "application/json"), ("X-Zendesk-Webhook-Signature", Base64.encode(code)),
                ("X-Zendesk-Webhook-Signature-Timestamp", time),
            ], body: Array(body.utf8))
    }

    /// An event as Zendesk tells it: ids are texts, and words of states in capitals.
    static func event(
        _ type: String, ticket: Int64, _ event: JSONValue, _ detail: [String: JSONValue] = [:], id: String = "e1",
        at time: Timestamp = now
    ) -> WebhookRequest {
        var details: [String: JSONValue] = [
            "id": .string(String(ticket)), "status": "OPEN", "assignee_id": .null, "requester_id": "501",
            "subject": "Opening hours", "tags": ["vip"], "via": ["channel": "email"], "external_id": .null,
            "updated_at": "2026-09-21T14:13:20Z",
        ]
        details.merge(detail) { $1 }
        let body: JSONValue = [
            "type": .string("zen:event-type:ticket.\(type)"), "account_id": 1, "id": .string(id),
            "time": "2026-09-21T14:13:20Z", "zendesk_event_version": "2022-11-06",
            "subject": .string("zen:ticket:\(ticket)"), "detail": .object(details), "event": event,
        ]
        return signed(String(decoding: body.serialized(), as: UTF8.self), at: time.description)
    }

    static func comment(
        _ text: String, id: Int64 = 900, by author: Int64, name: String = "Jane Doe", isStaff: Bool = false,
        isPublic: Bool = true
    ) -> JSONValue {
        [
            "comment": [
                "id": .string(String(id)), "body": .string(text), "is_public": .bool(isPublic),
                "author": ["id": .string(String(author)), "is_staff": .bool(isStaff), "name": .string(name)],
            ],
            "meta": ["sequence": ["id": "s1", "position": 1]],
        ]
    }

    static func staff(_ text: String, id: Int64 = 901, isPublic: Bool = true) -> JSONValue {
        comment(text, id: id, by: ana, name: "Ana", isStaff: true, isPublic: isPublic)
    }

    // MARK: Messages

    static func outbound(
        _ text: String, in thread: ThreadID = "35436", author: Author = .ai, isRetry: Bool = false,
        key: String = "s1-2-message"
    ) -> OutboundMessage {
        OutboundMessage(
            idempotencyKey: key, session: "s1", ticket: TicketNumber(rawValue: 1), thread: thread,
            contact: Contact(id: "c1", email: "jane@example.com", isVerified: true, createdAt: now),
            message: Message(id: "m1", author: author, text: RedactedText(derived: text), at: now),
            text: UnredactedText(text), isRetry: isRetry)
    }

    static func ending(
        _ reference: String = "35436", _ status: SessionStatus = .closedResolved, by actor: HistoryEntry.Actor = .ai,
        tags: [String] = [], isRetry: Bool = false
    ) -> ConversationEnding {
        ConversationEnding(
            idempotencyKey: "s1-9-ending-zendesk", isRetry: isRetry, session: "session-1",
            ticket: TicketNumber(rawValue: 4521), channel: "zendesk", channelKind: .email, reference: reference,
            status: status, actor: actor, summary: UnredactedText("Jane asked for the opening hours."),
            sentiment: .happy, tags: tags)
    }
}
