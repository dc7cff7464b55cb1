/// A browser that a member has signed in with.
public struct SignIn: Sendable, Hashable {
    /// The SHA-256 digest of the token in the browser's cookie.
    public var digest: [UInt8]
    /// Who signed in.
    public var person: PersonID
    /// When.
    public var createdAt: Timestamp
    /// Until when it is good.
    public var expiresAt: Timestamp

    /// Makes a sign-in from its parts.
    public init(digest: [UInt8], person: PersonID, createdAt: Timestamp, expiresAt: Timestamp) {
        self.digest = digest
        self.person = person
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
