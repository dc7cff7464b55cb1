import FoundationEssentials
import SomeFramework
import Support

// ../help-center, wherever this is run from; the database in a folder that is gone at the end.
let articles = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/help-center"
let folder = FileManager.default.temporaryDirectory.path + "/embed-in-server-\(UUID().uuidString)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let support = try await Support(database: folder + "/support.sqlite", articles: articles)
var routes = Server()
routes.on("/healthz") { _ in Server.Response(status: 200) }
support.mount(on: &routes)
let server = routes

try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    group.addTask { try await support.run() }

    // In place of a browser: a message in, the reply out.
    let chat = "/v1/sessions/visitor-0123456789abcdef/messages"
    var message = Server.Request("POST", chat)
    message.headers["content-type"] = "application/json"
    message.body = #"{"id": "1", "text": "How do I return an item?"}"#
    print("POST \(chat)  \(message.body)")
    let stored = try await server.respond(to: message)
    print("\(stored.status)  \(stored.body)\n")

    // Waits up to 20 seconds for what comes after the customer's own message.
    print("GET \(chat)?after=1&wait=20")
    let reply = try await server.respond(to: Server.Request("GET", chat, query: ["after": "1", "wait": "20"]))
    print("\(reply.status)  \(reply.body)")
    group.cancelAll()
}
await support.close()
