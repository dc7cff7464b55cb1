/// What helpdesks know and tell.
enum HelpdeskSchema {
    /// The names that helpdesks have for sessions, and what providers have told already.
    static let version8: StaticString = """
        CREATE TABLE helpdesk_tickets (
            helpdesk TEXT NOT NULL,
            reference TEXT NOT NULL,
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            PRIMARY KEY (helpdesk, reference, ticket)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX helpdesk_tickets_by_session ON helpdesk_tickets (ticket);

        CREATE TABLE told_events (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            ticket INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (source, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX told_events_by_session ON told_events (ticket);
        CREATE INDEX told_events_by_age ON told_events (at);

        PRAGMA user_version = 8;
        """
}
