/// What lists of sessions are narrowed down by, besides what the first versions had columns for.
enum SessionSchema {
    /// When a session began, on which kind of channel, which person has it, whether its customer has written, and its tags.
    static let version7: StaticString = """
        ALTER TABLE sessions ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN channel_kind TEXT NOT NULL DEFAULT '';
        ALTER TABLE sessions ADD COLUMN person TEXT;
        ALTER TABLE sessions ADD COLUMN is_started INTEGER NOT NULL DEFAULT 1;
        UPDATE sessions SET
            began_at = body ->> '$.createdAt', channel_kind = body ->> '$.channelKind',
            person = body ->> '$.owner.person._0', is_started = body ->> '$.lastCustomerSequence' > 0;
        CREATE INDEX sessions_by_creation ON sessions (began_at);
        CREATE INDEX sessions_by_person ON sessions (person, updated_at) WHERE person IS NOT NULL;

        CREATE TABLE session_tags (
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            tag TEXT NOT NULL,
            PRIMARY KEY (ticket, tag)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_tags_by_tag ON session_tags (tag, ticket);
        INSERT OR IGNORE INTO session_tags (ticket, tag)
            SELECT ticket, value FROM sessions, json_each(sessions.body, '$.tags');

        PRAGMA user_version = 7;
        """
}
