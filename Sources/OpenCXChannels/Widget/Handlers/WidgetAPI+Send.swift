internal import OpenCXCore

/// What a visitor writes, as the widget sends it.
struct WidgetMessage {
    var id: MessageID
    var session: String
    var text: String
    var attachments: [Fields]
    var language: LanguageTag?
    var openingWords: [OpeningWords]
    /// For people; the AI does not read it.
    var data: [String: String]
    /// Whether the message leads out of the mode that the session is in.
    var leavesMode: Bool

    init(_ fields: Fields) throws {
        guard let id = try fields.id("uuid") else { throw WidgetProblem.malformed("\"uuid\" is missing.") }
        self.id = MessageID(id)
        session = try fields.required("session_id")
        // How long a message may be is the agent's to say.
        let limit = 4 << 20
        let leaving = try fields.text("exit_mode_prompt", limit: limit)
        leavesMode = leaving != nil
        let content = try fields.text("content", limit: limit) ?? ""
        let prompt = try leaving ?? fields.text("action_form_submitted_prompt", limit: limit)
        text = content.isEmpty ? prompt ?? "" : content
        attachments = try fields.objects("attachments", limit: 10)
        language = try fields.text("language", limit: 35).flatMap(Self.language)
        openingWords = try fields.objects("initial_messages", limit: 20).compactMap { words in
            guard let id = try words.id("uuid") else { throw WidgetProblem.malformed("\"uuid\" is missing.") }
            let text = try words.text("content", limit: 4000) ?? ""
            return text.isEmpty ? nil : OpeningWords(id: MessageID(id), text: UnredactedText(text))
        }
        data = try fields.data("custom_data")
    }

    private static func language(_ text: String) -> LanguageTag? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy {
            (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        return isTag && parts[0].count >= 2 ? LanguageTag(rawValue: text) : nil
    }
}

extension WidgetAPI {
    /// A message that was taken in.
    struct Taken {
        var session: Session
        var contact: Contact
        var accepted: AcceptedMessage
        var isDuplicate: Bool
        /// The mode that the message led out of.
        var leftMode: WidgetSettings.Mode?

        func watch(_ agent: Agent) -> MessageWatch {
            MessageWatch(agent: agent, session: accepted.session, sequence: accepted.sequence)
        }
    }

    /// Why a message was not taken in, in words for its visitor.
    struct Refusal: Error {
        var code: String
        var message: String
        var status: Int
    }

    /// `POST /chat/send`: answers when the message is dealt with, or when that takes long; it was safe before that, and a page
    /// that no longer waits changes nothing.
    func send(_ fields: Fields, _ visitor: WidgetVisitor, _ request: WebhookRequest) async throws -> JSONValue {
        let taken: Taken
        do {
            taken = try await take(fields, visitor)
        } catch let refusal as Refusal {
            return [
                "success": false, "error": ["code": .string(refusal.code), "message": .string(refusal.message)],
            ]
        }
        if taken.isDuplicate {
            let session = try await agent.parts.store.session(taken.accepted.session) ?? taken.session
            return try await result(taken, session, code: "duplicate_message_ignored")
        }
        let end = agent.parts.clock.now() + settings.replyTimeout
        guard let report = try await taken.watch(agent).wait(until: end) else { throw WidgetProblem.noSession }
        return try await result(taken, report)
    }

