public import OpenCXCore

/// Where uploaded files are kept.
///
/// ``FolderFileStore`` is one. An embedding server with an object store of its own brings another: a few operations, each of which
/// is whole or has no effect.
public protocol FileStore: Sendable {
    /// Keeps a file under a new name that nobody can guess: 16 to 128 small letters, so that it can stand in messages as it is
    /// (``/OpenCXCore/KeptLocation``).
    ///
    /// - Throws: ``FileStoreError``; with the code `full` where there is no room for it.
    func add(_ file: UploadedFile) async throws -> FileID

    /// A file; `nil` when there is none under this name.
    func file(_ id: FileID) async throws -> UploadedFile?

    /// What is known of a file besides its bytes; `nil` when there is none under this name.
    func record(_ id: FileID) async throws -> UploadedFile.Record?

    /// Removes a file; does nothing when there is none under this name.
    func remove(_ id: FileID) async throws

    /// Removes what was uploaded before a time.
    ///
    /// - Returns: how many files were removed.
    func removeFiles(before time: Timestamp) async throws -> Int
}

/// Names an uploaded file; whoever knows it can read the file.
public typealias FileID = Identifier<UploadedFile>

/// A file that a visitor has uploaded.
public struct UploadedFile: Sendable, Hashable {
    /// What is known of a file besides its bytes.
    public struct Record: Sendable, Hashable, Codable {
        /// The name that the visitor's file had. It names nothing here.
        public var name: String
        /// The media type, told from the bytes.
        public var mediaType: String
        /// The size in bytes.
        public var byteCount: Int
        /// Who uploaded it: the contact token's subject. Nobody else may send it.
        public var owner: String
        /// When.
        public var at: Timestamp

        /// Makes a record from its parts.
        public init(name: String, mediaType: String, byteCount: Int, owner: String, at time: Timestamp) {
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
            self.owner = owner
            at = time
        }
    }

    /// What is known of it.
    public var record: Record
    /// What it holds.
    public var bytes: [UInt8]

    /// Makes a file from its parts.
    public init(record: Record, bytes: [UInt8]) {
        self.record = record
        self.bytes = bytes
    }
}

/// Why a file could not be kept or read.
public struct FileStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unavailable, full }
        private let value: Value
        /// The place cannot be written to or read from.
        public static let unavailable = Code(value: .unavailable)
        /// There is no room left, for this visitor or for anybody.
        public static let full = Code(value: .full)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds names of files or visitors.
    public var description: String

    /// Makes an error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
