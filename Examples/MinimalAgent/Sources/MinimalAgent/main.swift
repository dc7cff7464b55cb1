import OpenCXCore
import OpenCXHelpCenter
import OpenCXPlatform
import OpenCXSearch

let question = CommandLine.arguments.dropFirst().first ?? "How do I return an item?"
// ../help-center, wherever this is run from.
let articles = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/help-center"
print("customer> \(question)")

let store = InMemoryStore()
let index = SearchIndex()
try await KnowledgeSync(store: store, index: index).run(HelpCenterFolder(id: "help", path: articles))
let agent = Agent(
    AgentParts(store: store, knowledge: index, channels: [Desk()], clock: SystemClock(), ids: RandomIDs()))

_ = try await agent.receive(Desk().message(question))
try await agent.runUntilIdle()
