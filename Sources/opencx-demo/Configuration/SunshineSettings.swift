internal import OpenCXCore

/// Zendesk's Sunshine Conversations, as the configuration names them (docs/Zendesk.md). The secrets are in the environment.
struct SunshineSettings: Sendable {
    var id: String
    var baseURL: String
    var app: String
    var key: String
    var secretVariable: String
    var webhookSecretVariables: [String]
    var agentWorkspace: String?
    var integration: String?
    var ticketNumberField: Int?
    var sessionURL: String?

    init(_ reader: ConfigurationReader) throws {
        id = try reader.string("id") ?? "sunshine"
        guard let baseURL = try reader.address("url") else {
            throw reader.problem("url", "is missing: the account's address with /sc, https://NAME.zendesk.com/sc")
        }
        self.baseURL = baseURL
        app = try reader.required("app")
        key = try reader.required("key")
        secretVariable = try reader.string("secret_variable") ?? "SUNSHINE_SECRET"
        webhookSecretVariables = try reader.strings("webhook_secret_variables") ?? []
        agentWorkspace = try reader.string("agent_workspace")
        integration = try reader.string("integration")
        ticketNumberField = try reader.integer("ticket_number_field", in: 1...Int.max)
        sessionURL = try reader.string("session_url")
        try reader.finish()
    }
}
