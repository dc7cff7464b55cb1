/// One region's numbering plan: how long its numbers are, and what they begin with (ITU-T E.164 and national plans, by way of
/// ``PhoneTable``).
struct PhonePlan: Sendable {
    /// What numbers of some lengths may begin with.
    struct Rule: Sendable {
        /// The lengths, one bit each.
        var lengths: UInt32
        /// The leading three digits, one bit each.
        var leading: [UInt64]
    }

    /// The region's code (ISO 3166), as in "DE".
    var region: String
    /// The country calling code, as in 49.
    var callingCode: Int
    /// What is dialled before a number inside the country, as in "0"; empty where nothing is.
    var trunk: [UInt8]
    var rules: [Rule]

    /// All lengths that numbers may have, one bit each.
    var lengths: UInt32 { rules.reduce(0) { $0 | $1.lengths } }

    /// Whether the digits are a number of this region, without its trunk prefix.
    func accepts(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count >= 4, digits.count < 32 else { return false }
        let leading = digits.prefix(3).reduce(0) { $0 * 10 + Int($1) }
        return rules.contains {
            $0.lengths & 1 << UInt32(digits.count) != 0 && $0.leading[leading / 64] & 1 << UInt64(leading % 64) != 0
        }
    }

    /// Whether the digits are a number of this region as it is dialled inside the country.
    func acceptsNational(_ digits: ArraySlice<UInt8>) -> Bool {
        if accepts(digits) { return true }
        return !trunk.isEmpty && digits.starts(with: trunk) && accepts(digits.dropFirst(trunk.count))
    }
}

extension PhonePlan {
    /// Reads a row of the table: `AD 376 - 6:135-9 8:1(8(0))`.
    init?(_ row: Substring) {
        let fields = row.split(separator: " ")
        guard fields.count >= 3, let code = Int(fields[1]) else { return nil }
        region = String(fields[0])
        callingCode = code
        trunk = fields[2] == "-" ? [] : fields[2].utf8.map { $0 - 48 }
        rules = fields.dropFirst(3).compactMap { field -> Rule? in
            let halves = field.split(separator: ":")
            guard halves.count == 2 else { return nil }
            let lengths = halves[0].split(separator: ",").compactMap { UInt32($0) }.reduce(UInt32(0)) { $0 | 1 << $1 }
            var leading = [UInt64](repeating: 0, count: 16)
            var tree = Array(halves[1].utf8)[...]
            Self.read(&tree, prefix: 0, depth: 0) { leading[$0 / 64] |= 1 << UInt64($0 % 64) }
            return Rule(lengths: lengths, leading: leading)
        }
    }

    /// Reads a tree of leading digits, `2(0-46)|7`, and hands out every three digits that it stands for.
    private static func read(_ tree: inout ArraySlice<UInt8>, prefix: Int, depth: Int, into add: (Int) -> Void) {
        while let byte = tree.first, byte != UInt8(ascii: ")") {
            var digits: [Int] = []
            while let digit = tree.first, digit.isASCIIDigit || digit == UInt8(ascii: "-") {
                tree.removeFirst()
                if digit.isASCIIDigit {
                    digits.append(Int(digit - 48))
                } else if let from = digits.last, let to = tree.popFirst() {
                    digits += (from + 1)...Int(to - 48)
                }
            }
            if tree.first == UInt8(ascii: "(") {
                tree.removeFirst()
                let inner = tree
                for digit in digits {
                    tree = inner
                    read(&tree, prefix: prefix * 10 + digit, depth: depth + 1, into: add)
                }
                tree = tree.dropFirst()
            } else {
                let width = [100, 10, 1][depth]
                for digit in digits { for rest in 0..<width { add((prefix * 10 + digit) * width + rest) } }
            }
            if tree.first == UInt8(ascii: "|") { tree.removeFirst() } else if digits.isEmpty { return }
        }
    }
}

/// The plans of all regions.
struct PhonePlans: Sendable {
    static let world = PhonePlans()

    let regions: [PhonePlan]
    /// By calling code.
    private let byCode: [Int: [Int]]
    /// Regions with a trunk prefix "0".
    private let withTrunk: [Int]
    /// Italy's numbers begin with their zero, which is no prefix.
    private let italy: PhonePlan?

    private init() {
        regions = PhoneTable.text.split(separator: "\n").compactMap { PhonePlan($0) }
        byCode = Dictionary(grouping: regions.indices) { [regions] in regions[$0].callingCode }
        italy = regions.first { $0.region == "IT" }
        withTrunk = regions.indices.filter { [regions] in regions[$0].trunk == [0] }
    }

    /// The calling code that the digits begin with, and the plans of its regions.
    func plans(for digits: ArraySlice<UInt8>) -> (length: Int, regions: [Int])? {
        var code = 0
        for (index, digit) in digits.prefix(3).enumerated() {
            code = code * 10 + Int(digit)
            if let regions = byCode[code] { return (index + 1, regions) }
        }
        return nil
    }

    /// Whether the digits, which begin with a zero, are a number somewhere as it is dialled inside the country.
    func acceptsAfterZero(_ digits: ArraySlice<UInt8>) -> Bool {
        withTrunk.contains { regions[$0].accepts(digits.dropFirst()) } || italy?.accepts(digits) == true
    }

    /// Whether the digits are a number inside any country.
    func acceptsSomewhere(_ digits: ArraySlice<UInt8>) -> Bool {
        regions.contains { $0.acceptsNational(digits) }
    }

    /// Whether these are an area code of North America and its neighbours (calling code 1).
    func isNorthAmericanArea(_ digits: ArraySlice<UInt8>) -> Bool {
        let leading = digits.reduce(0) { $0 * 10 + Int($1) }
        // 555 is nobody's, and what people write who make a number up.
        return leading == 555
            || (byCode[1] ?? []).contains { index in
                regions[index].rules.contains { $0.leading[leading / 64] & 1 << UInt64(leading % 64) != 0 }
            }
    }
}
