internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func tags(_ parts: RESTParts) -> [Endpoint] {
        let write = APIScope(.tags, .write)
        let done = Endpoint.Success(status: 200, description: "The session.", schema: Schema.named("Session"))
        return [
            Endpoint(
                id: "listTags", method: .get, path: "/tags", group: "Tags", summary: "List the tags that are in use",
                details: "Those of the 1,000 sessions that changed last, most used first.",
                scope: APIScope(.tags, .read),
                success: [
                    .init(
                        status: 200, description: "All of them.",
                        schema: Schema.page(Schema.object(["name": Schema.text(), "count": Schema.integer()])))
                ],
                perform: { _ in try await listTags(parts) }),
            Endpoint(
                id: "addTags", method: .post, path: "/chat/sessions/{id}/tags", group: "Tags",
                summary: "Put tags on a session", scope: write,
                body: Schema.object(["tags": Schema.list(Schema.text(1...100), 1...20)]), success: [done],
                perform: { call in
                    try await tag(call, parts, adding: call.body["tags"]?.items.compactMap(\.string) ?? [])
                }),
            Endpoint(
                id: "removeTag", method: .delete, path: "/chat/sessions/{id}/tags/{tag}", group: "Tags",
                summary: "Take a tag off a session", details: "Taking off what is not there changes nothing.",
                scope: write, success: [done],
                perform: { try await tag($0, parts, removing: [$0.path("tag")]) }),
        ]
    }

    private static func tag(
        _ call: Call, _ parts: RESTParts, adding: [String] = [], removing: [String] = []
    ) async throws -> Reply {
        let session = try await session(call, parts)
        guard
            let after = try await parts.agent.tag(
                session.id, adding: adding, removing: removing, by: .person(program))
        else { throw APIFailure.notFound("session") }
        return Reply(body: try await after.json(parts))
    }

    private static func listTags(_ parts: RESTParts) async throws -> Reply {
        var counts: [String: Int] = [:]
        var cursor: SessionCursor?
        for _ in 0..<10 {
            let page = try await parts.store.sessions(matching: SessionQuery(), after: cursor, limit: 100)
            for tag in page.sessions.flatMap(\.tags) { counts[tag, default: 0] += 1 }
            guard let next = page.next else { break }
            cursor = next
        }
        let sorted = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
        return Reply(body: [
            "items": .array(sorted.map { ["name": .string($0.key), "count": JSONValue($0.value)] }), "next": .null,
        ])
    }
}
