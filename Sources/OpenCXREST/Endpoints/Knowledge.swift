internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func knowledge(_ parts: RESTParts) -> [Endpoint] {
        [
            Endpoint(
                id: "searchKnowledge", method: .get, path: "/help-center/search", group: "Knowledge",
                summary: "Search the knowledge, as the AI does", scope: APIScope(.helpCenter, .read),
                query: [
                    QueryParameter("query", Schema.text(1...1000), "A question.", isRequired: true),
                    QueryParameter(
                        "limit", ["type": "integer", "minimum": 1, "maximum": 50, "default": 5], "How many passages."),
                    QueryParameter("locale", Schema.text(2...20), "Only articles in this language, such as `en`."),
                    QueryParameter(
                        "internal", ["type": "boolean", "default": false], "Drafts and restricted articles too."),
                ],
                success: [
                    .init(
                        status: 200, description: "The passages that match best, best first.",
                        schema: Schema.object(["items": Schema.list(Schema.named("Passage"))]))
                ],
                perform: { try await search($0, parts) })
        ]
    }

    private static func search(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let agent = parts.agent.parts
        // Redaction counts placeholders by session; nobody has written here, so it is a session of nobody's.
        let nobody = SessionID(agent.ids.makeID())
        var counts = PlaceholderCounts()
        let question = try await agent.redaction.redact(
            UnredactedText(call.string("query") ?? ""), in: nobody, counts: &counts)
        try await agent.redaction.forget(nobody)
        let found = try await agent.knowledge.search(
            KnowledgeQuery(
                text: question, locales: call.string("locale").map { [LanguageTag(rawValue: $0)] } ?? [],
                reader: call.query["internal"] == true ? .agent : .customer, limit: call.integer("limit", else: 5)))
        return Reply(body: ["items": .array(found.passages.map(\.json))])
    }
}

extension RankedPassage {
    fileprivate var json: JSONValue {
        [
            "article_id": .string(passage.article.rawValue), "title": JSONValue(passage.title),
            "headings": JSONValue(passage.headings.map(\.text)), "content": JSONValue(passage.markdown),
            "url": JSONValue(passage.url), "score": .number(score), "coverage": .number(coverage),
            "locale": .string(passage.locale.rawValue), "is_public": .bool(passage.audience == .everyone),
        ]
    }
}
