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
                } catch {
                    // Whatever it is, it ends neither this nor the server.
                    try Task.checkCancellation()
                    terminal.complain(Self.complaint(about: "articles of \(source.id)", error))
                }
            }
            try await clock.sleep(until: clock.now() + Self.interval)
        }
    }

    /// What is said of a failure: of one that is not ours the type only, for its words may be anybody's.
    static func complaint(about what: String, _ error: any Error) -> String {
        "\(what): \(safeDescription(of: error))".forTerminal
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
