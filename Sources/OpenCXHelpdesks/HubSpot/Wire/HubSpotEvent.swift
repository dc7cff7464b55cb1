internal import OpenCXCore

/// One event of a webhook: what happened to which object. What was said is not in it.
struct HubSpotEvent: Sendable {
    /// What events are about.
    enum Subject: Sendable, Hashable { case conversation, ticket }

    /// What happened.
    enum Kind: Sendable, Hashable {
        case creation
        case newMessage(id: String?)
        case propertyChange(name: String, value: String?)
        case deletion
        case privacyDeletion
    }

    var subject: Subject
    var kind: Kind
    /// The conversation's or the ticket's id.
    var objectID: String
    /// Names the event. Its id alone is not unique (HubSpot, webhooks).
    var providerID: String
    var occurredAt: Int64
    var portalID: String?
    /// The user who did it, where it is told.
    var user: String?
    /// Whether the message is a comment, where that is told.
    var isComment: Bool

    /// More than a hundred HubSpot does not send.
    private static let limit = 1000

    /// The events that mean something here; others are left out.
    ///
    /// - Throws: `ChannelError`, `malformed` for what HubSpot does not send. One event that cannot be read refuses
    ///   them all, for what is acknowledged is not told again.
    static func read(_ body: [UInt8]) throws(ChannelError) -> [HubSpotEvent] {
        guard case .array(let values)? = try? JSONValue(parsing: body) else {
            throw ChannelError(.malformed, "HubSpot posts a list of events to this address; this is none.")
        }
        guard values.count <= limit else {
            throw ChannelError(.tooLarge, "HubSpot posts a hundred events at once and no more.")
        }
        var events: [HubSpotEvent] = []
        for value in values {
            if let event = try event(value) { events.append(event) }
        }
        return events.sorted { $0.occurredAt < $1.occurredAt }
    }

    private static func event(_ value: JSONValue) throws(ChannelError) -> HubSpotEvent? {
        let malformed = ChannelError(
            .malformed, "An event of HubSpot's has a type, an object's id and an id of its own; this one has not.")
        guard let type = value["subscriptionType"]?.string ?? value["eventType"]?.string else { throw malformed }
        guard let (subject, kind) = try meaning(of: type, value, malformed) else { return nil }
        guard let object = value["objectId"]?.name, case .ticket(let objectID)? = HubSpotReference(object),
            let event = value["eventId"]?.name, event.utf8.count <= 100, let occurredAt = value["occurredAt"]?.count
        else { throw malformed }
        let subscription = value["subscriptionId"]?.name ?? "0"
        return HubSpotEvent(
            subject: subject, kind: kind, objectID: objectID,
            providerID: "event-\(event)-\(subscription.prefix(40))-\(occurredAt)", occurredAt: occurredAt,
            portalID: value["portalId"]?.name, user: value["sourceId"]?.string.flatMap(user),
            isComment: value["messageType"]?.string == "COMMENT")
    }

    private static func meaning(
        of type: String, _ value: JSONValue, _ malformed: ChannelError
    ) throws(ChannelError) -> (Subject, Kind)? {
        let parts = type.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let subject: Subject
        switch parts[0] {
        case "conversation": subject = .conversation
        case "ticket": subject = .ticket
        // Newer subscriptions name the object's type apart; tickets are 0-5.
        case "object" where value["objectTypeId"]?.string == "0-5": subject = .ticket
        default: return nil
        }
        switch parts[1] {
        case "creation": return (subject, .creation)
        case "newMessage" where subject == .conversation: return (subject, .newMessage(id: value["messageId"]?.name))
        case "propertyChange":
            guard let name = value["propertyName"]?.string else { throw malformed }
            return (subject, .propertyChange(name: name, value: value["propertyValue"]?.name))
        case "deletion": return (subject, .deletion)
        case "privacyDeletion": return (subject, .privacyDeletion)
        default: return nil
        }
    }

    /// `userId:123`.
    private static func user(_ source: String) -> String? {
        guard source.hasPrefix("userId:") else { return nil }
        let digits = source.dropFirst(7)
        return !digits.isEmpty && digits.utf8.count <= 20 && digits.allSatisfy { $0.isASCII && $0.isNumber }
            ? String(digits) : nil
    }
}
