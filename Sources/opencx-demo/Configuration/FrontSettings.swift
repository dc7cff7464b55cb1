internal import OpenCXCore

/// Front, as the configuration names it (docs/Front.md). The credentials are in the environment.
struct FrontSettings: Sendable {
    var id: String
    var tokenVariable: String
    var teammate: String
    var handlesUnassigned: Bool
    var signingKeyVariable: String?
    var ruleSecretVariable: String?
    var trustsSenders: Bool
    var createsContacts: Bool
    var handoffTags: [String]
    var sessionURL: String?
    var baseURL: String?
    var articles: ArticleSettings?

    /// Which knowledge bases are read.
    struct ArticleSettings: Sendable {
        var bases: Set<String>
        var siteURL: String?
    }

    init(_ reader: ConfigurationReader) throws {
        id = try reader.string("id") ?? "front"
        tokenVariable = try reader.string("token_variable") ?? "FRONT_TOKEN"
        teammate = try reader.required("teammate")
        handlesUnassigned = try reader.bool("handle_unassigned") ?? false
        signingKeyVariable = try reader.string("signing_key_variable")
        ruleSecretVariable = try reader.string("rule_secret_variable")
        trustsSenders = try reader.bool("trust_senders") ?? false
        createsContacts = try reader.bool("create_contacts") ?? true
        handoffTags = try reader.strings("handoff_tags") ?? []
        sessionURL = try reader.string("session_url")
        baseURL = try reader.address("base_url")
        if let articles = try reader.object("articles") {
            self.articles = ArticleSettings(
                bases: Set(try articles.strings("bases") ?? []), siteURL: try articles.address("site_url"))
            try articles.finish()
        }
        guard teammate.hasPrefix("tea_") else {
            throw reader.problem("teammate", "must be the id of a teammate, which begins with tea_")
        }
        guard signingKeyVariable != nil || ruleSecretVariable != nil else {
            throw reader.problem(
                "signing_key_variable", "or \"rule_secret_variable\" is needed: without one no webhook can be verified")
        }
        try reader.finish()
    }
}
