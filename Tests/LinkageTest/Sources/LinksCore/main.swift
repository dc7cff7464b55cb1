import OpenCXCore

let store = InMemoryStore()
print("LinksCore: \(try await store.sessions(.all, limit: 1).count) sessions")
