/// Why a message was not taken in. Nothing of it is stored then.
public struct IntakeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case empty, tooLarge, busy }
        private let value: Value
        /// There is neither text nor a file.
        public static let empty = Code(value: .empty)
        /// The text is longer than ``AgentSettings/maximumMessageBytes``.
        public static let tooLarge = Code(value: .tooLarge)
        /// Too much comes in at once, or the conversation kept changing underneath; trying again makes sense.
        public static let busy = Code(value: .busy)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds message text.
    public var description: String
}

extension Agent {
    /// Takes a customer's message in: redacts it and stores it with everything it causes, in one transaction.
    ///
    /// When this returns, the message is safe: a crash right after loses nothing. A message delivered before is recognized by
    /// its provider's id, or, where the channel has none, by equal text in the same conversation within 24 hours; the result
    /// then says where the first delivery went.
    ///
    /// - Throws: ``IntakeError`` for a message that is refused; ``StoreError`` and what the redactor throws when it could not
    ///   be stored, so that the provider tries again.
    public func receive(_ message: InboundMessage) async throws -> (AcceptedMessage, isDuplicate: Bool) {
        try await receive(message, consent: nil)
    }

    /// Takes a message in that may be about messages themselves (``ChannelEvent/consent(_:isGiven:)``).
    func receive(
        _ message: InboundMessage, consent: Bool?
    ) async throws -> (AcceptedMessage, isDuplicate: Bool) {
        try check(message)
        let arrival = parts.clock.now()
        try begin()
        defer { intakes.withLock { $0 -= 1 } }
        if consent == nil, let answered = try await answerSurvey(message) { return answered }
        // The session decides which placeholders the text gets, and only the transaction knows for sure which session it is:
        // so look, redact, and look again inside the transaction.
        for _ in 0..<16 {
            var intake = try await intake(for: message)
            intake.give(consent, endingAt: settings.lifecycle.closeUnusedAfter.map { intake.message.at + $0 })
            // Where there is room for its turn, the message's transaction takes that up as well.
            let place = intake.turnDueAt > intake.message.at ? nil : turns.place()
            intake.turnLease = place.map { _ in TurnLease(parts.ids.make(), until: intake.message.at + settings.lease) }
            let outcome: IntakeOutcome
            do { outcome = try await parts.store.accept(intake) } catch {
                place?.giveBack()
                // It may be stored all the same; then the session is there, and keeps its values.
                await forgetIfRemoved(intake.session)
                throw error
            }
            switch outcome {
            case .accepted(let accepted, let turn):
                parts.observer?.observe(.accepted(after: parts.clock.now() - arrival))
                announce(accepted, of: message)
                await hand(turn, place)
                return (accepted, false)
            case .duplicate(let accepted):
                place?.giveBack()
                if accepted.session != intake.session { await forgetIfRemoved(intake.session) }
                return (accepted, true)
            case .sessionChanged:
                place?.giveBack()
                await forgetIfRemoved(intake.session)
            }
        }
        throw IntakeError(code: .busy, description: "The conversation kept changing; deliver the message again.")
    }

    /// Has the turn of a message begun: by whoever the place is kept by, or by whoever looks into the store.
    private func hand(_ turn: TurnClaim?, _ place: WorkQueue<TurnClaim>.Place?) async {
        guard let turn else {
            place?.giveBack()
            return turns.look()
        }
        if place?.hand(turn) != true { await giveBack(turn) }
    }

