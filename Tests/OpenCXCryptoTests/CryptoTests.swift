import OpenCXCrypto
import Testing

struct CryptoTests {
    // FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the standard's digests`(text: String, digest: String) {
        #expect(hexadecimal(SHA256.digest(of: Array(text.utf8))) == digest)
    }

    // RFC 4231, cases 1, 2, 3, 6 and 7.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            Array(
                "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
                    .utf8), "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `HMAC-SHA256 gives the codes of RFC 4231`(key: [UInt8], message: [UInt8], code: String) {
        #expect(hexadecimal(SHA256.authenticationCode(for: message, key: key)) == code)
    }

    @Test func `an empty key and an empty message have a code`() {
        #expect(
            hexadecimal(SHA256.authenticationCode(for: [], key: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `compares all bytes and nothing else`() {
        #expect(ConstantTime.areEqual([], []))
        #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.areEqual([0, 0], []))
    }

    @Test func `random bytes differ`() {
        #expect(RandomBytes.make(0).isEmpty)
        let (a, b) = (RandomBytes.make(32), RandomBytes.make(32))
        #expect(a.count == 32 && b.count == 32 && a != b)
    }

    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 goes there and back`(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: ["Zg", "Zg=", "Z", "Zm9v!", "Zm 9v", "Zm9v\n", "-_-_"])
    func `what is not Base64 is nothing`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

/// AES-256-GCM against vectors of its authors (McGrew and Viega, test cases 13 to 16), and against change.
struct AESGCMTests {
    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    @Test(arguments: [
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", "",
            "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        (
            String(repeating: "00", count: 32), String(repeating: "00", count: 12), "cea7403d4d606b6e074ec5d3baf39d18",
            String(repeating: "00", count: 16), "d0d1c8a799996bf0265b98b5d48ab919"
        ),
    ])
    func `opens what others sealed`(key: String, nonce: String, sealed: String, plain: String, tag: String) {
        let opened = AESGCM.open(bytes(nonce) + bytes(sealed) + bytes(tag), key: bytes(key), binding: [])
        #expect(opened == bytes(plain))
    }

    @Test func `a sealed text opens with its key and its context only, and as it was`() {
        let key = RandomBytes.make(32)
        let sealed = AESGCM.seal(Array("secret".utf8), key: key, binding: [1, 2])
        #expect(AESGCM.open(sealed, key: key, binding: [1, 2]) == Array("secret".utf8))
        #expect(AESGCM.open(sealed, key: key, binding: [1, 3]) == nil)
        #expect(AESGCM.open(sealed, key: RandomBytes.make(32), binding: [1, 2]) == nil)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(AESGCM.open(changed, key: key, binding: [1, 2]) == nil)
        }
        #expect(AESGCM.open([], key: key, binding: []) == nil)
        #expect(sealed != AESGCM.seal(Array("secret".utf8), key: key, binding: [1, 2]))
    }
}
