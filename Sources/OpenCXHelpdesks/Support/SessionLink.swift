package import OpenCXCore

/// Where the team reads a session.
package enum SessionLink {
    /// The link, where the configuration has one: `{ticket}` and `{session}` stand for the session's number and id.
    package static func url(_ pattern: String?, _ session: SessionID, _ ticket: TicketNumber) -> String? {
        pattern.map {
            $0.replacing("{ticket}", with: String(ticket.rawValue))
                .replacing("{session}", with: PathSegment.encoded(session.rawValue))
        }
    }
}
