internal import CSQLite
internal import FoundationEssentials
internal import OpenCXCore

/// Opens the file of a store and brings it up to date.
enum StoreFile {
    /// How long a connection waits for one of another process.
    private static let busyTimeout: Int32 = 10_000

    /// Opens the file for the writer: makes it, checks it and migrates it.
    ///
    /// - Returns: also what was in a log that somebody has left behind.
    static func openForWriting(path: String, memory: RowMemory) throws -> (Database, RecoveryReport?) {
        let database = try connect(path, memory)
        let recovery = inspectLog(of: path, database)
        try patiently {
            try database.execute(
                script: "PRAGMA synchronous = FULL; PRAGMA cache_size = -4000; PRAGMA secure_delete = ON")
        }
        try patiently { try Migrations.bringUpToDate(database) }
        return (database, recovery)
    }

    /// Looks at the log before anything is written over what SQLite has left out of it. Nobody writes meanwhile; where somebody is
    /// writing already, the log is in use and was not recovered by us.
    private static func inspectLog(of path: String, _ database: Database) -> RecoveryReport? {
        database.setBusyTimeout(0)
        defer { database.setBusyTimeout(busyTimeout) }
        guard (try? database.run("BEGIN IMMEDIATE")) != nil else { return nil }
        defer { database.rollBack() }
        return LogReader.inspect(path + "-wal")
    }

    /// Opens a file that the writer has opened before.
    static func openForReading(path: String, memory: RowMemory = RowMemory()) throws -> Database {
        let database = try connect(path, memory)
        try patiently { try database.execute(script: "PRAGMA query_only = ON") }
        return database
    }

    /// Opens a file that nobody need have opened before, and changes nothing about it.
    static func openReadOnly(path: String) throws -> Database {
        let database = try Database(path: path, busyTimeout: busyTimeout, readOnly: true)
        try patiently {
            try database.execute(
                script: "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY")
            let version = try Migrations.version(of: database)
            guard version == Migrations.newest else {
                throw StoreError(
                    .unavailable,
                    "The store has the format of an earlier version (\(version), now \(Migrations.newest)). Open it for writing once."
                )
            }
        }
        return database
    }

    private static func connect(_ path: String, _ memory: RowMemory) throws -> Database {
        guard sqlite3_libversion_number() >= 3_037_000, sqlite3_threadsafe() != 0 else {
            throw StoreError(.unavailable, "SQLite 3.37 or newer is needed, built for use by several threads.")
        }
        let database = try Database(path: path, busyTimeout: busyTimeout, memory: memory)
        if database.isReadOnly {
            throw StoreError(.unavailable, "The store's file is write-protected.")
        }
        try patiently {
            // Nothing is changed in a file before it is known to be ours and not newer than we are.
            if try Migrations.version(of: database) == 0 { makePrivate(path) }
            try database.execute(
                script: """
                    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
                    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000
                    """)
            let mode = try database.first("PRAGMA journal_mode = WAL") { $0.text(0) }
            guard mode == "wal" else {
                throw StoreError(
                    .unavailable, "The store's file system does not support write-ahead logging. Use a local disk.")
            }
        }
        return database
    }

    /// Customers' conversations are nobody else's business. SQLite gives the log the permissions that the file has.
    private static func makePrivate(_ path: String) {
        // Some file systems have no permissions; the store works all the same.
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Tries again while another process is in the way.
    ///
    /// SQLite's busy timeout does not cover the switch to write-ahead logging nor the recovery of a log: of several
    /// processes that open a new file at once all but one would fail.
    private static func patiently(_ body: () throws -> Void) throws {
        let start = ContinuousClock.now
        while true {
            do {
                return try body()
            } catch let error as SQLiteError where error.isBusy {
                // A try may itself have waited for the whole busy timeout.
                if ContinuousClock.now - start > .milliseconds(busyTimeout) { throw error }
                sqlite3_sleep(5)
            }
        }
    }
}
