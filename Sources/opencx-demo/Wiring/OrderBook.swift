internal import FoundationEssentials
internal import OpenCXCore

/// A shop's orders, out of a file, behind a small API: stands in for the order system that a team's actions would call.
final class OrderBook: Sendable {
    struct Order: Sendable, Codable {
        var number: String
        var email: String
        var status: String
        var placed: String
        var delivery: String
        var items: [String]
    }

    private struct State {
        var orders: [String: Order]
        /// What requests with an idempotency key were answered, by key.
        var answered: [String: WebhookResponse] = [:]
    }

    private let state: Locked<State>

    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure("\(file): the orders cannot be read. Is the path right, and may you read the file?")
        }
        do {
            let list = try JSONDecoder().decode([Order].self, from: data)
            state = Locked(State(orders: Dictionary(list.map { ($0.number, $0) }, uniquingKeysWith: { $1 })))
        } catch {
            throw Failure(
                """
                \(file): the orders must be a list of objects with number, email, status, placed, delivery and items.
                """)
        }
    }

    subscript(number: String) -> Order? { state.withLock { $0.orders[number] } }

    /// `GET /mock/orders/{number}`, `POST /mock/orders/{number}/cancel`.
    ///
    /// With `X-Customer-Email` there are only this customer's orders. A cancellation with an `Idempotency-Key` that was seen
    /// before is answered as it was then.
    func respond(to request: WebhookRequest) -> WebhookResponse {
        let parts = request.path.split(separator: "/").dropFirst(2).map(String.init)
        guard let number = parts.first, let order = self[number],
            request.header("x-customer-email").map({ $0.lowercased() == order.email.lowercased() }) ?? true
        else { return .error(404, "There is no such order.") }
        switch (request.method, parts.count) {
        case ("GET", 1): return .json(order.json)
        case ("POST", 2) where parts[1] == "cancel":
            return cancel(number, key: request.header("idempotency-key"))
        default: return .error(404, "There is nothing at this path.")
        }
    }

    /// Cancels an order that is not on its way yet.
    private func cancel(_ number: String, key: String?) -> WebhookResponse {
        state.withLock { state in
            if let key, let known = state.answered[key] { return known }
            guard let order = state.orders[number] else { return .error(404, "There is no such order.") }
            let response: WebhookResponse
            if ["being packed", "cancelled"].contains(order.status) {
                state.orders[number]?.status = "cancelled"
                response = .json((state.orders[number] ?? order).json)
            } else {
                response = .error(409, "The order is \(order.status) and can't be cancelled any more.")
            }
            if let key { state.answered[key] = response }
            return response
        }
    }
}

extension OrderBook.Order {
    fileprivate var json: JSONValue {
        [
            "number": .string(number), "email": .string(email), "status": .string(status), "placed": .string(placed),
            "delivery": .string(delivery), "items": .array(items.map(JSONValue.string)),
        ]
    }
}
