internal import OpenCXCore

extension World {
    /// What must hold once everything has come to rest.
    func finalProblems() async throws -> [Watch.Problem] {
        let (watch, customers, front) = with { ($0.watch, $0.customers, $0.front) }
        var problems = watch.problems(of: front)
        func complain(_ law: String, _ what: String) { problems.append(.init(law: law, what: what)) }

        let inbox = Set(try await store.sessions(.handedOff, limit: .max).map(\.id))
        for id in watch.order {
            if watch.gone[id] != nil {
                problems += try await remains(of: id)
                continue
            }
            guard let session = try await store.session(id) else {
                complain("history", "a session vanished")
                continue
            }
            let history = try await store.history(id, after: 0, limit: .max)
            if session != watch.sessions[id] || history != watch.histories[id] {
                complain("history", "\(session.ticket) changed behind the store's back")
            }
            problems += watch.untold(session, with({ $0.api }))
            guard session.status == .open else { continue }
            if session.owner == .ai {
                if watch.lastCustomer(id) > watch.answeredThrough[id] ?? 0 {
                    complain("forgotten", "\(session.ticket): entry \(watch.lastCustomer(id)) was never answered")
                }
            } else if !inbox.contains(id) {
                complain("handoff", "\(session.ticket) is not in the inbox")
            }
        }
        for message in customers.messages where !message.isEmpty {
            if !message.isAcknowledged { complain("acknowledgement", "m\(message.number)q never was") }
            let count = watch.histories.values.reduce(0) { count, history in
                count
                    + history.count(where: { entry in
                        entry.message?.author == .customer
                            && Customers.tokens(in: entry.message?.text.text ?? "").first == message.number
                    })
            }
            let isGone =
                watch.stored[message.number].map { watch.gone[$0] != nil } ?? watch.leftAlone.contains(message.number)
            if count < 1 && !isGone || count > 1 && !watch.mistaken.contains(message.number) {
                complain("duplicate", "m\(message.number)q is in the history \(count) times")
            }
        }
        return problems + (try await outboxProblems(watch))
    }

    private func outboxProblems(_ watch: Watch) async throws -> [Watch.Problem] {
        var problems: [Watch.Problem] = []
        let pending = try await store.outbox(.pending, limit: .max)
        let delivered = try await store.outbox(.delivered, limit: .max)
        let dead = try await store.outbox(.dead, limit: .max)
        if let entry = pending.first { problems.append(.init(law: "liveness", what: "\(entry.id) is still pending")) }
        for entry in delivered where !watch.hasArrived(entry) {
            problems.append(.init(law: "outbox", what: "\(entry.id) counts as delivered and is not"))
        }
        for entry in dead where !watch.givenUp.contains(entry.id) {
            problems.append(.init(law: "outbox", what: "\(entry.id) was given up by nobody"))
        }
        let there = Set((pending + delivered + dead).map(\.id))
        let kept = watch.outboxOrder.filter { id in !watch.gone.keys.contains { id.rawValue.hasPrefix("\($0)-") } }
        for id in kept where !there.contains(id) {
            problems.append(.init(law: "outbox", what: "\(id) vanished"))
        }
        return problems
    }
}

extension Watch {
    /// What was changed in the customer's name, and never said.
    fileprivate func untold(_ session: Session, _ api: SimulatedAPI) -> [Problem] {
        let told = (histories[session.id] ?? []).compactMap { entry -> SimulatedAPI.Deed? in
            guard case .action(let record) = entry.event else { return nil }
            return api.deed(record, in: session.id)
        }
        return api.deeds.keys.filter { $0.session == session.id && !told.contains($0) }.sorted { $0.order < $1.order }
            .map {
                Problem(law: "effect told wrong", what: "\(session.ticket): nobody says what became of \($0.order)")
            }
    }
}
