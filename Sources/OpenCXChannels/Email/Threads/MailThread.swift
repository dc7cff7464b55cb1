internal import OpenCXCore
internal import OpenCXCrypto

/// A conversation by mail, as its thread id says it: the team's address that was written to, a tag of who wrote, and the id of the
/// mail that it began with.
///
/// The first mail's id is in `References` of every later one, so mails that answer each other have the same thread without anybody
/// remembering one. Whoever writes is part of it: knowing the id of somebody's mail opens nobody's conversation.
struct MailThread: Hashable {
    /// The team's address, in lower case.
    var address: String
    /// A tag of the sender's address; it tells nobody which.
    var sender: String
    /// The id of the first mail, without brackets; `nil` where it was too long to be kept.
    var root: String?
    private var rootText: String

    /// Longer ids are kept as their digest.
    private static let longestRoot = 200

    init(address: String, sender: String, root: String) {
        self.address = address
        self.sender = sender
        let isKept = root.utf8.count <= Self.longestRoot && root.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        self.root = isKept ? root : nil
        rootText = isKept ? root : "~" + Base32Text.encode(Array(SHA256.digest(of: Array(root.utf8)).prefix(20)))
    }

    init?(_ id: ThreadID) {
        let parts = id.rawValue.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].contains("@"), parts[1].utf8.count == 16 else { return nil }
        (address, sender, rootText) = (parts[0], parts[1], parts[2])
        root = rootText.hasPrefix("~") || rootText.isEmpty ? nil : rootText
    }

    var id: ThreadID { ThreadID("\(address)|\(sender)|\(rootText)") }
}

/// RFC 4648's base 32 in lower case, without padding: it survives whoever changes the case of what they pass on.
enum Base32Text {
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var (buffer, bits) = (UInt32(0), UInt32(0))
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(digits[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { result.append(digits[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: result, as: UTF8.self)
    }

    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        var (buffer, bits) = (UInt32(0), UInt32(0))
        for byte in text.utf8 {
            let value: UInt8
            switch byte | 0x20 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = (byte | 0x20) - UInt8(ascii: "a")
            default:
                guard (UInt8(ascii: "2")...UInt8(ascii: "7")).contains(byte) else { return nil }
                value = byte - UInt8(ascii: "2") + 26
            }
            buffer = (buffer & 0xFF) << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return result
    }
}
