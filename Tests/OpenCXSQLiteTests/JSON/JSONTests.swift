import FoundationEssentials
import Testing

@testable import OpenCXSQLite

/// What the store writes is JSON that anybody can read, and it reads what older versions wrote with Foundation's encoder.
@Suite struct JSONTests {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }()

    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }()

    private func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONText.decode(type, from: Array(text.utf8), userInfo: [:])
    }

    @Test(arguments: 0..<200)
    func `ours and Foundation's read each other`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let value = Specimen.random(&random, depth: 4)
        let ours = try JSONWriting.encode(value)
        let theirs = try Self.encoder.encode(value)
        #expect(try Self.decoder.decode(Specimen.self, from: Data(ours)) == value)
        #expect(try JSONText.decode(Specimen.self, from: Array(theirs), userInfo: [:]) == value)
        #expect(try JSONText.decode(Specimen.self, from: ours, userInfo: [:]) == value)
    }

    @Test func `every kind of number and every edge of it comes back`() throws {
        let numbers = Numbers()
        let ours = try JSONWriting.encode(numbers)
        #expect(try Self.decoder.decode(Numbers.self, from: Data(ours)) == numbers)
        #expect(try JSONText.decode(Numbers.self, from: ours, userInfo: [:]) == numbers)
        #expect(try JSONText.decode(Numbers.self, from: Array(Self.encoder.encode(numbers)), userInfo: [:]) == numbers)
        #expect(try decode("1.0", as: Int.self) == 1)
        #expect(try decode("-25e1", as: Int.self) == -250)
        #expect(try decode(#""nan""#, as: Double.self).isNaN)
    }

    @Test func `escapes are read however they were written`() throws {
        #expect(try decode(#""a\/b\"\\\b\f\n\r\t\u00e9\ud83d\ude00\u0000""#) == "a/b\"\\\u{8}\u{c}\n\r\té😀\0")
        #expect(try decode(#"{"\u0061":[1,2,\#n 3 ] , "b" : { } }"#, as: [String: Either].self).count == 2)
        let nasty = (0..<0x20).map { String(Unicode.Scalar(UInt8($0))) }.joined() + "\u{7f}\"\\/é😀\u{2028}"
        #expect(try Self.decoder.decode(String.self, from: Data(JSONWriting.encode(nasty))) == nasty)
        #expect(try JSONText.decode(String.self, from: JSONWriting.encode(nasty), userInfo: [:]) == nasty)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[1", "[1,", "[,1]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{1:2}", #""abc"#, #""\"#,
        #""\x""#, #""\u12""#, #""\u+123""#, #""\ud800""#, "tru", "nul", "-", "1x", "[1]]", "\"\u{1}\"", "--1", "1e",
    ])
    func `what is no JSON is an error`(text: String) {
        #expect(throws: (any Error).self) { try decode(text, as: Anything.self) }
    }

    @Test func `what is nested too deeply, or no UTF-8, is an error`() {
        let deep = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: DecodingError.self) { try JSONText.decode(Anything.self, from: deep, userInfo: [:]) }
        #expect(throws: DecodingError.self) {
            try JSONText.decode(String.self, from: [0x22, 0xC3, 0x28, 0x22], userInfo: [:])
        }
    }

    @Test func `damage is an error or goes unnoticed`() throws {
        var random = SeededGenerator(seed: 7)
        let bytes = try JSONWriting.encode(Specimen.random(&random, depth: 5))
        for _ in 0..<2000 {
            var damaged = bytes
            damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random)) }
            _ = try? JSONText.decode(Specimen.self, from: damaged, userInfo: [:])
        }
    }

    @Test func `an error quotes nothing of what was stored`() {
        for text in [#"{"value":"secret"}"#, #"["secret"]"#, #""secret"#, #"{"secret":1}"#] {
            do {
                _ = try decode(text, as: Numbers.self)
                Issue.record("\(text) was decoded")
            } catch {
                #expect(!"\(error)".contains("secret"))
            }
        }
    }

    @Test func `a container that is used after it was left is an error, not a wrong text`() {
        #expect(throws: EncodingError.self) { try JSONWriting.encode(Interleaved()) }
    }

    @Test func `a class and what it inherits come back`() throws {
        let dog = Dog(name: "Rex", legs: 4)
        let ours = try JSONWriting.encode(dog)
        #expect(try Self.decoder.decode(Dog.self, from: Data(ours)).name == "Rex")
        #expect(try JSONText.decode(Dog.self, from: ours, userInfo: [:]).legs == 4)
    }
}
