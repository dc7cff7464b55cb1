public import OpenCXCore

/// Adds people to the team, and changes what they may do.
public struct TeamMembers: Sendable {
    private let store: any AccessStore
    private let hasher: PasswordHasher
    private let ids: any IDSource
    private let clock: any AgentClock

    /// The shortest password that is taken, in characters.
    public static let shortestPassword = 12
    /// The longest password that is taken, in bytes.
    public static let longestPassword = 1024

    /// Joins a store with what new members need.
    public init(store: any AccessStore, hasher: PasswordHasher, ids: any IDSource, clock: any AgentClock) {
        self.store = store
        self.hasher = hasher
        self.ids = ids
        self.clock = clock
    }

    /// A password that nobody can guess.
    public static func makePassword() -> Secret { Secret(String(Token.make().secret.reveal().prefix(24))) }

    /// Adds a member.
    ///
    /// - Parameters:
    ///   - name: what they sign in with.
    ///   - role: what they may do.
    ///   - password: at least ``shortestPassword`` characters.
    /// - Throws: ``AccessError``; the store's errors.
    @discardableResult
    public func add(name: String, role: TeamRole, password: Secret) async throws -> TeamMember {
        let name = try Naming.checked(name, what: "member")
        try Self.check(password)
        if try await store.member(named: name) != nil { throw Self.taken }
        let member = TeamMember(
            id: ids.make(), name: name, role: role, passwordHash: await hasher.hash(password), createdAt: clock.now())
        guard try await store.addMember(member) else { throw Self.taken }
        return member
    }

    /// Every member, disabled ones too.
    public func all() async throws -> [TeamMember] { try await store.members() }

    /// The member with this name.
    ///
    /// - Throws: ``AccessError`` when there is none; the store's errors.
    public func named(_ name: String) async throws -> TeamMember {
        guard let member = try await store.member(named: name) else { throw Self.unknown }
        return member
    }

    /// Gives a member another password and signs them out everywhere.
    ///
    /// - Throws: ``AccessError``; the store's errors.
    public func setPassword(_ password: Secret, of id: PersonID) async throws {
        try Self.check(password)
        try await change(id, .password(hash: await hasher.hash(password)))
    }

    /// Gives a member another role and signs them out everywhere.
    ///
    /// - Throws: ``AccessError``; the store's errors.
    public func setRole(_ role: TeamRole, of id: PersonID) async throws { try await change(id, .role(role)) }

    /// Keeps a member from signing in, and signs them out everywhere.
    ///
    /// - Throws: ``AccessError``; the store's errors.
    public func disable(_ id: PersonID) async throws { try await change(id, .disabled(at: clock.now())) }

    /// Lets a disabled member sign in again.
    ///
    /// - Throws: ``AccessError``; the store's errors.
    public func enable(_ id: PersonID) async throws { try await change(id, .enabled) }

    private func change(_ id: PersonID, _ change: TeamMemberChange) async throws {
        guard try await store.changeMember(id, change) != nil else { throw Self.unknown }
    }

    private static let taken = AccessError(.nameTaken, "Another member has this name.")
    private static let unknown = AccessError(.noSuchMember, "There is no such member.")

    private static func check(_ password: Secret) throws(AccessError) {
        let text = password.reveal()
        guard text.count >= shortestPassword, text.utf8.count <= longestPassword else {
            throw AccessError(
                .badPassword,
                "A password has at least \(shortestPassword) characters, and at most \(longestPassword) bytes.")
        }
    }
}
