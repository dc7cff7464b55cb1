internal import MailSenders
internal import OpenCXCore

/// What events tell of one conversation. They name it and no more, so that it is read as it is now: events come late,
/// and in any order.
struct HubSpotThreadReading: Sendable {
    let account: HubSpotAccount
    let channel: ChannelID
    let kind: ChannelKind
    let helpdesk: HelpdeskID

    private var api: HubSpotAPI { account.api }
    private var ai: HubSpotActor { HubSpotActor(user: account.configuration.aiUserID) }

    /// - Throws: ``HubSpotFailure``.
    func events(of id: String, _ told: [HubSpotEvent]) async throws -> [ChannelEvent] {
        let reference = ThreadID(HubSpotReference.thread(id).text)
        // What is deleted cannot be read any more.
        var result =
            told.flatMap { event in
                gone(event).map { .team(TeamEvent($0, in: .thread(reference), providerID: event.providerID)) }
            } as [ChannelEvent]
        let rest = told.filter { gone($0).isEmpty }
        guard !rest.isEmpty, let thread = try await existing({ try await api.thread(id) }), !thread.isSpam,
            isServed(thread)
        else { return result }
        var seen: Set<String> = []
        var holder: ConversationHolder?
        for event in rest {
            switch event.kind {
            case .newMessage(let message?):
                guard seen.insert(message).inserted,
                    let entry = try await existing({ try await api.message(message, of: id) })
                else { continue }
                if let event = try await self.event(entry, in: thread, &holder) { result.append(event) }
            case .newMessage(nil), .creation:
                // The messages that a conversation begins with, and those of subscriptions that do not name them.
                for entry in try await recent(id) where seen.insert(entry.id).inserted {
                    if let event = try await self.event(entry, in: thread, &holder) { result.append(event) }
                }
            case .propertyChange(let name, _):
                if let activity = try await activity(name, event, thread) {
                    result.append(
                        .team(TeamEvent(activity, in: .thread(reference), providerID: event.providerID)))
                }
            case .deletion, .privacyDeletion: continue
            }
        }
        return result
    }

    private func isServed(_ thread: HubSpotThread) -> Bool {
        let inboxes = account.configuration.inboxIDs
        return inboxes.isEmpty || thread.inboxID.map(inboxes.contains) == true
    }

    /// What is told of a conversation that is gone.
    private func gone(_ event: HubSpotEvent) -> [TeamEvent.Activity] {
        switch event.kind {
        case .deletion, .privacyDeletion, .propertyChange(name: "isArchived", value: "true"):
            [.ended(.closedUnresolved, by: event.user.map { HubSpotActor(user: $0).person })]
        default: []
        }
    }

    private func recent(_ thread: String) async throws -> [HubSpotMessage] {
        var entries: [HubSpotMessage] = []
        try await api.messages(of: thread, pages: 1) { entry in
            entries.append(entry)
            return entries.count < 20
        }
        return entries.reversed()
    }

    /// What a change of the conversation means for its session.
    private func activity(
        _ property: String, _ event: HubSpotEvent, _ thread: HubSpotThread
    ) async throws -> TeamEvent.Activity? {
        let person = event.user.map { HubSpotActor(user: $0).person }
        switch property {
        case "assignedTo":
            if let assignee = thread.assignee, assignee.isAgent, assignee != ai { return .took(assignee.person) }
            let words = thread.assignee == nil ? "Nobody is assigned." : "The conversation is assigned to the AI."
            let other = "The conversation is assigned to a bot."
            let isOther = thread.assignee.map { $0 != ai } == true
            return .changed(UnredactedText(isOther ? other : words), by: person)
        case "status" where thread.isClosed: return .ended(.closedResolved, by: person)
        case "status":
            // A customer who writes opens a closed conversation as well; their message tells of it.
            return try await wasOpenedByMessage(event) ? nil : .reopened(by: person)
        default: return nil
        }
    }

    private func wasOpenedByMessage(_ event: HubSpotEvent) async throws -> Bool {
        guard event.user == nil else { return false }
        var newest: HubSpotMessage?
        try await api.messages(of: event.objectID, pages: 1) { entry in
            guard entry.type == "MESSAGE" else { return true }
            newest = entry
            return false
        }
        guard let newest, newest.isIncoming, let at = newest.at else { return false }
        return (at - Timestamp(milliseconds: event.occurredAt)).magnitude <= .seconds(60)
    }

