public import OpenCXCore

/// What a ``HubSpotAccount`` shows HubSpot.
public struct HubSpotCredentials: Sendable {
    enum Kind: Sendable {
        case token(Secret)
        case refreshing(clientID: String, clientSecret: Secret, refreshToken: Secret)
    }

    let kind: Kind

    /// The access token of a private app. It does not expire.
    public static func privateApp(_ token: Secret) -> Self { Self(kind: .token(token)) }

    /// A public app's grant: access tokens last half an hour and are renewed with the refresh token as they are needed.
    ///
    /// - Parameters:
    ///   - clientID: the app's id.
    ///   - clientSecret: the app's secret.
    ///   - refreshToken: what HubSpot gave when somebody of the team installed the app.
    public static func oauth(clientID: String, clientSecret: Secret, refreshToken: Secret) -> Self {
        Self(kind: .refreshing(clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken))
    }
}
