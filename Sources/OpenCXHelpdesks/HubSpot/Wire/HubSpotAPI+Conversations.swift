internal import OpenCXCore

/// The calls of HubSpot's Conversations API that are needed (developers.hubspot.com, Conversations, version 3).
extension HubSpotAPI {
    private static let threads = ["conversations", "v3", "conversations", "threads"]

    private static func unreadable(_ purpose: HubSpotPurpose) -> HubSpotFailure {
        HubSpotFailure(.unreachable("The answer cannot be read."), purpose)
    }

    /// A conversation, with the ticket that belongs to it.
    func thread(_ id: String) async throws -> HubSpotThread {
        let answer = try await send("GET", Self.threads + [id], query: [("association", "TICKET")], for: .thread)
        guard let thread = HubSpotThread(answer) else { throw Self.unreadable(.thread) }
        return thread
    }

    /// Closes a conversation.
    func closeThread(_ id: String) async throws {
        _ = try await send("PATCH", Self.threads + [id], body: ["status": "CLOSED"], for: .thread)
    }

    /// Assigns a conversation. Version 3 cannot; this is a version in its trial.
    func assignThread(_ id: String, to actor: String) async throws {
        _ = try await send(
            "PUT", ["conversations", "2026-09-beta", "threads", id, "assignee"], body: ["actorId": .string(actor)],
            for: .thread)
    }

    /// One entry of a conversation.
    func message(_ id: String, of thread: String) async throws -> HubSpotMessage {
        let answer = try await send("GET", Self.threads + [thread, "messages", id], for: .message)
        guard let message = HubSpotMessage(answer) else { throw Self.unreadable(.message) }
        return message
    }

    /// The whole text of a message that was cut.
    func originalText(of message: String, in thread: String) async throws -> String? {
        let path = Self.threads + [thread, "messages", message, "original-content"]
        return try await send("GET", path, for: .message)["text"]?.string
    }

    /// The entries of a conversation, newest first, until one is wanted no more.
    ///
    /// - Parameters:
    ///   - thread: the conversation.
    ///   - pages: how many pages of a hundred are looked at.
    ///   - take: is given one after the other, and says whether it wants the next.
    func messages(of thread: String, pages: Int = 5, _ take: (HubSpotMessage) -> Bool) async throws {
        var after: String?
        for _ in 0..<pages {
            let page = try await send(
                "GET", Self.threads + [thread, "messages"],
                query: [("limit", "100"), ("sort", "-createdAt")] + (after.map { [("after", $0)] } ?? []),
                for: .message)
            guard case .array(let entries)? = page["results"] else { throw Self.unreadable(.message) }
            for entry in entries.compactMap(HubSpotMessage.init) where !take(entry) { return }
            after = page["paging"]?["next"]?["after"]?.name
            if after == nil { return }
        }
    }

    /// Who somebody is.
    func actor(_ id: String) async throws -> (name: String?, email: String?) {
        let answer = try await send("GET", ["conversations", "v3", "conversations", "actors", id], for: .message)
        return (answer["name"]?.name, answer["email"]?.name)
    }

    /// Sends a message or writes a comment, and returns its id.
    func post(_ body: JSONValue, to thread: String, for purpose: HubSpotPurpose) async throws -> String {
        let answer = try await send("POST", Self.threads + [thread, "messages"], body: body, for: purpose)
        guard let id = answer["id"]?.name else { throw Self.unreadable(purpose) }
        return id
    }

    /// Writes a comment, which only the team sees.
    func comment(_ text: String, html: String, on thread: String) async throws {
        _ = try await post(
            ["type": "COMMENT", "text": .string(text), "richText": .string(html), "attachments": []], to: thread,
            for: .comment)
    }

    /// The account's inboxes.
    func inboxes() async throws -> [(id: String, name: String)] {
        let answer = try await send(
            "GET", ["conversations", "v3", "conversations", "inboxes"], query: [("limit", "100")], for: .message)
        return (answer["results"]?.items ?? []).compactMap { inbox in
            inbox["id"]?.name.map { ($0, inbox["name"]?.name ?? "") }
        }
    }
}
