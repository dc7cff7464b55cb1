internal import OpenCXCore

/// A change that waits for the writer, and the caller who waits for the change.
struct PendingWrite: Sendable {
    /// Tells the caller what the change came to.
    typealias Answer = @Sendable () -> Void

    private let change: @Sendable (Database) throws -> Answer
    /// Tells the caller that the change was not made.
    let fail: @Sendable (any Error) -> Void

    init<Output: Sendable>(
        _ caller: CheckedContinuation<Output, any Error>, _ body: @escaping @Sendable (Database) throws -> Output
    ) {
        change = { database in
            let output = try body(database)
            return { caller.resume(returning: output) }
        }
        fail = { caller.resume(throwing: $0) }
    }

    /// Makes the change inside the writer's transaction.
    ///
    /// - Returns: the answer for when the transaction is on the disk.
    /// - Throws: what the change fails with; the transaction then holds a part of it.
    func perform(in database: Database) throws -> Answer {
        try change(database)
    }

    /// Makes the change inside the writer's transaction, or leaves nothing of it behind.
    ///
    /// - Returns: the answer for when the transaction is on the disk.
    /// - Throws: when the whole transaction is lost. What only this change fails with is the answer.
    func performAlone(in database: Database) throws -> Answer {
        try database.run("SAVEPOINT write")
        do {
            let answer = try change(database)
            try database.run("RELEASE write")
            return answer
        } catch {
            // A full disk, for one, ends the transaction and with it the savepoint.
            guard database.isInTransaction else { throw error }
            try database.run("ROLLBACK TO write")
            try database.run("RELEASE write")
            return { fail(error) }
        }
    }
}
