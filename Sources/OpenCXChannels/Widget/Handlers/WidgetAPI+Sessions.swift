internal import OpenCXCore
internal import OpenCXCrypto

extension WidgetAPI {
    /// `GET /config`
    var config: JSONValue {
        var config: [String: JSONValue] = [
            "org": ["id": .string(settings.organization.id), "name": .string(settings.organization.name)],
            "sessionPollingIntervalSeconds": .seconds(settings.sessionPollingInterval),
            "sessionsPollingIntervalSeconds": .seconds(settings.sessionsPollingInterval),
            "modes": .array(settings.modes.map(\.json)),
        ]
        // Without this the widget polls, offers to attach files, and knows nothing of version 5.
        let takesFiles = files != nil && !settings.fileKinds.isEmpty
        if settings.offersStreaming || !takesFiles {
            config["agent"] = [
                "name": .string(settings.assistant.name ?? settings.organization.name),
                "avatar_url": .optional(settings.assistant.avatarURL), "streaming": .bool(settings.offersStreaming),
                "features": [
                    "attachments": .bool(takesFiles), "dictation": false,
                    "page_context": false, "client_tools": false, "page_actions": false, "inline_ui": false,
                    "preamble": false,
                ],
            ]
        }
        return .object(config)
    }

    /// `POST /contact/create-unverified`. Nothing is stored: the contact begins with its first session.
    func createContact(_ fields: Fields) throws -> JSONValue {
        let visitor = WidgetVisitor(
            unverifiedEmail: try fields.text("email", limit: 320), name: try fields.text("non_verified_name"),
            data: try fields.data("non_verified_custom_data"))
        do {
            let token = try tokens.token(
                visitor, at: agent.parts.clock.now(), lifetime: settings.visitorTokenLifetime)
            return ["token": .string(token)]
        } catch {
            throw WidgetProblem.malformed("The contact's custom data are too large.")
        }
    }

    /// `GET /sessions`
    func sessions(_ request: WebhookRequest, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let handle = try handle(of: visitor, device: externalID(inFilters: request.parameter("filters")))
        // Widgets send back what `next` was under one name or the other.
        let cursor = try (request.parameter("cursor") ?? request.parameter("offset")).flatMap { text in
            guard !text.isEmpty else { return SessionCursor?.none }
            guard let cursor = SessionCursor(text) else {
                throw WidgetProblem.malformed("\"cursor\" must be what \"next\" was.")
            }
            return cursor
        }
        guard let contact = try await agent.parts.store.contact(matching: handle) else {
            return ["items": [], "next": .null]
        }
        let query = SessionQuery(channel: channel.id, contact: contact.id)
        let page = try await agent.parts.store.sessions(matching: query, after: cursor, limit: 20)
        var items: [JSONValue] = []
        for session in page.sessions { items.append(try await json(session, contact)) }
        return ["items": .array(items), "next": .optional(page.next.map { "\($0)" })]
    }

    /// `POST /create-session`
    func createSession(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> JSONValue {
        var data = try fields.data("customData")
        let handle = try handle(of: visitor, device: data.removeValue(forKey: "external_id"))
        let id = UUIDText.random()
        let session = try await agent.openSession(
            SessionRequest(
                session: SessionID(id), channel: channel.id, channelKind: channel.kind, thread: ThreadID(id),
                contact: .described(handle), attributes: data.mapValues(UnredactedText.init)))
        return try await json(session)
    }

    /// `GET /poll/{id}`
    func poll(_ id: String, _ visitor: WidgetVisitor, _ request: WebhookRequest) async throws -> JSONValue {
        let (session, contact) = try await session(id, of: visitor)
        let entries = try await entries(of: session)
        return [
            "session": try await json(session, contact),
            "history": .array(try await history(entries, of: session, contact, request)),
        ]
    }

    /// `GET /session/history/{id}`
    func history(_ id: String, _ visitor: WidgetVisitor, _ request: WebhookRequest) async throws -> JSONValue {
        let (session, contact) = try await session(id, of: visitor)
        return .array(try await history(try await entries(of: session), of: session, contact, request))
    }

    // MARK: Whose is what

    /// The session with its contact, if the visitor may see it.
    func session(_ id: String, of visitor: WidgetVisitor) async throws -> (Session, Contact) {
        let store = agent.parts.store
        guard id.utf8.count <= 64, let session = try await store.session(SessionID(id)), session.channel == channel.id,
            let contact = try await store.contact(session.contact), try await owns(contact, visitor)
        else { throw WidgetProblem.noSession }
        return (session, contact)
    }

    private func owns(_ contact: Contact, _ visitor: WidgetVisitor) async throws -> Bool {
        guard visitor.isVerified else { return visitor.isUnverified(contact) }
        guard let handle = visitor.handle(device: nil), handle.matches(contact) else { return false }
        // Of several contacts with one address, the visitor is one at most.
        return try await agent.parts.store.contact(matching: handle)?.id == contact.id
    }

    private func handle(of visitor: WidgetVisitor, device: String?) throws -> ContactHandle {
        var device = device
        if device?.isEmpty == true { device = nil }
        guard var handle = visitor.handle(device: device) else { throw WidgetProblem.noDevice }
        handle.attributes = visitor.data
        return handle
    }

    private func externalID(inFilters text: String?) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= 2000, let value = try? JSONValue(parsing: Array(text.utf8)), case .object = value
        else {
            throw WidgetProblem.malformed("\"filters\" must be the text of a JSON object.")
        }
        return value["external_id"]?.plainText
    }

    /// The whole history: the widget only ever adds to what it has, and knows what it has by its id.
    func entries(of session: Session) async throws -> [HistoryEntry] {
        var all: [HistoryEntry] = []
        while true {
            let page = try await agent.parts.store.history(session.id, after: all.last?.sequence ?? 0, limit: 500)
            all += page
            if page.count < 500 { return all }
        }
    }
}

extension WidgetSettings.Mode {
    var json: JSONValue {
        var mode: [String: JSONValue] = ["id": .string(id), "name": .string(name)]
        mode["slug"] = slug.map(JSONValue.string)
        return .object(mode)
    }
}

extension JSONValue {
    static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    /// A number of seconds; a whole one where it is.
    static func seconds(_ duration: Duration) -> JSONValue {
        let (seconds, rest) = duration.components
        return rest == 0 ? .integer(seconds) : .number(Double(seconds) + Double(rest) / 1e18)
    }
}

/// Random ids in the form that the widget knows (RFC 9562, version 4).
enum UUIDText {
    static func random() -> String {
        var bytes = RandomBytes.make(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
