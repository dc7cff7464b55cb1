public import OpenCXCore

/// A helpdesk that is a folder: every handoff becomes a Markdown file that a team's script, or a person, picks up.
///
/// A file appears complete or not at all, and stands for one idempotency key: another try of the same handoff finds it and
/// writes nothing. Files that are taken care of should move into a folder `done` next to them, where later tries look too;
/// a file that is deleted or moved elsewhere is written again when the same handoff is tried again.
///
/// - Important: The files hold what customers wrote, names and addresses included, without any redaction. Only the user who
///   runs this process can read them (mode 0600). Keep the folder on storage that is as protected as the helpdesk would be,
///   and delete files when they have served.
public struct FileDropHelpdesk: Helpdesk {
    /// Names the helpdesk.
    public let id: HelpdeskID
    /// The folder that files are written to. It must exist.
    public let directory: String

    /// Names a folder; nothing is written yet.
    ///
    /// - Parameters:
    ///   - id: names the helpdesk.
    ///   - directory: the folder that files are written to. It must exist; it is not created, so that a volume that is not
    ///     mounted is noticed.
    public init(id: HelpdeskID = "file-drop", directory: String) {
        self.id = id
        self.directory = directory
    }

    /// Writes the handoff's file, or finds the one that an earlier try wrote. The reference is the file's name.
    ///
    /// - Throws: ``/OpenCXCore/HelpdeskError``: `unauthorized` when the folder may not be written to, `unavailable` for
    ///   everything else, such as a missing folder or a full disk.
    @concurrent
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        let name = HandoffFileName(handoff).name
        let folder = DropFolder(path: directory)
        if try !folder.holds(name) {
            try folder.drop(Array(HandoffMarkdown(handoff).text.utf8), as: name)
        }
        return HelpdeskReceipt(reference: name)
    }
}
