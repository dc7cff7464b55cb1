internal import OpenCXCore

/// What happens at a point in time without anybody waiting for it.
struct Agenda: Sendable {
    enum Item: Sendable {
        /// A provider delivers messages to the agent's webhook, in one request.
        case deliver([Int])
        /// A person of the team does something, in this session or in any.
        case person(SessionID?)
        /// The helpdesk tells what a person has done there.
        case tell(Int)
        /// A person does something at the helpdesk.
        case atFront
        /// A process starts.
        case start
        /// A process is stopped in an orderly way.
        case stop
        /// A process's clock jumps forward.
        case jump
    }

    private var items: [(due: Timestamp, item: Item)] = []

    mutating func add(_ item: Item, at due: Timestamp) {
        items.append((due, item))
    }

    var isEmpty: Bool { items.isEmpty }

    var nextDue: Timestamp? {
        var next: Timestamp?
        for item in items where next.map({ item.due < $0 }) ?? true { next = item.due }
        return next
    }

    mutating func takeNext() -> Item? {
        guard let due = nextDue, let place = items.firstIndex(where: { $0.due == due }) else { return nil }
        return items.remove(at: place).item
    }
}
