internal import OpenCXCore

extension Watch {
    /// What the endpoint is to be told of stands in the outbox as soon as it stands in the history.
    func announcements(of new: [HistoryEntry], in session: Session) -> [Problem] {
        new.flatMap { entry in
            SimulatedEndpoint.names(of: entry).filter { name in
                !events.values.contains { event in
                    guard event.session == session.id, case .event(_, let content) = event.payload else { return false }
                    return content.name == name && content.sequence == entry.sequence
                }
            }.map {
                Problem(law: "events", what: "\(session.ticket): nobody is told of \($0), entry \(entry.sequence)")
            }
        }
    }

    /// An endpoint is told of something.
    mutating func heard(_ delivery: EventDelivery) -> [Problem] {
        let id = OutboxID(delivery.id)
        guard let entry = events[id], case .event(_, let event) = entry.payload, event.name == delivery.name,
            let history = histories[entry.session], history.count >= event.sequence
        else { return [Problem(law: "events", what: "\(delivery.id) tells of something that is not there")] }
        var problems = leaks(in: ["\(delivery.payload)"], "an event")
        if let payload = told[id] {
            if payload != delivery.payload {
                problems.append(Problem(law: "events", what: "\(id) says something else"))
            }
            return problems
        }
        told[id] = delivery.payload
        let last = toldThrough[entry.lane] ?? 0
        if event.sequence < last, !hasSkew, !redriven.contains(id) {
            problems.append(Problem(law: "order", what: "\(id) comes after a newer event"))
        }
        toldThrough[entry.lane] = max(last, event.sequence)
        return problems
    }
}
