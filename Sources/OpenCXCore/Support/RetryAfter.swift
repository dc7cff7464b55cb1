/// How long a server wants us to wait, from the headers of its response.
package enum RetryAfter {
    /// The wait: `retry-after-ms` in milliseconds, else `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
    ///
    /// A date is compared with the response's own `Date`, so that no clock of ours has to agree with the server's.
    package static func duration(_ header: (String) -> String?) -> Duration? {
        if let text = header("retry-after-ms"), let milliseconds = number(text) { return .seconds(milliseconds / 1000) }
        guard let text = header("retry-after") else { return nil }
        if let seconds = number(text) { return .seconds(seconds) }
        guard let then = HTTPDate.seconds(of: text), let now = header("date").flatMap(HTTPDate.seconds) else {
            return nil
        }
        return then > now ? .seconds(then - now) : .zero
    }

    private static func number(_ text: String) -> Double? {
        guard let value = Double(text.trimmingSpaces()), value.isFinite, value >= 0 else { return nil }
        // No server means more than a year.
        return min(value, 31_536_000)
    }
}

/// The date of an HTTP header, in its one current form: `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970, or `nil` for anything else.
    package static func seconds(of text: String) -> Int64? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ":" })
        guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(where: { $0 == parts[2] }), let year = Int64(parts[3]),
            (1970...9999).contains(year), let hour = Int64(parts[4]), (0...23).contains(hour),
            let minute = Int64(parts[5]), (0...59).contains(minute), let second = Int64(parts[6]),
            (0...60).contains(second)
        else { return nil }
        // Days from the civil calendar, with March as the first month, so that the leap day comes last.
        let shifted = Int64(month) < 2 ? year - 1 : year
        let monthFromMarch = (Int64(month) + 10) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }
}
