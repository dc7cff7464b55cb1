internal import CSQLite
internal import OpenCXCore

/// A connection to a database file, with its prepared statements.
///
/// Not `Sendable`: a connection lives inside one actor (`Writer`, `Reader`) and never leaves it.
final class Database {
    private let handle: OpaquePointer
    /// What is known of rows already, on whichever connection they were read or written.
    let memory: RowMemory
    /// How many pages the log had after the last commit on this connection.
    private let logLength = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    /// By the address of the statement's text, which is that of a literal and so never changes.
    private var statements: [UInt: Statement] = [:]
    /// Statements that were put together from pieces, by their text.
    private var composed: [String: Statement] = [:]
    /// How many of these are kept.
    private static let composedLimit = 64

    /// Opens a file, and makes it when it is not there, unless it is to be read only.
    init(
        path: String, busyTimeout: Int32, readOnly: Bool = false, memory: RowMemory = RowMemory()
    ) throws {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.unavailable, "The path of the store is empty or holds a NUL.")
        }
        // SQLite gives names such as ":memory:" a meaning of their own; none of them starts with a directory.
        let path = path.hasPrefix("/") ? path : "./" + path
        var handle: OpaquePointer?
        // No mutex of SQLite's own: the actor around the connection lets in one at a time.
        let code = sqlite3_open_v2(
            path, &handle,
            (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw SQLiteError(code: code)
        }
        self.handle = handle
        self.memory = memory
        logLength.initialize(to: 0)
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, busyTimeout)
    }

    deinit {
        sqlite3_wal_hook(handle, nil, nil)
        logLength.deallocate()
        // Closes for good as soon as the last statement is finalized, which happens right after.
        sqlite3_close_v2(handle)
    }

    /// How many milliseconds a statement waits for another connection.
    func setBusyTimeout(_ milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

    /// Whether the file can be read but not written.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// Leaves it to somebody else to move the log into the file, and counts its pages.
    func keepLog() {
        // Takes the place of SQLite's own hook. The pointer lives as long as the connection.
        sqlite3_wal_hook(
            handle,
            { length, _, _, pages in
                length?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, logLength)
    }

    /// How many pages the log had after the last commit on this connection, once ``keepLog()`` was called.
    var logPages: Int { Int(logLength.pointee) }

    /// Whether a transaction is open. Some failures end it on their own account.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// How many rows the last statement inserted, updated or deleted.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Runs a statement that returns nothing of interest.
    func run(_ sql: StaticString, _ values: SQLValue...) throws {
        try statement(sql).run(values) { _ in true }
    }

    /// The first row, if there is one.
    func first<Value>(_ sql: StaticString, _ values: SQLValue..., read: (Row) throws -> Value) throws -> Value? {
        var value: Value?
        try statement(sql).run(values) { row in
            value = try read(row)
            return false
        }
        return value
    }

    /// Every row.
    func all<Value>(_ sql: StaticString, _ values: SQLValue..., read: (Row) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        try statement(sql).run(values) { row in
            found.append(try read(row))
            return true
        }
        return found
    }

    /// Every row that a statement gives which was put together from pieces; values are bound, never part of the text.
    func all<Value>(_ sql: String, _ values: [SQLValue], read: (Row) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        if composed[sql] == nil, composed.count >= Self.composedLimit { composed = [:] }
        let statement = try composed[sql] ?? Statement(sql, in: handle)
        composed[sql] = statement
        try statement.run(values) { row in
            found.append(try read(row))
            return true
        }
        return found
    }

    /// Runs a script of several statements, outside of the cache.
    func execute(script: StaticString) throws {
        let code = script.withUTF8Buffer { text in
            // `sqlite3_exec` wants a terminating NUL; the text of a literal has one.
            text.withMemoryRebound(to: CChar.self) { sqlite3_exec(handle, $0.baseAddress, nil, nil, nil) }
        }
        guard code == SQLITE_OK else { throw SQLiteError(code: code) }
    }

    /// Reads several times from one state of the file.
    func reading<Output>(_ body: () throws -> Output) throws -> Output {
        try run("BEGIN")
        do {
            let output = try body()
            try run("COMMIT")
            return output
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends the transaction that is open, if one is, without its changes.
    func rollBack() {
        // When this fails SQLite has rolled back already, or will when the connection closes.
        if isInTransaction { try? run("ROLLBACK") }
    }

    private func statement(_ sql: StaticString) throws -> Statement {
        let key = sql.withUTF8Buffer { UInt(bitPattern: $0.baseAddress) }
        if let statement = statements[key] { return statement }
        let statement = try Statement(sql, in: handle)
        statements[key] = statement
        return statement
    }
}
