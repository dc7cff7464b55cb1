internal import OpenCXCore
internal import OpenCXEmail
internal import OpenCXPages
internal import OpenCXPlatform
internal import OpenCXWidget

/// The files that come with mails, kept as the chat's are: told by their bytes, named anew, served so that no browser runs them, and
/// only to people of the team.
struct MailFiles: AttachmentStore {
    private let folders: [(store: FolderFileStore, days: Int)]
    private let clock = SystemClock()

    /// `nil` where no channel of the configuration names a folder.
    init?(_ settings: [EmailSettings]) {
        folders = settings.compactMap { email in email.files.map { (Self.store(at: $0), email.fileDays) } }
        if folders.isEmpty { return nil }
    }

    private static func store(at path: String) -> FolderFileStore {
        // All of a channel's files have one owner.
        FolderFileStore(directory: path, capacityPerOwner: .max)
    }

    private static let store: StaticString = "mail-file"

    private static func id(at location: String) -> FileID? {
        AttachmentPlace.name(in: location, of: store).map { FileID($0) }
    }

    /// Where a file stands that there was no room for.
    private static let nowhere = AttachmentPlace.elsewhere(UnredactedText("mail:not-kept"))

    /// What keeps a channel's files; `nil` where it names no folder.
    static func keeping(_ settings: EmailSettings) -> (@Sendable (ReceivedFile) async throws -> AttachmentPlace)? {
        guard let path = settings.files else { return nil }
        let (folder, owner, clock) = (store(at: path), "mail/\(settings.id)", SystemClock())
        return { file in
            let name = FileName.kept(of: file.name.reveal())
            // A mail's files are what they are: of unknown kinds they can only be saved.
            let kind = FileKind.of(file.bytes[...], named: name, among: FileKind.all)
            let record = UploadedFile.Record(
                name: name, mediaType: kind?.mediaType ?? "application/octet-stream", byteCount: file.bytes.count,
                owner: owner, at: clock.now())
            do {
                let id = try await folder.add(UploadedFile(record: record, bytes: file.bytes))
                return .file(id.rawValue, in: store)
            } catch let error as FileStoreError where error.code == .full {
                // The mail is taken in all the same, and the file is still in the mailbox.
                return nowhere
            }
        }
    }

    /// For the team's pages.
    var team: TeamFiles {
        let folders = folders
        return TeamFiles(
            isKept: { Self.id(at: $0) != nil },
            serve: { location in
                guard let id = Self.id(at: location) else { return nil }
                for (folder, _) in folders {
                    guard let file = try await folder.file(id) else { continue }
                    var response = WebhookResponse.file(file, kinds: FileKind.all)
                    response.headers.removeAll {
                        $0.name == "cross-origin-resource-policy" || $0.name == "cache-control"
                    }
                    response.headers += [
                        ("cross-origin-resource-policy", "same-origin"), ("cache-control", "no-store"),
                    ]
                    return response
                }
                return nil
            })
    }

    func removeFiles(at locations: [String]) async throws {
        for id in locations.compactMap(Self.id) {
            for (folder, _) in folders { try await folder.remove(id) }
        }
    }

    /// Removes files that have been kept long enough; ends when cancelled.
    func keepTidy() async throws {
        while true {
            for (folder, days) in folders {
                // What cannot be removed now is removed in an hour.
                _ = try? await folder.removeFiles(before: clock.now() - .seconds(days * 24 * 3600))
            }
            try await clock.sleep(until: clock.now() + .seconds(3600))
        }
    }
}
