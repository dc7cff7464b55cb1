internal import FoundationEssentials
internal import OpenCXCore

/// A time as HubSpot writes it: ISO 8601 in UTC, with a fraction or without.
enum HubSpotTime {
    static func read(_ text: String) -> Timestamp? {
        let date =
            (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601))
        return date.map { Timestamp(milliseconds: Int64(($0.timeIntervalSince1970 * 1000).rounded())) }
    }
}
