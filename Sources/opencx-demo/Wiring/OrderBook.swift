internal import FoundationEssentials
internal import OpenCXCore

/// A shop's orders, out of a file: stands in for the order system that a team's actions would call.
final class OrderBook: ActionProvider {
    struct Order: Sendable, Codable {
        var number: String
        var email: String
        var status: String
        var placed: String
        var delivery: String
        var items: [String]
    }

    private let orders: Locked<[String: Order]>

    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure("\(file): the orders cannot be read. Is the path right, and may you read the file?")
        }
        do {
            let list = try JSONDecoder().decode([Order].self, from: data)
            orders = Locked(Dictionary(list.map { ($0.number, $0) }, uniquingKeysWith: { $1 }))
        } catch {
            throw Failure(
                """
                \(file): the orders must be a list of objects with number, email, status, placed, delivery and items.
                """)
        }
    }

    subscript(number: String) -> Order? { orders.withLock { $0[number] } }

    /// Cancels an order that is not on its way yet; cancelling it again changes nothing.
    func cancel(_ number: String) -> Order? {
        orders.withLock { orders in
            guard let order = orders[number] else { return nil }
            if order.status == "being packed" { orders[number]?.status = "cancelled" }
            return orders[number]
        }
    }

    func actions() async throws -> [ActionDefinition] { Self.definitions }

    func call(_ call: ActionCall) async throws -> ActionResult {
        guard let number = call.arguments["number"]?.reveal(), let email = call.arguments["email"]?.reveal(),
            let order = self[number], order.email.lowercased() == email.lowercased()
        else { throw ActionError(.notFound, "This customer has no such order.") }
        if call.name == "cancel_order" {
            guard cancel(number)?.status == "cancelled" else {
                throw ActionError(.refused, "The order is \(order.status) and can't be cancelled any more.")
            }
        }
        return ActionResult(
            fields: [
                "number": order.number, "status": self[number]?.status ?? order.status, "placed": order.placed,
                "delivery": order.delivery, "items": order.items.joined(separator: ", "),
            ].mapValues { UnredactedText($0) })
    }

    private static let definitions = [
        ActionDefinition(
            name: "order_status", summary: "look up where an order is",
            examples: [
                "Where is my order?", "Where is my parcel?", "What is the status of my order?", "Has my order shipped?",
                "When does my order arrive?", "track order", "Wo ist meine Bestellung?", "Wo bleibt mein Paket?",
            ],
            parameters: [number, email], effect: .lookup,
            replies: [
                "en": """
                Order **{number}** ({items}), placed on {placed}, is **{status}**. Expected delivery: {delivery}.
                """,
                "de": """
                Bestellung **{number}** ({items}) vom {placed}: **{status}**. Voraussichtliche Lieferung: {delivery}.
                """,
            ]),
        ActionDefinition(
            name: "cancel_order", summary: "cancel the order",
            examples: [
                "Cancel my order", "I want to cancel my order", "Please cancel order",
                "Bitte meine Bestellung stornieren",
            ],
            parameters: [number, email], effect: .change,
            replies: [
                "en": "Done: order **{number}** is cancelled.",
                "de": "Erledigt: Bestellung **{number}** ist storniert.",
            ],
            confirmations: [
                "en": "Shall I cancel order **{number}**? Please answer yes or no.",
                "de": "Soll ich Bestellung **{number}** stornieren? Bitte antworten Sie mit Ja oder Nein.",
            ]),
    ]

    private static let number = ActionParameter(
        name: "number", label: "order number", source: .code("FH-#####"), translations: ["de": "Bestellnummer"])
    private static let email = ActionParameter(name: "email", label: "e-mail address", source: .contactEmail)
}
