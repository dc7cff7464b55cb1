internal import OpenCXCore

extension Timestamp {
    /// Reads a date and time (RFC 3339), to the millisecond; `nil` for what is none.
    init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (48...57).contains($0) }) else {
                return nil
            }
            return bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, [84, 116, 32].contains(bytes[10]), bytes[13] == 58,
            bytes[16] == 58, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var place = 19
        var milliseconds = 0
        if bytes[place] == 46 {
            let digits = bytes[(place + 1)...].prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return nil }
            milliseconds = (digits.prefix(3) + [48, 48, 48]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 48) }
            place = digits.endIndex
        }
        guard place < bytes.count, let offset = Self.offset(bytes[place...]) else { return nil }
        let seconds = Self.daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(milliseconds: Int64(seconds * 1000 + milliseconds))
    }

    /// `Z`, `+02:00`: in seconds.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(bytes)
        if bytes == [90] || bytes == [122] { return 0 }
        guard bytes.count == 6, bytes[0] == 43 || bytes[0] == 45, bytes[3] == 58,
            let hours = Int(String(decoding: bytes[1..<3], as: UTF8.self)), (0..<24).contains(hours),
            let minutes = Int(String(decoding: bytes[4..<6], as: UTF8.self)), (0..<60).contains(minutes)
        else { return nil }
        return (hours * 3600 + minutes * 60) * (bytes[0] == 45 ? -1 : 1)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Counts days by the Gregorian calendar, years beginning in March so that a leap day is the last of its year.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
