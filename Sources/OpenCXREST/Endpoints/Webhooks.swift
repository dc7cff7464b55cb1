internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func webhooks(_ parts: RESTParts) -> [Endpoint] {
        let one = Schema.object([
            "id": Schema.text(), "events": Schema.optional(Schema.list(Schema.text())),
        ])
        return [
            Endpoint(
                id: "listWebhooks", method: .get, path: "/webhooks", group: "Webhooks",
                summary: "List the endpoints that are told of events",
                details: "`events` is null where an endpoint is told of all.", scope: APIScope(.webhooks, .read),
                success: [.init(status: 200, description: "All of them.", schema: Schema.page(one))],
                perform: { _ in
                    let items = parts.agent.parts.endpoints.map { endpoint -> JSONValue in
                        let events = endpoint.events?.map(\.rawValue).sorted()
                        return [
                            "id": .string(endpoint.id.rawValue), "events": events.map { JSONValue($0) } ?? .null,
                        ]
                    }
                    return Reply(body: ["items": .array(items), "next": .null])
                }),
            Endpoint(
                id: "testWebhook", method: .post, path: "/webhooks/{id}/test", group: "Webhooks",
                summary: "Send an endpoint a test event",
                details: "An event named `webhook.test`, once; what does not arrive is not sent again.",
                scope: APIScope(.webhooks, .write),
                success: [
                    .init(
                        status: 200, description: "Whether it has arrived.",
                        schema: Schema.object(["delivered": Schema.bool, "error": Schema.optional(Schema.text())]))
                ],
                perform: { try await test($0, parts) }),
        ]
    }

    private static func test(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let id = call.path("id")
        guard let endpoint = parts.agent.parts.endpoints.first(where: { $0.id.rawValue == id }) else {
            throw APIFailure.notFound("webhook")
        }
        let now = parts.now
        let delivery = EventDelivery(
            id: "test-" + parts.agent.parts.ids.makeID(), name: ConversationEvent.Name(rawValue: "webhook.test"),
            at: now, payload: ["timestamp": JSONValue(now)])
        do {
            try await endpoint.deliver(delivery)
            return Reply(body: ["delivered": true, "error": .null])
        } catch let error as CancellationError {
            throw error
        } catch let error as EventError {
            return Reply(body: ["delivered": false, "error": .string(error.message)])
        } catch {
            return Reply(body: ["delivered": false, "error": "The endpoint did not take the event."])
        }
    }
}
