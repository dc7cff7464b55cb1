public import OpenCXCore
internal import OpenCXCrypto

/// Text messages through Twilio: SMS and MMS in by webhook, SMS and MMS out by its REST API.
///
/// Mount ``/OpenCXCore/Agent/handle(_:on:)`` at the address that Twilio calls for a number or a messaging service; the callbacks
/// about messages that were sent come to the same address. A pair of numbers is a conversation.
public struct TwilioChannel: Channel {
    /// Names the channel.
    public let id: ChannelID

    /// ``/OpenCXCore/ChannelKind/sms``.
    public var kind: ChannelKind { .sms }

    private let configuration: TwilioConfiguration
    private let api: TwilioAPI
    private let signature: TwilioSignature

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - id: names the channel; stays the same from run to run.
    ///   - configuration: the account, and where Twilio reaches us.
    ///   - http: what sends.
    public init(id: ChannelID = "sms", _ configuration: TwilioConfiguration, http: any HTTPClient) {
        self.id = id
        self.configuration = configuration
        api = TwilioAPI(configuration: configuration, http: http)
        signature = TwilioSignature(token: configuration.authToken)
    }

    /// The customer's messages of a request; see ``events(in:)``.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        try await events(in: request).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// Verifies and reads what Twilio posts: a message, a word about messages (STOP, START), or what became of one of ours.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a valid signature (twilio.com/docs/usage/security), `malformed` for what
    ///   cannot be read.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        let delivery = request.parameter(TwilioRequest.deliveryParameter)
        guard request.method == "POST", let form = FormFields(request.body) else {
            throw ChannelError(.malformed, "Twilio posts a form to this address.")
        }
        let part = request.parameter(TwilioRequest.partParameter).flatMap(TwilioRequest.part)
        let url = delivery.map { api.callbackURL(of: $0, part) } ?? configuration.publicURL
        let given = request.header("x-twilio-signature")
        guard signature.isValid(given, url: url, form: form, body: request.body) else {
            throw ChannelError(
                .unauthorized,
                "The signature does not fit. Check the auth token, and that the public URL is exactly what Twilio calls."
            )
        }
        let read = TwilioRequest(form: form)
        guard read.accountSID == configuration.accountSID else {
            throw ChannelError(.unauthorized, "The request is about another account. Check the account's SID.")
        }
        if read.isStatus { return read.report(delivery, part).map { [.delivery($0)] } ?? [] }
        let message = try read.message(on: id)
        guard configuration.numbers.isEmpty || form["To"].map(configuration.numbers.contains) == true else {
            throw ChannelError(.notFound, "This channel does not serve the number that the message was sent to.")
        }
        switch read.optOutWord {
        case .stop: return [.consent(message, isGiven: false)]
        case .start: return [.consent(message, isGiven: true)]
        // What Twilio has answered needs no second answer.
        case .help where read.isAnsweredByTwilio: return []
        case .help, nil: return [.message(message)]
        }
    }

    /// Empty TwiML: answers go out by the API, when they are ready.
    public func acknowledgement(of request: WebhookRequest, accepted: [AcceptedMessage]) -> WebhookResponse {
        WebhookResponse(
            status: 200, headers: [("content-type", "text/xml; charset=utf-8")],
            body: Array(#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#.utf8))
    }

    /// Sends a message as plain text, in as many bodies as it takes, from the number that the customer wrote to. Twilio tells of each
    /// body by itself (`DeliveryPart`).
    ///
    /// Twilio knows no idempotency keys. A second try looks for what an earlier one got through, and sends the rest only.
    ///
    /// - Throws: `ChannelError`.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        guard let thread = TwilioThread(message.thread) else {
            throw ChannelError(.rejected, "The conversation's name is no pair of numbers; it is not this channel's.")
        }
        let text = SMSText.plain(message.text.reveal())
        let limit = text.unicodeScalars.allSatisfy { GSM7.places($0) != nil } ? Self.narrowLimit : Self.wideLimit
        var bodies = SMSText.bodies(text, limit: limit)
        let media = message.files.compactMap(\.webAddress).prefix(10)
        if bodies.isEmpty {
            guard !media.isEmpty else { throw ChannelError(.rejected, "There is nothing in the message to send.") }
            bodies = [""]
        }
        var sent = message.isRetry ? try await api.sent(in: thread, since: message.message.at) : []
        var last: String?
        for (place, body) in bodies.enumerated() {
            if let known = sent.firstIndex(where: { $0.body == body }) {
                last = sent.remove(at: known).sid
                continue
            }
            last = try await api.send(
                body, media: place == 0 ? Array(media) : [], in: thread, delivery: message.idempotencyKey,
                part: bodies.count == 1 ? nil : DeliveryPart(place + 1, of: bodies.count))
        }
        return DeliveryReceipt(providerID: last)
    }

    /// Ten parts on the air: what carriers put together reliably, and less than the 1,600 characters that Twilio takes.
    private static let narrowLimit = 1530
    private static let wideLimit = 670
}
