internal import OpenCXCore

/// Access tokens for a mail server, asked for anew before they end (RFC 6749, sections 4.4 and 6).
actor OAuthTokens {
    private let url: String
    private let clientID: String
    private let clientSecret: Secret?
    private let refreshToken: Secret?
    private let scope: String?
    private let http: any HTTPClient
    private let clock: any AgentClock
    private var known: (token: Secret, until: Timestamp)?

    /// - Parameters:
    ///   - url: the token endpoint.
    ///   - clientID: the application's id there.
    ///   - clientSecret: the application's secret, where it has one.
    ///   - refreshToken: what a person's consent gave; without it the application asks in its own name.
    ///   - scope: what the token is for, where the server wants to know.
    ///   - http: asks.
    ///   - clock: tells when a token ends.
    init(
        url: String, clientID: String, clientSecret: Secret?, refreshToken: Secret?, scope: String?,
        http: any HTTPClient, clock: any AgentClock
    ) {
        self.url = url
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        self.scope = scope
        self.http = http
        self.clock = clock
    }

    /// A token that lasts for a minute at least.
    func token() async throws -> Secret {
        if let known, known.until > clock.now() + .seconds(60) { return known.token }
        let asked = clock.now()
        let response = try await http.send(
            HTTPRequest(
                method: "POST", url: url,
                headers: [
                    ("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json"),
                ], body: form, timeout: .seconds(20), responseLimit: 1 << 20))
        guard response.status == 200, let answer = try? JSONValue(parsing: response.body),
            let token = answer["access_token"]?.string, !token.isEmpty
        else {
            throw ChannelError(
                .unavailable,
                "The token server gives no token (\(response.status)); check client and refresh token, or consent again."
            )
        }
        var seconds = Int64(300)
        if case .integer(let given)? = answer["expires_in"] { seconds = min(max(0, given), 86_400) }
        known = (Secret(token), asked + .seconds(seconds))
        return Secret(token)
    }

    private var form: [UInt8] {
        var fields: [(name: String, value: String)] = [("client_id", clientID)]
        if let clientSecret { fields.append(("client_secret", clientSecret.reveal())) }
        if let refreshToken {
            fields += [("grant_type", "refresh_token"), ("refresh_token", refreshToken.reveal())]
        } else {
            fields.append(("grant_type", "client_credentials"))
        }
        if let scope { fields.append(("scope", scope)) }
        return FormFields.encoded(fields)
    }
}
