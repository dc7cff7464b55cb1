internal import OpenCXCore
internal import OpenCXPlatform
internal import OpenCXWeb
internal import OpenCXWidget

/// The files that visitors of the web chat attach, kept as the widget keeps its own: told by their bytes, named anew, served so
/// that no browser runs them.
struct ChatFiles: AttachmentStore {
    private let folder: FolderFileStore
    private let days: Int
    private let clock = SystemClock()

    /// `nil` where the configuration names no folder.
    init?(_ settings: ChatSettings) {
        guard let path = settings.files else { return nil }
        folder = FolderFileStore(directory: path)
        days = settings.fileDays
    }

    /// The folder as a channel wants it.
    var files: WebFiles {
        let (folder, clock, kinds) = (folder, clock, FileKind.all)
        return WebFiles(
            endings: kinds.flatMap(\.endings).map { ".\($0)" },
            keep: { upload in
                let name = FileName.kept(of: upload.name)
                guard let kind = FileKind.of(upload.bytes[...], named: name, among: kinds) else {
                    throw WebFiles.Refusal.kind
                }
                let record = UploadedFile.Record(
                    name: name, mediaType: kind.mediaType, byteCount: upload.bytes.count,
                    owner: Self.owner(upload.thread), at: clock.now())
                do {
                    let id = try await folder.add(UploadedFile(record: record, bytes: upload.bytes))
                    return Self.kept(id, record)
                } catch let error as FileStoreError where error.code == .full {
                    throw WebFiles.Refusal.full
                }
            },
            find: { id, thread in
                guard let record = try await folder.record(FileID(id)), record.owner == Self.owner(thread) else {
                    return nil
                }
                return Self.kept(FileID(id), record)
            },
            serve: { id in
                guard let file = try await folder.file(FileID(id)), file.record.owner.hasPrefix(Self.prefix) else {
                    return nil
                }
                return .file(file, kinds: kinds)
            })
    }

    func removeFiles(at locations: [String]) async throws {
        for location in locations {
            if let id = WebFiles.id(at: location) { try await folder.remove(FileID(id)) }
        }
    }

    /// Removes files that have been kept long enough; ends when cancelled.
    func keepTidy() async throws {
        while true {
            // What cannot be removed now is removed in an hour.
            _ = try? await folder.removeFiles(before: clock.now() - .seconds(days * 24 * 3600))
            try await clock.sleep(until: clock.now() + .seconds(3600))
        }
    }

    private static let prefix = "chat/"

    private static func owner(_ thread: ThreadID) -> String { prefix + thread.rawValue }

    private static func kept(_ id: FileID, _ record: UploadedFile.Record) -> WebFiles.Kept {
        WebFiles.Kept(
            id: id.rawValue, name: record.name, mediaType: record.mediaType, byteCount: record.byteCount)
    }
}
