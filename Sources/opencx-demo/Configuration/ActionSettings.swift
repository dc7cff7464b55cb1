internal import OpenCXCore
internal import OpenCXOpenAPI

/// An API whose operations are actions, as the configuration names it. Its secret is in the environment, so that the file can be
/// shown around.
struct ActionSettings: Sendable {
    /// The path of the OpenAPI document.
    var document: String
    var secretVariable: String?
    var allowsLoopback = false
    var settings = OpenAPISettings()

    init(_ reader: ConfigurationReader) throws {
        guard let path = try reader.path("openapi") else { throw reader.problem("openapi", "is missing") }
        document = path
        // The file names the API for this demo, so its actions exist wherever the demo talks.
        settings.channels = []
        settings.serverBaseURL = try reader.string("server")
        secretVariable = try reader.string("secret_variable")
        allowsLoopback = try reader.bool("allow_loopback") ?? false
        settings.allowsLoopbackHTTP = allowsLoopback
        for (parameter, fact) in try reader.texts("bind") ?? [:] {
            guard let fact = Self.facts[fact] else {
                throw reader.problem("bind.\(parameter)", "must be \"email\", \"phone\" or \"custom_id\"")
            }
            settings.bindings.append(ActionBinding(parameter, to: fact))
        }
        settings.labels = try reader.object("labels")?.allTranslations() ?? [:]
        settings.operations =
            try reader.namedObjects("operations")?.mapValues(ActionOverrides.init) ?? [:]
        try reader.finish()
    }

    private static let facts: [String: ActionBinding.Fact] = [
        "email": .email, "phone": .phone, "custom_id": .customID,
    ]
}

extension ActionOverrides {
    init(_ reader: ConfigurationReader) throws {
        self.init(
            isEnabled: try reader.bool("on") ?? true, examples: try reader.strings("examples") ?? [],
            replies: try reader.translations("replies") ?? [:],
            confirmations: try reader.translations("confirmations") ?? [:])
        try reader.finish()
    }
}