    /// What an entry of the conversation is: a customer's message, a person's, or a person's comment. What else there
    /// is, the AI's own messages among it, tells nothing new.
    private func event(
        _ entry: HubSpotMessage, in thread: HubSpotThread, _ holder: inout ConversationHolder?
    ) async throws -> ChannelEvent? {
        let conversation = TeamEvent.Conversation.thread(ThreadID(HubSpotReference.thread(thread.id).text))
        let id = "message-" + entry.id
        switch entry.type {
        case "MESSAGE" where entry.isIncoming:
            if entry.isByMachine { return nil }
            if holder == nil {
                let ownership = HubSpotOwnership(api: api, configuration: account.configuration)
                holder = try await ownership.standing(of: thread).holder
            }
            return .message(try await message(entry, id: id, in: thread, holder ?? .nobody))
        case "MESSAGE":
            guard let person = entry.person(but: ai) else { return nil }
            let text = try await HubSpotWords.whole(entry, of: thread.id, api)
            return .team(
                TeamEvent(
                    .replied(by: person, UnredactedText(text), attachments: entry.attachments), in: conversation,
                    providerID: id))
        case "COMMENT":
            guard let person = entry.person(but: ai), !HubSpotWords.isOurs(entry.text) else { return nil }
            return .team(
                TeamEvent(.noted(by: person, UnredactedText(entry.text)), in: conversation, providerID: id))
        default: return nil
        }
    }

    private func message(
        _ entry: HubSpotMessage, id: String, in thread: HubSpotThread, _ holder: ConversationHolder
    ) async throws -> InboundMessage {
        return InboundMessage(
            channel: channel, channelKind: HubSpotWords.kind(of: entry.channelID ?? thread.channelID) ?? kind,
            thread: ThreadID(HubSpotReference.thread(thread.id).text), providerID: id,
            sender: try await sender(entry, in: thread),
            text: UnredactedText(try await HubSpotWords.whole(entry, of: thread.id, api)),
            subject: entry.subject.map { UnredactedText($0) }, attachments: entry.attachments, helpdesk: helpdesk,
            holder: holder)
    }

    private func sender(_ entry: HubSpotMessage, in thread: HubSpotThread) async throws -> ContactHandle {
        var (name, email, phone) = (entry.sender.name, String?.none, String?.none)
        switch entry.sender.delivery?.type {
        case "HS_EMAIL_ADDRESS": email = entry.sender.delivery?.value
        case "HS_PHONE_NUMBER": phone = entry.sender.delivery?.value
        default: break
        }
        if email == nil, phone == nil, let actor = entry.sender.actor, actor.isVisitor,
            let known = try await existing({ try await api.actor(actor.id) })
        {
            (name, email) = (name ?? known.name, known.email)
        }
        let id = entry.sender.actor?.id ?? thread.contactID.map { "V-" + $0 } ?? HubSpotReference.thread(thread.id).text
        return ContactHandle(
            email: email, phone: phone, customID: "hubspot:" + id, name: name,
            isVerified: account.configuration.trustsSenders)
    }

    /// The answer, or `nil` for what is gone meanwhile.
    private func existing<Answer: Sendable>(
        _ call: () async throws -> Answer
    ) async throws -> Answer? {
        do {
            return try await call()
        } catch let failure as HubSpotFailure where failure.isMissing {
            return nil
        }
    }
}

extension HubSpotMessage {
    /// Whether it is a mail that nobody reads an answer to: an absence note, or one from a no-reply address. HubSpot tells no headers,
    /// so address and subject have to do.
    var isByMachine: Bool {
        HubSpotWords.kind(of: channelID) == .email
            && (MachineAddress.matches(sender.delivery?.value ?? "") || AbsenceSubject.matches(subject ?? ""))
    }

    /// The person of the team who wrote it, if one did who is not this user.
    func person(but ai: HubSpotActor) -> PersonID? {
        guard !isIncoming, let actor = sender.actor, actor.isAgent, actor != ai else { return nil }
        return actor.person
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
