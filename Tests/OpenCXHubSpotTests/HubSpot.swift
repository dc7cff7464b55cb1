import OpenCXCore
import OpenCXCrypto
import OpenCXHubSpot
import OpenCXTesting

/// HubSpot as tests play it: an account with a conversation, and requests signed as HubSpot signs them.
struct HubSpot {
    static let url = "https://support.example.com/hubspot"
    static let secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"

    let fake: FakeHubSpot
    let account: HubSpotAccount

    var clock: ManualClock { fake.clock }
    var channel: HubSpotChannel { HubSpotChannel(of: account) }
    var helpdesk: HubSpotHelpdesk { HubSpotHelpdesk(of: account) }

    init(_ change: (inout HubSpotConfiguration) -> Void = { _ in }) {
        var configuration = Self.configuration
        change(&configuration)
        fake = FakeHubSpot()
        account = HubSpotAccount(configuration, http: fake, clock: fake.clock)
        fake.change { state in
            state.properties = Set(Self.names)
            state.threads["1"] = FakeHubSpot.Thread(id: "1", assignee: "A-7")
        }
    }

    static let configuration = HubSpotConfiguration(
        credentials: .privateApp(Secret("token")), clientSecret: Secret(secret), publicURL: url, aiUserID: "7",
        aiOwnerID: "77", sessionURL: "https://desk.example.com/{ticket}?of={session}")

    /// Every property that can be configured, under a name of the account's.
    static let properties = HubSpotProperties(
        session: "opencx_session", ticketNumber: "opencx_ticket", tags: "opencx_tags", sentiment: "opencx_sentiment",
        reasons: "opencx_reasons", channel: "opencx_channel")
    static let names = [
        "opencx_session", "opencx_ticket", "opencx_tags", "opencx_sentiment", "opencx_reasons", "opencx_channel",
    ]

    /// A customer writes in a conversation; returns the message's id.
    @discardableResult
    func write(
        _ text: String, in thread: String = "1", from actor: String = "V-101", type: String = "MESSAGE",
        email: String? = "anna@example.com", isTruncated: Bool = false, attachments: JSONValue = []
    ) -> String {
        let now = clock.now()
        return fake.change { state in
            state.write(
                text, in: thread, from: actor, type: type, email: email, isTruncated: isTruncated,
                attachments: attachments, at: now)
        }
    }

    /// An event as HubSpot posts it.
    func event(
        _ type: String, _ object: String = "1", id: Int64 = 1, message: String? = nil, messageType: String? = nil,
        property: (String, String)? = nil, user: String? = nil, extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "eventId": .integer(id), "subscriptionId": 12345, "portalId": 62515, "appId": 54321,
            "occurredAt": .integer(clock.now().milliseconds), "subscriptionType": .string(type), "attemptNumber": 0,
            "objectId": .integer(Int64(object) ?? 0),
        ]
        if let message { members["messageId"] = .string(message) }
        if let messageType { members["messageType"] = .string(messageType) }
        if let property {
            (members["propertyName"], members["propertyValue"]) = (.string(property.0), .string(property.1))
        }
        if let user { members["sourceId"] = .string("userId:" + user) }
        members.merge(extra) { $1 }
        return .object(members)
    }

    /// A webhook with these events, signed.
    func webhook(_ events: JSONValue...) -> WebhookRequest {
        Self.signed(JSONValue.array(events).serialized(), at: clock.now().milliseconds)
    }

    func told(_ message: String, in thread: String = "1", id: Int64 = 1) -> WebhookRequest {
        webhook(event("conversation.newMessage", thread, id: id, message: message, messageType: "MESSAGE"))
    }

    static func signed(_ body: [UInt8], at milliseconds: Int64, secret: String = secret) -> WebhookRequest {
        let time = String(milliseconds)
        let code = SHA256.authenticationCode(
            for: Array("POST\(url)".utf8) + body + Array(time.utf8), key: Array(secret.utf8))
        return WebhookRequest(
            path: "/hubspot",
            headers: [
                ("content-type", "application/json"), ("X-HubSpot-Signature-v3", Base64.encode(code)),
                ("X-HubSpot-Request-Timestamp", time),
            ], body: body)
    }

    func outbound(
        _ text: String, isRetry: Bool = false, thread: ThreadID = "thread-1", author: Author = .ai
    ) -> OutboundMessage {
        let at = clock.now()
        return OutboundMessage(
            idempotencyKey: "s1-2-message", session: "s1", ticket: TicketNumber(rawValue: 1), thread: thread,
            contact: Contact(id: "c1", email: "anna@example.com", isVerified: false, createdAt: at),
            message: Message(id: "m1", author: author, text: RedactedText(derived: text), at: at),
            text: UnredactedText(text), isRetry: isRetry)
    }

    func handoff(reference: String? = nil, isRetry: Bool = false, lines: Int = 3, key: String = "handoff/1")
        -> HandoffPackage
    {
        var handoff = HandoffPackage.sample(key: key)
        handoff.reference = reference
        handoff.isRetry = isRetry
        handoff.record.at = clock.now()
        if lines != 3 {
            handoff.transcript = (0..<lines).map { number in
                let text = "Line \(number). " + String(repeating: "All work & no play. ", count: 100)
                return TranscriptLine(author: .customer, text: UnredactedText(text), at: clock.now())
            }
        }
        return handoff
    }

    func ending(_ reference: String, isRetry: Bool = false) -> ConversationEnding {
        ConversationEnding(
            idempotencyKey: "ending/1", isRetry: isRetry, session: "session-1", ticket: TicketNumber(rawValue: 4521),
            channel: "hubspot", channelKind: .email, reference: reference, status: .closedResolved, actor: .ai,
            summary: UnredactedText("Anna Ek asked about RMA-2207."), sentiment: .happy, tags: ["refund"])
    }
}

extension ChannelEvent {
    var message: InboundMessage? { if case .message(let message) = self { message } else { nil } }
    var team: TeamEvent? { if case .team(let event) = self { event } else { nil } }
}

extension TeamEvent.Activity {
    /// The activity in a few words.
    var words: String {
        switch self {
        case .replied(let person, let text, _): "\(person) replied \(text.reveal())"
        case .noted(let person, let text): "\(person) noted \(text.reveal())"
        case .took(let person): "\(person) took"
        case .ended(let status, let person): "ended \(status.rawValue) by \(person?.rawValue ?? "?")"
        case .reopened(let person): "reopened by \(person?.rawValue ?? "?")"
        case .changed: "changed"
        }
    }
}
