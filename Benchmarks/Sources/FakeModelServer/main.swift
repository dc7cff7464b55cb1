#if canImport(Glibc)
    import Glibc
#endif

// A language model that answers at once, in OpenAI's words: the first request of a turn gets a tool call, the one that brings
// the tool's result gets an answer. A process of its own, so that its time is not counted with the agent's.
//
//     FakeModelServer [port]
//
// Prints the address and serves until the process that started it is gone.

let port = CommandLine.arguments.dropFirst().first.flatMap { UInt16($0) } ?? 0
let server = Server(port: port)
print("http://127.0.0.1:\(server.port)/v1")
fflush(nil)
server.run()
