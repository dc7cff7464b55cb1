internal import OpenCXCore

/// A connection that looks a row up where it is asked for, without a hop to a queue and back.
///
/// Nobody waits for it: when it is in use, or another process is in the way, the caller goes to a `Reader`. What it may wait for itself
/// is a page that is not in memory.
final class DirectReader: Sendable {
    private let database: Locked<Database?>

    init(path: String) throws {
        let database = try StoreFile.openForReading(path: path)
        database.setBusyTimeout(0)
        // What it has read does not outlive the next commit anyway.
        try database.execute(script: "PRAGMA cache_size = 20")
        self.database = Locked(database)
    }

    /// - Returns: `nil` when it could not be read here and now.
    func read<Output: Sendable>(_ body: @Sendable (Database) throws -> Output) throws -> Output? {
        do {
            return try database.withLockIfAvailable { database in
                guard let database else { return nil }
                return try body(database)
            } ?? nil
        } catch let error as SQLiteError where error.isBusy { return nil }
    }

    func close() {
        database.withLock { $0 = nil }
    }
}
