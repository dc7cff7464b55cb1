import Foundation
import Testing

/// What a parser is tried with: texts that are right, and pieces that parsers of its kind trip over.
struct Fuzz {
    var corpus: [String]
    var tokens: [String]

    /// More rounds: `OPENCX_FUZZ_ROUNDS=100000`. From another seed: `OPENCX_FUZZ_SEED`. Where a round crashes the process,
    /// `OPENCX_FUZZ_TRACE=1` names it beforehand.
    private static let environment = ProcessInfo.processInfo.environment
    static let rounds = environment["OPENCX_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 400
    static let seed = environment["OPENCX_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    /// What every kind of parser is tried with.
    static let common = [
        "\u{0}", "\u{FEFF}", "\u{2028}", "e\u{301}", "👩‍👩‍👧", "\u{202E}", "\r\n", "\n\n", "\t", " ", "\\", "\"", "'", "-1",
        "0",
        "9223372036854775808", "1e999", "%00", "../", "null", String(repeating: "a", count: 300),
        String(repeating: "[", count: 300), String(repeating: "{", count: 300), String(repeating: "(", count: 300),
    ]

    init(_ corpus: [String], tokens: [String] = []) {
        self.corpus = corpus
        self.tokens = tokens + Self.common
    }

    /// Tries a body with texts made of the corpus. The body records what is wrong, or throws.
    func run(rounds: Int = Self.rounds, _ body: ([UInt8], inout FuzzRandom) throws -> Void) {
        for round in 0..<UInt64(rounds) {
            var random = FuzzRandom(Self.seed &* 1_000_003 &+ round)
            let input = text(&random)
            if Self.environment["OPENCX_FUZZ_TRACE"] != nil {
                print("round \(round): \(Data(input).base64EncodedString())")
            }
            do {
                try body(input, &random)
            } catch {
                Issue.record("seed \(Self.seed), round \(round), \(Data(input).base64EncodedString()): \(error)")
                return
            }
        }
    }

    /// Something that went wrong without an error.
    struct Wrong: Error, CustomStringConvertible {
        var description: String

        init(_ description: String) {
            self.description = description
        }
    }

    private func text(_ random: inout FuzzRandom) -> [UInt8] {
        var bytes = Array(random.pick(corpus).utf8)
        for _ in 0..<random.below(9) { mutate(&bytes, &random) }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random.below(24))
        switch random.below(9) {
        case 0: bytes.insert(contentsOf: random.pick(tokens).utf8, at: place)
        case 1: bytes.replaceSubrange(place..<end, with: Array(random.pick(tokens).utf8))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case 4 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 5 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 6: bytes = Array(bytes[..<place])
        case 7:
            let other = Array(random.pick(corpus).utf8)
            bytes = Array(bytes[..<place]) + other.suffix(random.below(other.count + 1))
        default:
            let piece = Array(bytes[place..<end])
            for _ in 0..<random.below(40) { bytes.insert(contentsOf: piece, at: place) }
        }
        if bytes.count > 1 << 16 { bytes.removeLast(bytes.count - 1 << 16) }
    }
}

extension FuzzRandom {
    /// The bytes in pieces, cut anywhere.
    mutating func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = 1 + below(17)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

}
