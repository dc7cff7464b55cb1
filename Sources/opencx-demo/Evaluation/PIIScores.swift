internal import FoundationEssentials
internal import OpenCXCore

/// A text in which personal data are marked, in code points.
struct LabelledText: Decodable, Sendable {
    struct Span: Decodable, Sendable {
        var start: Int
        var end: Int
        var type: String
    }

    var text: String
    var spans: [Span]
    /// What the text tests, and how it is written, where the file says so.
    var entity: String?
    var notation: String?
}

/// How well the redactor finds what is marked.
///
/// A finding is right when its type is right and it overlaps a marked span by at least half of their union. A span has leaked when
/// at least one of its characters is in no finding of any type.
struct PIIScores {
    struct Count {
        var right = 0
        var wrong = 0
        var missed = 0
        var leaked = 0

        var marked: Int { right + missed }
        var precision: Double { ratio(right, right + wrong) }
        var recall: Double { ratio(right, marked) }
        var f1: Double { ratio(2 * right, 2 * right + wrong + missed) }
        var leak: Double { ratio(leaked, marked) }

        private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 1 : Double(part) / Double(whole) }

        mutating func add(_ other: Count) {
            right += other.right
            wrong += other.wrong
            missed += other.missed
            leaked += other.leaked
        }
    }

    /// What data sets call the kinds that are counted.
    static let types: [PIIKind: String] = [
        .creditCard: "CREDIT_CARD", .email: "EMAIL_ADDRESS", .iban: "IBAN_CODE", .ipAddress: "IP_ADDRESS",
        .phone: "PHONE_NUMBER", .ssn: "US_SSN",
    ]

    private(set) var byType: [String: Count] = [:]
    private(set) var byForm: [String: Count] = [:]
    private(set) var texts = 0
    private(set) var unmarked = 0
    private(set) var touched = 0

    var total: Count { byType.values.reduce(into: Count()) { $0.add($1) } }

    mutating func add(_ text: LabelledText, _ findings: [PIIFinding]) {
        texts += 1
        if text.spans.isEmpty {
            unmarked += 1
            if !findings.isEmpty { touched += 1 }
        }
        let found = findings.map { (type: Self.types[$0.kind], range: Self.points($0.range, in: text.text)) }
        var left = Array(found.indices).filter { found[$0].type != nil }
        for span in text.spans where Self.types.values.contains(span.type) {
            let range = span.start..<max(span.start, span.end)
            var count = Count()
            if let hit = left.first(where: { found[$0].type == span.type && Self.isSame(found[$0].range, range) }) {
                left.removeAll { $0 == hit }
                count.right = 1
            } else {
                count.missed = 1
            }
            if range.contains(where: { point in !found.contains { $0.range.contains(point) } }) { count.leaked = 1 }
            byType[span.type, default: Count()].add(count)
            if let form = text.notation { byForm[form, default: Count()].add(count) }
        }
        for index in left {
            if let type = found[index].type { byType[type, default: Count()].wrong += 1 }
        }
    }

    private static func isSame(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        let shared = a.clamped(to: b).count
        return shared > 0 && shared * 2 >= a.count + b.count - shared
    }

    /// A range of UTF-8 bytes in code points.
    private static func points(_ range: Range<Int>, in text: String) -> Range<Int> {
        let bytes = Array(text.utf8)
        let isFirst = { (byte: UInt8) in byte & 0xC0 != 0x80 }
        let start = bytes[..<range.lowerBound].count(where: isFirst)
        return start..<start + bytes[range].count(where: isFirst)
    }

    /// A table for people.
    var report: String {
        func line(_ name: String, _ count: Count) -> String {
            let numbers = [count.precision, count.recall, count.f1, count.leak].map { Self.decimals($0) }
            return "| \(name) | \(count.marked) | \(numbers.joined(separator: " | ")) |"
        }
        var lines = ["| type | marked | precision | recall | F1 | leaked |", "|---|---|---|---|---|---|"]
        lines += byType.sorted { $0.key < $1.key }.map { line($0.key, $0.value) } + [line("all", total)]
        if !byForm.isEmpty { lines += byForm.sorted { $0.key < $1.key }.map { line("form: " + $0.key, $0.value) } }
        lines.append("\(texts) texts; of \(unmarked) without a mark \(touched) were touched.")
        return lines.joined(separator: "\n")
    }

    private static func decimals(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
