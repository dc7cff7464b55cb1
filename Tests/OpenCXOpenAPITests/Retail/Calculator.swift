/// Sums such as `2 * (3 + 4)`, to two places.
struct Calculator {
    private var rest: Substring

    static func result(of expression: String) throws(RetailShop.Refusal) -> String {
        var calculator = Calculator(rest: expression.filter { $0 != " " }[...])
        let value = try calculator.sum()
        guard calculator.rest.isEmpty else { throw RetailShop.Refusal("Invalid characters in expression") }
        return "\(RetailShop.rounded(value))"
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func sum() throws(RetailShop.Refusal) -> Double {
        var value = try product()
        while true {
            if take("+") { value += try product() } else if take("-") { value -= try product() } else { return value }
        }
    }

    private mutating func product() throws(RetailShop.Refusal) -> Double {
        var value = try factor()
        while true {
            if take("*") { value *= try factor() } else if take("/") { value /= try factor() } else { return value }
        }
    }

    private mutating func factor() throws(RetailShop.Refusal) -> Double {
        if take("-") { return -(try factor()) }
        if take("(") {
            let value = try sum()
            guard take(")") else { throw RetailShop.Refusal("Invalid expression") }
            return value
        }
        let digits = rest.prefix { $0.isNumber || $0 == "." }
        guard let value = Double(digits) else { throw RetailShop.Refusal("Invalid characters in expression") }
        rest.removeFirst(digits.count)
        return value
    }
}
