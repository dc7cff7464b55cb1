public import OpenCXCore

extension FileStore {
    /// Removes the files that were sent in sessions. The core keeps no bytes and so removes none: call this for the sessions that
    /// ``/OpenCXCore/Agent/erase(_:scrubbing:)`` is about to remove, before it does.
    ///
    /// Files that were uploaded and never sent are known to nobody; ``removeFiles(before:)`` finds them by their age.
    ///
    /// - Parameters:
    ///   - sessions: the sessions; those of other channels have no files here.
    ///   - store: where their messages are.
    public func removeFiles(of sessions: [SessionID], in store: any TeamStore) async throws {
        for session in sessions {
            var last = 0
            while true {
                let page = try await store.history(session, after: last, limit: 500)
                for attachment in page.flatMap({ $0.message?.attachments ?? [] }) {
                    if let location = FileLocation(text: attachment.location.text) { try await remove(location.id) }
                }
                guard page.count == 500, let end = page.last?.sequence else { break }
                last = end
            }
        }
    }
}
