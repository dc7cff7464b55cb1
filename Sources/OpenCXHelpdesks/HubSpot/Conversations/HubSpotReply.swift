internal import OpenCXCore

/// An answer on its way into a conversation.
struct HubSpotReply: Sendable {
    let account: HubSpotAccount
    let thread: String

    /// Sends a message, unless an earlier try has, and returns its id.
    func send(_ message: OutboundMessage) async throws -> String {
        let text = message.textWithAddresses
        guard !text.isEmpty else { throw ChannelError(.rejected, "There is nothing in the message to send.") }
        let plain = HubSpotWords.plain(text)
        let seen = try await look(for: message, plain)
        if let sent = seen.sent { return sent }
        guard let last = seen.last, let channel = last.channelID, let channelAccount = last.channelAccountID else {
            throw ChannelError(
                .rejected, "The conversation holds no message of the customer's that says where an answer goes.")
        }
        if message.message.author == .ai { try await checkOwner(isHandedOff: seen.isHandedOff) }
        var body: [String: JSONValue] = [
            "type": "MESSAGE", "text": .string(plain), "richText": .string(HubSpotWords.html(text)),
            "attachments": [], "senderActorId": .string(HubSpotActor(user: account.configuration.aiUserID).id),
            "channelId": .string(channel), "channelAccountId": .string(channelAccount),
            "recipients": [recipient(last.sender)],
        ]
        if let subject = last.subject { body["subject"] = .string(subject) }
        return try await account.api.post(.object(body), to: thread, for: .reply)
    }

    /// - Parameter isHandedOff: whether we have handed the conversation off after the message was made, so that whom
    ///   the configuration names has it by our own doing. What the AI says of the handoff still goes out.
    private func checkOwner(isHandedOff: Bool) async throws {
        let configuration = account.configuration
        let ownership = HubSpotOwnership(api: account.api, configuration: configuration)
        let standing = try await ownership.standing(of: thread)
        if standing.holder == .ai { return }
        let assignees = [nil, HubSpotActor(user: configuration.aiUserID).id, configuration.handoffAssignee]
        let owners = [nil, configuration.aiOwnerID, configuration.tickets.ownerID]
        let owner = standing.ticket?.properties["hubspot_owner_id"]
        if isHandedOff, assignees.contains(standing.thread.assignee?.id), owners.contains(owner) { return }
        throw ChannelError(.taken, "Somebody else has the conversation in HubSpot, so the AI does not answer in it.")
    }

    /// What a look at the conversation's newest entries has found.
    private struct Seen {
        /// The message, where an earlier try has sent it.
        var sent: String?
        /// The customer's last message.
        var last: HubSpotMessage?
        /// Whether there is a comment of ours that is newer than the message.
        var isHandedOff = false
    }

    private func look(for message: OutboundMessage, _ plain: String) async throws -> Seen {
        // HubSpot's clock may differ a little from ours.
        let since = message.message.at - .seconds(60)
        let ai = HubSpotActor(user: account.configuration.aiUserID)
        var seen = Seen()
        try await account.api.messages(of: thread) { entry in
            let isNew = (entry.at ?? since) >= since
            if entry.type == "COMMENT", isNew, HubSpotWords.isOurs(entry.text) { seen.isHandedOff = true }
            guard entry.type == "MESSAGE" else { return true }
            if message.isRetry, entry.isOutgoing, entry.sender.actor == ai, isNew,
                HubSpotWords.areEqual(entry.text, plain)
            {
                seen.sent = entry.id
                return false
            }
            if entry.isIncoming, seen.last == nil { seen.last = entry }
            return seen.last == nil || (message.isRetry && isNew)
        }
        return seen
    }

    private func recipient(_ sender: HubSpotMessage.Sender) -> JSONValue {
        var members: [String: JSONValue] = ["recipientField": "TO"]
        if let actor = sender.actor { members["actorId"] = .string(actor.id) }
        if let name = sender.name { members["name"] = .string(name) }
        members["deliveryIdentifiers"] = .array(
            [sender.delivery].compactMap { $0 }.map { ["type": .string($0.type), "value": .string($0.value)] })
        return .object(members)
    }
}
