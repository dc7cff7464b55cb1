import OpenCXCore
import Testing

@Suite struct TeamDocumentTests {
    @Test(arguments: StoreKind.allCases)
    func `documents are kept by kind and id, and replaced`(_ kind: StoreKind) async throws {
        let store = try Access(kind).documents
        let (scenario, switches) = (TeamDocument.Kind(rawValue: "scenario"), TeamDocument.Kind(rawValue: "switch"))
        func document(_ kind: TeamDocument.Kind, _ id: String, _ body: JSONValue, _ at: Int64) -> TeamDocument {
            TeamDocument(kind: kind, id: id, body: body, createdAt: Timestamp(milliseconds: at))
        }
        let body: JSONValue = ["title": "Ünïcode \u{0} \"x\"", "list": [1, .number(2.5), true, .null, ["a": [:]]]]
        try await store.put(document(scenario, "b", body, 1))
        try await store.put(document(scenario, "a", 7, 2))
        try await store.put(document(switches, "a", "on", 3))
        #expect(try await store.documents(scenario).map(\.id) == ["a", "b"])
        #expect(try await store.document(scenario, "b") == document(scenario, "b", body, 1))
        #expect(try await store.document(switches, "b") == nil)
        try await store.put(document(scenario, "b", "new", 9))
        let replaced = try #require(await store.document(scenario, "b"))
        #expect(replaced.body == "new")
        #expect(replaced.createdAt.milliseconds == 1 && replaced.updatedAt.milliseconds == 9)
        #expect(try await store.removeDocument(scenario, "b"))
        #expect(try await !store.removeDocument(scenario, "b"))
        #expect(try await store.documents(scenario).map(\.id) == ["a"])
        #expect(try await store.documents(switches).count == 1)
    }
}
