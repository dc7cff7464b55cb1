internal import OpenCXCore

/// A message (Front, Message).
struct FrontMessage: Sendable {
    var id: String
    /// What ``FrontAPI/reply(in:_:)`` was told, when it is one of ours.
    var uid: String?
    /// `email`, `sms`, `front_chat`, `whatsapp`, `custom`, …
    var type: String?
    var isInbound: Bool
    var isDraft: Bool
    /// Why it could not be sent, when it could not.
    var errorType: String?
    var subject: String?
    /// As HTML, or as text where the channel has no HTML.
    var body: String
    /// As text; Front has it for e-mail.
    var text: String
    /// Who of the team wrote it; nobody for what customers and programs write.
    var author: FrontTeammate?
    var recipients: [FrontRecipient]
    var attachments: [InboundAttachment]
    var createdAt: Timestamp

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, FrontID.isValid(id), case .bool(let isInbound)? = value["is_inbound"] else {
            return nil
        }
        self.id = id
        self.isInbound = isInbound
        uid = value["message_uid"]?.string
        type = value["type"]?.string
        isDraft = value["draft_mode"].map { $0 != .null } ?? false
        errorType = value["error_type"]?.string
        subject = value["subject"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        body = value["body"]?.string ?? ""
        text = value["text"]?.string ?? ""
        author = FrontTeammate(value["author"])
        recipients = (value["recipients"]?.items ?? []).compactMap(FrontRecipient.init)
        attachments = (value["attachments"]?.items ?? []).prefix(50).compactMap(Self.attachment)
        createdAt = Timestamp(milliseconds: Int64(max(0, min(1e12, value["created_at"]?.seconds ?? 0)) * 1000))
    }

    /// The customer, in what they write.
    var sender: FrontRecipient? { recipients.first { $0.role == "from" } }

    /// The bytes stay at Front: whoever wants them asks there, with the token.
    private static func attachment(_ value: JSONValue) -> InboundAttachment? {
        guard let url = value["url"]?.string, url.hasPrefix("https://"), url.utf8.count <= 2000,
            // Pictures of a signature or a letterhead belong to the text.
            value["metadata"]?["is_inline"] != true
        else { return nil }
        let size = value["size"]?.seconds.flatMap { $0 >= 0 && $0 < 1e15 ? Int($0) : nil }
        return InboundAttachment(
            name: UnredactedText(String((value["filename"]?.string ?? "file").prefix(200))),
            mediaType: String((value["content_type"]?.string ?? "application/octet-stream").prefix(100)),
            byteCount: size, location: url)
    }
}

extension FrontMessage {
    /// The kind of channel that the product has for it (OpenCX, integrations/front/channels: what is not known is web). `nil` for
    /// calls and for what the team tells itself.
    var channelKind: ChannelKind? {
        switch type {
        case "email": .email
        case "sms": .sms
        case "whatsapp", "yalo_wha": .whatsapp
        case "call", "phone-call", "internal": nil
        default: .web
        }
    }
}
