/// Keeps in memory who may get in, and what the team sets, for tests and for a demo without a folder.
public final class InMemoryAccessStore: AccessStore, TeamDocumentStore {
    private struct State: Sendable {
        var members: [PersonID: TeamMember] = [:]
        var keys: [APIKeyRecord] = []
        var signIns: [[UInt8]: SignIn] = [:]
        var answers: [[UInt8]: Remembered] = [:]
        var documents: [TeamDocument.Kind: [String: TeamDocument]] = [:]
    }

    /// Without an answer, a claim.
    private struct Remembered: Sendable {
        var fingerprint: [UInt8]
        var answer: [UInt8]?
        var expiresAt: Timestamp
    }

    private let state = Locked(State())

    /// Makes an empty store.
    public init() {}

    /// See ``AccessStore/members()``.
    public func members() async throws -> [TeamMember] {
        state.withLock { state in
            state.members.values.sorted { (TeamMember.key(of: $0.name), $0.id) < (TeamMember.key(of: $1.name), $1.id) }
        }
    }

    /// See ``AccessStore/member(_:)``.
    public func member(_ id: PersonID) async throws -> TeamMember? { state.withLock { $0.members[id] } }

    /// See ``AccessStore/member(named:)``.
    public func member(named name: String) async throws -> TeamMember? {
        let key = TeamMember.key(of: name)
        return state.withLock { state in state.members.values.first { TeamMember.key(of: $0.name) == key } }
    }

    /// See ``AccessStore/addMember(_:)``.
    public func addMember(_ member: TeamMember) async throws -> Bool {
        let key = TeamMember.key(of: member.name)
        return state.withLock { state in
            if state.members.values.contains(where: { $0.id == member.id || TeamMember.key(of: $0.name) == key }) {
                return false
            }
            state.members[member.id] = member
            return true
        }
    }

    /// See ``AccessStore/changeMember(_:_:)``.
    public func changeMember(_ id: PersonID, _ change: TeamMemberChange) async throws -> TeamMember? {
        state.withLock { state in
            guard let member = state.members[id] else { return nil }
            let changed = change.applied(to: member)
            state.members[id] = changed
            state.signIns = state.signIns.filter { $0.value.person != id }
            return changed
        }
    }

    /// See ``AccessStore/apiKeys()``.
    public func apiKeys() async throws -> [APIKeyRecord] { state.withLock { $0.keys } }

    /// See ``AccessStore/apiKey(digest:)``.
    public func apiKey(digest: [UInt8]) async throws -> APIKeyRecord? {
        state.withLock { state in state.keys.first { $0.digest == digest } }
    }

    /// See ``AccessStore/addAPIKey(_:)``.
    public func addAPIKey(_ key: APIKeyRecord) async throws -> Bool {
        state.withLock { state in
            if state.keys.contains(where: { $0.id == key.id || $0.digest == key.digest }) { return false }
            state.keys.append(key)
            return true
        }
    }

    /// See ``AccessStore/revokeAPIKey(_:at:)``.
    public func revokeAPIKey(_ id: APIKeyID, at time: Timestamp) async throws -> APIKeyRecord? {
        state.withLock { state in
            guard let place = state.keys.firstIndex(where: { $0.id == id }) else { return nil }
            state.keys[place].revokedAt = state.keys[place].revokedAt ?? time
            return state.keys[place]
        }
    }

    /// See ``AccessStore/noteUse(of:at:)``.
    public func noteUse(of id: APIKeyID, at time: Timestamp) async throws {
        state.withLock { state in
            guard let place = state.keys.firstIndex(where: { $0.id == id }) else { return }
            state.keys[place].lastUsedAt = max(state.keys[place].lastUsedAt ?? time, time)
        }
    }

    /// See ``AccessStore/addSignIn(_:passwordHash:)``.
    public func addSignIn(_ signIn: SignIn, passwordHash: String) async throws -> Bool {
        state.withLock { state in
            guard let member = state.members[signIn.person], member.disabledAt == nil,
                member.passwordHash == passwordHash
            else { return false }
            state.signIns = state.signIns.filter { $0.value.expiresAt > signIn.createdAt }
            state.signIns[signIn.digest] = signIn
            return true
        }
    }

    /// See ``AccessStore/signIn(digest:at:)``.
    public func signIn(digest: [UInt8], at time: Timestamp) async throws -> (signIn: SignIn, member: TeamMember)? {
        state.withLock { state in
            guard let signIn = state.signIns[digest], signIn.expiresAt > time,
                let member = state.members[signIn.person], member.disabledAt == nil
            else { return nil }
            return (signIn, member)
        }
    }

    /// See ``AccessStore/removeSignIn(digest:)``.
    public func removeSignIn(digest: [UInt8]) async throws { state.withLock { $0.signIns[digest] = nil } }

    /// See ``AccessStore/claimAnswer(to:fingerprint:at:until:)``.
    public func claimAnswer(
        to key: [UInt8], fingerprint: [UInt8], at time: Timestamp, until lease: Timestamp
    ) async throws -> AnswerClaim {
        state.withLock { state in
            state.answers = state.answers.filter { $0.value.expiresAt > time }
            if let known = state.answers[key] {
                guard known.fingerprint == fingerprint else { return .otherRequest }
                return known.answer.map(AnswerClaim.answered) ?? .inFlight
            }
            state.answers[key] = Remembered(fingerprint: fingerprint, answer: nil, expiresAt: lease)
            return .claimed
        }
    }

    /// See ``AccessStore/remember(_:)``.
    public func remember(_ answer: RememberedAnswer) async throws {
        state.withLock { state in
            state.answers[answer.key] = Remembered(
                fingerprint: answer.fingerprint, answer: answer.answer, expiresAt: answer.expiresAt)
        }
    }

    /// See ``AccessStore/forgetClaim(to:)``.
    public func forgetClaim(to key: [UInt8]) async throws {
        state.withLock { state in
            if let known = state.answers[key], known.answer == nil { state.answers[key] = nil }
        }
    }

    /// See ``TeamDocumentStore/documents(_:)``.
    public func documents(_ kind: TeamDocument.Kind) async throws -> [TeamDocument] {
        state.withLock { state in (state.documents[kind] ?? [:]).values.sorted { $0.id < $1.id } }
    }

    /// See ``TeamDocumentStore/document(_:_:)``.
    public func document(_ kind: TeamDocument.Kind, _ id: String) async throws -> TeamDocument? {
        state.withLock { $0.documents[kind]?[id] }
    }

    /// See ``TeamDocumentStore/put(_:)``.
    public func put(_ document: TeamDocument) async throws {
        state.withLock { state in
            var document = document
            if let known = state.documents[document.kind]?[document.id] { document.createdAt = known.createdAt }
            state.documents[document.kind, default: [:]][document.id] = document
        }
    }

    /// See ``TeamDocumentStore/removeDocument(_:_:)``.
    public func removeDocument(_ kind: TeamDocument.Kind, _ id: String) async throws -> Bool {
        state.withLock { $0.documents[kind]?.removeValue(forKey: id) != nil }
    }
}
