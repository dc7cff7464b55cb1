internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// What webhooks carry to show who calls: the integration's secret, as it is (developer.zendesk.com, Webhook: `secret`).
struct SunshineWebhookKey: Sendable {
    let secrets: [Secret]

    /// Makes sure that a request comes from the app.
    ///
    /// - Throws: `ChannelError`, `unauthorized`.
    func check(_ request: WebhookRequest) throws(ChannelError) {
        guard let given = request.header("x-api-key") else {
            throw ChannelError(.unauthorized, "The request has no X-API-Key, as webhooks of Sunshine Conversations do.")
        }
        // Digests, so that the time tells nothing of the length; and all are tried, so that it tells nothing of which one fits.
        let digest = SHA256.digest(of: Array(given.utf8))
        var fits = false
        for secret in secrets where !secret.reveal().isEmpty {
            if ConstantTime.areEqual(SHA256.digest(of: Array(secret.reveal().utf8)), digest) { fits = true }
        }
        guard fits else {
            throw ChannelError(
                .unauthorized,
                "The X-API-Key does not fit. Check the integration's webhook secret in the configuration.")
        }
    }
}

/// Reads webhooks of version 2: a list of events, of any conversations.
enum SunshineEvents {
    /// What people did. What we, bots and customers did is none of it.
    ///
    /// - Throws: `ChannelError`, `malformed`.
    static func read(_ request: WebhookRequest) throws(ChannelError) -> [TeamEvent] {
        guard request.method == "POST", let json = try? JSONValue(parsing: request.body),
            let events = json["events"]?.array
        else {
            throw ChannelError(
                .malformed,
                "Sunshine Conversations posts lists of events to this address, in version 2 of its webhooks.")
        }
        return events.compactMap(event)
    }

    private static func event(_ json: JSONValue) -> TeamEvent? {
        guard let id = json["id"]?.string, !id.isEmpty, let payload = json["payload"],
            let conversation = payload["conversation"]?["id"]?.string, !conversation.isEmpty
        else { return nil }
        switch json["type"]?.string {
        case "conversation:message":
            guard let message = SunshineMessage(payload["message"]), message.isByTeam, let body = payload["message"]
            else { return nil }
            return TeamEvent(said(body), in: .ticket(conversation), providerID: "message-\(message.id)")
        case "switchboard:releaseControl", "switchboard:passControl":
            guard let activity = control(payload["reason"]?.string) else { return nil }
            return TeamEvent(activity, in: .ticket(conversation), providerID: id)
        default: return nil
        }
    }

    private static func said(_ message: JSONValue) -> TeamEvent.Activity {
        let name = message["author"]?["displayName"]?.string.map { PlainField.line($0, limit: 100) } ?? ""
        let person = PersonID(name.isEmpty ? "Zendesk agent" : name)
        let content = message["content"]
        let text = content?["text"]?.string ?? ""
        let files = content.flatMap(attachment).map { [$0] } ?? []
        if text.isEmpty, files.isEmpty {
            let kind = PlainField.line(content?["type"]?.string ?? "unknown", limit: 30)
            let words = "A message of a kind that cannot be carried over was sent in Zendesk (\(kind))."
            return .changed(UnredactedText(words), by: person)
        }
        return .replied(by: person, UnredactedText(text), attachments: files)
    }

    private static func attachment(_ content: JSONValue) -> InboundAttachment? {
        guard let url = content["mediaUrl"]?.string, url.hasPrefix("https://") else { return nil }
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let name = PlainField.line(path.split(separator: "/").last.map { String($0) } ?? "", limit: 150)
        let size: Int? = if case .integer(let size)? = content["mediaSize"] { Int(exactly: size) } else { nil }
        return InboundAttachment(
            name: UnredactedText(name.isEmpty ? "attachment" : name),
            mediaType: PlainField.line(content["mediaType"]?.string ?? "application/octet-stream", limit: 100),
            byteCount: size, location: url)
    }

    /// That control goes away says nothing by itself: we pass it, too. Zendesk gives a reason when people close the ticket.
    private static func control(_ reason: String?) -> TeamEvent.Activity? {
        switch reason {
        case "ticketClosed": .ended(.closedResolved, by: nil)
        case "transferToEmail": .changed(UnredactedText("Goes on by e-mail in Zendesk."), by: nil)
        default: nil
        }
    }
}
