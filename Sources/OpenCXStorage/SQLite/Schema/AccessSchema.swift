/// Who may get in: members, API keys, sign-ins, what repeated requests were answered, and
/// what the team sets while the agent runs. Hangs on no session.
enum AccessSchema {
    static let version5: StaticString = """
        CREATE TABLE members (
            id TEXT PRIMARY KEY,
            name_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            disabled_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE api_keys (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            digest BLOB NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER,
            revoked_at INTEGER
        ) STRICT;

        CREATE TABLE sign_ins (
            digest BLOB PRIMARY KEY,
            person TEXT NOT NULL REFERENCES members (id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_ins_by_person ON sign_ins (person);
        CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

        CREATE TABLE remembered_answers (
            key BLOB PRIMARY KEY,
            fingerprint BLOB NOT NULL,
            answer BLOB,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX remembered_answers_by_expiry ON remembered_answers (expires_at);

        CREATE TABLE team_documents (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 5;
        """
}
