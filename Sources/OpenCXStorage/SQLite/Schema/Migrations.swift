internal import FoundationEssentials
internal import OpenCXCore

/// Brings a file to the version that this package writes.
///
/// `PRAGMA user_version` says how many of the scripts a file has seen; each runs once, in a transaction of its own. A script
/// that has been released is never edited again.
enum Migrations {
    private static let scripts: [StaticString] = [Schema.version1]

    /// The version that this package writes.
    static var newest: Int { scripts.count }

    /// "OCXS": tells a store of ours from another program's database.
    private static let applicationID = 0x4F43_5853

    /// How many scripts a file has seen.
    ///
    /// - Throws: `StoreError.tooNew` when it was written by a newer version, `StoreError.corrupt` when it is something else.
    static func version(of database: Database) throws -> Int {
        let version = try database.first("PRAGMA user_version") { $0.int(0) } ?? 0
        let owner = try database.first("PRAGMA application_id") { $0.int(0) } ?? 0
        let isEmpty = try database.first("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in false } ?? true
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

    static func bringUpToDate(_ database: Database, path: String) throws {
        while true {
            let version = try version(of: database)
            if version == newest { return }
            if version == 0 { makePrivate(path) }
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

    /// Customers' conversations are nobody else's business; SQLite gives its other files the same permissions.
    private static func makePrivate(_ path: String) {
        // Some file systems have no permissions; the store works all the same.
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
