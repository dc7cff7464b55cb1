/// The table that is printed.
enum Report {
    static func heading(_ title: String) -> String {
        """

        \(title)
        customers   turns/s  CPU ms/turn   ack p50   p99 ms  turn p50   p99 ms  bytes/turn
        """
    }

    static func row(_ name: String, _ result: Measurement, bytes: Int? = nil) -> String {
        [
            pad(name, 9), pad("\(Int(result.turnsPerSecond))", 10), pad(rounded(result.cpuPerTurn), 13),
            pad(rounded(result.acknowledgements.percentile(0.5)), 10),
            pad(rounded(result.acknowledgements.percentile(0.99)), 9), pad(rounded(result.replies.percentile(0.5)), 10),
            pad(rounded(result.replies.percentile(0.99)), 9),
            pad(bytes.map { "\($0 / max(1, result.turns))" } ?? "–", 12),
        ].joined()
    }

    private static func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }

    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
