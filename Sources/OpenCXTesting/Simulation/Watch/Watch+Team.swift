internal import OpenCXCore

extension Watch {
    /// A person, or a rule, did something to a session.
    mutating func teamActed(_ command: TeamCommand, _ view: View, step: Int) -> [Problem] {
        let id = view.session.id
        touched.insert(id)
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
}
