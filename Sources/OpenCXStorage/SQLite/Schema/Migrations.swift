internal import OpenCXCore

/// Brings a file to the version that this package writes.
///
/// `PRAGMA user_version` says how many of the scripts a file has seen; each runs once, in a transaction of its own. A script
/// that has been released is never edited again.
enum Migrations {
    private static let scripts: [StaticString] = [
        Schema.version1, Schema.version2, Schema.version3, Schema.version4, AccessSchema.version5, Schema.version6,
        SessionSchema.version7, HelpdeskSchema.version8,
        ContactSchema.version9, OutboxSchema.version10,
    ]

    /// The version that this package writes.
    static var newest: Int { scripts.count }

    /// "OCXS": tells a store of ours from another program's database.
    private static let applicationID = 0x4F43_5853

    /// How many scripts a file has seen.
    ///
    /// - Throws: `StoreError.tooNew` when it was written by a newer version, `StoreError.corrupt` when it is something else.
    static func version(of database: Database) throws -> Int {
        // One statement sees one state of the file, also while another process makes its tables.
        let header = try database.first(
            """
            SELECT user_version, application_id, (SELECT COUNT(*) FROM sqlite_schema)
            FROM pragma_user_version, pragma_application_id
            """
        ) { (version: $0.int(0), owner: $0.int(1), isEmpty: $0.int(2) == 0) }
        guard let (version, owner, isEmpty) = header else { throw StoreError.unreadable("a header") }
        guard owner == applicationID || (owner == 0 && version == 0 && isEmpty) else {
            throw StoreError(.corrupt, "The store's file is another program's database. Choose another path.")
        }
        if version > newest {
            throw StoreError(
                .tooNew,
                "The store was written by a newer version of this package (format \(version), known up to \(newest)). "
                    + "Use that version.")
        }
        return version
    }

    static func bringUpToDate(_ database: Database) throws {
        while true {
            let version = try version(of: database)
            if version == newest { return }
            do {
                try database.run("BEGIN IMMEDIATE")
                // Another process may have been faster.
                if try self.version(of: database) == version { try database.execute(script: scripts[version]) }
                try database.run("COMMIT")
            } catch {
                database.rollBack()
                throw error
            }
        }
    }
}
