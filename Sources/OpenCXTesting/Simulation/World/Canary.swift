/// Personal data that no customer has: each is unique, and none may be found where only redacted text belongs.
enum Canary {
    static func any(_ number: Int, _ random: inout SimulationRandom) -> String {
        switch random.below(3) {
        case 0: email(number)
        case 1: phone(number)
        default: card(number)
        }
    }

    static func email(_ number: Int) -> String { "kim\(number)@canary.example" }

    static func phone(_ number: Int) -> String { "+49 30 5550\(100 + number)" }

    /// A number with the right check digit.
    static func card(_ number: Int) -> String {
        let body = Array("41111111\(1_000_000 + number)".utf8.map { Int($0) - 48 })
        let sum = body.reversed().enumerated().map { place, digit in
            let doubled = digit * 2
            return place.isMultiple(of: 2) ? (doubled > 9 ? doubled - 9 : doubled) : digit
        }.reduce(0, +)
        return body.map(String.init).joined() + String((10 - sum % 10) % 10)
    }

    /// What every canary, and every customer's own address, has in it.
    private static let marks: [[UInt8]] = ["canary", "home.example", "30 5550", "41111111"].map { Array($0.utf8) }

    /// Whether a text holds one.
    static func isIn(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            // Loops, because this is where a simulation without optimization spends its time.
            for mark in marks {
                var start = 0
                let first = mark[0]
                while start + mark.count <= bytes.count {
                    if bytes[start] == first, matches(mark, bytes, start) { return true }
                    start += 1
                }
            }
            return false
        }
    }

    private static func matches(_ mark: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var place = 1
        while place < mark.count {
            if bytes[start + place] != mark[place] { return false }
            place += 1
        }
        return true
    }
}
