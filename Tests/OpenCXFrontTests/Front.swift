import OpenCXCore
import OpenCXCrypto
import OpenCXFront
import OpenCXTesting

/// Front as tests use it.
enum Front {
    static let start = Timestamp(milliseconds: 1_700_000_000_000)
    static let key = "front-signing-key"
    static let ruleSecret = "front-api-secret"

    static var configuration: FrontConfiguration {
        FrontConfiguration(
            token: Secret("token"), teammate: "tea_ai", signingKey: Secret(key), ruleSecret: Secret(ruleSecret),
            sessionURL: "https://support.example/inbox/{ticket}", baseURL: FakeFront.url)
    }

    static func account(
        _ http: any HTTPClient, clock: ManualClock = ManualClock(start: start),
        _ change: (inout FrontConfiguration) -> Void = { _ in }
    ) -> FrontAccount {
        var configuration = configuration
        change(&configuration)
        return FrontAccount(configuration, http: http, clock: clock)
    }

    /// A conversation with one message of the customer's, assigned to the AI.
    static func fake(
        _ change: (inout FrontModel.Conversation, inout FrontModel.Message) -> Void = { _, _ in }
    ) -> FakeFront {
        var conversation = FrontModel.Conversation(id: "cnv_1", assignee: "tea_ai")
        var message = FrontModel.Message(
            id: "msg_1", conversation: "cnv_1", body: "<p>Where is my parcel?</p>", text: "Where is my parcel?")
        change(&conversation, &message)
        return FakeFront { model in
            model.conversations[conversation.id] = conversation
            model.messages.append(message)
        }
    }

    // MARK: Webhooks

    static func event(
        _ type: String, id: String = "evt_1", conversation: String = "cnv_1", message: String? = "msg_1",
        by teammate: JSONValue? = nil, target: (type: String, data: JSONValue)? = nil
    ) -> JSONValue {
        var event: [String: JSONValue] = [
            "id": .string(id), "type": .string(type), "emitted_at": 1_700_000_000,
            "conversation": ["id": .string(conversation), "type": "conversation"],
            "source": ["_meta": ["type": "inboxes"], "data": [["id": "inb_1"]]],
        ]
        if let teammate { event["source"] = ["_meta": ["type": "teammate"], "data": teammate] }
        if let message { event["target"] = ["_meta": ["type": "message"], "data": ["id": .string(message)]] }
        if let target { event["target"] = ["_meta": ["type": .string(target.type)], "data": target.data] }
        return .object(event)
    }

    static let kim: JSONValue = ["id": "tea_kim", "email": "kim@shop.example", "first_name": "Kim", "type": "user"]
    static let ai: JSONValue = ["id": "tea_ai", "email": "fern@shop.example", "first_name": "Fern", "type": "user"]

    /// As an application posts it.
    static func application(
        _ type: String, _ payload: JSONValue?, at time: Timestamp = start, headers: [(name: String, value: String)] = []
    ) -> WebhookRequest {
        var body: [String: JSONValue] = ["type": .string(type), "authorization": ["id": "cmp_1"]]
        if let payload { body["payload"] = payload }
        return signed(JSONValue.object(body).serialized(), at: time, headers: headers)
    }

    static func signed(
        _ body: [UInt8], at time: Timestamp = start, key: String = key, headers: [(name: String, value: String)] = []
    ) -> WebhookRequest {
        let stamp = String(time.milliseconds)
        let code = SHA256.authenticationCode(for: Array((stamp + ":").utf8) + body, key: Array(key.utf8))
        return WebhookRequest(
            path: "/front",
            headers: [("X-Front-Signature", Base64.encode(code)), ("X-Front-Request-Timestamp", stamp)] + headers,
            body: body)
    }

    /// As a rule posts it.
    static func rule(_ event: JSONValue) -> WebhookRequest {
        let body = event.serialized()
        let code = SHA1.authenticationCode(for: body, key: Array(ruleSecret.utf8))
        return WebhookRequest(path: "/front", headers: [("X-Front-Signature", Base64.encode(code))], body: body)
    }

    // MARK: Out

    static func outbound(
        _ text: String, thread: ThreadID = "cnv_1", key: String = "s1-2-message", author: Author = .ai,
        isRetry: Bool = false
    ) -> OutboundMessage {
        OutboundMessage(
            idempotencyKey: key, session: "s1", ticket: TicketNumber(rawValue: 7), thread: thread,
            contact: Contact(id: "c1", email: "ada@example.com", isVerified: false, createdAt: start),
            message: Message(id: "m1", author: author, text: RedactedText(derived: text), at: start),
            text: UnredactedText(text), isRetry: isRetry)
    }

    static func handoff(
        key: String = "handoff-1", reference: String? = "cnv_1", isRetry: Bool = false,
        tags: [String] = ["billing", "refund"]
    ) -> HandoffPackage {
        var handoff = HandoffPackage.sample(key: key, ticket: 7)
        handoff.channel = "front"
        handoff.channelKind = .email
        handoff.reference = reference
        handoff.isRetry = isRetry
        handoff.tags = tags
        return handoff
    }

    static func ending(
        key: String = "ending-1", isRetry: Bool = false, actor: HistoryEntry.Actor = .ai,
        status: SessionStatus = .closedResolved, tags: [String] = []
    ) -> ConversationEnding {
        ConversationEnding(
            idempotencyKey: key, isRetry: isRetry, session: "s1", ticket: TicketNumber(rawValue: 7), channel: "front",
            channelKind: .email, reference: "cnv_1", status: status, actor: actor,
            summary: UnredactedText("Ada asked where her parcel is."), sentiment: .happy, tags: tags)
    }
}

/// What went out to the customer of the AI.
extension FakeFront {
    var sent: [FrontModel.Message] { model.messages.filter { !$0.isInbound } }
    func conversation(_ id: String = "cnv_1") -> FrontModel.Conversation {
        model.conversations[id] ?? FrontModel.Conversation(id: "none")
    }
}
