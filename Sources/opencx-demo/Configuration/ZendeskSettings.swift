internal import OpenCXCore

/// Zendesk, as the configuration names it (docs/Zendesk.md). The credentials are in the environment.
struct ZendeskSettings: Sendable {
    var id: String
    var baseURL: String
    var email: String?
    var tokenVariable: String
    var agent: Int
    var signingSecretVariables: [String]
    var webhooks: [String]
    var answersInPlace: Bool
    var handlesUnassigned: Bool
    var answeredSources: Set<String>?
    var handoffChannels: Set<ChannelKind>?
    var handoffGroup: Int?
    var ticketNumberField: Int?
    var sessionURL: String?
    var trustsAddresses: Bool
    var articles: ArticleSettings?

    /// Which articles of the help center are read.
    struct ArticleSettings: Sendable {
        var locales: [String]
    }

    init(_ reader: ConfigurationReader) throws {
        id = try reader.string("id") ?? "zendesk"
        guard let baseURL = try reader.address("url") else {
            throw reader.problem("url", "is missing: the account's address, https://NAME.zendesk.com")
        }
        self.baseURL = baseURL
        email = try reader.string("email")
        tokenVariable = try reader.string("token_variable") ?? "ZENDESK_TOKEN"
        guard let agent = try reader.integer("agent", in: 1...Int.max) else {
            throw reader.problem("agent", "is missing: the id of the user that the AI writes as")
        }
        self.agent = agent
        signingSecretVariables = try reader.strings("signing_secret_variables") ?? []
        webhooks = try reader.strings("webhooks") ?? []
        answersInPlace = try reader.bool("answer_in_place") ?? false
        handlesUnassigned = try reader.bool("handle_unassigned") ?? false
        answeredSources = try reader.strings("answered_sources").map(Set.init)
        handoffChannels = try reader.strings("handoff_channels").map { Set($0.map(ChannelKind.init(rawValue:))) }
        handoffGroup = try reader.integer("handoff_group", in: 1...Int.max)
        ticketNumberField = try reader.integer("ticket_number_field", in: 1...Int.max)
        sessionURL = try reader.string("session_url")
        trustsAddresses = try reader.bool("trust_claimed_addresses") ?? false
        if let articles = try reader.object("articles") {
            self.articles = ArticleSettings(locales: try articles.strings("locales") ?? [])
            try articles.finish()
        }
        try reader.finish()
    }
}
