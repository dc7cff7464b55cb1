internal import OpenCXCore
internal import OpenCXCrypto

/// A secret that nobody can guess, and the digest by which it is recognised.
///
/// 256 random bits need no slow hash: there is nothing to try out.
struct Token {
    var secret: Secret
    var digest: [UInt8]

    /// A new one, behind a prefix that tells people and secret scanners what it is.
    static func make(prefix: String = "") -> Token {
        let text = prefix + Hexadecimal.encode(RandomBytes.make(32))
        return Token(secret: Secret(text), digest: digest(of: text))
    }

    static func digest(of text: String) -> [UInt8] { SHA256.digest(of: Array(text.utf8)) }
}
