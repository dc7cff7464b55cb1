/// A value with a bit of everything that types encode.
indirect enum Specimen: Codable, Hashable {
    case empty
    case text(String)
    case pair(Int, named: Double)
    case many([Specimen])
    case members([String: Specimen?])
    case record(Record)

    struct Record: Codable, Hashable {
        var flag: Bool
        var small: UInt8?
        var kind: Kind
        var byNumber: [Int: String]
        var byKind: [Kind: Int]
        var nested: [[Int64]]
        var inner: Specimen?
    }

    enum Kind: String, Codable, Hashable, CaseIterable {
        case plain, quoted = "a \"quoted\" one", slashed = "a/b"
    }

    static func random(_ random: inout SeededGenerator, depth: Int) -> Specimen {
        switch Int.random(in: depth > 0 ? 0...5 : 0...2, using: &random) {
        case 0: return .empty
        case 1: return .text(text(&random))
        case 2:
            let doubles = [
                0, -0.0, 0.1, 1, 1e-7, .leastNonzeroMagnitude, 1.7976931348623157e308, .infinity, -.infinity,
                123456789.125,
            ]
            return .pair(
                Int.random(in: .min ... .max, using: &random), named: doubles.randomElement(using: &random) ?? 0)
        case 3: return .many((0..<3).map { _ in Specimen.random(&random, depth: depth - 1) })
        case 4:
            var members: [String: Specimen?] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let isNull = Bool.random(using: &random)
                members[text(&random)] = .some(isNull ? nil : Specimen.random(&random, depth: depth - 1))
            }
            return .members(members)
        default:
            return .record(
                Record(
                    flag: .random(using: &random), small: Bool.random(using: &random) ? 255 : nil,
                    kind: Kind.allCases.randomElement(using: &random) ?? .plain,
                    byNumber: [Int.random(in: 0...9, using: &random): text(&random)],
                    byKind: [.quoted: 1, .slashed: 2], nested: [[], [.min, .max], [0]],
                    inner: Bool.random(using: &random) ? Specimen.random(&random, depth: depth - 1) : nil))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let characters = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\0", "\u{1F}", "é", "ß", "漢", "😀", "e\u{301}", "\r\n",
        ]
        let count = Int.random(in: 0...20, using: &random)
        return (0..<count).map { _ in characters.randomElement(using: &random) ?? "" }.joined()
    }
}

/// Numbers at the edges of their types.
struct Numbers: Codable, Hashable {
    var int = [Int.min, 0, 9, 10, -1, Int.max]
    var int8 = [Int8.min, Int8.max]
    var int16 = [Int16.min, Int16.max]
    var int32 = [Int32.min, Int32.max]
    var int64 = [Int64.min, Int64.max]
    var uint = [UInt.min, UInt.max]
    var uint8 = UInt8.max
    var uint16 = UInt16.max
    var uint32 = UInt32.max
    var uint64 = UInt64.max
    var float = [Float(0.1), -1]
    var double = [0.1, 1, -0.5, 1e300, .leastNonzeroMagnitude, Double.infinity]
    var bools = [true, false]
}

/// Takes an array or an object.
enum Either: Decodable {
    case numbers([Int])
    case object([String: Int])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do { self = .numbers(try container.decode([Int].self)) } catch {
            self = .object(try container.decode([String: Int].self))
        }
    }
}

/// Takes whatever there is and looks at all of it.
struct Anything: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() { return }
        if (try? container.decode(Bool.self)) != nil || (try? container.decode(Double.self)) != nil { return }
        if (try? container.decode(String.self)) != nil || (try? container.decode([Anything].self)) != nil { return }
        _ = try container.decode([String: Anything].self)
    }
}

/// Goes back to a container that it had left.
struct Interleaved: Encodable {
    private enum Keys: CodingKey { case a, b, c }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Keys.self)
        var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .a)
        try inner.encode(1, forKey: .a)
        try outer.encode(2, forKey: .b)
        try inner.encode(3, forKey: .c)
    }
}

class Animal: Codable {
    let legs: Int
    init(legs: Int) { self.legs = legs }
}

final class Dog: Animal {
    let name: String

    init(name: String, legs: Int) {
        self.name = name
        super.init(legs: legs)
    }

    private enum Keys: CodingKey { case name }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        name = try container.decode(String.self, forKey: .name)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(name, forKey: .name)
        try super.encode(to: container.superEncoder())
    }
}
