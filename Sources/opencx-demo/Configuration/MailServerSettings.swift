internal import OpenCXCore
internal import OpenCXEmail

/// A mail server, as the configuration names it.
struct MailServerSettings: Sendable {
    /// Who logs in, and how.
    enum Login: Sendable {
        case password(user: String, variable: String)
        case token(user: String, OAuthSettings)
    }

    /// What is spoken to it.
    enum Service { case smtp, imap }

    var host: String
    var port: Int
    var protection: MailServer.Protection
    var login: Login?
    var certificates: String?

    /// Reads what both kinds of servers have; the caller finishes the object.
    init(_ reader: ConfigurationReader, _ service: Service) throws {
        host = try reader.required("host")
        if host.contains(where: { "/@ ?#".contains($0) }) {
            throw reader.problem("host", "must be the name of a server, such as smtp.example.com, and nothing else")
        }
        switch try reader.string("security") ?? (service == .smtp ? "starttls" : "tls") {
        case "tls": protection = .tls
        case "starttls": protection = .startTLS
        case "none" where Self.isThisMachine(host): protection = .none
        case "none": throw reader.problem("security", "can be \"none\" for a server on this machine only")
        default: throw reader.problem("security", "must be \"tls\", \"starttls\" or, on this machine, \"none\"")
        }
        port = try reader.integer("port", in: 1...65535) ?? Self.port(service, protection)
        certificates = try reader.path("certificates")
        login = try Self.login(reader)
    }

    private static func login(_ reader: ConfigurationReader) throws -> Login? {
        let user = try reader.string("user")
        let variable = try reader.string("password_variable")
        let oauth = try reader.object("oauth").map(OAuthSettings.init)
        guard let user, !user.isEmpty else {
            if variable == nil, oauth == nil { return nil }
            throw reader.problem("user", "is missing: whose password or token is it?")
        }
        switch (variable, oauth) {
        case (let variable?, nil): return .password(user: user, variable: variable)
        case (nil, let oauth?): return .token(user: user, oauth)
        case (nil, nil): throw reader.problem("password_variable", "is missing, and so is \"oauth\"")
        default: throw reader.problem("oauth", "cannot stand beside \"password_variable\"; keep one of them")
        }
    }

    private static func port(_ service: Service, _ protection: MailServer.Protection) -> Int {
        switch (service, protection) {
        case (.smtp, .tls): 465
        case (.smtp, .startTLS): 587
        case (.smtp, .none): 25
        case (.imap, .tls): 993
        case (.imap, _): 143
        }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        if ["localhost", "::1"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Where tokens for a mail server come from (OAuth 2.0): by a refresh token, or by the application's own credentials.
struct OAuthSettings: Sendable {
    var tokenURL: String
    var clientID: String
    var clientSecretVariable: String?
    var refreshTokenVariable: String?
    var scope: String?

    init(_ reader: ConfigurationReader) throws {
        let url = try reader.required("token_url")
        guard ["https://", "http://127.0.0.1:", "http://localhost:"].contains(where: { url.hasPrefix($0) }) else {
            throw reader.problem("token_url", "must begin with https://")
        }
        tokenURL = url
        clientID = try reader.required("client_id")
        clientSecretVariable = try reader.string("client_secret_variable")
        refreshTokenVariable = try reader.string("refresh_token_variable")
        if clientSecretVariable == nil, refreshTokenVariable == nil {
            throw reader.problem("refresh_token_variable", "is missing, and so is \"client_secret_variable\"")
        }
        scope = try reader.string("scope")
        try reader.finish()
    }
}
