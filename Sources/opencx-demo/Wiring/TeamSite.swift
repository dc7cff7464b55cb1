internal import OpenCXAccess
internal import OpenCXCore
internal import OpenCXPages
internal import OpenCXSQLite

/// The team's pages of the demo, at `/team`.
struct TeamSite: Sendable {
    private let pages: TeamPages
    private let members: TeamMembers
    private let data: String

    static let routes = TeamPages.paths()

    /// `nil` where nothing is kept, for then nobody can be a member.
    init?(_ house: House, _ invocation: Invocation) async throws {
        guard let store = house.store as? SQLiteStore else { return nil }
        let (clock, hasher) = (house.agent.parts.clock, PasswordHasher())
        members = TeamMembers(store: store, hasher: hasher, ids: house.agent.parts.ids, clock: clock)
        data = invocation["--data"] ?? ".opencx"
        var signIn = TeamSignIn.Settings()
        signIn.isSecure = house.configuration.isBehindTLS
        let terminal = invocation.terminal
        var settings = TeamPagesSettings(
            title: house.configuration.title,
            replay: try await Rehearsal.parts(house.configuration, house.store, house.index, terminal),
            prices: house.configuration.prices)
        if let folder = house.configuration.knowledge {
            let last = Locked(house.lastSync)
            settings.sources = {
                let last = last.withLock { $0 }
                return [
                    TeamKnowledgeSource(
                        id: House.source, title: "Folder \(folder)", syncedAt: last?.at, report: last?.report)
                ]
            }
            settings.sync = { _ in
                let report = try await house.sync(terminal)
                last.withLock { $0 = (clock.now(), report) }
                return report
            }
        }
        settings.files = MailFiles(house.configuration.email)?.team
        pages = TeamPages(
            agent: house.agent, signIn: TeamSignIn(store: store, hasher: hasher, settings: signIn, clock: clock),
            members: members, settings: settings)
    }

    func answer(_ request: WebhookRequest) async -> WebhookAnswer? { await pages.answer(request) }

    /// How somebody gets in for the first time; `nil` once there are members.
    func invitation() async throws -> String? {
        guard try await members.all().isEmpty else { return nil }
        return "opencx-demo members add NAME --role admin --data \(data)"
    }
}
