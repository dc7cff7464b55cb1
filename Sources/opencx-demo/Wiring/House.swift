internal import FoundationEssentials
internal import OpenCXAccess
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXFileDrop
internal import OpenCXHelpCenter
internal import OpenCXPlatform
internal import OpenCXSQLite
internal import OpenCXSearch
internal import OpenCXWeb

/// The agent of the demo, put together from a command line and a configuration.
struct House: Sendable {
    var configuration: Configuration
    var store: any Store
    var index: SearchIndex
    var agent: Agent
    var orders: OrderBook?
    /// What the agent has done.
    var meter: AgentMeter
    /// The last time that the folder of articles was read, and what that did.
    var lastSync: (at: Timestamp, report: KnowledgeSync.Report)?
    /// Who may get in, and what the team sets while the agent runs; in the same file as the rest.
    var access: any AccessStore & TeamDocumentStore
    var imported: ImportedActions
    /// What writes and fetches mails.
    var mailing: Mailing
    /// The vendors' accounts.
    var accounts: VendorAccounts

    /// The one folder of articles.
    static let source: KnowledgeSourceID = "help"

    /// Opens the store, brings the index up to date, and makes the agent.
    ///
    /// - Parameters:
    ///   - inMemory: whether the command needs no data folder unless one is named.
    ///   - syncs: whether the articles are brought up to date, where there is a folder of them.
    ///   - claims: whether the error budget of the configuration is claimed, if it has one.
    ///   - connects: whether the channels of providers that the configuration names are there.
    ///   - streams: whether a language model's replies are shown while it writes them.
    static func open(
        _ invocation: Invocation, channels: [any Channel] = [], inMemory: Bool = false, syncs: Bool = true,
        claims: Bool = true, streams: Bool = false, connects: Bool = false
    ) async throws -> House {
        let file = invocation["--config"]
        var configuration = try file.map { try Configuration(ConfigurationReader(file: $0)) } ?? Configuration()
        configuration.knowledge = invocation["--knowledge"] ?? configuration.knowledge
        let chat: [any Channel] = connects ? [WebChannel(files: ChatFiles(configuration.chat)?.files)] : []
        if streams { configuration.settings.streamedChannels = Set((channels + chat).map(\.id)) }
        let store = try store(at: invocation["--data"] ?? (inMemory ? "none" : ".opencx"))
        let index = try await SearchIndex.restored(from: store)
        let orders = try configuration.orders.map(OrderBook.init(file:))
        let (clock, ids) = (SystemClock(), RandomIDs())
        let mailing = connects ? try Mailing(configuration.email, store: store, clock: clock) : Mailing()
        let texting = connects ? try Texting.channels(configuration.sms) : []
        let accounts = connects ? try VendorAccounts(configuration, clock: clock) : VendorAccounts()
        let channels = channels + chat + texting + mailing.channels + accounts.channels
        try Hooks.check(channels)
        let meter = AgentMeter()
        let access: any AccessStore & TeamDocumentStore = store as? SQLiteStore ?? InMemoryAccessStore()
        let imported = ImportedActions(
            configured: try Actions.provider(configuration.actions, orders: orders, invocation.terminal), store: access,
            http: CurlHTTPClient(CurlConfiguration(addresses: .publicOnly)))
        let agent = Agent(
            AgentParts(
                store: store, knowledge: index,
                answerer: try Answering.answerer(configuration, clock: clock, ids: ids),
                classifier: try Answering.classifier(configuration, clock: clock, ids: ids),
                summarizer: try Answering.summarizer(configuration, clock: clock, ids: ids),
                actions: imported, people: MemberNames(store: access), settings: TeamSettings(store: access),
                channels: channels,
                helpdesks: accounts.helpdesks
                    + (configuration.helpdeskFolder.map { [FileDropHelpdesk(directory: $0)] } ?? []),
                attachments: Self.attachments(configuration),
                endpoints: try Webhooks.endpoints(configuration.webhooks, clock: clock),
                observer: meter,
                redaction: Redaction(
                    policy: configuration.redaction, vault: try configuration.vault.vault(in: store, clock: clock)),
                clock: clock,
                ids: ids),
            settings: configuration.settings)
        var house = House(
            configuration: configuration, store: store, index: index, agent: agent, orders: orders, meter: meter,
            access: access, imported: imported, mailing: mailing, accounts: accounts)
        // A whole log may be a server's that runs beside this command; what was left out of one is said whoever finds it.
        if let damage = house.recovery(ofWholeLog: false) { invocation.terminal.complain(damage) }
        if syncs, configuration.knowledge != nil {
            house.lastSync = (clock.now(), try await house.sync(invocation.terminal))
        }
        if claims, let budget = configuration.budget { try await house.claim(budget, invocation.terminal) }
        return house
    }

    /// The folders that hold what customers attach; those of channels that this command does not open as well.
    private static func attachments(_ configuration: Configuration) -> [any AttachmentStore] {
        let stores: [(any AttachmentStore)?] = [
            ChatFiles(configuration.chat), MailFiles(configuration.email), WidgetSite.files(of: configuration),
        ]
        return stores.compactMap(\.self)
    }

    /// What opening the store made of a log that was left behind, if that was whole, or not.
    func recovery(ofWholeLog isWhole: Bool) -> String? {
        guard let report = (store as? SQLiteStore)?.recovery, (report.droppedPages == 0) == isWhole else { return nil }
        return report.description
    }

    private static func store(at path: String) throws -> any Store {
        path == "none" ? InMemoryStore() : try durableStore(at: path)
    }

    /// The store in a data folder, which is made when it is not there.
    static func durableStore(at path: String) throws -> SQLiteStore {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure("The data folder \"\(path)\" cannot be made. Is the path right, and may you write there?")
        }
        return try SQLiteStore(path: path + "/opencx.sqlite")
    }

    /// Brings the store and the index up to date with the folder of articles, and complains about what cannot be read.
    @discardableResult
    func sync(_ terminal: Terminal) async throws -> KnowledgeSync.Report {
        guard let path = configuration.knowledge else {
            throw UsageError(
                """
                There is nothing to synchronize: name a folder with --knowledge, or "knowledge" in the configuration.
                """)
        }
        let folder = HelpCenterFolder(
            id: Self.source, path: path, baseURL: configuration.helpBaseURL, defaultLocale: configuration.language)
        let report = try await KnowledgeSync(store: store, index: index).run(folder) { done, total in
            if done % 10 == 0 || done == total { terminal.progress("reading articles: \(done) of \(total)") }
        }
        terminal.progress("")
        for (key, error) in report.failures.sorted(by: { $0.key < $1.key }) {
            terminal.complain("left out \(key): \(error)".forTerminal)
        }
        if try await store.knowledgeVersion() != index.knowledgeVersion {
            try await index.refresh(from: store)
            try await index.save(to: store)
        }
        return report
    }

    /// Writes out what the store still holds back.
    func close() async {
        if let store = store as? SQLiteStore { await store.close() }
    }

    /// The session that a command line names: by its number (`1001`, `#1001`) or its id.
    func session(_ name: String) async throws -> Session { try await Self.session(name, in: store) }

    /// The same in any store.
    static func session(_ name: String, in store: any TeamStore) async throws -> Session {
        let digits = name.hasPrefix("#") ? name.dropFirst() : name[...]
        if let number = Int(digits), let session = try await store.session(ticket: TicketNumber(rawValue: number)) {
            return session
        }
        if let session = try await store.session(SessionID(name)) { return session }
        throw Failure("There is no session \(name). \"opencx-demo inbox list --all\" shows what there is.")
    }
}
