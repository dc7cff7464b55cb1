internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXHelpCenter
internal import OpenCXSQLite
internal import OpenCXSearch

/// What recorded turns are run with: the parts that a configuration asks for, but no model, no API and no store to write to.
enum Rehearsal {
    /// - Parameters:
    ///   - configuration: the rules, the answerer, the actions.
    ///   - store: where the articles are.
    ///   - index: the index over them.
    static func parts(
        _ configuration: Configuration, _ store: any KnowledgeStore, _ index: SearchIndex, _ terminal: Terminal
    ) async throws -> Replayer.Parts {
        // Nothing is called, so no secret is needed; what the documents describe is.
        let secrets = Dictionary(
            configuration.actions.compactMap(\.secretVariable).map { ($0, "unused") }, uniquingKeysWith: { $1 })
        let provider = try Actions.provider(configuration.actions, orders: nil, terminal, environment: secrets)
        return Replayer.Parts(
            settings: configuration.settings, knowledge: index, articles: { try await store.articles($0) },
            actions: try await provider?.actions() ?? [], modelName: configuration.model?.name,
            answerer: { Answering.answerer(configuration, asking: configuration.model == nil ? nil : $0) },
            classifier: { Answering.classifier(configuration, asking: $0) },
            summarizer: { Answering.summarizer(configuration, asking: $0) })
    }

    /// The articles of a configuration's folder, or those of the store where it names none; nothing of it is kept.
    static func knowledge(
        _ configuration: Configuration, else store: any KnowledgeStore, _ terminal: Terminal
    ) async throws -> (any KnowledgeStore, SearchIndex) {
        guard let path = configuration.knowledge else { return (store, try await SearchIndex.restored(from: store)) }
        let (memory, index) = (InMemoryStore(), SearchIndex())
        let folder = HelpCenterFolder(
            id: House.source, path: path, baseURL: configuration.helpBaseURL, defaultLocale: configuration.language)
        let report = try await KnowledgeSync(store: memory, index: index).run(folder)
        for (key, error) in report.failures.sorted(by: { $0.key < $1.key }) {
            terminal.complain("left out \(key): \(error)".forTerminal)
        }
        return (memory, index)
    }

    /// Opens a data folder so that nothing in it can be changed.
    static func recordings(_ invocation: Invocation) throws -> SQLiteStore {
        try SQLiteStore(reading: (invocation["--data"] ?? ".opencx") + "/opencx.sqlite")
    }
}
