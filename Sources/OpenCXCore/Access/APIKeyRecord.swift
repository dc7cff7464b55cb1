/// Names an API key; not a secret.
public enum APIKey {}
/// Names an API key; not a secret.
public typealias APIKeyID = Identifier<APIKey>

/// What is kept of an API key: enough to recognise it, not enough to use it.
public struct APIKeyRecord: Sendable, Hashable {
    /// Names the key.
    public var id: APIKeyID
    /// What the team calls it.
    public var name: String
    /// The SHA-256 digest of the key.
    public var digest: [UInt8]
    /// What it is good for, as `resource:read` and `resource:write`; empty for everything.
    public var scopes: [String]
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was used last, roughly.
    public var lastUsedAt: Timestamp?
    /// Since when it is good for nothing.
    public var revokedAt: Timestamp?

    /// Makes a record from its parts.
    public init(
        id: APIKeyID, name: String, digest: [UInt8], scopes: [String], createdAt: Timestamp,
        lastUsedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.digest = digest
        self.scopes = scopes
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}
