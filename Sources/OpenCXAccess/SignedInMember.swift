public import OpenCXCore
internal import OpenCXCrypto

/// Somebody of the team in front of a browser.
public struct SignedInMember: Sendable {
    /// Who it is, as they are now.
    public let member: TeamMember
    /// When the sign-in ends.
    public let expiresAt: Timestamp
    /// Goes into each form and each script's request that changes something; another site cannot know it.
    ///
    /// It follows from the cookie's token and leads to nothing: it is no use without the cookie.
    public let csrfToken: Secret

    /// The name of the form's field, or (with hyphens and `x-` before it) of the header that the token comes back in.
    public static let csrfField = "csrf_token"
    /// The header that the token comes back in, from scripts.
    public static let csrfHeader = "x-csrf-token"

    init(member: TeamMember, token: Secret, expiresAt: Timestamp) {
        self.member = member
        self.expiresAt = expiresAt
        csrfToken = Secret(
            Hexadecimal.encode(
                SHA256.authenticationCode(for: Array("opencx csrf 1".utf8), key: Array(token.reveal().utf8))))
    }

    /// Whether the member may do something.
    public func may(_ permission: TeamPermission) -> Bool { member.role.allows(permission) }

    /// Whether a token is the one of this sign-in; `nil` is not.
    public func isGenuine(_ token: String?) -> Bool {
        ConstantTime.areEqual(Array((token ?? "").utf8), Array(csrfToken.reveal().utf8))
    }
}

/// What came of somebody's wish to sign in.
public enum SignInOutcome: Sendable {
    /// They are in. The cookie is the value of a `set-cookie` header.
    case signedIn(SignedInMember, cookie: String)
    /// The name, the password or both are wrong, or the member may no longer sign in: which one is not told.
    case refused
    /// Too many tries. Even the right password is not looked at before this has passed.
    case tooManyTries(retryAfter: Duration)
}
