internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func actions(_ parts: RESTParts) -> [Endpoint] {
        let list = Endpoint(
            id: "listActions", method: .get, path: "/actions", group: "Actions",
            summary: "List the calls that the AI can make for customers", scope: APIScope(.actions, .read),
            success: [.init(status: 200, description: "All of them.", schema: Schema.page(Schema.named("Action")))],
            perform: { _ in
                let actions = try await parts.agent.parts.actions?.actions() ?? []
                return Reply(body: ["items": .array(actions.map(\.json)), "next": .null])
            })
        guard let importActions = parts.importActions else { return [list] }
        return [
            list,
            Endpoint(
                id: "importActions", method: .post, path: "/actions/import", group: "Actions",
                summary: "Take up an OpenAPI document: its operations become actions",
                details: """
                    The document is an object, or a text in JSON or YAML. What an earlier import under the same name brought is \
                    replaced. With `dry_run` it is only checked. What is wrong with the document is a 422.
                    """,
                scope: APIScope(.actions, .write),
                body: Schema.object(
                    [
                        "name": Schema.text(1...50, "Names the API among others."),
                        "spec": ["type": ["string", "object"]],
                        "serverBaseUrl": ["type": "string", "format": "uri", "maxLength": 500],
                        "dry_run": Schema.bool,
                    ], required: ["name", "spec"]),
                success: [
                    .init(
                        status: 200, description: "What became of it.",
                        schema: Schema.object([
                            "imported": Schema.bool, "actions": Schema.list(Schema.named("Action")),
                            "refused": Schema.list(
                                Schema.object(["operation": Schema.text(), "reason": Schema.text()])),
                        ]))
                ],
                perform: { call in
                    let spec = call.body["spec"] ?? .null
                    let request = ActionImport(
                        name: call.body["name"]?.string ?? "",
                        document: spec.string.map { Array($0.utf8) } ?? spec.serialized(),
                        serverBaseURL: call.body["serverBaseUrl"]?.string, isTrial: call.body["dry_run"] == true)
                    let report: ActionImportReport
                    do { report = try await importActions(request) } catch let error as ActionImportError {
                        throw APIFailure(422, error.description)
                    }
                    return Reply(body: [
                        "imported": .bool(!request.isTrial), "actions": .array(report.actions.map(\.json)),
                        "refused": .array(
                            report.refused.map {
                                ["operation": .string($0.operation), "reason": .string($0.reason)]
                            }),
                    ])
                }),
        ]
    }
}

extension ActionDefinition {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "description": .string(summary),
            "effect": effect == .lookup ? "lookup" : "change", "parameters": JSONValue(parameters.map(\.name)),
            "restricted_to_segments": JSONValue(segments.sorted()),
        ]
    }
}
