/// What a person of the team may do, roughly; what exactly, `TeamPermission` in `OpenCXAccess` says.
public enum TeamRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// Reads.
    case viewer
    /// Works with customers.
    case agent
    /// Also decides who may do what.
    case admin
}

/// A person of the team who may sign in.
public struct TeamMember: Sendable, Hashable {
    /// Who it is wherever a person is named: in histories, as the owner of sessions.
    public var id: PersonID
    /// What they sign in with. No two members have the same one, whatever its capitals.
    public var name: String
    /// What they may do.
    public var role: TeamRole
    /// The password's hash with its parameters; never the password.
    public var passwordHash: String
    /// When they were added.
    public var createdAt: Timestamp
    /// Since when they may no longer sign in.
    public var disabledAt: Timestamp?

    /// Makes a member from its parts.
    public init(
        id: PersonID, name: String, role: TeamRole, passwordHash: String, createdAt: Timestamp,
        disabledAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.passwordHash = passwordHash
        self.createdAt = createdAt
        self.disabledAt = disabledAt
    }

    /// Names that come to the same key are the same name.
    public static func key(of name: String) -> String { name.lowercased() }
}

extension TeamMember: CustomStringConvertible, CustomReflectable {
    /// Without the name and the hash.
    public var description: String { "member \(id) (\(role.rawValue))" }
    /// A mirror without the hash.
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "role": role]) }
}

/// What is to be different about a member. Whatever it is, the member is signed out everywhere.
public enum TeamMemberChange: Sendable, Hashable {
    /// Another password, by its hash.
    case password(hash: String)
    /// Another role.
    case role(TeamRole)
    /// May no longer sign in, from then on.
    case disabled(at: Timestamp)
    /// May sign in again.
    case enabled

    /// The member afterwards.
    public func applied(to member: TeamMember) -> TeamMember {
        var member = member
        switch self {
        case .password(let hash): member.passwordHash = hash
        case .role(let role): member.role = role
        case .disabled(let time): member.disabledAt = member.disabledAt ?? time
        case .enabled: member.disabledAt = nil
        }
        return member
    }
}
