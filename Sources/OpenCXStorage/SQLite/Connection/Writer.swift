internal import OpenCXCore

/// The one connection that writes.
///
/// Group commit: every change that waits when the writer gets round to it goes into one transaction and one `fsync`. Callers
/// put their change down and wait for its answer; the first of a group wakes the writer, so that a group costs one hop to its
/// queue however many it is. When one of them fails, all are made once more, each in a savepoint of its own: failures are
/// rare, and a savepoint keeps a copy of every page that is changed after it.
actor Writer {
    private nonisolated let executor = QueueExecutor(label: "opencx.sqlite.writer")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private nonisolated let waiting = Locked<[PendingWrite]>([])
    private nonisolated let counts = Locked(WriteCounts())
    private nonisolated let checkpointer: Checkpointer
    private var database: Database?
    /// What was in a log that somebody had left behind.
    nonisolated let recovery: RecoveryReport?

    init(path: String, memory: RowMemory) throws {
        let (database, recovery) = try StoreFile.openForWriting(path: path, memory: memory)
        self.recovery = recovery
        database.keepLog()
        self.database = database
        checkpointer = try Checkpointer(path: path)
    }

    /// Makes a change; returns when it is on the disk.
    nonisolated func write<Output: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Output
    ) async throws -> Output {
        try await withCheckedThrowingContinuation { caller in
            let isFirst = waiting.withLock { waiting in
                waiting.append(PendingWrite(caller, body))
                return waiting.count == 1
            }
            if isFirst { executor.async { self.assumeIsolated { $0.commitWaiting() } } }
        }
    }

    /// Makes the changes that wait, writes the file anew without what was removed, and empties the log.
    func scrub() throws {
        commitWaiting()
        guard let database else { throw StoreError.storeIsClosed }
        try database.vacuum()
        let isEmpty = try database.emptyLog()
        checkpointer.note(0)
        guard isEmpty else {
            throw StoreError(
                .unavailable,
                "What was removed may still stand in the store's log, because another process reads it. Scrub again.")
        }
    }

    /// Changes when somebody else has written: all that this store writes goes through this connection.
    func markOfOthers() throws -> Int? {
        guard let database else { throw StoreError.storeIsClosed }
        return try database.first("PRAGMA data_version") { $0.int(0) }
    }

    /// How much has been written so far.
    nonisolated var written: WriteCounts { counts.withLock { $0 } }

    /// Makes the changes that wait and closes the file. Later ones are refused.
    func close() async {
        commitWaiting()
        database = nil
        await checkpointer.close()
    }

    private func commitWaiting() {
        let batch = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        if batch.isEmpty { return }
        do {
            guard let database else { throw StoreError.storeIsClosed }
            // What keeps it from being moved now does not keep the next one.
            if checkpointer.takeRest() { _ = try? database.checkpoint() }
            let answers = try commit(batch, to: database)
            checkpointer.note(database.logPages)
            checkpointer.runIfNeeded()
            counts.withLock { counts in
                counts.transactions += 1
                counts.writes += batch.count
            }
            for answer in answers { answer() }
        } catch {
            for write in batch { write.fail(error) }
        }
    }

    private func commit(_ batch: [PendingWrite], to database: Database) throws -> [PendingWrite.Answer] {
        do {
            var answers: [PendingWrite.Answer]
            try database.run("BEGIN IMMEDIATE")
            do { answers = try batch.map { try $0.perform(in: database) } } catch {
                database.rollBack()
                try database.run("BEGIN IMMEDIATE")
                answers = try batch.map { try $0.performAlone(in: database) }
            }
            try database.run("COMMIT")
            return answers
        } catch {
            database.rollBack()
            throw error
        }
    }
}

/// How much a writer has written.
package struct WriteCounts: Sendable, Hashable {
    /// Changes that were asked for.
    package var writes = 0
    /// Transactions they took.
    package var transactions = 0
}
