internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func training(_ parts: RESTParts) -> [Endpoint] {
        let list = Endpoint(
            id: "listTraining", method: .get, path: "/training", group: "Training",
            summary: "List training scenarios",
            details: "Those of the agent's configuration too; they cannot be changed here.",
            scope: APIScope(.training, .read),
            success: [
                .init(
                    status: 200, description: "All of them.", schema: Schema.page(Schema.named("Scenario")))
            ],
            perform: { _ in try await listScenarios(parts) })
        guard let documents = parts.documents else { return [list] }
        let settings = TeamSettings(store: documents)
        let write = APIScope(.training, .write)
        let done = Endpoint.Success(status: 200, description: "The scenario.", schema: Schema.named("Scenario"))
        return [
            list,
            Endpoint(
                id: "createTraining", method: .post, path: "/training", group: "Training",
                summary: "Add a training scenario",
                details: """
                    The agent uses it from the next turn on, unless it is a draft. Without `questions`, the title is what sets \
                    a specific one off.
                    """,
                scope: write, body: scenarioSchema(required: ["title", "content"]),
                success: [.init(status: 201, description: "The scenario.", schema: Schema.named("Scenario"))],
                perform: { call in
                    let scenario = try await scenario(from: call.body, id: parts.agent.parts.ids.makeID(), nil, parts)
                    try await settings.put(scenario)
                    return Reply(
                        status: 201, body: scenario.json, headers: [("location", "/training/\(scenario.id)")])
                }),
            Endpoint(
                id: "getTraining", method: .get, path: "/training/{id}", group: "Training",
                summary: "Look at a training scenario", scope: APIScope(.training, .read), success: [done],
                perform: { Reply(body: try await known($0, settings).json) }),
            Endpoint(
                id: "updateTraining", method: .put, path: "/training/{id}", group: "Training",
                summary: "Change a training scenario", details: "What is left out stays as it is.", scope: write,
                body: scenarioSchema(required: []), success: [done],
                perform: { call in
                    let before = try await known(call, settings)
                    let scenario = try await scenario(from: call.body, id: before.id, before, parts)
                    try await settings.put(scenario)
                    return Reply(body: scenario.json)
                }),
            Endpoint(
                id: "deleteTraining", method: .delete, path: "/training/{id}", group: "Training",
                summary: "Remove a training scenario", scope: write,
                success: [
                    .init(status: 200, description: "It is gone.", schema: Schema.object(["id": Schema.id]))
                ],
                perform: { call in
                    let id = call.path("id")
                    guard try await settings.removeScenario(id) else { throw APIFailure.notFound("training scenario") }
                    return Reply(body: ["id": .string(id)])
                }),
        ]
    }

    private static func scenarioSchema(required: [String]) -> JSONValue {
        Schema.object(
            [
                "title": Schema.text(1...500), "content": Schema.text(1...20_000),
                "type": Schema.choice(["BEHAVIORAL", "SCENARIO_SPECIFIC"]),
                "questions": Schema.list(Schema.text(1...1000), 0...100),
                "restricted_to_channels": Schema.list(Schema.text(1...100), 0...50), "is_draft": Schema.bool,
            ], required: required)
    }

    private static func listScenarios(_ parts: RESTParts) async throws -> Reply {
        let configured = parts.agent.settings.scenarios.enumerated().map { place, scenario -> JSONValue in
            scenario.json(id: "configuration-\(place + 1)", source: "configuration")
        }
        var kept: [JSONValue] = []
        if let documents = parts.documents {
            kept = try await TeamSettings(store: documents).scenarios().map(\.json)
        }
        return Reply(body: ["items": .array(configured + kept), "next": .null])
    }

    private static func known(_ call: Call, _ settings: TeamSettings) async throws -> TeamSettings.Scenario {
        guard let scenario = try await settings.scenario(call.path("id")) else {
            throw APIFailure.notFound("training scenario")
        }
        return scenario
    }

    private static func scenario(
        from body: JSONValue, id: String, _ before: TeamSettings.Scenario?, _ parts: RESTParts
    ) async throws -> TeamSettings.Scenario {
        let title = body["title"]?.string ?? before?.scenario.name ?? ""
        let wasSpecific = before.map { $0.scenario.kind != .behavioral } ?? true
        let isSpecific = body["type"]?.string.map { $0 == "SCENARIO_SPECIFIC" } ?? wasSpecific
        var questions = body["questions"]?.items.compactMap(\.string)
        if questions == nil, case .specific(let known)? = before?.scenario.kind {
            // Those that the title has made go with the title.
            questions = known == [before?.scenario.name] ? nil : known
        }
        if !isSpecific, body["questions"]?.items.isEmpty == false {
            throw APIFailure(422, "\"questions\" set off a specific scenario; this one is behavioral.")
        }
        let specific = questions.map { $0.isEmpty ? [title] : $0 } ?? [title]
        let content: RedactedText
        if let text = body["content"]?.string {
            content = try await parts.agent.parts.redaction.publish(UnredactedText(text))
        } else {
            content = before?.scenario.content ?? ""
        }
        let channels = body["restricted_to_channels"].map { $0.items.compactMap(\.string).map { ChannelID($0) } }
        return TeamSettings.Scenario(
            id: id,
            scenario: TrainingScenario(
                name: title, kind: isSpecific ? .specific(questions: specific) : .behavioral, content: content,
                channels: channels ?? before?.scenario.channels ?? []),
            isDraft: body["is_draft"]?.boolean ?? before?.isDraft ?? false, createdAt: before?.createdAt ?? parts.now,
            updatedAt: parts.now)
    }
}

extension TeamSettings.Scenario {
    fileprivate var json: JSONValue {
        scenario.json(id: id, source: "api", isDraft: isDraft, createdAt: createdAt, updatedAt: updatedAt)
    }
}

extension TrainingScenario {
    fileprivate func json(
        id: String, source: String, isDraft: Bool = false, createdAt: Timestamp? = nil, updatedAt: Timestamp? = nil
    ) -> JSONValue {
        var questions: [String] = []
        if case .specific(let list) = kind { questions = list }
        return [
            "id": .string(id), "title": .string(name), "content": JSONValue(content),
            "type": kind == .behavioral ? "BEHAVIORAL" : "SCENARIO_SPECIFIC", "questions": JSONValue(questions),
            "restricted_to_channels": JSONValue(channels.map(\.rawValue)), "is_draft": .bool(isDraft),
            "source": .string(source), "created_at": JSONValue(createdAt), "updated_at": JSONValue(updatedAt),
        ]
    }
}
