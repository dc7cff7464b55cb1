/// A page of metrics, read strictly.
struct MetricsPage {
    private(set) var types: [String: String] = [:]
    private(set) var problems: [String] = []
    private var samples: [String: Double] = [:]

    /// The value of a sample: a name and the labels as they are written.
    subscript(name: String, labels: String = "") -> Double? { samples[labels.isEmpty ? name : "\(name){\(labels)}"] }

    init(_ text: String) {
        if !text.hasSuffix("\n") { problems.append("the last line has no end") }
        var current = ""
        var helped: Set<Substring> = []
        var buckets: [String: (bound: Double, count: Double)] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                if !helped.insert(words[2]).inserted { problems.append("twice: \(line)") }
            } else if line.hasPrefix("# TYPE ") {
                current = String(words[2])
                if types[current] != nil || !helped.contains(words[2]) { problems.append("out of place: \(line)") }
                types[current] = String(words[3])
                if !["counter", "gauge", "histogram"].contains(types[current]) { problems.append("no type: \(line)") }
            } else {
                guard let (name, labels, value) = Self.sample(line) else {
                    problems.append("unreadable: \(line)")
                    continue
                }
                let isBucket = name == current + "_bucket"
                let isPart = isBucket || name == current + "_sum" || name == current + "_count"
                guard types[current] == "histogram" ? isPart : name == current else {
                    problems.append("not announced: \(line)")
                    continue
                }
                let key = labels.isEmpty ? name : "\(name){\(labels)}"
                if samples.updateValue(value, forKey: key) != nil { problems.append("twice: \(line)") }
                if types[current] == "counter", value < 0 || !current.hasSuffix("_total") {
                    problems.append("no counter: \(line)")
                }
                guard isBucket else { continue }
                let others = labels.split(separator: ",").filter { !$0.hasPrefix("le=") }.joined(separator: ",")
                let text = labels.split(separator: ",").first { $0.hasPrefix("le=") }?.dropFirst(4).dropLast() ?? ""
                let bound = text == "+Inf" ? Double.infinity : Double(text) ?? .nan
                let series = "\(current){\(others)}"
                if let last = buckets[series], !(last.bound < bound && last.count <= value) {
                    problems.append("buckets go down: \(line)")
                }
                buckets[series] = (bound, value)
            }
        }
        for (series, last) in buckets where last.bound != .infinity { problems.append("no last bucket: \(series)") }
    }

    /// A line as name, labels and value.
    private static func sample(_ line: Substring) -> (name: String, labels: String, value: Double)? {
        guard let space = line.lastIndex(of: " ") else { return nil }
        let (series, text) = (line[..<space], line[line.index(after: space)...])
        guard let value = text == "+Inf" ? .infinity : Double(text) else { return nil }
        let name = series.prefix { $0 != "{" }
        let isName =
            name.first?.isNumber == false && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard isName else { return nil }
        if name.count == series.count { return (String(name), "", value) }
        guard series.hasSuffix("}") else { return nil }
        let labels = series.dropFirst(name.count + 1).dropLast()
        // No value of ours has a comma or a quote in it.
        let areLabels = labels.split(separator: ",").allSatisfy { label in
            let sides = label.split(separator: "=", maxSplits: 1)
            return sides.count == 2 && sides[1].count >= 2 && sides[1].hasPrefix("\"") && sides[1].hasSuffix("\"")
        }
        return areLabels ? (String(name), String(labels), value) : nil
    }
}
