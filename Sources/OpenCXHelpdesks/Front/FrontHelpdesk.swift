internal import HelpdeskSupport
public import OpenCXCore

/// Front as the place that people take conversations over in.
///
/// A handoff is a comment, the session's tags, and the conversation without the AI as its assignee; its session stays open, and what
/// people answer is recorded. The end of a session is a comment, and the conversation in the archive if it is still the AI's.
/// Conversations are those of the account's ``FrontChannel``; those of other channels are not brought to Front.
///
/// Front knows no idempotency keys, so each comment ends with a line that a second try recognizes it by.
public struct FrontHelpdesk: Helpdesk {
    /// Names the helpdesk.
    public let id: HelpdeskID
    let account: FrontAccount

    /// Conversations of other channels are not brought to Front.
    public func takes(_ kind: ChannelKind) -> Bool { false }

    /// Makes a helpdesk.
    ///
    /// - Parameters:
    ///   - id: names the helpdesk; stays the same from run to run.
    ///   - account: the account.
    public init(id: HelpdeskID = "front", _ account: FrontAccount) {
        self.id = id
        self.account = account
    }

    /// Hands a conversation over to the people in Front.
    ///
    /// The reference is the conversation's id, as it is now: another one than before, if it was merged.
    ///
    /// - Throws: ``/OpenCXCore/HelpdeskError``; `rejected` for a conversation that is not in Front.
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        guard var conversation = handoff.reference, FrontID.isValid(conversation) else {
            throw HelpdeskError(
                .rejected, "The conversation is not in Front, and conversations from elsewhere are not brought there.")
        }
        let link = account.configuration.link(to: handoff.session, handoff.ticket)
        let note = FrontNote(
            text: HandoffText.comment(handoff, link: link), key: handoff.idempotencyKey,
            tags: account.configuration.handoffTags + handoff.tags, isRetry: handoff.isRetry)
        do {
            try await write(note, in: &conversation) { (conversation: inout String) async throws in
                // Somebody may have taken it already; then it is not the AI's to give away.
                if account.isAI(try await account.api.conversation(&conversation).assignee) {
                    _ = try await account.api.inConversation(
                        "PUT", &conversation, "/assignee", body: ["assignee_id": .null])
                }
            }
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "take the handoff")
        }
        return HelpdeskReceipt(reference: conversation)
    }

    /// Notes how the session ended, and archives the conversation if the AI still has it.
    ///
    /// - Throws: ``/OpenCXCore/HelpdeskError``.
    public func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
        var conversation = ending.reference
        guard FrontID.isValid(conversation) else {
            throw HelpdeskError(.rejected, "The conversation's name is none of Front's.")
        }
        let link = account.configuration.link(to: ending.session, ending.ticket)
        let note = FrontNote(
            text: HandoffText.ending(ending, link: link), key: ending.idempotencyKey, tags: ending.tags,
            isRetry: ending.isRetry)
        do {
            var outcome = EndingOutcome.done
            try await write(note, in: &conversation) { (conversation: inout String) async throws in
                outcome = try await archive(&conversation, endedBy: ending.actor)
            }
            return outcome
        } catch let failure as VendorFailure where failure.isNotFound {
            return .left("The conversation is not in Front any more.")
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "note the end of the conversation")
        }
    }

    /// Verifies and reads a webhook, where Front tells of conversations to the helpdesk rather than to its ``FrontChannel``.
    ///
    /// - Throws: `ChannelError`, as ``FrontChannel/events(in:)`` does.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        let event = try account.event(in: request)
        return try await FrontAccount.reading {
            try await account.teamEvent(of: event) { .ticket($0) }.map { [$0] } ?? []
        }
    }

    /// The challenge, when Front wants it; else an empty 200.
    public func acknowledgement(of request: WebhookRequest) -> WebhookResponse { account.acknowledgement(of: request) }
}

extension FrontHelpdesk {
    /// The conversation goes into the archive if it is the AI's: assigned to it, or to nobody where the AI answers those too and
    /// has ended the session itself.
    private func archive(
        _ conversation: inout String, endedBy actor: HistoryEntry.Actor
    ) async throws -> EndingOutcome {
        let found = try await account.api.conversation(&conversation)
        if found.status == "archived" || found.status == "deleted" { return .done }
        guard let assignee = found.assignee else {
            guard account.configuration.handlesUnassigned, actor == .ai else {
                return .left("Not archived in Front: the conversation is not assigned to the AI any more.")
            }
            return try await archive(&conversation)
        }
        guard account.isAI(assignee) else {
            return .left("Not archived in Front: a person has the conversation.")
        }
        return try await archive(&conversation)
    }

    private func archive(_ conversation: inout String) async throws -> EndingOutcome {
        _ = try await account.api.inConversation("PATCH", &conversation, body: ["status": "archived"])
        return .done
    }

    /// Writes a comment and tags, and then does what changes the conversation. Each of them that an earlier try did is found and
    /// not done again.
    ///
    /// Tags that Front does not take hold nothing up: the rest is done first, and then their failure is told.
    private func write(
        _ note: FrontNote, in conversation: inout String,
        then change: (inout String) async throws -> Void
    ) async throws {
        let known = note.isRetry ? try await account.api.comments(in: &conversation) : []
        for part in note.parts where !known.contains(where: { $0.body.contains(part.marker) }) {
            try await account.api.addComment(
                part.text, as: account.configuration.teammate, in: &conversation)
        }
        var failure: VendorFailure?
        do {
            try await apply(note.tags, to: &conversation)
        } catch let refusal as VendorFailure {
            failure = refusal
        }
        try await change(&conversation)
        if let failure { throw failure }
    }

    private func apply(_ names: [String], to conversation: inout String) async throws {
        guard !names.isEmpty else { return }
        let ids = try await account.api.tags(named: names)
        _ = try await account.api.inConversation(
            "POST", &conversation, "/tags", body: ["tag_ids": .array(ids.map(JSONValue.string))])
    }
}
