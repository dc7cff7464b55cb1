import OpenCXAccess
import OpenCXCore
import OpenCXPages
import OpenCXTesting

/// The team's pages in front of a whole agent on fakes, driven by hand.
struct TeamDesk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let channel = RecordingChannel()
    let access = InMemoryAccessStore()
    let agent: Agent
    let members: TeamMembers
    let signIn: TeamSignIn
    let pages: TeamPages

    static let password = "correct horse battery"

    init(
        answerer: (any Answerer)? = nil, index: any KnowledgeIndex = ListIndex(),
        settings: AgentSettings = AgentSettings(),
        pageSettings: TeamPagesSettings = TeamPagesSettings(title: "Fernhill <Home>")
    ) async throws {
        agent = Agent(
            AgentParts(
                store: store, knowledge: index, answerer: answerer ?? ScriptedAnswerer(answering: "An answer."),
                channels: [channel], clock: clock, ids: SequentialIDs()), settings: settings)
        // The cheapest hash there is: these tests are not about guessing passwords.
        let hasher = PasswordHasher(cost: PasswordHasher.Cost(log2N: 2, blockSize: 1, parallelism: 1))
        members = TeamMembers(store: access, hasher: hasher, ids: SequentialIDs(), clock: clock)
        signIn = TeamSignIn(store: access, hasher: hasher, clock: clock)
        pages = TeamPages(agent: agent, signIn: signIn, members: members, settings: pageSettings)
        for role in TeamRole.allCases {
            try await members.add(name: role.rawValue, role: role, password: Secret(Self.password))
        }
    }

    /// The customer writes, and everything due is done.
    @discardableResult
    func customer(_ text: String, thread: ThreadID = "thread-1", from sender: ContactHandle? = nil) async throws
        -> Session
    {
        let message = channel.message(
            text, thread: thread, providerID: "m\(clock.now().milliseconds)-\(thread)", from: sender)
        let accepted = try await agent.receive(message).0
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(1))
        return try await session(accepted.session)
    }

    func session(_ id: SessionID) async throws -> Session {
        guard let session = try await store.session(id) else { throw Missing() }
        return session
    }

    func history(_ session: Session) async throws -> [HistoryEntry] {
        try await store.history(session.id, after: 0, limit: 1000)
    }

    /// A browser that somebody has signed in with.
    func browser(_ role: TeamRole) async throws -> Browser {
        let browser = Browser(pages: pages)
        try await browser.signIn(role.rawValue, Self.password)
        return browser
    }

    struct Missing: Error {}
}
