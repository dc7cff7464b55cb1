internal import OpenCXCore

/// The name of a handoff's file: the ticket, what can be read of the idempotency key, and a hash of both.
///
/// The same for every try, different for every key, and nothing but letters, digits, `-` and `.`: whatever the key holds, it
/// cannot lead out of the folder.
struct HandoffFileName {
    let name: String

    init(_ handoff: HandoffPackage) {
        let ticket = "\(handoff.ticket.rawValue)"
        let hash = StableHash.hex(ticket, handoff.idempotencyKey)
        let words = [ticket, Self.readable(handoff.idempotencyKey), hash]
        name = words.filter { !$0.isEmpty }.joined(separator: "-") + ".md"
    }

    /// Letters and digits, runs of anything else as one hyphen, 60 characters at most.
    private static func readable(_ key: String) -> String {
        key.utf8.prefix(200).split { byte in !Self.allowed.contains(byte) }
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-").prefix(60).description
    }

    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
}
