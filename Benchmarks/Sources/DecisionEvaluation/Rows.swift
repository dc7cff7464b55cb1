import Foundation
import OpenCXCore

/// A row of a data set: JSON Lines, compressed with gzip.
struct Row {
    let value: JSONValue

    subscript(name: String) -> String? {
        if case .string(let text)? = value.member(name) { text } else { nil }
    }

    func isTrue(_ name: String) -> Bool { value.member(name) == .bool(true) }

    /// The rows of a file; `nil`, and a line that says so, where there is no such file.
    static func read(_ file: String, in folder: String) -> [Row]? {
        let path = "\(folder)/\(file).jsonl.gz"
        guard FileManager.default.fileExists(atPath: path) else {
            print("skipped, not there: \(path)")
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            try process.run()
            let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
            return try data.split(separator: UInt8(ascii: "\n")).map { line in
                Row(value: try JSONDecoder().decode(JSONValue.self, from: Data(line)))
            }
        } catch {
            print("skipped, cannot be read: \(path): \(error)")
            return nil
        }
    }
}

extension JSONValue {
    fileprivate func member(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }
}

extension Double {
    /// Three places, without the zero before the point.
    var short: String {
        let thousandths = Int((self * 1000).rounded())
        return thousandths == 1000
            ? "1.000" : "." + String(repeating: "0", count: 3 - "\(thousandths)".count) + "\(thousandths)"
    }
}

/// How often something was found where it was, and where it was not.
struct Counts {
    var hits = 0
    var misses = 0
    var falseAlarms = 0
    var quiet = 0

    mutating func count(found: Bool, isThere: Bool) {
        switch (found, isThere) {
        case (true, true): hits += 1
        case (false, true): misses += 1
        case (true, false): falseAlarms += 1
        case (false, false): quiet += 1
        }
    }

    var precision: Double { Double(hits) / Double(max(1, hits + falseAlarms)) }
    var recall: Double { Double(hits) / Double(max(1, hits + misses)) }
    var f1: Double { 2 * Double(hits) / Double(max(1, 2 * hits + falseAlarms + misses)) }

    var summary: String {
        "precision \(precision.short), recall \(recall.short), F1 \(f1.short), "
            + "false alarms per 1,000: \(Int((1000 * Double(falseAlarms) / Double(max(1, falseAlarms + quiet))).rounded()))"
    }
}

/// How likely a score is higher for one of the first than for one of the second; ties count half.
func areaUnderCurve(_ inside: [Double], _ outside: [Double]) -> Double {
    let all = (inside.map { ($0, true) } + outside.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var ranks = 0.0
    var place = 0
    while place < all.count {
        var end = place
        while end < all.count, all[end].0 == all[place].0 { end += 1 }
        let rank = Double(place + end + 1) / 2
        ranks += rank * Double(all[place..<end].count { $0.1 })
        place = end
    }
    let (m, n) = (Double(inside.count), Double(outside.count))
    return m == 0 || n == 0 ? .nan : (ranks - m * (m + 1) / 2) / (m * n)
}
