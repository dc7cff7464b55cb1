internal import FoundationEssentials
public import OpenCXCore

/// Uploaded files in a folder: one file for the bytes, one for what is known of them, both under a random name of letters.
///
/// Nothing that a client says becomes part of a path, and no name but one of that form is ever looked up. Only the user who runs
/// this process can read the files (mode 0600). They hold what customers sent, as it was: keep the folder where the store is
/// kept, and empty it by ``removeFiles(before:)`` as often as the team's retention asks for.
public final class FolderFileStore: FileStore {
    /// The folder. It is made when the first file comes.
    public let directory: String
    /// How many bytes the files of all visitors may take together.
    public let capacity: Int
    /// How many bytes the files of one visitor may take together.
    public let capacityPerOwner: Int

    private let use = Locked<Use?>(nil)

    /// What the files take; counted once, and kept up from then on.
    private struct Use {
        var total = 0
        var owners: [String: Int] = [:]

        mutating func add(_ record: UploadedFile.Record) {
            total += record.byteCount
            owners[record.owner, default: 0] += record.byteCount
        }

        mutating func remove(_ record: UploadedFile.Record) {
            total -= record.byteCount
            let left = (owners[record.owner] ?? 0) - record.byteCount
            owners[record.owner] = left > 0 ? left : nil
        }
    }

    /// Names a folder; nothing is written yet.
    ///
    /// - Parameters:
    ///   - directory: the folder.
    ///   - capacity: how many bytes the files of all visitors may take together.
    ///   - capacityPerOwner: how many bytes the files of one visitor may take together.
    public init(directory: String, capacity: Int = 2 << 30, capacityPerOwner: Int = 100 << 20) {
        self.directory = directory
        self.capacity = capacity
        self.capacityPerOwner = capacityPerOwner
    }

    private static let nameLength = 48

    /// A path for a name that this store has made; `nil` for any other, so that none leads out of the folder.
    private func path(_ id: FileID) -> String? {
        let isName =
            id.rawValue.utf8.count == Self.nameLength
            && id.rawValue.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "p")).contains($0) }
        return isName ? "\(directory)/\(id.rawValue)" : nil
    }

    /// See ``FileStore/add(_:)``.
    @concurrent
    public func add(_ file: UploadedFile) async throws -> FileID {
        try reserve(file.record)
        let id = FileID(Letters.random(Self.nameLength))
        do {
            try make(directory)
            guard let path = path(id) else { throw unavailable }
            try write(file.bytes, to: path)
            // What has no record is no file, so the record comes last.
            try write(Array(JSONEncoder().encode(file.record)), to: path + ".json")
        } catch {
            use.withLock { $0?.remove(file.record) }
            for name in path(id).map({ [$0 + ".json", $0] }) ?? [] { try? FileManager.default.removeItem(atPath: name) }
            throw error
        }
        return id
    }

    /// See ``FileStore/file(_:)``.
    @concurrent
    public func file(_ id: FileID) async throws -> UploadedFile? {
        guard let path = path(id), let record = try record(at: path) else { return nil }
        guard isFile(path), let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return UploadedFile(record: record, bytes: [UInt8](bytes))
    }

    /// See ``FileStore/record(_:)``.
    @concurrent
    public func record(_ id: FileID) async throws -> UploadedFile.Record? {
        try path(id).flatMap { try record(at: $0) }
    }

    /// See ``FileStore/remove(_:)``.
    @concurrent
    public func remove(_ id: FileID) async throws {
        guard let path = path(id), let record = try record(at: path) else { return }
        for name in [path + ".json", path] { try? FileManager.default.removeItem(atPath: name) }
        if FileManager.default.fileExists(atPath: path + ".json") { throw unavailable }
        use.withLock { $0?.remove(record) }
    }

    /// See ``FileStore/removeFiles(before:)``.
    @concurrent
    public func removeFiles(before time: Timestamp) async throws -> Int {
        var count = 0
        for (id, record) in records() where record.at < time {
            try await remove(id)
            count += 1
        }
        removeHalves(before: time)
        return count
    }

    /// What a process that died has left without a record, or with one that cannot be read.
    private func removeHalves(before time: Timestamp) {
        let end = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        for name in names() {
            let isRecord = name.hasSuffix(".json")
            guard let path = path(FileID(isRecord ? String(name.dropLast(5)) : name)),
                (try? record(at: path)) == nil,
                let changed = attributes(of: "\(directory)/\(name)")?[.modificationDate] as? Date, changed < end
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
    }

    private func reserve(_ record: UploadedFile.Record) throws {
        // Reading the folder takes long and happens once; two at the same time come to the same.
        let counted = use.withLock { $0 == nil } ? countUse() : nil
        let problem = use.withLock { use -> FileStoreError? in
            var next = use ?? counted ?? Use()
            defer { use = next }
            if next.total + record.byteCount > capacity {
                return FileStoreError(.full, "There is no room for more files. Remove old ones, or raise the capacity.")
            }
            if (next.owners[record.owner] ?? 0) + record.byteCount > capacityPerOwner {
                return FileStoreError(.full, "This visitor has uploaded as much as one may.")
            }
            next.add(record)
            return nil
        }
        if let problem { throw problem }
    }

    private func countUse() -> Use {
        var use = Use()
        for (_, record) in records() { use.add(record) }
        return use
    }

    private func records() -> [(FileID, UploadedFile.Record)] {
        names().compactMap { name in
            guard name.hasSuffix(".json") else { return nil }
            let id = FileID(String(name.dropLast(5)))
            return path(id).flatMap { try? record(at: $0) }.map { (id, $0) }
        }
    }

    private func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] }

    /// Of the file itself, not of what a link points at.
    private func attributes(of path: String) -> [FileAttributeKey: Any]? {
        try? FileManager.default.attributesOfItem(atPath: path)
    }

    /// Whether there is a file of this store's: it makes no links, so one leads to something else.
    private func isFile(_ path: String) -> Bool {
        attributes(of: path)?[.type] as? FileAttributeType == .typeRegular
    }

    private func record(at path: String) throws -> UploadedFile.Record? {
        guard isFile(path + ".json"), let bytes = FileManager.default.contents(atPath: path + ".json") else {
            return nil
        }
        do {
            return try JSONDecoder().decode(UploadedFile.Record.self, from: bytes)
        } catch {
            throw FileStoreError(.unavailable, "A record in the folder for uploads cannot be read.")
        }
    }

    private func make(_ directory: String) throws {
        if FileManager.default.fileExists(atPath: directory) { return }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw unavailable
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        // Made for its owner alone before there is anything in it.
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw unavailable
        }
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw FileStoreError(.full, "The disk with the folder for uploads is full. Make room on it.")
        } catch {
            throw unavailable
        }
    }

    private var unavailable: FileStoreError {
        FileStoreError(
            .unavailable,
            "The folder for uploads cannot be written to. Does its disk have room, and may this process write there?")
    }
}
