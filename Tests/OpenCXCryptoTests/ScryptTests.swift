import OpenCXCrypto
import Testing

struct ScryptTests {
    // RFC 7914, section 12.
    @Test(
        arguments: [
            (
                "", "", 16, 1, 1,
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", 1024, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
        ] as [(String, String, UInt64, UInt64, UInt64, String)])
    func `scrypt makes the standard's keys`(
        password: String, salt: String, cost: UInt64, blockSize: UInt64, parallelism: UInt64, key: String
    ) {
        let made = Scrypt.key(
            from: Array(password.utf8), salt: Array(salt.utf8), cost: cost, blockSize: blockSize,
            parallelism: parallelism, count: 64)
        #expect(made.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() } == key)
    }

    @Test func `parameters that make no sense, or want too much, make no key`() {
        for (cost, blockSize) in [(0, 1), (3, 1), (1 << 40, 8), (16, 0)] as [(UInt64, UInt64)] {
            let key = Scrypt.key(from: [1], salt: [2], cost: cost, blockSize: blockSize, parallelism: 1, count: 32)
            #expect(key == nil)
        }
    }
}
