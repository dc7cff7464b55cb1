internal import FoundationEssentials
internal import OpenCXCore

/// What a customer does besides writing.
extension WebChat {
    /// The customer is done.
    func resolve(_ thread: ThreadID, _ request: WebhookRequest) async -> WebhookResponse {
        await changing(thread, request) { session in
            // Twice is once.
            if session.status != .open { return session }
            return try await agent.close(session.id, by: .customer)
        }
    }

    /// The customer says what they think of a session that has ended.
    func rate(_ thread: ThreadID, _ request: WebhookRequest) async -> WebhookResponse {
        struct Body: Decodable {
            var score: Int
            var comment: String?
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(request.body)) else {
            return .error(400, "The body must be JSON: {\"score\": 1 to 5, \"comment\": \"…\"}.")
        }
        return await changing(thread, request) { session in
            try await agent.rate(session.id, score: body.score, comment: body.comment.map { UnredactedText($0) })
        }
    }

    private func changing(
        _ thread: ThreadID, _ request: WebhookRequest, _ change: (Session) async throws -> Session?
    ) async -> WebhookResponse {
        // As for messages: a foreign page cannot send this type without asking first.
        guard request.header("content-type")?.lowercased().hasPrefix("application/json") == true else {
            return .error(400, "The content type must be application/json.")
        }
        do {
            guard let session = try await agent.parts.store.latestSession(channel: channel, thread: thread),
                let after = try await change(session)
            else { return .error(404, "There is no conversation with this id yet.") }
            let state = ChatState(agent: agent, session: after, entries: [], after: 0)
            return .json(.object(state.situation))
        } catch let error as StoreError where error.code == .refused {
            return .error(422, error.message)
        } catch {
            return .error(503, "This cannot be stored at the moment. Please try again.")
        }
    }
}

/// The files that visitors attach.
extension WebChat {
    func keep(_ request: WebhookRequest, of thread: ThreadID) async -> WebhookResponse {
        guard let files else { return .error(404, "This chat takes no files.") }
        // Not a type that a form can have, so no foreign page can send it without asking first.
        guard request.header("content-type")?.lowercased().hasPrefix("application/octet-stream") == true else {
            return .error(400, "The content type must be application/octet-stream, and the name in ?name=.")
        }
        guard !request.body.isEmpty, let name = request.parameter("name"), (1...500).contains(name.utf8.count) else {
            return .error(400, "A file needs a name, in ?name=, and a body.")
        }
        guard request.body.count <= files.limit else {
            return .error(413, "A file may have \(files.limit >> 20) MB.")
        }
        do {
            let file = try await files.keep(WebFiles.Upload(name: name, bytes: request.body, thread: thread))
            return .json(
                [
                    "file": .string(file.id), "name": .string(file.name), "type": .string(file.mediaType),
                    "bytes": .integer(Int64(file.byteCount)), "url": .string("/v1/files/\(file.id)"),
                ], status: 201)
        } catch WebFiles.Refusal.kind {
            return .error(422, "Files of this kind are not taken: \(files.endings.joined(separator: ", ")) are.")
        } catch WebFiles.Refusal.full {
            return .error(413, "There is no room for more files in this conversation.")
        } catch {
            return .error(503, "The file cannot be stored at the moment. Please try again.")
        }
    }

    func file(_ request: WebhookRequest) async -> WebhookResponse {
        guard request.method == "GET" else { return .error(405, "Use GET.") }
        let id = request.path.dropFirst("/v1/files/".count)
        guard let files, WebFileLocation.isID(id) else { return .error(404, "There is no such file.") }
        do {
            let response = try await files.serve(String(id)) ?? .error(404, "There is no such file.")
            return response.answeringRange(of: request)
        } catch {
            return .error(503, "The file cannot be read at the moment. Please try again.")
        }
    }
}
