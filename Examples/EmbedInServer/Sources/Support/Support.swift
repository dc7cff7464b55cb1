import OpenCXCore
import OpenCXHelpCenter
import OpenCXPlatform
import OpenCXSQLite
import OpenCXSearch
import OpenCXWeb
import SomeFramework

/// The support agent of this server: a store in a file, a folder of articles, and the web chat.
public struct Support: Sendable {
    let agent: Agent
    let store: SQLiteStore
    let index: SearchIndex

    /// Opens the database, makes it when it is not there, and reads the articles that have changed.
    public init(database: String, articles: String) async throws {
        store = try SQLiteStore(path: database)
        index = try await SearchIndex.restored(from: store)
        try await KnowledgeSync(store: store, index: index).run(HelpCenterFolder(id: "help", path: articles))
        agent = Agent(
            AgentParts(
                store: store, knowledge: index, channels: [WebChannel()], clock: SystemClock(), ids: RandomIDs()))
    }

    /// Mounts the chat's endpoints; `WebChat` lists them.
    public func mount(on server: inout Server) {
        let chat = WebChat(agent: agent)
        server.on("/v1/sessions/") { request in
            let response = await chat.respond(to: WebhookRequest(request))
            return response.map(Server.Response.init) ?? Server.Response(status: 404)
        }
    }

    /// Answers what comes in until the task is cancelled, by the articles that the database holds meanwhile: `opencx-demo
    /// knowledge sync`, or another server on the same file, may change them. Runs beside the server.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            group.addTask {
                // Where a team reads its server's log.
                try await index.follow(store, clock: SystemClock()) { print("articles: \($0)") }
            }
            // Neither ends before it is told to, or fails; then the other ends too.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Finishes writing and closes the file.
    public func close() async {
        await store.close()
    }
}