    /// Takes a message in.
    func take(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> Taken {
        guard try fields.text("bot_token", limit: 1000).map(isWidgetToken) ?? true else {
            throw WidgetProblem.wrongWidgetToken
        }
        let message = try WidgetMessage(fields)
        let (session, contact) = try await session(message.session, of: visitor)
        let lifecycle = agent.settings.lifecycle
        let window = lifecycle.reopeningWindows[channel.kind] ?? lifecycle.reopeningWindow
        guard session.continues(closedSince: agent.parts.clock.now() - window) else {
            throw Refusal(
                code: "session_closed", message: "This conversation has ended. Please start a new one.", status: 409)
        }
        let mode = message.leavesMode ? mode(of: session) : nil
        let (accepted, isDuplicate) = try await receive(message, in: session, contact, visitor)
        if !isDuplicate {
            // The message is stored; what goes with it, and does not fit or cannot be kept now, must not make it look as if it were
            // not.
            if !message.data.isEmpty {
                _ = try? await agent.describe(accepted.session, with: message.data.mapValues(UnredactedText.init))
            }
            if let mode { _ = try? await agent.tag(accepted.session, removing: [mode.tag], by: .customer) }
        }
        return Taken(
            session: session, contact: contact, accepted: accepted, isDuplicate: isDuplicate, leftMode: mode)
    }

    private func receive(
        _ message: WidgetMessage, in session: Session, _ contact: Contact, _ visitor: WidgetVisitor
    ) async throws -> (AcceptedMessage, isDuplicate: Bool) {
        // An unverified visitor's contact is the one that the session began with, on its device.
        let sender =
            visitor.handle(device: nil)
            ?? ContactHandle(
                email: visitor.email, customID: contact.customID, name: visitor.name, isVerified: false)
        let words = message.openingWords.filter { words in
            settings.keepsOpeningWords && settings.openingWords?.contains(words.text.reveal()) ?? true
        }
        do {
            return try await agent.receive(
                InboundMessage(
                    channel: channel.id, channelKind: channel.kind, thread: session.thread,
                    providerID: "\(session.thread)/\(message.id)", sender: sender, text: UnredactedText(message.text),
                    attachments: try await attachments(message.attachments, visitor), language: message.language,
                    id: message.id, openingWords: words))
        } catch let error as IntakeError where error.code == .empty {
            throw Refusal(code: "empty_message", message: "Please write something.", status: 400)
        } catch let error as IntakeError where error.code == .tooLarge {
            throw Refusal(
                code: "message_too_long", message: "This message is too long. Please write a shorter one.", status: 413)
        }
    }

    // MARK: What the page is told

    private func result(_ taken: Taken, _ report: MessageWatch.Report) async throws -> JSONValue {
        switch report.fate {
        case .answered(let message, let entries): try await result(taken, report.session, message, entries)
        case .cancelled: try await result(taken, report.session, code: "response_cancelled")
        case .assigned: try await result(taken, report.session, code: "session_assigned_to_human_agent")
        case .unanswered: try await result(taken, report.session, code: "skipping_unuseful_response")
        // The session still says that the AI is at it, so the page goes on waiting, and the reply comes with a poll.
        case .pending: try await result(taken, report.session, code: "response_pending")
        }
    }

    private func result(_ taken: Taken, _ session: Session, code: String?) async throws -> JSONValue {
        var result: [String: JSONValue] = [
            "success": true, "sessionIsHandedOff": .bool(session.owner != .ai),
            "session": try await json(session, taken.contact),
        ]
        result["code"] = code.map(JSONValue.string)
        return .object(result)
    }

    private func result(
        _ taken: Taken, _ session: Session, _ message: Message, _ entries: [HistoryEntry]
    ) async throws -> JSONValue {
        guard case .object(var result) = try await result(taken, session, code: nil) else { return .null }
        let text = JSONValue.string(try await agent.text(of: message, in: session.id).reveal())
        let mightSolve = JSONValue.bool(Self.mightSolve(message, entries, session))
        var response: [String: JSONValue] = [
            "type": "text", "value": ["error": false, "content": text], "id": .string(message.id.rawValue),
            "mightSolveUserIssue": mightSolve,
            "completelyAndFullyCoveredUserIssue": .bool(session.status == .closedResolved), "assistMode": false,
        ]
        if let mode = mode(of: session) { response["mode"] = mode.json }
        if taken.leftMode != nil { response["didExitMode"] = true }
        result["autopilotResponse"] = .object(response)
        if let action = shown(entries.compactMap(\.action)).last {
            result["uiResponse"] = [
                "type": "ui",
                "value": [
                    "type": "ui_component", "name": .string(action.name), "request_response": action.resultJSON,
                    "content": text,
                ],
                "mightSolveUserIssue": mightSolve,
            ]
        }
        return .object(result)
    }

    /// Whether the page asks if that has helped: after what rests on articles or on a system's word, not after small talk, a
    /// question of the AI's own, or a handoff.
    static func mightSolve(_ message: Message, _ entries: [HistoryEntry], _ session: Session) -> Bool {
        let hasGround = !message.citations.isEmpty || entries.contains { $0.action?.outcome == .succeeded }
        return hasGround && session.owner == .ai && session.clarifications == 0 && session.pendingAction == nil
    }
}
