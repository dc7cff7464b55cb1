/// What is left of contacts that have gone up in others.
enum ContactSchema {
    /// The ids that contacts had before they turned out to be the same person as another one.
    static let version9: StaticString = """
        CREATE TABLE former_contacts (
            id TEXT NOT NULL PRIMARY KEY,
            contact INTEGER NOT NULL REFERENCES contacts (number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX former_contacts_by_contact ON former_contacts (contact);

        PRAGMA user_version = 9;
        """
}
