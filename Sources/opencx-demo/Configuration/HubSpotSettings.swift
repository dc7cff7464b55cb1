internal import OpenCXCore

/// HubSpot, as the configuration names it (docs/HubSpot.md). The credentials are in the environment.
struct HubSpotSettings: Sendable {
    var id: String
    var credentials: Credentials
    var clientSecretVariable: String
    var publicURL: String
    var user: String
    var ownerOfUser: String?
    var answersUnassigned: Bool
    var inboxes: Set<String>
    var portal: String?
    var trustsSenders: Bool
    var answersInPlace: Bool
    var handoffAssignee: String?
    var passesRepliesOn: Bool
    var acceptsOlderSignatures: Bool
    var sessionURL: String?
    var baseURL: String?
    var tickets: Tickets

    enum Credentials: Sendable {
        case token(variable: String)
        case oauth(clientID: String, secretVariable: String, refreshVariable: String)
    }

    /// Where new tickets go, and what is filled in.
    struct Tickets: Sendable {
        var pipeline = "0"
        var stage = "1"
        var closedStages: Set<String> = ["4"]
        var closingStage: String? = "4"
        var owner: String?
        var properties: [String: String] = [:]

        static let names: Set = ["handoff_key", "session", "ticket_number", "tags", "sentiment", "reasons", "channel"]

        init() {}

        init(_ reader: ConfigurationReader) throws {
            pipeline = try reader.string("pipeline") ?? pipeline
            stage = try reader.string("stage") ?? stage
            closedStages = Set(try reader.strings("closed_stages") ?? Array(closedStages))
            if let stage = try reader.string("closing_stage") { closingStage = stage.isEmpty ? nil : stage }
            owner = try reader.string("owner")
            properties = try reader.texts("properties") ?? [:]
            if let unknown = properties.keys.sorted().first(where: { !Self.names.contains($0) }) {
                throw reader.problem(
                    "properties", "has \"\(unknown)\"; there are \(Self.names.sorted().joined(separator: ", "))")
            }
            try reader.finish()
        }
    }

    init(_ reader: ConfigurationReader) throws {
        id = try reader.string("id") ?? "hubspot"
        if let oauth = try reader.object("oauth") {
            credentials = .oauth(
                clientID: try oauth.required("client_id"), secretVariable: try oauth.required("client_secret_variable"),
                refreshVariable: try oauth.required("refresh_token_variable"))
            try oauth.finish()
        } else {
            credentials = .token(variable: try reader.string("token_variable") ?? "HUBSPOT_TOKEN")
        }
        clientSecretVariable = try reader.string("client_secret_variable") ?? "HUBSPOT_CLIENT_SECRET"
        publicURL = try reader.required("public_url")
        user = try reader.required("user")
        ownerOfUser = try reader.string("owner_of_user")
        answersUnassigned = try reader.bool("answer_unassigned") ?? false
        inboxes = Set(try reader.strings("inboxes") ?? [])
        portal = try reader.string("portal")
        trustsSenders = try reader.bool("trust_senders") ?? false
        answersInPlace = try reader.bool("answer_in_place") ?? true
        handoffAssignee = try reader.string("handoff_assignee")
        passesRepliesOn = try reader.bool("pass_replies_on") ?? true
        acceptsOlderSignatures = try reader.bool("older_signatures") ?? false
        sessionURL = try reader.string("session_url")
        baseURL = try reader.address("base_url")
        tickets = try reader.object("tickets").map(Tickets.init) ?? Tickets()
        guard publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://") else {
            throw reader.problem("public_url", "must be the whole address that HubSpot calls, with https://")
        }
        try reader.finish()
    }
}
