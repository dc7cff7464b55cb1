internal import OpenCXAccess
internal import OpenCXCore

/// What people do in a conversation. Each answers a browser with the page again, and the pages' script with a word.
extension InboxPages {
    var actions: [Route] {
        [
            Route(.post, "/inbox/{ticket}/reply", .answerCustomers) { try await reply($0) },
            Route(.post, "/inbox/{ticket}/take-over", .answerCustomers) { visit in
                let session = try await session(visit)
                let me = visit.member.id
                // Taking over an ended session opens it again.
                let after =
                    session.status == .open
                    ? try await agent.takeOver(session.id, by: me)
                    : try await agent.assign(session.id, to: .person(me), by: me)
                return try done(after, visit)
            },
            Route(.post, "/inbox/{ticket}/give-back", .answerCustomers) { visit in
                let session = try await session(visit)
                guard session.status == .open else { throw PageError.unfit("The conversation has ended.") }
                return try done(try await agent.assign(session.id, to: .ai, by: visit.member.id), visit)
            },
            Route(.post, "/inbox/{ticket}/assign", .answerCustomers) { try await assign($0) },
            Route(.post, "/inbox/{ticket}/resolve", .answerCustomers) { visit in
                try await close(visit, as: .closedResolved)
            },
            Route(.post, "/inbox/{ticket}/close", .answerCustomers) { visit in
                try await close(visit, as: .closedUnresolved)
            },
            Route(.post, "/inbox/{ticket}/tags", .answerCustomers) { try await tag($0) },
            Route(.post, "/inbox/{ticket}/reveal", .answerCustomers) { try await reveal($0) },
            Route(.post, "/inbox/{ticket}/deliveries/{entry}/retry", .operate) { try await retry($0) },
        ]
    }

    /// - Parameter session: the session afterwards; `nil` when it is gone.
    private func done(_ session: Session?, _ visit: Visit) throws -> WebhookAnswer {
        guard let session else { throw PageError.notFound }
        if visit.isFromScript {
            return PageResponse.json(["state": .string(StateWords.words(of: session, for: visit.member.id))])
        }
        return PageResponse.seeOther(path(of: session, "#composer"))
    }

    private func reply(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        if visit.form["as"] == "draft" { return try await draft(visit, session) }
        guard let text = visit.form.text("text"), text.utf8.count <= agent.settings.maximumMessageBytes else {
            throw PageError.unfit("Write something first, of at most \(agent.settings.maximumMessageBytes) bytes.")
        }
        let words = UnredactedText(text)
        if visit.form["as"] == "note" {
            return try done(try await agent.note(on: session.id, by: visit.member.id, words), visit)
        }
        do {
            return try done(try await agent.reply(to: session.id, as: visit.member.id, words), visit)
        } catch let error as StoreError where error.code == .superseded && !visit.isFromScript {
            // What was written is not lost.
            return try await conversation(
                visit, session: session, status: 409, draft: text,
                trouble: "The customer has begun a newer conversation; answer there. Your text is kept below.")
        }
    }

    /// Asks the AI what it would say. Nothing is sent: the draft is put before the person who asked.
    private func draft(_ visit: Visit, _ session: Session) async throws -> WebhookAnswer {
        guard let outcome = try await agent.draft(for: session.id) else { throw PageError.notFound }
        let (text, trouble): (String?, String?) =
            switch outcome {
            case .draft(let draft): (draft.text.text, nil)
            case .silent(let silence): (nil, Words.of(silence))
            }
        if visit.isFromScript {
            return PageResponse.json([
                "draft": text.map(JSONValue.string) ?? .null, "message": trouble.map(JSONValue.string) ?? .null,
            ])
        }
        return try await conversation(
            visit, session: session, draft: text ?? visit.form["text"] ?? "", trouble: trouble)
    }

    private func assign(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let owner: SessionOwner
        switch visit.form["owner"] ?? "" {
        case "team": owner = .team
        case "ai": owner = .ai
        case let text:
            let id = text.hasPrefix("person:") ? PersonID(String(text.dropFirst(7))) : nil
            guard let id, try await people.all().assignable.contains(where: { $0.id == id }) else {
                throw PageError.unfit("Choose a member who answers customers.")
            }
            owner = .person(id)
        }
        return try done(try await agent.assign(session.id, to: owner, by: visit.member.id), visit)
    }

    private func close(_ visit: Visit, as status: SessionStatus) async throws -> WebhookAnswer {
        let session = try await session(visit)
        return try done(try await agent.close(session.id, as: status, by: .person(visit.member.id)), visit)
    }

    private func tag(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let (added, removed) = (visit.form.text("add"), visit.form.text("remove"))
        guard added != nil || removed != nil else { throw PageError.unfit("Write a tag first.") }
        let after = try await agent.tag(
            session.id, adding: added.map { [$0] } ?? [], removing: removed.map { [$0] } ?? [],
            by: .person(visit.member.id))
        return try done(after, visit)
    }

    private func reveal(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let view = try await load(session, all: true)
        let values = try await PersonalData.reveal(
            PersonalData.placeholders(in: view.history), in: session.id, with: agent.parts.redaction)
        if visit.isFromScript {
            let members = values.map { ($0.0.description, JSONValue.string($0.1)) }
            return PageResponse.json(["values": .object(Dictionary(members, uniquingKeysWith: { $1 }))])
        }
        return try await conversation(visit, session: session, revealed: values)
    }

    private func retry(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let id = OutboxID(visit.parameters["entry"] ?? "")
        // An entry of another session is not this page's to drive.
        guard try await store.delivery(id)?.session == session.id,
            try await store.redrive(id, at: agent.parts.clock.now())
        else { throw PageError.notFound }
        return try done(session, visit)
    }
}
