/// Which sessions to list, and in which order. What is not set does not matter.
public struct SessionQuery: Sendable, Hashable {
    /// In one of these states; empty for any.
    public var statuses: Set<SessionStatus>
    /// Whether the team or a person has it, rather than the AI.
    public var isHandedOff: Bool?
    /// Whether the customer has written in it; a session may be opened before its first message.
    public var isStarted: Bool?
    /// Who answers in it.
    public var owner: SessionOwner?
    /// The channel it runs on.
    public var channel: ChannelID?
    /// What kind of channel that is.
    public var channelKind: ChannelKind?
    /// The customer.
    public var contact: ContactID?
    /// A label it has.
    public var tag: String?
    /// Begun at this time or later.
    public var createdSince: Timestamp?
    /// Begun before this time.
    public var createdBefore: Timestamp?
    /// Last changed at this time or later.
    public var updatedSince: Timestamp?
    /// Last changed before this time.
    public var updatedBefore: Timestamp?
    /// What comes first.
    public var order: Order

    /// What comes first in a list of sessions.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// The session that was changed last. One that changes while somebody turns the pages goes to the front.
        case updated
        /// The session that began last, going by its number. That never changes, so whoever turns all pages sees every session once
        /// that was there to begin with.
        case created
        /// The session that has not changed for longest. One that changes while somebody turns the pages goes to the end, and comes
        /// once more.
        case longestUnchanged = "longest_unchanged"
        /// The session that began first, going by its number.
        case oldest

        /// Whether the list goes by when sessions were last changed.
        var isByChange: Bool { self == .updated || self == .longestUnchanged }
        /// Whether what is older comes first.
        var isOldestFirst: Bool { self == .longestUnchanged || self == .oldest }
    }

    /// Makes a query from its parts.
    public init(
        statuses: Set<SessionStatus> = [], isHandedOff: Bool? = nil, isStarted: Bool? = nil,
        owner: SessionOwner? = nil, channel: ChannelID? = nil, channelKind: ChannelKind? = nil,
        contact: ContactID? = nil, tag: String? = nil, createdSince: Timestamp? = nil,
        createdBefore: Timestamp? = nil, updatedSince: Timestamp? = nil, updatedBefore: Timestamp? = nil,
        order: Order = .updated
    ) {
        self.statuses = statuses
        self.isHandedOff = isHandedOff
        self.isStarted = isStarted
        self.owner = owner
        self.channel = channel
        self.channelKind = channelKind
        self.contact = contact
        self.tag = tag
        self.createdSince = createdSince
        self.createdBefore = createdBefore
        self.updatedSince = updatedSince
        self.updatedBefore = updatedBefore
        self.order = order
    }

    /// Whether a session is one of those that are asked for.
    public func matches(_ session: Session) -> Bool {
        (statuses.isEmpty || statuses.contains(session.status))
            && (isHandedOff.map { $0 == (session.owner != .ai) } ?? true)
            && (isStarted.map { $0 == session.isStarted } ?? true)
            && (owner.map { $0 == session.owner } ?? true)
            && (channel.map { $0 == session.channel } ?? true)
            && (channelKind.map { $0 == session.channelKind } ?? true)
            && (contact.map { $0 == session.contact } ?? true)
            && (tag.map { session.tags.contains($0) } ?? true)
            && (createdSince.map { session.createdAt >= $0 } ?? true)
            && (createdBefore.map { session.createdAt < $0 } ?? true)
            && (updatedSince.map { session.updatedAt >= $0 } ?? true)
            && (updatedBefore.map { session.updatedAt < $0 } ?? true)
    }

    /// A page of these sessions, for a store that has all of them at hand.
    ///
    /// - Throws: ``StoreError`` with the code `refused` for a cursor of another order.
    public func page(
        of sessions: some Sequence<Session>, after cursor: SessionCursor?, limit: Int
    ) throws(StoreError) -> SessionPage {
        try check(cursor)
        let places = sessions.filter(matches).map { (session: $0, place: SessionCursor($0, in: order)) }
        let following = places.filter { place in cursor.map { $0 < place.place } ?? true }
        return SessionPage(
            following.sorted { $0.place < $1.place }.prefix(SessionPage.reading(limit)).map(\.session), in: order,
            limit: limit)
    }

    /// Refuses a cursor of another order.
    public func check(_ cursor: SessionCursor?) throws(StoreError) {
        guard let cursor, cursor.order != order else { return }
        throw StoreError(.refused, "The cursor is one of another list of sessions. Begin with the first page.")
    }
}

/// The place of a session in a list: what the next page begins after. It stays valid whatever happens to the session.
///
/// Its text is for handing out and taking back, not for taking apart.
public struct SessionCursor: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// The list's order.
    public var order: SessionQuery.Order
    /// When the session was last changed; nothing but its number counts where the list goes by that.
    public var time: Timestamp
    /// The session's number.
    public var ticket: TicketNumber

    /// The place of a session.
    public init(_ session: Session, in order: SessionQuery.Order) {
        self.order = order
        time = order.isByChange ? session.updatedAt : .epoch
        ticket = session.ticket
    }

    /// Reads a cursor that was handed out; `nil` for any other text.
    public init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let order = SessionQuery.Order(rawValue: String(parts[0])),
            let time = Int64(parts[1]), let ticket = Int(parts[2])
        else { return nil }
        self.order = order
        self.time = Timestamp(milliseconds: time)
        self.ticket = TicketNumber(rawValue: ticket)
    }

    /// The cursor as it is handed out.
    public var description: String { "\(order.rawValue).\(time.milliseconds).\(ticket.rawValue)" }

    /// Whether the place comes first in the list: the newer one does, or the older one, as the list's order has it.
    public static func < (a: SessionCursor, b: SessionCursor) -> Bool {
        a.order.isOldestFirst ? (a.time, a.ticket) < (b.time, b.ticket) : (a.time, a.ticket) > (b.time, b.ticket)
    }
}

/// A page of a list of sessions.
public struct SessionPage: Sendable, Hashable {
    /// The sessions.
    public var sessions: [Session]
    /// What the next page begins after; `nil` when this is the last one.
    public var next: SessionCursor?

    /// Makes a page of what a store has read, which is one session more than asked for, if there is one
    /// (``reading(_:)``).
    public init(_ read: [Session], in order: SessionQuery.Order, limit: Int) {
        sessions = Array(read.prefix(max(0, limit)))
        next = read.count > sessions.count ? sessions.last.map { SessionCursor($0, in: order) } : nil
    }

    /// How many sessions a store reads for a page, to know whether another one follows.
    public static func reading(_ limit: Int) -> Int { max(0, min(limit, .max - 1) + 1) }
}
