internal import OpenCXCore

/// Who does something in HubSpot's conversations: `A-` an agent, `V-` a visitor, `B-` a bot, `I-` an integration, `S-`
/// the system, `L-` a language model, and an id.
struct HubSpotActor: Sendable, Hashable {
    let id: String

    init(_ id: String) {
        self.id = id
    }

    /// The agent who is this user.
    init(user: String) {
        id = "A-" + user
    }

    /// Whether it is a user of the team's account.
    var isAgent: Bool { id.hasPrefix("A-") }

    /// Whether it is a customer; visitors have a contact's id.
    var isVisitor: Bool { id.hasPrefix("V-") }

    /// The person, as the history names them.
    var person: PersonID { PersonID("hubspot:" + id) }

    /// The owner of a record, which is another number than the user's.
    static func person(owner: String) -> PersonID { PersonID("hubspot:owner-" + owner) }
}
