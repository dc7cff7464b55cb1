internal import OpenCXCore

/// The shop behind the actions: counts what was done, and for whom.
struct SimulatedAPI: Sendable {
    /// Something the shop was asked to change.
    struct Deed: Hashable, Sendable {
        var session: SessionID
        var action: String
        var order: String
    }

    private(set) var deeds: [Deed: Int] = [:]
    private var keys: [Deed: String] = [:]

    /// Performs a call.
    mutating func perform(
        _ call: ActionCall, _ watch: Watch, _ customers: Customers
    ) -> ([String: UnredactedText], [Watch.Problem]) {
        let order = call.arguments["order"]?.reveal() ?? ""
        if call.name == "order_status" {
            return (
                [
                    "status": UnredactedText("on its way with \(Canary.email(7)) and \(Canary.email(8))"),
                    "contact": UnredactedText(Canary.email(9)), "driver": UnredactedText(Canary.phone(7)),
                ], []
            )
        }
        let deed = Deed(session: call.session, action: call.name, order: order)
        var problems = watch.consent(to: order, in: call.session)
        if let customer = call.arguments["customer"]?.reveal() {
            let owner = watch.customer(of: call.session, customers).map(Customers.email(of:))
            if customer != owner {
                problems.append(.init(law: "somebody else's data", what: "\(order) is paid back to a stranger"))
            }
        }
        // Who takes an old message for a new one is asked to do the same once more (docs/Architecture.md, known gaps).
        if watch.isMistaken(order) { return (["done": UnredactedText(order)], problems) }
        if let key = keys[deed], key != call.idempotencyKey {
            problems.append(.init(law: "effect twice", what: "\(call.name) \(order) came with two idempotency keys"))
        }
        let isKnown = call.name == "cancel_order" && keys[deed] != nil
        keys[deed] = call.idempotencyKey
        if !isKnown { deeds[deed, default: 0] += 1 }
        if deeds[deed, default: 0] > 1 {
            problems.append(.init(law: "effect twice", what: "\(call.name) \(order) was done twice"))
        }
        return (["done": UnredactedText("\(order) for \(Canary.email(9))")], problems)
    }

    /// Whether the shop has done it.
    func hasDone(_ record: ActionRecord, in session: SessionID) -> Bool {
        deeds[deed(record, in: session)] != nil
    }

    /// What a record of an action is about.
    func deed(_ record: ActionRecord, in session: SessionID) -> Deed {
        Deed(session: session, action: record.name, order: record.arguments["order"]?.text ?? "")
    }
}
