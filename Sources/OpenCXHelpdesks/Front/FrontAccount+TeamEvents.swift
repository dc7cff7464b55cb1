internal import HelpdeskSupport
internal import OpenCXCore

extension FrontEvent {
    /// The event's id; where Front tells none, what it is about.
    var name: String { id ?? "\(kind)-\(conversation ?? "")-\(message ?? "")" }
}

extension FrontAccount {
    /// The message that an event is about, and its conversation. `nil` when it is none with a customer, or is gone.
    func message(of event: FrontEvent) async throws -> (FrontMessage, conversation: String)? {
        var event = event
        // A preview may tell neither.
        if event.message == nil || event.conversation == nil, let id = event.id {
            guard let whole = try await Self.found({ try await api.get("/events/\(id)") }) else { return nil }
            event = FrontEvent(whole)
        }
        guard let id = event.message, let conversation = event.conversation else { return nil }
        guard event.conversationType == nil || event.conversationType == "conversation" else { return nil }
        guard let found = try await Self.found({ try await api.get("/messages/\(id)") }) else { return nil }
        guard let message = FrontMessage(found) else { throw FrontAPI.unreadable }
        return message.isDraft ? nil : (message, conversation)
    }

    /// What Front has; `nil` for what is not there, or not any more.
    static func found<Result>(_ body: () async throws -> Result) async throws -> Result? {
        do {
            return try await body()
        } catch let failure as VendorFailure where failure.isNotFound {
            return nil
        }
    }

    /// What somebody of the team did. `nil` for what the AI did itself, and for what does not matter.
    ///
    /// - Parameters:
    ///   - event: what the webhook tells.
    ///   - name: how a conversation is named to the core.
    func teamEvent(
        of event: FrontEvent, named name: @Sendable (String) -> TeamEvent.Conversation
    ) async throws -> TeamEvent? {
        guard event.conversationType == nil || event.conversationType == "conversation", !isAI(event.actor) else {
            return nil
        }
        if event.kind == .outbound { return try await reply(of: event, named: name) }
        guard let conversation = event.conversation,
            let activity = try await activity(of: event, in: conversation)
        else { return nil }
        return TeamEvent(activity, in: name(conversation), providerID: event.name)
    }

    /// What a teammate wrote to the customer. The AI's own messages, and those of rules and programs, are none.
    private func reply(
        of event: FrontEvent, named name: @Sendable (String) -> TeamEvent.Conversation
    ) async throws -> TeamEvent? {
        if isAI(event.author) { return nil }
        guard let (message, conversation) = try await message(of: event), !message.isInbound,
            message.channelKind != nil, let author = message.author, !isAI(author), author.isPerson
        else { return nil }
        let words = MessageText.words(of: message)
        guard !(MessageText.isBlank(words) && message.attachments.isEmpty) else { return nil }
        // The message names it, so that the same one told by an application and by a rule is recorded once.
        return TeamEvent(
            .replied(by: author.person, UnredactedText(words), attachments: message.attachments),
            in: name(conversation), providerID: message.id)
    }

    private func activity(
        of event: FrontEvent, in conversation: String
    ) async throws -> TeamEvent.Activity? {
        let actor = event.actor.flatMap { $0.isPerson ? $0.person : nil }
        func changed(_ words: String) -> TeamEvent.Activity { .changed(UnredactedText(words), by: actor) }
        switch event.kind {
        case .archived:
            // News that came late must not end what has begun again.
            return try await status(of: conversation) == "archived" ? .ended(.closedResolved, by: actor) : nil
        case .deleted:
            let isGone = try await [nil, "deleted"].contains(status(of: conversation))
            return isGone ? .ended(.closedUnresolved, by: actor) : nil
        case .reopened, .restored:
            // A customer's message opens a conversation as well, and tells of itself.
            guard actor != nil else { return changed("Opened again in Front.") }
            let isOpen = try await ["assigned", "unassigned"].contains(status(of: conversation) ?? "")
            return isOpen ? .reopened(by: actor) : nil
        case .assigned:
            guard let assignee = event.assignee else { return changed("The assignment in Front changed.") }
            return changed(
                isAI(assignee)
                    ? "Assigned to the AI in Front." : "Assigned to \(assignee.name ?? assignee.id) in Front.")
        case .unassigned: return changed("Unassigned in Front.")
        case .tagged: return changed("Tagged in Front: \(event.tag ?? "?")")
        case .untagged: return changed("Tag taken off in Front: \(event.tag ?? "?")")
        case .merged: return changed("Merged with another conversation in Front.")
        case .inbound, .outbound, .deliveryFailed, .other: return nil
        }
    }

    private func status(of conversation: String) async throws -> String? {
        try await Self.found {
            var id = conversation
            return try await api.conversation(&id)
        }?.status
    }
}
