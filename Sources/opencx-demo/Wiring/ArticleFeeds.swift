internal import OpenCXCore
internal import OpenCXSearch

/// Brings the articles of the vendors' accounts into the store.
struct ArticleFeeds: Sendable {
    let sources: [any KnowledgeSource]
    let house: House

    /// How often an account is asked for what has changed.
    private static let interval = Duration.seconds(3600)

    /// Synchronizes each source once, and says what could not be read.
    func sync(_ terminal: Terminal) async throws -> [(KnowledgeSourceID, KnowledgeSync.Report)] {
        var reports: [(KnowledgeSourceID, KnowledgeSync.Report)] = []
        for source in sources { reports.append((source.id, try await sync(source, terminal))) }
        return reports
    }

    /// Keeps them up to date until the task is cancelled. An account that does not answer is asked again later.
    func follow(_ terminal: Terminal) async throws {
        let clock = house.agent.parts.clock
        while true {
            for source in sources {
                do {
                    _ = try await sync(source, terminal)
                } catch let error as KnowledgeSourceError {
                    terminal.complain("articles of \(source.id): \(error)".forTerminal)
                } catch let error as StoreError {
                    terminal.complain("articles of \(source.id): \(error)".forTerminal)
                }
            }
            try await clock.sleep(until: clock.now() + Self.interval)
        }
    }

    private func sync(_ source: any KnowledgeSource, _ terminal: Terminal) async throws -> KnowledgeSync.Report {
        let report = try await KnowledgeSync(store: house.store, index: house.index).run(source)
        for (key, error) in report.failures.sorted(by: { $0.key < $1.key }) {
            terminal.complain("left out \(source.id)/\(key): \(error)".forTerminal)
        }
        if try await house.store.knowledgeVersion() != house.index.knowledgeVersion {
            try await house.index.refresh(from: house.store)
            try await house.index.save(to: house.store)
        }
        return report
    }
}
