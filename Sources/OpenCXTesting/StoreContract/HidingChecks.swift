internal import OpenCXCore

extension StoreContract {
    static let hidingChecks: [Check] = [
        Check("what is hidden is nowhere in a session any more, and another session stays as it is") { scene in
            try await scene.furnish("a")
            try await scene.furnish("b")
            let (before, other) = (try await scene.whole("a"), try await scene.whole("b"))
            let expected = Hiding("a")
            let hidden = try scene.require(try await scene.store.hide(expected), "the account of what was hidden")
            try scene.expect(hidden.messages, is: 3, "the hidden messages")
            let after = try await scene.whole("a")
            try scene.expect(after.session, is: expected.applied(to: before.session), "the session")
            try scene.expect(after.history, is: before.history.map(expected.applied), "the history")
            try scene.expect(
                hidden, is: HiddenEntries(before: before.history, after: after.history), "the account")
            try scene.expect(after.traces, is: [], "the traces")
            try scene.expect(
                after.deliveries,
                is: before.deliveries.map { expected.applied(to: $0, hiding: hidden.messageIDs) }, "the deliveries")
            try scene.expect(try await scene.whole("b"), is: other, "somebody else's session")
            try scene.expect(try await scene.store.hide(expected)?.entries, is: 0, "what is hidden a second time")
        },
        Check("of single entries what was made of them goes too, and the others stay") { scene in
            try await scene.furnish("a")
            let before = try await scene.whole("a")
            let hiding = Hiding("a", entries: [1, 99])
            let hidden = try await scene.store.hide(hiding)
            try scene.expect(hidden?.messageIDs, is: ["a1"], "the hidden messages")
            let after = try await scene.whole("a")
            try scene.expect(after.history.first?.message?.text, is: Hiding.mask, "the hidden text")
            try scene.expect(after.history.first?.message?.at, is: before.history.first?.message?.at, "its time")
            try scene.expect(after.history[1], is: before.history[1], "the entry after it")
            try scene.expect(after.session.handoff?.summary, is: Hiding.mask, "the handoff's summary")
            try scene.expect(after.traces, is: [], "the traces")
        },
        Check("nothing is hidden of a session that is not there") { scene in
            try scene.expect(try await scene.store.hide(Hiding("none")), is: nil, "the account")
        },
        Check("a session that waits for the AI, or that it works on, is left alone") { scene in
            try await scene.accept(scene.intake())
            for isClaimed in [false, true] {
                if isClaimed { _ = try await scene.claim(at: 1) }
                let before = try await scene.whole("s1")
                do {
                    _ = try await scene.store.hide(Hiding("s1"))
                    throw scene.violation("words were hidden under the AI's eyes")
                } catch let error as StoreError {
                    try scene.expect(error.code == .refused, "the error should say that it was refused")
                }
                try scene.expect(try await scene.whole("s1"), is: before, "the session")
            }
        },
    ]
}

/// A session with what hangs on it.
struct WholeSession: Equatable {
    var session: Session
    var history: [HistoryEntry]
    var traces: [Trace]
    var deliveries: [OutboxEntry]
}

extension StoreScene {
    func whole(_ id: SessionID) async throws -> WholeSession {
        var deliveries: [OutboxEntry] = []
        for state in OutboxEntry.State.allCases {
            deliveries += try await store.outbox(state, limit: .max).filter { $0.session == id }
        }
        return WholeSession(
            session: try await session(id), history: try await store.history(id, after: 0, limit: .max),
            traces: try await store.traces(id), deliveries: deliveries.sorted { $0.id < $1.id })
    }
}