    /// Takes a provider's request in and says what to answer: 2xx only when every message in it is stored.
    public func handle(_ request: WebhookRequest, on channel: ChannelID) async -> WebhookResponse {
        guard let adapter = parts.channels.first(where: { $0.id == channel }) else {
            return .error(404, "There is no channel with this name.")
        }
        do {
            var accepted: [AcceptedMessage] = []
            var refusal: IntakeError?
            var isAnyTaken = false
            for event in try await adapter.events(in: request) {
                do {
                    switch event {
                    case .message(let message):
                        // What others answer is as good as taken.
                        if try await !isLeftAlone(message) { accepted.append(try await receive(message).0) }
                    case .consent(let message, let isGiven):
                        accepted.append(try await receive(message, consent: isGiven).0)
                    case .delivery(let report): try await record(report, on: channel)
                    case .unreachable(let report): try await record(report, on: channel)
                    case .team(let event): try await record(event, from: .channel(channel))
                    }
                    isAnyTaken = true
                } catch let error as IntakeError where error.code != .busy {
                    // One message that will never be taken must not keep out the others of its request.
                    refusal = refusal ?? error
                }
            }
            if let refusal, !isAnyTaken { throw refusal }
            return adapter.acknowledgement(of: request, accepted: accepted)
        } catch let error as ChannelError {
            // Some providers tell again only what asks for it.
            return error.code == .unavailable ? .busy(error.message) : .error(error.httpStatus, error.message)
        } catch let error as IntakeError {
            if error.code == .busy { return .busy(error.description) }
            return .error(error.code == .tooLarge ? 413 : 400, error.description)
        } catch {
            report(.storeFailed(safeDescription(of: error)))
            return .busy("The message could not be stored. Please deliver it again.")
        }
    }

    /// Refuses what would have to wait for too many others: whoever delivers it can keep it better than a queue in memory.
    private func begin() throws {
        let limit = settings.parallelIntakes
        let isFree = intakes.withLock { count in
            if count >= limit { return false }
            count += 1
            return true
        }
        if !isFree {
            throw IntakeError(code: .busy, description: "Too many messages come in at once; deliver the message again.")
        }
    }

    private func check(_ message: InboundMessage) throws {
        let limit = settings.maximumMessageBytes
        if message.text.byteCount > limit {
            throw IntakeError(
                code: .tooLarge,
                description: "The message has \(message.text.byteCount) bytes; at most \(limit) are taken.")
        }
        if message.attachments.isEmpty, message.text.withoutControls.reveal().allSatisfy(\.isWhitespace) {
            throw IntakeError(code: .empty, description: "The message has neither text nor a file.")
        }
    }

    private func intake(for message: InboundMessage) async throws -> Intake {
        let now = parts.clock.now()
        let reopensSince = settings.lifecycle.reopensSessions(of: message.channelKind, at: now)
        let latest = try await parts.store.latestSession(channel: message.channel, thread: message.thread)
        let current = latest.flatMap { $0.continues(closedSince: reopensSince) ? $0 : nil }
        let session = current?.id ?? parts.ids.make()
        do {
            return try await intake(for: message, in: session, current, at: now, reopensSince: reopensSince)
        } catch {
            await forgetIfRemoved(session)
            throw error
        }
    }

    /// - Parameters:
    ///   - session: which session the message is for.
    ///   - current: that session, unless it is a new one.
    private func intake(
        for message: InboundMessage, in session: SessionID, _ current: Session?, at now: Timestamp,
        reopensSince: Timestamp?
    ) async throws -> Intake {
        var counts = current?.placeholders ?? PlaceholderCounts()
        let redaction = parts.redaction
        let context = RedactionContext(names: message.sender.name.map { [$0] } ?? [])
        let text = try await redaction.redactForeign(
            message.text.withoutControls, in: session, counts: &counts, context: context)
        let subject: RedactedText? =
            if let subject = message.subject {
                try await redaction.redactForeign(
                    subject.withoutControls, in: session, counts: &counts, context: context)
            } else { nil }
        let attachments = try await attachments(
            message.attachments, in: session, counts: &counts, context: context)
        var openingWords: [Message] = []
        if (current?.messageCount ?? 0) == 0 {
            for words in message.openingWords {
                let text = try await redaction.redactForeign(
                    words.text.withoutControls, in: session, counts: &counts, context: context)
                openingWords.append(Message(id: words.id, author: .ai, text: text, at: now))
            }
        }
        let dedupe: DedupeKey =
            if let id = message.providerID {
                .providerID(id)
            } else {
                .content(
                    // The session is part of it: placeholders count anew in each, so equal texts need not be.
                    hash: StableHash.hex(session.rawValue, text.text, attachments.map(\.location.text).joined()),
                    since: now - settings.contentDedupeWindow)
            }
        var intake = Intake(
            message: Message(
                id: message.id ?? parts.ids.make(), author: .customer, text: text, attachments: attachments, at: now,
                providerID: message.keptProviderID),
            openingWords: openingWords, dedupe: dedupe, channel: message.channel, channelKind: message.channelKind,
            thread: message.thread,
            sender: message.sender, subject: subject,
            language: message.language ?? LanguageGuess.language(of: text.text), session: session,
            placeholders: counts, newContact: parts.ids.make(),
            turnDueAt: now + (settings.collectingDelay[message.channelKind] ?? .zero), reopensSince: reopensSince,
            subscriptions: parts.subscriptions)
        intake.sender.wroteOn = message.channel
        intake.helpdesk = message.helpdesk
        intake.holder = message.holder
        return intake
    }

