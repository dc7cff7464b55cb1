internal import FoundationEssentials
internal import OpenCXCore

/// What lies in the folder: keys and paths of articles, and what looks like an article but is none.
///
/// Hidden files and folders are skipped, and links to folders are never followed.
struct FolderWalk {
    private(set) var files: [String: String] = [:]
    private(set) var failures: [String: KnowledgeSourceError] = [:]
    private let root: HelpCenterRoot
    private let limits: HelpCenterFolder.Limits

    /// Goes through the folder.
    ///
    /// - Throws: ``KnowledgeSourceError`` when a folder in it cannot be listed: an incomplete listing would pass for articles
    ///   that were removed.
    init(_ root: HelpCenterRoot, limits: HelpCenterFolder.Limits) throws(KnowledgeSourceError) {
        self.root = root
        self.limits = limits
        var folders = [(path: "", depth: 0)]
        while let folder = folders.popLast() {
            if folder.depth > limits.folderDepth {
                throw KnowledgeSourceError(
                    .tooLarge,
                    "The folder \"\(root.shown(folder.path))\" lies more than \(limits.folderDepth) folders deep. Move it "
                        + "up, or raise the limit `folderDepth`.")
            }
            for name in try root.names(in: folder.path) where !name.hasPrefix(".") {
                let path = folder.path.isEmpty ? name : "\(folder.path)/\(name)"
                if try add(path) == .folder { folders.append((path, folder.depth + 1)) }
            }
        }
    }

    private mutating func add(_ path: String) throws(KnowledgeSourceError) -> FileReading.Kind? {
        let kind: FileReading.Kind
        do {
            kind = try FileReading.kind(of: root.full(path))
        } catch {
            // Deleted since the folder was read, or not ours to look at.
            if error.reason != .missing, let key = ArticleFile.key(ofPath: path) {
                failures[key] = root.error(error, at: path)
            }
            return nil
        }
        if kind == .folder { return kind }
        guard let key = ArticleFile.key(ofPath: path) else { return kind }
        if let other = files[key] {
            files[key] = nil
            failures[key] = KnowledgeSourceError(
                .malformed,
                "\"\(root.shown(path))\" and \"\(root.shown(other))\" are the same article by name. Rename one of them."
            )
        } else if failures[key] == nil {
            files[key] = path
        }
        if files.count + failures.count > limits.fileCount {
            throw KnowledgeSourceError(
                .tooLarge,
                "The help center folder \"\(root.path)\" holds more than \(limits.fileCount) articles. Check that it is "
                    + "the right folder, or raise the limit `fileCount`.")
        }
        return kind
    }
}
