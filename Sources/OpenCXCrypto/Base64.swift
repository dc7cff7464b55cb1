internal import FoundationEssentials

/// Base64 (RFC 4648, section 4).
package enum Base64 {
    /// The bytes as text, with padding.
    package static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The bytes that the text stands for; nil for what is not Base64, missing padding included.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map { [UInt8]($0) }
    }
}
