public import OpenCXCore

extension FileStore {
    /// Removes files by the locations that messages name, as ``/OpenCXCore/AttachmentStore`` asks for. Those of other channels have no
    /// files here.
    ///
    /// Files that were uploaded and never sent are known to nobody; ``removeFiles(before:)`` finds them by their age.
    public func removeFiles(at locations: [String]) async throws {
        for location in locations {
            if let location = FileLocation(text: location) { try await remove(location.id) }
        }
    }
}

extension FolderFileStore: AttachmentStore {}
