internal import OpenCXCore

/// A connection that reads, beside the one that writes.
actor Reader {
    private nonisolated let executor = QueueExecutor(label: "opencx.sqlite.reader")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var database: Database?

    init(path: String, isReadOnly: Bool, memory: RowMemory) throws {
        database =
            try isReadOnly
            ? StoreFile.openReadOnly(path: path) : StoreFile.openForReading(path: path, memory: memory)
    }

    func read<Output: Sendable>(_ body: @Sendable (Database) throws -> Output) throws -> Output {
        guard let database else { throw StoreError.storeIsClosed }
        return try body(database)
    }

    func close() {
        database = nil
    }
}

/// A few readers; each read goes to the one that has the least to do.
final class ReaderPool: Sendable {
    private let readers: [Reader]
    private let waiting: Locked<[Int]>

    init(path: String, count: Int, isReadOnly: Bool = false, memory: RowMemory) throws {
        readers = try (0..<max(1, count)).map { _ in
            try Reader(path: path, isReadOnly: isReadOnly, memory: memory)
        }
        waiting = Locked(Array(repeating: 0, count: readers.count))
    }

    func read<Output: Sendable>(_ body: @Sendable (Database) throws -> Output) async throws -> Output {
        let index = waiting.withLock { waiting in
            let index = waiting.indices.min { waiting[$0] < waiting[$1] } ?? 0
            waiting[index] += 1
            return index
        }
        defer { waiting.withLock { $0[index] -= 1 } }
        return try await readers[index].read(body)
    }

    func close() async {
        for reader in readers { await reader.close() }
    }
}
