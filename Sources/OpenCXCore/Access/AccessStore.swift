/// Keeps who may get in: members of the team, API keys, sign-ins, and what repeated requests were answered.
///
/// Each operation is atomic. Secrets reach it as digests and hashes only. `SQLiteStore` and ``InMemoryAccessStore`` are such
/// stores; it is no part of ``Store``, for an agent does not need it.
public protocol AccessStore: Sendable {
    /// All members, by name.
    func members() async throws -> [TeamMember]

    /// A member.
    func member(_ id: PersonID) async throws -> TeamMember?

    /// The member with this name, whatever its capitals (``TeamMember/key(of:)``).
    func member(named name: String) async throws -> TeamMember?

    /// Adds a member. `false`, and nothing is done, when the id or the name is taken.
    func addMember(_ member: TeamMember) async throws -> Bool

    /// Changes a member and ends all their sign-ins. `nil` when there is no such member.
    func changeMember(_ id: PersonID, _ change: TeamMemberChange) async throws -> TeamMember?

    /// All API keys, in the order they were made, revoked ones too.
    func apiKeys() async throws -> [APIKeyRecord]

    /// The key with this digest, revoked or not.
    func apiKey(digest: [UInt8]) async throws -> APIKeyRecord?

    /// Adds a key. `false`, and nothing is done, when the id or the digest is taken.
    func addAPIKey(_ key: APIKeyRecord) async throws -> Bool

    /// Ends a key for good. `nil` when there is none; a second time changes nothing.
    func revokeAPIKey(_ id: APIKeyID, at time: Timestamp) async throws -> APIKeyRecord?

    /// Notes that a key was used. Times that lie before what is known change nothing.
    func noteUse(of id: APIKeyID, at time: Timestamp) async throws

    /// Keeps a sign-in, and forgets those that have expired when it began.
    ///
    /// `false`, and nothing is kept, when the member is gone or disabled, or the hash of their password is no longer the one
    /// that was checked.
    func addSignIn(_ signIn: SignIn, passwordHash: String) async throws -> Bool

    /// A sign-in that has not expired, and the member as they are now, if they may still sign in.
    func signIn(digest: [UInt8], at time: Timestamp) async throws -> (signIn: SignIn, member: TeamMember)?

    /// Ends a sign-in.
    func removeSignIn(digest: [UInt8]) async throws

    /// Claims a request with an idempotency key, or says what is known of it. What has expired counts as unknown, and some of it
    /// is forgotten.
    ///
    /// - Parameters:
    ///   - key: stands for the idempotency key, and for whose it is.
    ///   - fingerprint: stands for what is asked.
    ///   - time: the time now.
    ///   - lease: until when the claim holds, if nothing more is heard of it.
    func claimAnswer(
        to key: [UInt8], fingerprint: [UInt8], at time: Timestamp, until lease: Timestamp
    ) async throws -> AnswerClaim

    /// Keeps the answer to a claimed request.
    func remember(_ answer: RememberedAnswer) async throws

    /// Gives a claim up without an answer: the request may come again. An answer that is there stays.
    func forgetClaim(to key: [UInt8]) async throws
}
