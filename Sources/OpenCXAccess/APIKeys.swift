public import OpenCXCore

/// Makes API keys and recognises them.
///
/// A key is shown once, when it is made: only its digest is kept.
public struct APIKeys: Sendable {
    private let store: any AccessStore
    private let ids: any IDSource
    private let clock: any AgentClock

    /// What every key begins with, so that people and secret scanners know one when they see it.
    public static let prefix = "ocx_live_"

    /// How exactly the last use is known.
    private static let useGrain = Duration.seconds(60)

    /// Joins a store with the ids of new keys and the time.
    public init(store: any AccessStore, ids: any IDSource, clock: any AgentClock) {
        self.store = store
        self.ids = ids
        self.clock = clock
    }

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - name: what the team calls it.
    ///   - scopes: what it is good for; `nil` for everything.
    /// - Returns: what is kept, and the key itself, which is nowhere else.
    /// - Throws: ``AccessError`` for an unusable name or no scope at all; the store's errors.
    public func create(name: String, scopes: Set<APIScope>?) async throws -> (record: APIKeyRecord, key: Secret) {
        let name = try Naming.checked(name, what: "key")
        if let scopes, scopes.isEmpty { throw AccessError(.badScope, "A key needs at least one scope.") }
        let token = Token.make(prefix: Self.prefix)
        let record = APIKeyRecord(
            id: ids.make(), name: name, digest: token.digest, scopes: scopes?.map(\.description).sorted() ?? [],
            createdAt: clock.now())
        guard try await store.addAPIKey(record) else {
            throw StoreError(.unavailable, "The key was not kept; try again.")
        }
        return (record, token.secret)
    }

    /// Every key that was made, revoked ones too.
    public func all() async throws -> [APIKeyRecord] { try await store.apiKeys() }

    /// Ends a key for good.
    ///
    /// - Throws: ``AccessError`` when there is no such key; the store's errors.
    @discardableResult
    public func revoke(_ id: APIKeyID) async throws -> APIKeyRecord {
        guard let record = try await store.revokeAPIKey(id, at: clock.now()) else {
            throw AccessError(.noSuchKey, "There is no key with this id.")
        }
        return record
    }

    /// What is kept of the key that somebody shows, if it is good.
    public func holder(of key: Secret) async throws -> APIKeyRecord? {
        let text = key.reveal()
        // What has not the form of a key is not looked up: no key is that long, and a digest has a price.
        guard text.utf8.count == Self.prefix.utf8.count + 64, text.hasPrefix(Self.prefix),
            let record = try await store.apiKey(digest: Token.digest(of: text)), record.revokedAt == nil
        else { return nil }
        let now = clock.now()
        if record.lastUsedAt.map({ now - $0 >= Self.useGrain }) ?? true {
            // Nobody is turned away because it could not be written down that they came.
            try? await store.noteUse(of: record.id, at: now)
        }
        return record
    }
}

extension APIKeyRecord {
    /// Whether the key is good for this.
    public func allows(_ scope: APIScope) -> Bool {
        revokedAt == nil && (scopes.isEmpty || scopes.contains(scope.description))
    }
}
