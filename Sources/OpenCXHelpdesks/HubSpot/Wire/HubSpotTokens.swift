internal import OpenCXCore

/// Access tokens: one that stays, or one that is renewed shortly before it ends.
final class HubSpotTokens: Sendable {
    private let credentials: HubSpotCredentials
    private let baseURL: String
    private let http: any HTTPClient
    private let clock: any AgentClock
    private let current = Locked<(token: Secret, until: Timestamp)?>(nil)

    init(_ credentials: HubSpotCredentials, baseURL: String, http: any HTTPClient, clock: any AgentClock) {
        self.credentials = credentials
        self.baseURL = baseURL
        self.http = http
        self.clock = clock
    }

    /// A token that is good for now.
    ///
    /// Calls at the same time may each renew it; HubSpot gives each a token that works.
    func token() async throws -> Secret {
        switch credentials.kind {
        case .token(let token): return token
        case .refreshing(let clientID, let clientSecret, let refreshToken):
            let now = clock.now()
            if let held = current.withLock({ $0 }), held.until > now { return held.token }
            let answer = try await renew([
                ("grant_type", "refresh_token"), ("client_id", clientID), ("client_secret", clientSecret.reveal()),
                ("refresh_token", refreshToken.reveal()),
            ])
            guard let text = answer["access_token"]?.string, !text.isEmpty else {
                throw HubSpotFailure(.unreachable("The answer cannot be read."), .token)
            }
            let seconds = min(max(answer["expires_in"]?.count ?? 0, 120), 86_400)
            let token = Secret(text)
            current.withLock { $0 = (token, now + .seconds(seconds - 60)) }
            return token
        }
    }

    /// Forgets a token that HubSpot refused, so that the next call renews it.
    func forget(_ token: Secret) {
        current.withLock { if $0?.token == token { $0 = nil } }
    }

    private func renew(_ fields: [(name: String, value: String)]) async throws -> JSONValue {
        let request = HTTPRequest(
            method: "POST", url: baseURL + "/oauth/v1/token",
            headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
            body: FormFields.encoded(fields), timeout: .seconds(30), responseLimit: 1 << 20)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPClientError {
            throw HubSpotFailure(.unreachable(error.message), .token)
        }
        // A grant that was withdrawn or mistyped is a 400 here, and means what a 401 means elsewhere.
        if response.status == 400 { throw HubSpotFailure(.status(401), .token) }
        guard (200..<300).contains(response.status) else { throw HubSpotFailure(response, .token) }
        guard let answer = try? JSONValue(parsing: response.body) else {
            throw HubSpotFailure(.unreachable("The answer cannot be read."), .token)
        }
        return answer
    }
}
