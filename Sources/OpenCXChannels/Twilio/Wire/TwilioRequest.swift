internal import OpenCXCore

/// What Twilio posts, read (twilio.com/docs/messaging/guides/webhook-request).
struct TwilioRequest {
    let form: FormFields

    /// The query parameter of a status callback's URL that names the delivery.
    static let deliveryParameter = "delivery"
    /// The one that names the part of it, where it went out in several bodies: `2-3` for the second of three.
    static let partParameter = "part"

    static func part(_ text: String) -> DeliveryPart? {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
        return DeliveryPart(number, of: count)
    }

    var accountSID: String? { form["AccountSid"] }

    /// Callbacks about our messages have a status and no text; what customers write has a text, if an empty one.
    var isStatus: Bool { form["MessageStatus"] != nil && form["Body"] == nil }

    /// A customer's message.
    func message(on channel: ChannelID) throws(ChannelError) -> InboundMessage {
        guard let sid = form["MessageSid"] ?? form["SmsSid"], !sid.isEmpty, let from = form["From"], !from.isEmpty,
            let to = form["To"], !to.isEmpty, let body = form["Body"]
        else {
            throw ChannelError(
                .malformed, "A text message needs MessageSid, From, To and Body. Is this address Twilio's message URL?")
        }
        guard !from.contains("/"), !to.contains("/"), !from.contains(":"), !to.contains(":") else {
            throw ChannelError(.malformed, "This channel takes text messages only: From and To must be numbers.")
        }
        return InboundMessage(
            channel: channel, channelKind: .sms, thread: TwilioThread(business: to, customer: from).id,
            providerID: sid, sender: ContactHandle(phone: from, isVerified: true), text: UnredactedText(body),
            attachments: attachments)
    }

    /// Whether the message is a word about messages themselves.
    var optOutWord: OptOutWord? {
        // Where Twilio takes care of these words it says so; where it does not, or its care is switched off, they bind as well.
        form["OptOutType"].flatMap { OptOutWord(type: $0) } ?? form["Body"].flatMap { OptOutWord(text: $0) }
    }

    /// Whether Twilio answers the word by itself.
    var isAnsweredByTwilio: Bool { form["OptOutType"] != nil }

    private var attachments: [InboundAttachment] {
        // Twilio takes ten.
        (0..<min(10, form["NumMedia"].flatMap { Int($0) } ?? 0)).compactMap { place in
            guard let url = form["MediaUrl\(place)"], url.hasPrefix("https://") || url.hasPrefix("http://") else {
                return nil
            }
            let type = form["MediaContentType\(place)"] ?? "application/octet-stream"
            let ending = type.split(separator: "/").last.map { $0.prefix { $0.isLetter || $0.isNumber } } ?? "bin"
            return InboundAttachment(
                name: UnredactedText("media-\(place + 1).\(ending)"), mediaType: String(type.prefix(100)), location: url
            )
        }
    }

    /// What became of one of our messages; `nil` for a stage that tells nothing new, or when it is not said which message it was.
    func report(_ delivery: String?, _ part: DeliveryPart?) -> DeliveryReport? {
        guard let delivery, !delivery.isEmpty else { return nil }
        let code = form["ErrorCode"].flatMap { Int($0) }
        let progress: DeliveryProgress
        switch form["MessageStatus"] {
        case "sent": progress = .sent
        case "delivered": progress = .delivered
        case "read": progress = .read
        case "undelivered", "failed":
            progress = .failed(
                reason: "The carrier did not deliver the message" + (code.map { " (Twilio's error \($0))." } ?? "."),
                isPassing: TwilioFailure.isPassing(code))
        default: return nil
        }
        return DeliveryReport(delivery: OutboxID(delivery), progress: progress, part: part)
    }
}
