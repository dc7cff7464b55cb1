internal import OpenCXCore

/// An entry of a conversation: a message, a comment, or something that happened to it.
struct HubSpotMessage: Sendable {
    /// Where somebody is reached: `HS_EMAIL_ADDRESS`, `HS_PHONE_NUMBER`, `CHANNEL_SPECIFIC_OPAQUE_ID`.
    struct Delivery: Sendable, Hashable {
        var type: String
        var value: String
    }

    struct Sender: Sendable, Hashable {
        var actor: HubSpotActor?
        var name: String?
        var delivery: Delivery?
    }

    var id: String
    /// `MESSAGE`, `COMMENT`, `ASSIGNMENT`, …
    var type: String
    var isIncoming: Bool
    var isOutgoing: Bool
    var sender: Sender
    var text: String
    var subject: String?
    var at: Timestamp?
    var channelID: String?
    var channelAccountID: String?
    /// Whether the text is not all there. What was cut to the most recent reply of a mail is all there but for the
    /// quotes.
    var isTruncated: Bool
    var attachments: [InboundAttachment]

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.name, let type = value["type"]?.string else { return nil }
        self.id = id
        self.type = type
        isIncoming = value["direction"]?.string == "INCOMING"
        isOutgoing = value["direction"]?.string == "OUTGOING"
        let first = value["senders"]?.items.first
        let delivery = first?["deliveryIdentifier"] ?? first?["deliveryIdentifiers"]?.items.first
        sender = Sender(
            actor: (first?["actorId"]?.name ?? value["createdBy"]?.name).map { HubSpotActor($0) },
            name: first?["name"]?.name,
            delivery: delivery.flatMap { delivery in
                guard let type = delivery["type"]?.string, let value = delivery["value"]?.name else { return nil }
                return Delivery(type: type, value: value)
            })
        text = value["text"]?.string ?? ""
        subject = value["subject"]?.name
        at = (value["createdAt"]?.string).flatMap(HubSpotTime.read)
        channelID = value["channelId"]?.name
        channelAccountID = value["channelAccountId"]?.name
        isTruncated = value["truncationStatus"]?.string == "TRUNCATED"
        attachments = (value["attachments"]?.items ?? []).compactMap(Self.attachment)
    }

    private static func attachment(_ value: JSONValue) -> InboundAttachment? {
        guard value["type"]?.string == "FILE" else { return nil }
        let url = value["url"]?.string.flatMap { $0.hasPrefix("https://") ? $0 : nil }
        guard let location = url ?? value["fileId"]?.name.map({ "hubspot-file:" + $0 }) else { return nil }
        let name = value["name"]?.name ?? "file"
        return InboundAttachment(
            name: UnredactedText(name), mediaType: mediaType(value, name: name), location: location)
    }

    /// HubSpot tells a file's use, not its type.
    private static func mediaType(_ value: JSONValue, name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let known = [
            "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
            "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv",
        ]
        return known[ending] ?? "application/octet-stream"
    }
}
