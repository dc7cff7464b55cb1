internal import OpenCXAccess
internal import OpenCXCore

/// What changes while a page is open: as server-sent events, and for a browser whose stream does not get through, by asking again.
extension InboxPages {
    // MARK: A conversation

    func conversationStream(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let start = Int(visit.request.header("last-event-id") ?? visit.query("after") ?? "") ?? session.lastSequence
        let seen = Locked((sequence: start, state: ""))
        return PageResponse.events(
            live(visit, about: session.id, every: .seconds(1)) { visit in
                guard
                    let update = try await self.update(of: session.ticket, after: seen.withLock { $0.sequence }, visit)
                else {
                    return nil
                }
                let isNew = seen.withLock { seen in
                    let isNew = seen.sequence != update.last || seen.state != update.state
                    seen = (update.last, update.state)
                    return isNew
                }
                return isNew ? ServerSentEvent.bytes("update", id: "\(update.last)", update.json) : nil
            })
    }

    func conversationUpdates(_ visit: Visit) async throws -> WebhookAnswer {
        let session = try await session(visit)
        let after = Int(visit.query("after") ?? "") ?? session.lastSequence
        guard let update = try await update(of: session.ticket, after: after, visit) else { throw PageError.notFound }
        return PageResponse.json(update.json)
    }

    private struct Update {
        var last: Int
        /// What the page shows of the session besides its entries.
        var state: String
        var json: JSONValue
    }

    private func update(of ticket: TicketNumber, after sequence: Int, _ visit: Visit) async throws -> Update? {
        guard let session = try await store.session(ticket: ticket) else { return nil }
        let names = try await people.all()
        var entries = HTML()
        var last = max(0, sequence)
        let history = try await store.history(session.id, after: last, limit: 200)
        let view = try await self.view(of: history, in: session, names)
        for entry in history {
            entries += view.html(entry)
            last = entry.sequence
        }
        let words = StateWords.words(of: session, for: visit.member.id)
        let head = stateLine(session, names, visit)
        return Update(
            last: last, state: words + head.markup,
            json: [
                "last": .integer(Int64(last)), "state": .string(words), "head": .string(head.markup),
                "entries": .string(entries.markup),
            ])
    }

    // MARK: A list

    func listStream(_ visit: Visit) async throws -> WebhookAnswer {
        let seen = Locked("")
        return PageResponse.events(
            live(visit, about: nil, every: .seconds(5)) { visit in
                let markup = try await self.listMarkup(visit)
                let isNew = seen.withLock { seen in
                    defer { seen = markup }
                    return seen != markup
                }
                return isNew ? ServerSentEvent.bytes("update", ["rows": .string(markup)]) : nil
            })
    }

    func listUpdates(_ visit: Visit) async throws -> WebhookAnswer {
        PageResponse.json(["rows": .string(try await listMarkup(visit))])
    }

    private func listMarkup(_ visit: Visit) async throws -> String {
        var request = InboxRequest(visit)
        (request.text, request.after) = (nil, nil)
        let found = try await InboxSearch(store: store, now: agent.parts.clock.now()).run(request, for: visit.member.id)
        var selected: Session?
        if let number = visit.query("ticket").flatMap({ Int($0) }) {
            selected = try await store.session(ticket: TicketNumber(rawValue: number))
        }
        return rowsContent(found, request, try await people.all(), visit, selected: selected).markup
    }

    // MARK: Both

    /// A stream that looks again whenever something has happened, and every so often besides, for another process may have changed
    /// something. It ends when the person is signed out, disabled, or no longer allowed to see it.
    ///
    /// - Parameters:
    ///   - session: the session that matters; `nil` for all of them.
    ///   - look: what there is to say, if anything.
    private func live(
        _ visit: Visit, about session: SessionID?, every interval: Duration,
        _ look: @escaping @Sendable (Visit) async throws -> [UInt8]?
    ) -> AsyncStream<[UInt8]> {
        let clock = agent.parts.clock
        let lastSent = Locked<Timestamp?>(nil)
        return AsyncStream(unfolding: {
            while !Task.isCancelled {
                // Listening before looking, so that nothing falls in between.
                let events = self.agent.events(limit: 16)
                do {
                    guard let visitor = try await self.signIn.visitor(of: visit.request), visitor.may(.viewSessions)
                    else {
                        return nil
                    }
                    var now = visit
                    now.visitor = visitor
                    if let bytes = try await look(now) {
                        lastSent.withLock { $0 = clock.now() }
                        return bytes
                    }
                } catch is CancellationError {
                    return nil
                } catch {
                    // The store is in trouble; the next round tries again.
                }
                // A word now and then keeps proxies from closing the connection, and finds out that the browser is gone.
                let isDue = lastSent.withLock { last in
                    if let last, clock.now() - last < .seconds(15) { return false }
                    last = clock.now()
                    return true
                }
                if isDue { return Array(": still here\n\n".utf8) }
                await self.agent.wait(for: events, of: session, until: clock.now() + interval)
            }
            return nil
        })
    }
}

enum ServerSentEvent {
    static func bytes(_ name: StaticString, id: String? = nil, _ value: JSONValue) -> [UInt8] {
        // JSON has no line breaks, so one line of data holds it.
        Array("event: \(name)\n\(id.map { "id: \($0)\n" } ?? "")data: ".utf8) + value.serialized() + Array("\n\n".utf8)
    }
}
