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

    /// Opens the database, makes it when it is not there, and reads the articles that have changed.
    public init(database: String, articles: String) async throws {
        store = try SQLiteStore(path: database)
        let index = try await SearchIndex.restored(from: store)
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

    /// Answers what comes in until the task is cancelled; runs beside the server.
    public func run() async throws {
        try await agent.run()
    }

    /// Finishes writing and closes the file.
    public func close() async {
        await store.close()
    }
}
