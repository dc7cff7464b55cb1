internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func autopilot(_ parts: RESTParts) -> [Endpoint] {
        let read = APIScope(.autopilot, .read)
        let one = Schema.object([
            "channel": Schema.text(), "type": Schema.text(), "is_on": Schema.bool,
            "set_by": Schema.choice(["api", "configuration"]),
        ])
        var all = [
            Endpoint(
                id: "listAutopilot", method: .get, path: "/autopilot", group: "Autopilot",
                summary: "List the channels, and whether the AI answers there", scope: read,
                success: [
                    .init(
                        status: 200, description: "All of them.", schema: Schema.object(["channels": Schema.list(one)]))
                ],
                perform: { _ in
                    var channels: [JSONValue] = []
                    let switches = try await switches(parts)
                    for channel in parts.agent.parts.channels { channels.append(json(channel, switches, parts)) }
                    return Reply(body: ["channels": .array(channels)])
                }),
            Endpoint(
                id: "getAutopilot", method: .get, path: "/autopilot/{channel}", group: "Autopilot",
                summary: "Whether the AI answers on a channel", scope: read,
                success: [.init(status: 200, description: "The channel.", schema: one)],
                perform: { call in
                    Reply(body: json(try channel(call, parts), try await switches(parts), parts))
                }),
        ]
        if let documents = parts.documents {
            all.append(
                Endpoint(
                    id: "updateAutopilot", method: .patch, path: "/autopilot/{channel}", group: "Autopilot",
                    summary: "Switch the AI on or off on a channel",
                    details: "Holds from the next turn on. Null leaves it to the agent's configuration again.",
                    scope: APIScope(.autopilot, .write),
                    body: Schema.object(["is_on": Schema.optional(Schema.bool)]),
                    success: [.init(status: 200, description: "The channel.", schema: one)],
                    perform: { call in
                        let channel = try channel(call, parts)
                        try await TeamSettings(store: documents).setSwitch(
                            call.body["is_on"]?.boolean, of: channel.id, at: parts.now)
                        return Reply(body: json(channel, try await switches(parts), parts))
                    }))
        }
        return all
    }

    private static func channel(_ call: Call, _ parts: RESTParts) throws(APIFailure) -> any Channel {
        guard let channel = parts.agent.parts.channels.first(where: { $0.id.rawValue == call.path("channel") }) else {
            throw APIFailure.notFound("channel")
        }
        return channel
    }

    private static func switches(_ parts: RESTParts) async throws -> [ChannelID: Bool] {
        guard let documents = parts.documents else { return [:] }
        return try await TeamSettings(store: documents).switches()
    }

    private static func json(
        _ channel: any Channel, _ switches: [ChannelID: Bool], _ parts: RESTParts
    ) -> JSONValue {
        let configured = parts.agent.settings.autopilot
        let isOn = switches[channel.id] ?? configured.channels[channel.id] ?? configured.isOnByDefault
        return [
            "channel": .string(channel.id.rawValue), "type": .string(channel.kind.rawValue), "is_on": .bool(isOn),
            "set_by": switches[channel.id] == nil ? "configuration" : "api",
        ]
    }
}
