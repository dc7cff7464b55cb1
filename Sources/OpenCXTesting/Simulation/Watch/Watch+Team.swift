internal import OpenCXCore

extension Watch {
    /// A person, or a rule, did something to a session.
    mutating func teamActed(_ command: TeamCommand, _ view: View, step: Int) -> [Problem] {
        let id = view.session.id
        let (_, problems) = take(view, ai: false)
        switch command {
        case .reply, .close: answeredThrough[id] = lastCustomer(id)
        default: break
        }
        if case .person = view.session.owner {
            if personSince[id] == nil { personSince[id] = step }
        } else {
            personSince[id] = nil
        }
        return problems
    }

    /// A session ended because nothing more was said.
    mutating func expired(_ view: View, at time: Timestamp) -> [Problem] {
        let id = view.session.id
        let before = sessions[id]
        var (_, problems) = take(view, ai: false)
        if lastCustomer(id) > answeredThrough[id] ?? 0 {
            problems.append(Problem(law: "forgotten", what: "\(view.session.ticket) was ended over a message"))
        }
        if let expiry = before?.expiry, expiry.at > time || view.session.status != expiry.status {
            problems.append(Problem(law: "lifecycle", what: "\(view.session.ticket) was ended too early or otherwise"))
        }
        return problems
    }
}
