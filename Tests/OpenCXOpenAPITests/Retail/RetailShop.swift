import OpenCXCore

/// A shop over the data of a benchmark: what its tools do, behind HTTP.
struct RetailShop {
    typealias Object = [String: JSONValue]

    var products: Object
    var users: Object
    var orders: Object

    struct Refusal: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }

    init(_ database: JSONValue) {
        products = database["products"]?.members ?? [:]
        users = database["users"]?.members ?? [:]
        orders = database["orders"]?.members ?? [:]
    }

    /// What differs from another state.
    func changes(from before: RetailShop) -> JSONValue {
        var changes: Object = [:]
        for (name, mine, theirs) in [
            ("products", products, before.products), ("users", users, before.users), ("orders", orders, before.orders),
        ] {
            let changed = mine.filter { theirs[$0.key] != $0.value }
            if !changed.isEmpty { changes[name] = .object(changed) }
        }
        return .object(changes)
    }

    mutating func run(_ tool: String, _ arguments: Object) throws(Refusal) -> JSONValue {
        switch tool {
        case "calculate": return .string(try Calculator.result(of: arguments.text("expression")))
        case "transfer_to_human_agents": return "Transfer successful"
        case "list_all_product_types":
            return .object(
                Dictionary(
                    products.map { ($0.value["name"]?.string ?? "", JSONValue.string($0.key)) },
                    uniquingKeysWith: { $1 }))
        case "find_user_id_by_email":
            return try userID { $0["email"]?.string?.lowercased() == arguments.text("email").lowercased() }
        case "find_user_id_by_name_zip":
            return try userID { user in
                user["name"]?["first_name"]?.string?.lowercased() == arguments.text("first_name").lowercased()
                    && user["name"]?["last_name"]?.string?.lowercased() == arguments.text("last_name").lowercased()
                    && user["address"]?["zip"]?.string == arguments.text("zip")
            }
        case "get_order_details": return try order(arguments)
        case "get_user_details": return try user(arguments.text("user_id"))
        case "get_product_details":
            guard let product = products[arguments.text("product_id")] else { throw Refusal("Product not found") }
            return product
        case "get_item_details":
            let id = arguments.text("item_id")
            guard let item = products.values.lazy.compactMap({ $0["variants"]?[id] }).first else {
                throw Refusal("Item not found")
            }
            return item
        case "modify_user_address":
            var user = try user(arguments.text("user_id")).members
            user["address"] = arguments.address
            users[arguments.text("user_id")] = .object(user)
            return .object(user)
        default: return try changeOrder(tool, arguments)
        }
    }

    private func userID(_ matches: (JSONValue) -> Bool) throws(Refusal) -> JSONValue {
        guard let id = users.first(where: { matches($0.value) })?.key else { throw Refusal("User not found") }
        return .string(id)
    }

    private func user(_ id: String) throws(Refusal) -> JSONValue {
        guard let user = users[id] else { throw Refusal("User not found") }
        return user
    }

    private func order(_ arguments: Object) throws(Refusal) -> JSONValue {
        guard let order = orders[arguments.text("order_id")] else { throw Refusal("Order not found") }
        return order
    }

    // MARK: Orders

    private mutating func changeOrder(_ tool: String, _ arguments: Object) throws(Refusal) -> JSONValue {
        var order = try order(arguments).members
        switch tool {
        case "cancel_pending_order": try cancel(&order, arguments)
        case "modify_pending_order_address":
            guard order.text("status").contains("pending") else {
                throw Refusal("Non-pending order cannot be modified")
            }
            order["address"] = arguments.address
        case "modify_pending_order_payment": try changePayment(&order, arguments)
        case "modify_pending_order_items": try changeItems(&order, arguments)
        case "exchange_delivered_order_items": try exchange(&order, arguments)
        case "return_delivered_order_items": try returnItems(&order, arguments)
        default: throw Refusal("There is no such tool")
        }
        orders[arguments.text("order_id")] = .object(order)
        return .object(order)
    }

    private mutating func cancel(_ order: inout Object, _ arguments: Object) throws(Refusal) {
        guard order.text("status") == "pending" else { throw Refusal("Non-pending order cannot be cancelled") }
        var history = order["payment_history"]?.items ?? []
        for payment in history {
            let (amount, method) = (payment.amount("amount"), payment["payment_method_id"]?.string ?? "")
            history.append(Self.payment("refund", amount, method))
            credit(amount, to: method, of: order.text("user_id"))
        }
        order["payment_history"] = .array(history)
        order["status"] = "cancelled"
        order["cancel_reason"] = arguments["reason"]
    }

    private mutating func changePayment(_ order: inout Object, _ arguments: Object) throws(Refusal) {
        guard order.text("status").contains("pending") else { throw Refusal("Non-pending order cannot be modified") }
        let method = arguments.text("payment_method_id")
        try checkMethod(method, of: order.text("user_id"))
        let history = order["payment_history"]?.items ?? []
        guard history.count == 1, let old = history.first?["payment_method_id"]?.string else {
            throw Refusal("There should be exactly one payment for a pending order")
        }
        guard old != method else { throw Refusal("The new payment method should be different from the current one") }
        let amount = history[0].amount("amount")
        if let balance = balance(of: method, of: order.text("user_id")), balance < amount {
            throw Refusal("Insufficient gift card balance to pay for the order")
        }
        order["payment_history"] = .array(
            history + [Self.payment("payment", amount, method), Self.payment("refund", amount, old)])
        credit(-amount, to: method, of: order.text("user_id"))
        credit(amount, to: old, of: order.text("user_id"))
    }

    private mutating func changeItems(_ order: inout Object, _ arguments: Object) throws(Refusal) {
        guard order.text("status") == "pending" else { throw Refusal("Non-pending order cannot be modified") }
        let (olds, news) = (arguments.texts("item_ids"), arguments.texts("new_item_ids"))
        let method = arguments.text("payment_method_id")
        let difference = try difference(order, olds, news)
        try checkMethod(method, of: order.text("user_id"))
        if let balance = balance(of: method, of: order.text("user_id")), balance < difference {
            throw Refusal("Insufficient gift card balance to pay for the new item")
        }
        order["payment_history"] = .array(
            (order["payment_history"]?.items ?? [])
                + [Self.payment(difference > 0 ? "payment" : "refund", abs(difference), method)])
        credit(-difference, to: method, of: order.text("user_id"))
        var items = order["items"]?.items ?? []
        // The benchmark's own tool gives every changed item the price and the options of the last one; its expected data say so.
        let last = products.values.lazy.compactMap { $0["variants"]?[news.last ?? ""] }.first
        for (old, new) in zip(olds, news) {
            guard let place = items.firstIndex(where: { $0["item_id"] == .string(old) }) else { continue }
            var item = items[place].members
            item["item_id"] = .string(new)
            item["price"] = last?["price"]
            item["options"] = last?["options"]
            items[place] = .object(item)
        }
        order["items"] = .array(items)
        order["status"] = "pending (item modified)"
    }

    private func exchange(_ order: inout Object, _ arguments: Object) throws(Refusal) {
        guard order.text("status") == "delivered" else { throw Refusal("Non-delivered order cannot be exchanged") }
        let (olds, news) = (arguments.texts("item_ids"), arguments.texts("new_item_ids"))
        let method = arguments.text("payment_method_id")
        let difference = try difference(order, olds, news)
        try checkMethod(method, of: order.text("user_id"))
        if let balance = balance(of: method, of: order.text("user_id")), balance < difference {
            throw Refusal("Insufficient gift card balance to pay for the price difference")
        }
        order["status"] = "exchange requested"
        order["exchange_items"] = .array(olds.sorted().map(JSONValue.string))
        order["exchange_new_items"] = .array(news.sorted().map(JSONValue.string))
        order["exchange_payment_method_id"] = .string(method)
        order["exchange_price_difference"] = .number(difference)
    }

    private func returnItems(_ order: inout Object, _ arguments: Object) throws(Refusal) {
        guard order.text("status") == "delivered" else { throw Refusal("Non-delivered order cannot be returned") }
        let method = arguments.text("payment_method_id")
        try checkMethod(method, of: order.text("user_id"))
        let original = order["payment_history"]?.items.first?["payment_method_id"]?.string
        guard method.contains("gift_card") || method == original else {
            throw Refusal("Payment method should be the original payment method")
        }
        let ids = arguments.texts("item_ids")
        guard Self.has(order, ids) else { throw Refusal("Some item not found") }
        order["status"] = "return requested"
        order["return_items"] = .array(ids.sorted().map(JSONValue.string))
        order["return_payment_method_id"] = .string(method)
    }

    // MARK: Money

    /// What the new items cost more.
    private func difference(_ order: Object, _ olds: [String], _ news: [String]) throws(Refusal) -> Double {
        guard Self.has(order, olds) else { throw Refusal("Some item not found") }
        guard olds.count == news.count else { throw Refusal("The number of items to be exchanged should match") }
        var difference = 0.0
        for (old, new) in zip(olds, news) {
            let item = order["items"]?.items.first { $0["item_id"] == .string(old) }
            guard let variant = products[item?["product_id"]?.string ?? ""]?["variants"]?[new],
                variant["available"] == true
            else { throw Refusal("New item \(new) not found or available") }
            difference += variant.amount("price") - (item?.amount("price") ?? 0)
        }
        return Self.rounded(difference)
    }

    private static func has(_ order: Object, _ ids: [String]) -> Bool {
        var there = (order["items"]?.items ?? []).compactMap { $0["item_id"]?.string }
        for id in ids {
            guard let place = there.firstIndex(of: id) else { return false }
            there.remove(at: place)
        }
        return true
    }

    private func checkMethod(_ method: String, of user: String) throws(Refusal) {
        if users[user]?["payment_methods"]?[method] == nil { throw Refusal("Payment method not found") }
    }

    /// The balance of a gift card; `nil` for other methods.
    private func balance(of method: String, of user: String) -> Double? {
        let method = users[user]?["payment_methods"]?[method]
        return method?["source"] == "gift_card" ? method?.amount("balance") : nil
    }

    private mutating func credit(_ amount: Double, to method: String, of id: String) {
        guard let balance = balance(of: method, of: id), var user = users[id]?.members,
            var methods = user["payment_methods"]?.members, var card = methods[method]?.members
        else { return }
        card["balance"] = .number(Self.rounded(balance + amount))
        methods[method] = .object(card)
        user["payment_methods"] = .object(methods)
        users[id] = .object(user)
    }

    private static func payment(_ type: JSONValue, _ amount: Double, _ method: String) -> JSONValue {
        ["transaction_type": type, "amount": .number(rounded(amount)), "payment_method_id": .string(method)]
    }

    static func rounded(_ amount: Double) -> Double { (amount * 100).rounded() / 100 }
}

extension JSONValue {
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

    func amount(_ name: String) -> Double { self[name]?.double ?? 0 }

    /// With amounts rounded to cents, so that sums in another order are equal, and without members that are null: the
    /// benchmark writes out what the data leave out.
    var inCents: JSONValue {
        switch self {
        case .number, .integer: .number(RetailShop.rounded(double ?? 0))
        case .array(let items): .array(items.map(\.inCents))
        case .object(let members): .object(members.filter { $0.value != .null }.mapValues(\.inCents))
        default: self
        }
    }
}

extension [String: JSONValue] {
    func text(_ name: String) -> String { self[name]?.string ?? "" }
    func texts(_ name: String) -> [String] { (self[name]?.items ?? []).compactMap(\.string) }

    var address: JSONValue {
        .object(filter { ["address1", "address2", "city", "state", "country", "zip"].contains($0.key) })
    }
}
