internal import FoundationEssentials
internal import OpenCXCore

/// Times for people. The server says them in UTC, the pages' script in the reader's own time.
enum Moment {
    /// `26 Nov, 11:38 UTC`.
    static func html(_ at: Timestamp) -> HTML {
        time(.datetime(at.description)) { "\(day(at)), \(clock(at)) UTC" }
    }

    /// `5 min`, `3 h`, `2 d`, or the day.
    static func ago(_ at: Timestamp, now: Timestamp) -> HTML {
        time(.datetime(at.description), .title("\(day(at)), \(clock(at)) UTC"), .data(.state, "ago")) {
            ago(now - at) ?? day(at)
        }
    }

    /// How long something took or has lasted.
    static func span(_ duration: Duration) -> String {
        let milliseconds = duration.inMilliseconds
        switch milliseconds {
        case ..<1000: return "\(max(0, milliseconds)) ms"
        case ..<60_000: return "\(Double((milliseconds + 50) / 100) / 10) s"
        case ..<3_600_000: return "\(milliseconds / 60_000) min"
        case ..<172_800_000: return "\(milliseconds / 3_600_000) h"
        default: return "\(milliseconds / 86_400_000) d"
        }
    }

    /// `26 Nov`.
    static func day(_ at: Timestamp) -> String {
        let parts = components(at)
        return "\(parts.day ?? 0) \(months[max(0, min(11, (parts.month ?? 1) - 1))])"
    }

    /// `11:38`.
    static func clock(_ at: Timestamp) -> String {
        let parts = components(at)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return "\(two(parts.hour)):\(two(parts.minute))"
    }

    private static func ago(_ duration: Duration) -> String? {
        switch duration.inMilliseconds {
        case ..<60_000: "now"
        case ..<604_800_000: span(duration)
        default: nil
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func components(_ at: Timestamp) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: (Double(at.milliseconds) + 0.5) / 1000)
        return calendar.dateComponents([.month, .day, .hour, .minute], from: date)
    }
}
