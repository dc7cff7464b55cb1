internal import CSQLite
internal import OpenCXCore

/// A result code of SQLite's; becomes a `StoreError` where it leaves the store.
struct SQLiteError: Error {
    var code: Int32

    /// Whether another connection is in the way at the moment.
    var isBusy: Bool { code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED }

    /// Runs something and throws what it throws as a `StoreError`.
    static func translated<Output>(_ body: () throws -> Output) throws -> Output {
        do { return try body() } catch let error as SQLiteError { throw StoreError(error) }
    }
}

extension StoreError {
    /// The store's error for a result code of SQLite's.
    ///
    /// Only the code and SQLite's fixed text for it go into the message: `sqlite3_errmsg` may quote what a statement was
    /// handed.
    init(_ error: SQLiteError) {
        let detail = "(SQLite \(error.code): \(String(cString: sqlite3_errstr(error.code))))"
        switch error.code & 0xFF {
        case SQLITE_FULL:
            self.init(.full, "The store has no room left \(detail). Free space on its file system.")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            self.init(.corrupt, "The store's file is damaged or not a database \(detail). Restore it from a backup.")
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(.unavailable, "The store's file is locked by another process \(detail). Try again.")
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            self.init(
                .unavailable,
                "The store's file cannot be opened for writing \(detail). Check that its directory exists and can be "
                    + "written to.")
        default:
            self.init(.unavailable, "The store's file cannot be read or written \(detail).")
        }
    }

    static let storeIsClosed = StoreError(.closed, "The store has been closed.")

    /// A row that does not hold what this version writes.
    static func unreadable(_ what: String) -> StoreError {
        StoreError(.corrupt, "The store holds \(what) that cannot be read. Restore it from a backup.")
    }
}
