internal import OpenCXCore

/// A change that waits for the writer.
protocol PendingWrite: Sendable {
    /// Makes the change inside the writer's transaction.
    ///
    /// - Throws: what it fails with; the transaction then holds a part of it.
    func perform(in database: Database) throws

    /// Makes the change inside the writer's transaction, or leaves nothing of it behind.
    ///
    /// - Throws: when the whole transaction is lost. What only this change fails with is kept for whoever wants it.
    func performAlone(in database: Database) throws

    /// Whether it is known what the change came to.
    var isDone: Bool { get }

    /// Forgets what the change came to: the transaction was lost.
    func fail(_ error: any Error)
}

/// A change with its result.
final class Write<Output: Sendable>: PendingWrite {
    private let body: @Sendable (Database) throws -> Output
    private let result = Locked<Result<Output, any Error>?>(nil)

    init(_ body: @escaping @Sendable (Database) throws -> Output) {
        self.body = body
    }

    func perform(in database: Database) throws {
        let output = try body(database)
        result.withLock { $0 = .success(output) }
    }

    func performAlone(in database: Database) throws {
        try database.run("SAVEPOINT write")
        do {
            try perform(in: database)
            try database.run("RELEASE write")
        } catch {
            result.withLock { $0 = .failure(error) }
            // A full disk, for one, ends the transaction and with it the savepoint.
            guard database.isInTransaction else { throw error }
            try database.run("ROLLBACK TO write")
            try database.run("RELEASE write")
        }
    }

    var isDone: Bool { result.withLock { $0 != nil } }

    func fail(_ error: any Error) {
        result.withLock { $0 = .failure(error) }
    }

    /// What the change came to, once the writer has run.
    func outcome() throws -> Output {
        guard let result = result.withLock({ $0 }) else { throw StoreError.storeIsClosed }
        return try result.get()
    }
}
