internal import OpenCXCore

/// A receiver of events, as the configuration names it. Its secret is in the environment, so that the file can be shown around.
struct WebhookSettings: Sendable {
    var id: EventEndpointID
    var url: String
    var secretVariable: String
    var events: Set<ConversationEvent.Name>?

    private static let known: [ConversationEvent.Name] = [
        .started, .contactResponse, .aiResponse, .agentResponse, .handoffToHuman,
        .prohibitedTopicDetected, .handoffToThirdPartyFailed, .closed, .ratingRequested, .scoreSubmitted,
    ]

    init(_ reader: ConfigurationReader) throws {
        id = EventEndpointID(try reader.required("id"))
        url = try reader.required("url")
        secretVariable = try reader.required("secret_variable")
        if let names = try reader.strings("events") {
            events = Set(names.map { ConversationEvent.Name(rawValue: $0) })
            if let unknown = names.first(where: { name in !Self.known.contains { $0.rawValue == name } }) {
                let list = Self.known.map(\.rawValue).joined(separator: ", ")
                throw reader.problem("events", "has \"\(unknown)\", which is no event; known are \(list)")
            }
        }
        try reader.finish()
    }
}
