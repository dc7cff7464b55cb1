public import OpenCXCore

/// A store in one SQLite file: durable, for one machine, with nothing to set up.
///
/// One connection writes, with group commit: changes that wait for it at the same time share a transaction and an `fsync`.
/// A few connections beside it read. Several processes may open the same file, on a local disk; their changes take turns.
/// They need a vault that they share (`SealedVault` in `OpenCXVault`), for those in memory know nothing of each other.
///
/// SQLite does not hold up the threads that tasks share: every connection has a queue of its own, but for one that looks up a
/// single row by its key. Two of these are in every turn, and handing them to a queue and back takes longer than they do.
public final class SQLiteStore: Store {
    /// `nil` when the store was opened for reading only.
    private let writer: Writer?
    private let readers: ReaderPool
    private let direct: DirectReader?
    let memory = RowMemory()

    /// Opens the file at a path, makes it when it is not there, and brings an older one up to date. Blocks meanwhile.
    ///
    /// The directory must exist. Two more files, with `-wal` and `-shm` after the name, belong to the store while it is open
    /// and after a crash. A new file is readable and writable for its owner only.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - readers: how many reads run at the same time.
    /// - Throws: ``/OpenCXCore/StoreError``: `unavailable` when the file cannot be opened for writing, `corrupt` when it is
    ///   damaged or something else, `tooNew` when a newer version of this package wrote it.
    public init(path: String, readers: Int = 4) throws {
        (writer, self.readers, direct) = try SQLiteError.translated { [memory] in
            // First, for it makes the tables that the readers expect.
            (
                try Writer(path: path, memory: memory),
                try ReaderPool(path: path, count: readers, memory: memory),
                try DirectReader(path: path)
            )
        }
    }

    /// Opens a file for reading only, whether or not somebody else writes to it. Neither the file nor its log is changed;
    /// SQLite may leave an empty log and its index (`-wal`, `-shm`) beside it. Every change is refused with
    /// `StoreError.unavailable`.
    ///
    /// - Parameter path: the file.
    /// - Throws: ``/OpenCXCore/StoreError``: `unavailable` when the file is not there, cannot be read, or has the format of an
    ///   earlier version, `corrupt` when it is damaged or something else, `tooNew` when a newer version of this package wrote it.
    public init(reading path: String) throws {
        writer = nil
        direct = nil
        readers = try SQLiteError.translated { [memory] in
            try ReaderPool(path: path, count: 1, isReadOnly: true, memory: memory)
        }
    }

    /// Finishes what has been asked for and closes the file. Whatever is asked for later throws `StoreError.closed`.
    public func close() async {
        await writer?.close()
        direct?.close()
        await readers.close()
    }

    /// Writes the file anew without what was removed, and empties the log. See ``/OpenCXCore/RetentionStore/scrub()``.
    ///
    /// What is removed is overwritten at once, but for copies that SQLite may have left behind when it moved rows from page to
    /// page; this gets rid of those. All other changes wait meanwhile, about a second for 200 MB, and the disk needs room for two
    /// more copies of the file. What file systems and disks keep of overwritten blocks is out of reach.
    ///
    /// - Throws: ``/OpenCXCore/StoreError``: `unavailable` when another process reads for so long that the log cannot be emptied.
    public func scrub() async throws {
        do { try await openWriter.scrub() } catch let error as SQLiteError { throw StoreError(error) }
    }

    /// What opening the store made of a log that a process had left behind, and whether anything was left out of it; `nil` when
    /// there was none, as after every orderly close. Another process that has the store open leaves one too, and a whole one.
    public var recovery: RecoveryReport? { writer?.recovery }

    /// See ``/OpenCXCore/Store/markOfOtherWriters()``. Of a store that was opened for reading only, it cannot be told.
    public func markOfOtherWriters() async throws -> Int? {
        do { return try await writer?.markOfOthers() } catch let error as SQLiteError { throw StoreError(error) }
    }

    /// How much has been written since the store was opened.
    package var written: WriteCounts { writer?.written ?? WriteCounts() }

    /// Makes a change in a transaction that it may share with others; returns when it is on the disk.
    func write<Output: Sendable>(_ body: @escaping @Sendable (Database) throws -> Output) async throws -> Output {
        do { return try await openWriter.write(body) } catch let error as SQLiteError { throw StoreError(error) }
    }

    private var openWriter: Writer {
        get throws {
            if let writer { return writer }
            throw StoreError(.unavailable, "The store was opened for reading only.")
        }
    }

    /// Reads a single row by its key, of what has been committed. Decoding it is the caller's.
    func lookUp<Output: Sendable>(_ body: @Sendable (Database) throws -> Output) async throws -> Output {
        do {
            if let output = try direct?.read(body) { return output }
            return try await readers.read(body)
        } catch let error as SQLiteError { throw StoreError(error) }
    }

    /// Reads what has been committed.
    func read<Output: Sendable>(_ body: @Sendable (Database) throws -> Output) async throws -> Output {
        do { return try await readers.read(body) } catch let error as SQLiteError { throw StoreError(error) }
    }
}
