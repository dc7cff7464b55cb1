public import OpenCXCore

/// Lets people of the team in, and recognises them by a cookie.
public struct TeamSignIn: Sendable {
    /// How long, how often, and over what.
    public struct Settings: Sendable {
        /// How long a sign-in is good.
        public var lifetime: Duration = .seconds(12 * 3600)
        /// Whether browsers may send the cookie over TLS only. Off for a server on the loopback interface alone.
        public var isSecure = true
        /// How many tries each name has.
        public var triesPerName = RateLimiter.Limit(5, per: .seconds(300))
        /// How many tries all names have together: hashing is dear.
        public var tries = RateLimiter.Limit(60, per: .seconds(60))

        /// The usual settings.
        public init() {}
    }

    private let store: any AccessStore
    private let hasher: PasswordHasher
    private let settings: Settings
    private let clock: any AgentClock
    private let triesPerName: RateLimiter
    private let tries: RateLimiter

    /// Joins a store with what signing in needs.
    public init(
        store: any AccessStore, hasher: PasswordHasher, settings: Settings = Settings(), clock: any AgentClock
    ) {
        self.store = store
        self.hasher = hasher
        self.settings = settings
        self.clock = clock
        triesPerName = RateLimiter(settings.triesPerName, clock: clock)
        tries = RateLimiter(settings.tries, clock: clock)
    }

    /// The cookie's name. Over TLS no other host and no subdomain can set one of this name.
    var cookieName: String { settings.isSecure ? "__Host-opencx_team" : "opencx_team" }

    /// Lets somebody in who knows a member's name and password.
    ///
    /// It takes the same time whether there is such a member or not.
    ///
    /// - Throws: the store's errors.
    public func signIn(name: String, password: Secret) async throws -> SignInOutcome {
        let key = TeamMember.key(of: name)
        for decision in [triesPerName.take(Hexadecimal.encode(Token.digest(of: key))), tries.take("")]
        where !decision.isAllowed {
            return .tooManyTries(retryAfter: decision.retryAfter)
        }
        guard password.reveal().utf8.count <= TeamMembers.longestPassword else { return .refused }
        let member = try await store.member(named: name)
        guard await hasher.isPassword(password, of: member?.passwordHash), let member, member.disabledAt == nil else {
            return .refused
        }
        let token = Token.make()
        let now = clock.now()
        let signIn = SignIn(
            digest: token.digest, person: member.id, createdAt: now, expiresAt: now + settings.lifetime)
        guard try await store.addSignIn(signIn, passwordHash: member.passwordHash) else { return .refused }
        triesPerName.forgive(Hexadecimal.encode(Token.digest(of: key)))
        return .signedIn(
            SignedInMember(member: member, token: token.secret, expiresAt: signIn.expiresAt),
            cookie: cookie(token.secret.reveal(), seconds: settings.lifetime.components.seconds))
    }

    /// Who sent a request, as far as its cookie tells.
    ///
    /// - Throws: the store's errors.
    public func visitor(of request: WebhookRequest) async throws -> SignedInMember? {
        guard let token = token(in: request),
            let found = try await store.signIn(digest: Token.digest(of: token.reveal()), at: clock.now())
        else { return nil }
        return SignedInMember(member: found.member, token: token, expiresAt: found.signIn.expiresAt)
    }

    /// Ends the sign-in that a request comes with.
    ///
    /// - Returns: the value of a `set-cookie` header that takes the cookie away.
    /// - Throws: the store's errors.
    public func signOut(_ request: WebhookRequest) async throws -> String {
        if let token = token(in: request) { try await store.removeSignIn(digest: Token.digest(of: token.reveal())) }
        return cookie("", seconds: 0)
    }

    private func cookie(_ value: String, seconds: Int64) -> String {
        "\(cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + (settings.isSecure ? "; Secure" : "")
    }

    private func token(in request: WebhookRequest) -> Secret? {
        for header in request.headers where header.name.lowercased() == "cookie" {
            for pair in header.value.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix(cookieName + "=") else { continue }
                let value = pair.dropFirst(cookieName.count + 1)
                if value.utf8.count == 64 { return Secret(String(value)) }
            }
        }
        return nil
    }
}
