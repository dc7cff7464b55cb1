/// Ratings on channels without a page to rate on: the question is a message, and so is the answer.
extension AgentSettings {
    /// The message that asks for a rating on a channel where that is asked by one; `nil` elsewhere.
    func survey(on channel: ChannelID, in language: LanguageTag?, as id: MessageID, at time: Timestamp) -> Message? {
        guard satisfaction.messageChannels.contains(channel) else { return nil }
        let phrasebook = phrasebook(on: channel)
        return Message(id: id, author: .ai, text: phrasebook[language ?? phrasebook.fallback].survey, at: time)
    }
}

extension Agent {
    /// The question that a session's customer is asked when it ends, where that is a message.
    func survey(in session: Session, at time: Timestamp) -> Message? {
        settings.survey(on: session.channel, in: session.language, as: parts.ids.make(), at: time)
    }

    /// Takes a message for the answer to the question for a rating, if it can be nothing else: one of that customer, who was asked a
    /// short time ago, and who has said nothing since. The session stays ended, and nobody answers.
    ///
    /// - Returns: what was recorded, and whether it was before; `nil` for a message like any other.
    func answerSurvey(_ message: InboundMessage) async throws -> (AcceptedMessage, isDuplicate: Bool)? {
        guard settings.satisfaction.messageChannels.contains(message.channel), message.attachments.isEmpty,
            message.holder == .ai, let answer = SurveyAnswer(message.text.withoutControls.reveal()),
            answer.comment.map({ $0.utf8.count <= SessionLimits.commentBytes }) ?? true
        else { return nil }
        let now = parts.clock.now()
        let since = now - settings.satisfaction.answerWindow
        guard
            let session = try await parts.store.latestSession(channel: message.channel, thread: message.thread),
            session.status != .open, session.survey != nil, session.ratingRequestedAt.map({ $0 >= since }) ?? false,
            let contact = try await parts.store.contact(session.contact),
            message.sender.isFrom(contact, match: try await parts.store.contact(matching: message.sender))
        else { return nil }
        var counts = session.placeholders
        var comment: RedactedText?
        if let words = answer.comment {
            comment = try await parts.redaction.redactForeign(
                UnredactedText(words), in: session.id, counts: &counts,
                context: RedactionContext(names: message.sender.name.map { [$0] } ?? []))
        }
        let rating = CustomerRating(score: answer.score, comment: comment, at: now, id: parts.ids.make())
        // Of what is redacted: a hash of a short text is as good as the text.
        let told = message.providerID ?? StableHash.hex(session.id.rawValue, "\(answer.score)", comment?.text ?? "")
        do {
            guard
                let outcome = try await parts.store.apply(
                    .rate(rating, askedSince: since), to: session.id, at: now,
                    once: ToldEventKey(source: .channel(message.channel), id: "rating/" + told),
                    telling: parts.subscriptions)
            else {
                await forgetIfRemoved(session.id)
                return nil
            }
            let after = outcome.session
            let accepted = AcceptedMessage(
                session: after.id, ticket: after.ticket, message: after.rating?.id ?? parts.ids.make(),
                sequence: after.lastSequence, startedSession: false)
            if outcome.isRepeat { return (accepted, true) }
            report(.rated(score: answer.score), session: after)
            wakeDeliveries()
            return (accepted, false)
        } catch let error as StoreError where error.code == .refused {
            // They have rated it already, or the conversation goes on: a message like any other.
            return nil
        }
    }
}
