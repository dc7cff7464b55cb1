/// Writes numbers in Prometheus' text format (version 0.0.4).
///
/// A metric is announced once, whatever the number of its samples, so all samples of one name are written in one call.
public struct PrometheusText: Sendable {
    /// One number of a metric, with what it is about.
    public struct Sample: Sendable, Hashable {
        /// Names and values, in order.
        public var labels: [Label]
        /// The number.
        public var value: Double

        /// Makes a sample.
        public init(_ value: Double, _ labels: [Label] = []) {
            self.value = value
            self.labels = labels
        }

        /// Makes a sample of a count.
        public init(_ value: Int, _ labels: [Label] = []) { self.init(Double(value), labels) }
    }

    /// One thing that a number is about.
    public struct Label: Sendable, Hashable {
        /// What kind of thing.
        public var name: String
        /// Which one.
        public var value: String

        /// Makes a label.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What was written so far.
    public private(set) var text = ""

    /// Makes an empty page.
    public init() {}

    /// Writes a number that only grows.
    public mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, help, "counter", samples)
    }

    /// Writes a number that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, help, "gauge", samples)
    }

    /// Writes histograms of one name, one for each set of labels.
    public mutating func histogram(_ name: String, _ help: String, _ all: [(labels: [Label], MetricHistogram)]) {
        announce(name, help, "histogram")
        for (labels, histogram) in all {
            var total = 0
            for (bound, count) in zip(histogram.bounds, histogram.counts) {
                total += count
                line(name + "_bucket", labels + [Label("le", Self.number(bound))], Double(total))
            }
            line(name + "_bucket", labels + [Label("le", "+Inf")], Double(histogram.count))
            line(name + "_sum", labels, histogram.sum)
            line(name + "_count", labels, Double(histogram.count))
        }
    }

    private mutating func write(_ name: String, _ help: String, _ type: String, _ samples: [Sample]) {
        announce(name, help, type)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    private mutating func announce(_ name: String, _ help: String, _ type: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ labels: [Label], _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        return value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
