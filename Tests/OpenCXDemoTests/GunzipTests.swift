import Foundation
import Testing

@testable import opencx_demo

@Suite struct GunzipTests {
    /// `hello, hello, hello` and a line break, packed by `gzip`.
    private static let packed = [UInt8](Data(base64Encoded: "H4sIAAAAAAACA8tIzcnJ11HIQKK4AOdCblIUAAAA")!)
    private static let plain = Array("hello, hello, hello\n".utf8)

    @Test func `unpacks a file, and several in a row`() {
        let (packed, plain) = (Self.packed, Self.plain)
        #expect(Gunzip.decompress(packed, limit: 20) == plain)
        #expect(Gunzip.decompress(packed + packed + packed, limit: 60) == plain + plain + plain)
    }

    @Test func `refuses what unpacks to more than the limit`() {
        #expect(Gunzip.decompress(Self.packed, limit: 19) == nil)
        #expect(Gunzip.decompress(Self.packed + Self.packed, limit: 39) == nil)
    }

    @Test func `refuses a file that was cut off anywhere`() {
        for length in 0..<Self.packed.count {
            #expect(Gunzip.decompress(Array(Self.packed.prefix(length)), limit: 100) == nil, "\(length) bytes")
            let second = Self.packed + Self.packed.prefix(length)
            if length > 0 { #expect(Gunzip.decompress(second, limit: 100) == nil, "one and \(length) bytes") }
        }
    }

    @Test func `a flipped bit is noticed, or did not matter`() {
        for place in Self.packed.indices {
            for bit in 0..<8 {
                var damaged = Self.packed
                damaged[place] ^= 1 << bit
                let result = Gunzip.decompress(damaged, limit: 1000)
                #expect(result == nil || result == Self.plain, "bit \(bit) of byte \(place)")
                // Of the header only the time, the flags of the packer and the system do not matter.
                if place >= 10 { #expect(result == nil, "bit \(bit) of byte \(place)") }
            }
        }
    }

    @Test(arguments: [[UInt8](), [0x1F], [0x1F, 0x8B], Array("not packed at all".utf8)])
    func `refuses what is not gzip`(bytes: [UInt8]) {
        #expect(Gunzip.decompress(bytes, limit: 100) == nil)
    }
}
