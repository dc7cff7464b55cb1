/// The tables. Bodies are JSON; what is searched for has columns of its own beside it.
///
/// Sessions go by their ticket number inside the file: as the row's own number it costs nothing and makes the tables that
/// hang on it small.
enum Schema {
    /// What a new file starts with.
    static let version1: StaticString = """
        CREATE TABLE counters (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO counters VALUES ('ticket', 1000), ('knowledge', 0);

        CREATE TABLE contacts (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            is_verified INTEGER NOT NULL,
            custom_id TEXT,
            email TEXT,
            phone TEXT,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX contacts_by_custom_id ON contacts (custom_id, is_verified) WHERE custom_id IS NOT NULL;
        CREATE INDEX contacts_by_email ON contacts (email) WHERE is_verified = 1 AND email IS NOT NULL;
        CREATE INDEX contacts_by_phone ON contacts (phone) WHERE is_verified = 1 AND phone IS NOT NULL;

        CREATE TABLE sessions (
            ticket INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            contact INTEGER NOT NULL REFERENCES contacts (number),
            channel TEXT NOT NULL,
            thread TEXT NOT NULL,
            status TEXT NOT NULL,
            owner TEXT NOT NULL,
            awaits_ai INTEGER NOT NULL,
            turn_due_at INTEGER NOT NULL,
            failed_attempts INTEGER NOT NULL,
            lease TEXT,
            lease_until INTEGER,
            updated_at INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX sessions_by_thread ON sessions (channel, thread, ticket);
        CREATE INDEX sessions_by_contact ON sessions (contact);
        CREATE INDEX sessions_by_change ON sessions (updated_at);
        CREATE INDEX sessions_open ON sessions (updated_at) WHERE status = 'open';
        CREATE INDEX sessions_handed_off ON sessions (updated_at) WHERE status = 'open' AND owner <> 'ai';
        CREATE INDEX turns_waiting ON sessions (turn_due_at) WHERE awaits_ai = 1 AND lease IS NULL;
        CREATE INDEX turns_leased ON sessions (lease_until) WHERE lease IS NOT NULL;

        CREATE TABLE entries (
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (ticket, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE message_ids (
            channel TEXT NOT NULL,
            provider_id TEXT NOT NULL,
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            sequence INTEGER NOT NULL,
            PRIMARY KEY (channel, provider_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE message_hashes (
            channel TEXT NOT NULL,
            thread TEXT NOT NULL,
            hash TEXT NOT NULL,
            at INTEGER NOT NULL,
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            sequence INTEGER NOT NULL,
            PRIMARY KEY (channel, thread, hash)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            lane TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            lease TEXT,
            lease_until INTEGER,
            last_failure TEXT,
            sequence INTEGER,
            payload TEXT
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'pending';
        CREATE INDEX outbox_pending ON outbox (ticket, lane, number) WHERE state = 'pending';
        CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'pending' AND lease IS NOT NULL;
        CREATE INDEX outbox_dead ON outbox (number) WHERE state = 'dead';

        CREATE TABLE effects (
            key TEXT PRIMARY KEY,
            session TEXT,
            begun_at INTEGER,
            intent TEXT,
            finished_at INTEGER,
            record TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE traces (
            number INTEGER PRIMARY KEY,
            ticket INTEGER NOT NULL REFERENCES sessions (ticket),
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX traces_by_session ON traces (ticket);

        CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            source TEXT NOT NULL,
            revision TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX articles_by_source ON articles (source, id, revision);

        CREATE TABLE index_snapshot (
            slot INTEGER PRIMARY KEY CHECK (slot = 1),
            version INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;

        PRAGMA application_id = 0x4F435853;
        PRAGMA user_version = 1;
        """

    /// Sessions that end by themselves, deliveries by where they go, and budgets for them.
    static let version2: StaticString = """
        ALTER TABLE sessions ADD COLUMN expires_at INTEGER;
        CREATE INDEX sessions_expiring ON sessions (expires_at) WHERE expires_at IS NOT NULL;

        ALTER TABLE outbox ADD COLUMN pending_since INTEGER NOT NULL DEFAULT 0;
        UPDATE outbox SET pending_since = created_at;
        UPDATE outbox SET lane = 'channel:' || (SELECT channel FROM sessions WHERE sessions.ticket = outbox.ticket)
        WHERE lane = 'channel';
        CREATE INDEX outbox_due_by_lane ON outbox (lane, due_at, number) WHERE state = 'pending';

        PRAGMA user_version = 2;
        """

