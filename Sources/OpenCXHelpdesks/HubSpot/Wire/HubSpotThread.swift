internal import OpenCXCore

/// A conversation of HubSpot's, as `GET /conversations/v3/conversations/threads/{id}` tells of it.
struct HubSpotThread: Sendable {
    var id: String
    var isClosed: Bool
    var assignee: HubSpotActor?
    var contactID: String?
    var inboxID: String?
    var channelID: String?
    var ticketID: String?
    var isSpam: Bool
    var isArchived: Bool

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.name else { return nil }
        self.id = id
        isClosed = value["status"]?.string == "CLOSED"
        assignee = value["assignedTo"]?.name.map { HubSpotActor($0) }
        contactID = value["associatedContactId"]?.name
        inboxID = value["inboxId"]?.name
        channelID = value["originalChannelId"]?.name
        ticketID = value["threadAssociations"]?["associatedTicketId"]?.name
        isSpam = value["spam"]?.isTrue == true
        isArchived = value["archived"]?.isTrue == true
    }
}

/// The name that we have for what HubSpot has of a session: a conversation that is answered in place, or a ticket.
enum HubSpotReference: Sendable, Hashable {
    case thread(String)
    case ticket(String)

    init?(_ text: String) {
        let isThread = text.hasPrefix(Self.threadPrefix)
        let id = String(isThread ? text.dropFirst(Self.threadPrefix.count) : text[...])
        guard (1...20).contains(id.utf8.count),
            id.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self = isThread ? .thread(id) : .ticket(id)
    }

    /// `thread-1234567` for a conversation, the bare id for a ticket.
    var text: String {
        switch self {
        case .thread(let id): Self.threadPrefix + id
        case .ticket(let id): id
        }
    }

    private static let threadPrefix = "thread-"
}
