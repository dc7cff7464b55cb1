/// Logarithm and exponential without a C library: the core has none, and what is learned has to come out alike everywhere.
enum Elementary {
    /// The natural logarithm of a positive number.
    static func log(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return x == 0 ? -.infinity : .nan }
        var exponent = Double(x.exponent)
        var fraction = x.significand
        if fraction > 1.4142135623730951 {
            fraction /= 2
            exponent += 1
        }
        // ln m = 2 artanh((m - 1) / (m + 1))
        let t = (fraction - 1) / (fraction + 1)
        let square = t * t
        var sum = 0.0
        for k in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
        return exponent * 0.6931471805599453 + 2 * t * sum
    }

    /// The exponential function.
    static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 700 { return .infinity }
        if x < -700 { return 0 }
        let turns = (x / 0.6931471805599453).rounded()
        let rest = x - turns * 0.6931471805599453
        var sum = 1.0
        for k in stride(from: 14, through: 1, by: -1) { sum = 1 + sum * rest / Double(k) }
        return Double(sign: .plus, exponent: Int(turns), significand: sum)
    }

    /// A number as a probability: the logistic function.
    static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
