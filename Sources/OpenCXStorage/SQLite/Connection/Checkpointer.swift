internal import OpenCXCore

/// Moves what was committed from the log into the file, on a connection of its own.
///
/// SQLite does that inside the commit that fills the log, and whatever waits for the writer then waits for the disk as well.
/// Here nobody waits for it, and the writer goes on. While the writer is busy the log would never be empty, so once it is long
/// the little that is left is moved by the writer itself. The longer the log may get, the less is moved in all, for most pages are
/// changed again soon.
actor Checkpointer {
    /// From so many pages on the log is moved.
    private static let enough = 4000
    /// From so many pages on the log has to start anew: the longer it is, the longer a reader looks.
    private static let long = 8000
    /// So few pages the writer moves itself, so that it does.
    private static let little = 2000

    private struct State {
        /// Pages in the log, and how many of those have been moved.
        var written = 0
        var moved = 0
        var isRunning = false
        /// From so many pages on the writer moves the rest.
        var restFrom = Checkpointer.long

        var left: Int { written - moved }
        /// What is a rest. A log that has grown on through large changes must not wait for a small one.
        var rest: Int { written < 2 * Checkpointer.long ? Checkpointer.little : Checkpointer.enough }
    }

    private nonisolated let executor = QueueExecutor(label: "opencx.sqlite.checkpoint")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private nonisolated let state = Locked(State())
    private var database: Database?

    init(path: String) throws {
        database = try StoreFile.openForReading(path: path)
    }

    /// Takes down how long the log is after a commit.
    nonisolated func note(_ written: Int) {
        state.withLock { state in
            if written < state.written { state = State(isRunning: state.isRunning) }
            state.written = written
        }
    }

    /// Has the log moved into the file when there is enough of it and nobody does it yet.
    nonisolated func runIfNeeded() {
        let isNeeded = state.withLock { state in
            guard !state.isRunning,
                state.left >= Self.enough || (state.written >= state.restFrom && state.left >= state.rest)
            else { return false }
            state.isRunning = true
            return true
        }
        if isNeeded { executor.async { self.assumeIsolated { $0.run() } } }
    }

    /// Whether the writer should move the rest itself, so that the log starts anew; it is asked again a while later, for a reader
    /// may keep the log from that.
    nonisolated func takeRest() -> Bool {
        state.withLock { state in
            guard !state.isRunning, state.written >= state.restFrom, state.left < state.rest else { return false }
            state.restFrom = state.written + Self.enough
            return true
        }
    }

    private func run() {
        // What keeps it from being moved now does not keep the next one; what was committed is safe in the log.
        let moved = try? database?.checkpoint()
        state.withLock { state in
            state.isRunning = false
            if let moved { state.moved = min(moved, state.written) }
        }
    }

    func close() {
        database = nil
    }
}

extension Database {
    /// Moves the log into the file, as far as no reader needs it.
    ///
    /// - Returns: how many of the log's pages have been moved by now.
    @discardableResult
    func checkpoint() throws -> Int {
        try first("PRAGMA wal_checkpoint(PASSIVE)") { $0.int(2) } ?? 0
    }
}

extension Database {
    /// Writes the file anew without what was removed.
    func vacuum() throws {
        // The copy that is made meanwhile goes to a file once it is too large for memory.
        let size =
            try first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") { $0.int(0) } ?? 0
        if size > 64 << 20 { try run("PRAGMA temp_store = FILE") }
        defer { if size > 64 << 20 { try? run("PRAGMA temp_store = MEMORY") } }
        try run("VACUUM")
    }

    /// Moves the whole log into the file and makes it an empty file itself. Waits for readers, but not as long as other
    /// statements do: the writer waits as well.
    ///
    /// - Returns: whether that has worked.
    func emptyLog() throws -> Bool {
        try run("PRAGMA busy_timeout = 1000")
        defer { try? run("PRAGMA busy_timeout = 10000") }
        return try first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.int(0) == 0 } ?? false
    }
}