    /// Whether the message belongs to a conversation that others lead in its helpdesk, and that no session of ours is about.
    private func isLeftAlone(_ message: InboundMessage) async throws -> Bool {
        if message.holder == .ai { return false }
        let latest = try await parts.store.latestSession(channel: message.channel, thread: message.thread)
        let since = settings.lifecycle.reopensSessions(of: message.channelKind, at: parts.clock.now())
        return latest?.continues(closedSince: since) != true
    }

    /// The files of a message, with names redacted, and places unless a store of ours has made them up.
    func attachments(
        _ files: [InboundAttachment], in session: SessionID, counts: inout PlaceholderCounts, context: RedactionContext
    ) async throws -> [Attachment] {
        let redaction = parts.redaction
        var attachments: [Attachment] = []
        for file in files {
            let location: RedactedText =
                switch file.place {
                case .kept(let location): RedactedText(location)
                case .elsewhere(let location):
                    try await redaction.redactForeign(location, in: session, counts: &counts, context: context)
                }
            attachments.append(
                Attachment(
                    name: try await redaction.redactForeign(
                        file.name.withoutControls, in: session, counts: &counts, context: context),
                    mediaType: file.mediaType, byteCount: file.byteCount,
                    location: location))
        }
        return attachments
    }

    private func announce(_ accepted: AcceptedMessage, of message: InboundMessage) {
        let now = parts.clock.now()
        let started: [AgentEvent.Kind] = accepted.startedSession ? [.started] : []
        for kind in started + [.contactResponse(sequence: accepted.sequence)] {
            publish(AgentEvent(kind: kind, session: accepted.session, ticket: accepted.ticket, at: now))
        }
        if !settings.repliesToEach.contains(message.channelKind) {
            running.messageArrived(in: accepted.session, sequence: accepted.sequence)
        }
        if !parts.endpoints.isEmpty { wakeDeliveries(besides: .channel(message.channel)) }
    }
}

extension WebhookResponse {
    /// An error in the form of the public API: `{statusCode, message, error}`.
    public static func error(_ status: Int, _ message: String) -> WebhookResponse {
        let reasons = [
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
            413: "Payload Too Large", 422: "Unprocessable Entity", 429: "Too Many Requests", 503: "Service Unavailable",
        ]
        return .json(
            [
                "statusCode": .integer(Int64(status)), "message": .string(message),
                "error": .string(reasons[status] ?? "Error"),
            ],
            status: status)
    }

    /// A 503 that asks for another try in a second.
    static func busy(_ message: String) -> WebhookResponse {
        var response = error(503, message)
        response.headers.append(("retry-after", "1"))
        return response
    }

    /// A JSON body.
    public static func json(_ value: JSONValue, status: Int = 200) -> WebhookResponse {
        WebhookResponse(
            status: status, headers: [("content-type", "application/json; charset=utf-8")], body: value.serialized())
    }
}
