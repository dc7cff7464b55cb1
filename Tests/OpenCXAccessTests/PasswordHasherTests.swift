import OpenCXAccess
import OpenCXCore
import Testing

@Suite struct PasswordHasherTests {
    private let cheap = PasswordHasher(cost: .init(log2N: 4, blockSize: 1, parallelism: 1))

    @Test func `a password is recognised by its hash, and no other is`() async {
        let hash = await cheap.hash(Secret("pässword\u{0}1"))
        #expect(hash.hasPrefix("scrypt$4$1$1$"))
        #expect(await cheap.isPassword(Secret("pässword\u{0}1"), of: hash))
        #expect(await !cheap.isPassword(Secret("pässword"), of: hash))
        #expect(await !cheap.isPassword(Secret("pässword\u{0}2"), of: hash))
        #expect(await !cheap.isPassword(Secret(""), of: hash))
        #expect(await !cheap.isPassword(Secret("nobody"), of: nil))
        #expect(await cheap.hash(Secret("same")) != cheap.hash(Secret("same")))
    }

    @Test func `hashes of another cost stay good`() async {
        let hash = await cheap.hash(Secret("old"))
        let other = PasswordHasher(cost: .init(log2N: 5, blockSize: 2, parallelism: 1))
        #expect(await other.isPassword(Secret("old"), of: hash))
    }

    @Test(arguments: [
        "", "scrypt", "scrypt$4$1$1$AA==$", "scrypt$60$8$1$AAAA$AAAA", "scrypt$-1$1$1$AAAA$AAAA", "plain$nobody",
        "scrypt$4$1$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=$x", "scrypt$4$0$1$AAAA$AAAA",
        "scrypt$18$16$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "scrypt$16$1$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "scrypt$0$1$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func `what is no hash is nobody's password`(_ text: String) async {
        #expect(await !cheap.isPassword(Secret("nobody"), of: text))
        #expect(await !cheap.isPassword(Secret(""), of: text))
    }
}