    /// Finding what hangs on a session that is to be removed, and what has been kept long enough, at as little cost as can be to
    /// those who write: traces are numbered as they come, a delivery's id begins with its session's, and a dedupe key is as old
    /// as its message. Tables without an index by ticket may not refer to sessions, or SQLite would search them whenever one
    /// goes.
    static let version3: StaticString = """
        CREATE TABLE removed_sessions (
            ticket INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX sessions_closed ON sessions (updated_at) WHERE status <> 'open';

        CREATE TABLE new_message_ids (
            channel TEXT NOT NULL,
            provider_id TEXT NOT NULL,
            ticket INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (channel, provider_id)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_message_ids
            SELECT channel, provider_id, message_ids.ticket, message_ids.sequence, entries.at
            FROM message_ids JOIN entries USING (ticket, sequence);
        DROP TABLE message_ids;
        ALTER TABLE new_message_ids RENAME TO message_ids;
        CREATE INDEX message_ids_by_age ON message_ids (at);

        CREATE TABLE new_message_hashes (
            channel TEXT NOT NULL,
            thread TEXT NOT NULL,
            hash TEXT NOT NULL,
            at INTEGER NOT NULL,
            ticket INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY (channel, thread, hash)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_message_hashes SELECT channel, thread, hash, at, ticket, sequence FROM message_hashes;
        DROP TABLE message_hashes;
        ALTER TABLE new_message_hashes RENAME TO message_hashes;
        CREATE INDEX message_hashes_by_age ON message_hashes (at);

        CREATE TABLE new_outbox (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            ticket INTEGER NOT NULL,
            lane TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            pending_since INTEGER NOT NULL,
            lease TEXT,
            lease_until INTEGER,
            last_failure TEXT,
            sequence INTEGER,
            payload TEXT
        ) STRICT;
        INSERT INTO new_outbox
            SELECT number, id, ticket, lane, state, attempts, due_at, created_at, pending_since, lease, lease_until,
                last_failure, sequence, payload
            FROM outbox;
        DROP TABLE outbox;
        ALTER TABLE new_outbox RENAME TO outbox;
        CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'pending';
        CREATE INDEX outbox_due_by_lane ON outbox (lane, due_at, number) WHERE state = 'pending';
        CREATE INDEX outbox_pending ON outbox (ticket, lane, number) WHERE state = 'pending';
        CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'pending' AND lease IS NOT NULL;
        CREATE INDEX outbox_dead ON outbox (number) WHERE state = 'dead';
        CREATE INDEX outbox_delivered ON outbox (pending_since) WHERE state = 'delivered';

        UPDATE effects SET begun_at = finished_at WHERE begun_at IS NULL;
        CREATE INDEX effects_by_session ON effects (session);
        CREATE INDEX effects_by_age ON effects (begun_at);

        ALTER TABLE traces ADD COLUMN at INTEGER;
        UPDATE traces SET at = (SELECT updated_at FROM sessions WHERE sessions.ticket = traces.ticket);

        PRAGMA user_version = 3;
        """

    /// The raw values behind placeholders, encrypted. They hang on no session: they are kept before the message is.
    static let version4: StaticString = """
        CREATE TABLE vault (
            session TEXT NOT NULL,
            kind TEXT NOT NULL,
            number INTEGER NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            sealed BLOB NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (session, kind, number),
            UNIQUE (session, fingerprint)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX vault_by_key ON vault (key, session);
        CREATE INDEX vault_by_age ON vault (at);

        PRAGMA user_version = 4;
        """

    /// What providers tell of messages after they took them.
    static let version6: StaticString = """
        ALTER TABLE outbox ADD COLUMN stage TEXT;

        PRAGMA user_version = 6;
        """
}
