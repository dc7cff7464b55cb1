public import OpenCXCore
internal import OpenCXCrypto

/// Makes and checks contact tokens: what a visitor's page shows to say whose conversations it may read.
///
/// A token is a JSON Web Token, signed with HMAC-SHA256. There are two kinds. A *verified* one is made by the team's own server,
/// which knows who is signed in, and names the contact:
///
/// ```swift
/// let tokens = try ContactTokens(key: Secret(environment["WIDGET_KEY"]!))
/// let token = try tokens.issue(
///     for: ContactHandle(email: user.email, customID: user.id, name: user.name, isVerified: true), at: clock.now())
/// ```
///
/// and the page hands it to the widget as `user.token`. An *unverified* one is made by ``WidgetAPI`` for a visitor who may have
/// typed a name and an address; it opens only what was begun with it, on the device that began it.
public struct ContactTokens: Sendable {
    /// How few bytes a key may have; as many as the code has that it makes (RFC 7518, section 3.2).
    public static let shortestKey = 32

    private let keys: [[UInt8]]

    /// Takes the key that signs.
    ///
    /// - Parameters:
    ///   - key: what signs and checks: at least 32 bytes that nobody can guess.
    ///   - retiredKeys: what signed before; tokens made with these are good until they expire.
    /// - Throws: ``ContactTokenError`` when a key is too short to protect anything.
    public init(key: Secret, retiredKeys: [Secret] = []) throws(ContactTokenError) {
        let keys = ([key] + retiredKeys).map { Array($0.reveal().utf8) }
        guard keys.allSatisfy({ $0.count >= Self.shortestKey }) else {
            throw ContactTokenError(
                .weakKey,
                "A key for contact tokens needs at least \(Self.shortestKey) bytes. Make one with: openssl rand -base64 48"
            )
        }
        self.keys = keys
    }

    /// Makes the token of a verified contact. Whoever holds it can read and continue all of that contact's conversations in the
    /// widget, so it is for the page of that person alone.
    ///
    /// - Parameters:
    ///   - contact: who it is. The caller vouches for it.
    ///   - time: now.
    ///   - lifetime: for how long it is good.
    /// - Throws: ``ContactTokenError`` when the handle is not verified, names nobody, or does not fit into a token.
    public func issue(
        for contact: ContactHandle, at time: Timestamp, lifetime: Duration = .seconds(30 * 24 * 3600)
    ) throws(ContactTokenError) -> String {
        guard contact.isVerified, contact.isIdentifying else {
            throw ContactTokenError(
                .notVerified, "A token is made for a verified contact with an e-mail address, telephone number or id.")
        }
        return try token(WidgetVisitor(verified: contact), at: time, lifetime: lifetime)
    }

    func token(
        _ visitor: WidgetVisitor, at time: Timestamp, lifetime: Duration
    ) throws(ContactTokenError) -> String {
        let token = SignedToken.make(visitor.claims(from: time, until: time + lifetime), key: keys[0])
        guard token.utf8.count <= SignedToken.byteLimit else {
            throw ContactTokenError(.tooLarge, "What is known of the contact does not fit into a token.")
        }
        return token
    }

    /// Who holds a token; `nil` when it was not made with one of the keys, is not for the widget, or has expired.
    func visitor(_ token: String, at time: Timestamp) -> WidgetVisitor? {
        SignedToken.claims(of: token, keys: keys).flatMap { WidgetVisitor(claims: $0, at: time) }
    }
}

/// Why there is no contact token.
public struct ContactTokenError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case weakKey, notVerified, tooLarge }
        private let value: Value
        /// The key is too short.
        public static let weakKey = Code(value: .weakKey)
        /// The handle is not verified, or names nobody.
        public static let notVerified = Code(value: .notVerified)
        /// The handle is too long.
        public static let tooLarge = Code(value: .tooLarge)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds keys or addresses.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
