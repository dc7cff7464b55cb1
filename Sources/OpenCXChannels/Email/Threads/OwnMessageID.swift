internal import OpenCXCore
internal import OpenCXCrypto

/// The `Message-ID`s of what we send. They name the delivery, so they are the same for every try of it, and whoever answers one,
/// or sends it back, tells us which it was. They are signed, so nobody can make one up.
struct OwnMessageID: Hashable {
    /// The session that it was sent in.
    var session: SessionID
    /// The delivery: ``OutboundMessage/idempotencyKey``.
    var delivery: OutboxID

    private static let codeByteCount = 10
    private static let mark = "ocx."

    /// The id, without brackets.
    func text(domain: String, secret: Secret) -> String {
        // A delivery's id begins with its session's, as a rule.
        let short =
            delivery.rawValue.hasPrefix(session.rawValue)
            ? "\n" + delivery.rawValue.dropFirst(session.rawValue.count) : "\n\n" + delivery.rawValue
        let payload = Array((session.rawValue + short).utf8)
        return Self.mark + Base32Text.encode(payload) + "." + Base32Text.encode(Self.code(payload, secret)) + "@"
            + domain
    }

    init(session: SessionID, delivery: OutboxID) {
        self.session = session
        self.delivery = delivery
    }

    /// Reads an id; `nil` for one that we have not made.
    init?(_ text: String, secret: Secret) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let parts = text[..<at].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() + "." == Self.mark, let payload = Base32Text.decode(parts[1]),
            let code = Base32Text.decode(parts[2]), ConstantTime.areEqual(code, Self.code(payload, secret)),
            let plain = String(validating: payload, as: UTF8.self)
        else { return nil }
        let lines = plain.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        switch lines.count {
        case 2: self.init(session: SessionID(String(lines[0])), delivery: OutboxID(String(lines[0] + lines[1])))
        case 3 where lines[1].isEmpty:
            self.init(session: SessionID(String(lines[0])), delivery: OutboxID(String(lines[2])))
        default: return nil
        }
    }

    /// The first of our ids in a text, wherever it stands: in a bounce that only quotes the headers.
    static func first(in text: String, secret: Secret) -> OwnMessageID? {
        var rest = text[...]
        var tries = 0
        while tries < 20, let start = rest.firstRange(of: Self.mark) {
            tries += 1
            let candidate = rest[start.lowerBound...].prefix(400).prefix { !$0.isWhitespace && !"<>\"()".contains($0) }
            if let id = OwnMessageID(String(candidate), secret: secret) { return id }
            rest = rest[start.upperBound...]
        }
        return nil
    }

    private static func code(_ payload: [UInt8], _ secret: Secret) -> [UInt8] {
        let code = SHA256.authenticationCode(
            for: Array("message-id\n".utf8) + payload, key: Array(secret.reveal().utf8))
        return Array(code.prefix(codeByteCount))
    }
}
