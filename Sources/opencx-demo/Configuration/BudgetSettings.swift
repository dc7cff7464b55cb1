internal import OpenCXCore

/// How often the AI may be wrong when it answers alone, and where the measurement is that bears it out.
struct BudgetSettings: Sendable, Hashable {
    var budget = ErrorBudget()
    /// The path of what `opencx-demo calibrate` has written.
    var calibration: String

    init(_ reader: ConfigurationReader) throws {
        guard let path = try reader.path("calibration") else { throw reader.problem("calibration", "is missing") }
        calibration = path
        budget.wrongAtMost = try reader.number("wrong_at_most", in: 0...0.5) ?? budget.wrongAtMost
        budget.level = try reader.number("level", in: 0.5...0.9999) ?? budget.level
        try reader.finish()
    }
}
