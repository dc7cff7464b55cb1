internal import OpenCXAccess
internal import OpenCXCore

/// What people are called. A history names them by id; those who are no members (a command line's user, another system's agent)
/// go by that.
struct People: Sendable {
    let members: TeamMembers

    func all() async throws -> Names { Names(try await members.all()) }

    struct Names: Sendable {
        let members: [TeamMember]
        private let byID: [PersonID: String]

        init(_ members: [TeamMember]) {
            self.members = members
            byID = Dictionary(members.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        }

        subscript(id: PersonID) -> String { byID[id] ?? id.rawValue }

        subscript(owner: SessionOwner) -> String {
            switch owner {
            case .ai: "AI"
            case .team: "Team"
            case .person(let person): self[person]
            }
        }

        subscript(actor: HistoryEntry.Actor) -> String {
            switch actor {
            case .customer: "the customer"
            case .ai: "the AI"
            case .person(let person): self[person]
            case .system: "a rule"
            }
        }

        /// Those who can be given a session.
        var assignable: [TeamMember] {
            members.filter { $0.disabledAt == nil && $0.role.allows(.answerCustomers) }
        }
    }
}
