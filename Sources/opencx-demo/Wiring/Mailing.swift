internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCurl
internal import OpenCXEmail

/// The channels of e-mail that a configuration names, and the mailboxes that feed them.
struct Mailing: Sendable {
    private var desks: [Desk] = []

    private struct Desk: Sendable {
        var channel: EmailChannel
        var mailbox: MailboxSettings?
    }

    /// The largest mail that a provider may post.
    static let largestRequest = 36 << 20

    /// No e-mail.
    init() {}

    /// - Parameters:
    ///   - settings: what the configuration says.
    ///   - store: the agent's.
    ///   - clock: the agent's.
    ///   - environment: where the secrets are.
    init(
        _ settings: [EmailSettings], store: any TeamStore, clock: any AgentClock,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        desks = try settings.map { email in
            let secrets = Secrets(environment: environment, owner: "E-mail channel \"\(email.id)\"")
            let channel = EmailChannel(
                id: email.id, configuration: try Self.configuration(email, secrets), sessions: store,
                transport: SMTPTransport(server: try Self.server(email.smtp, secrets, clock)), clock: clock)
            return Desk(channel: channel, mailbox: try email.imap.map { try Self.mailbox($0, secrets, clock) })
        }
    }

    var channels: [any Channel] { desks.map(\.channel) }

    /// Whether any mails are fetched.
    var hasMailboxes: Bool { desks.contains { $0.mailbox != nil } }

    /// Brings mails from all mailboxes until the task is cancelled.
    func fetch(for agent: Agent, _ terminal: Terminal) async {
        await withTaskGroup(of: Void.self) { group in
            for desk in desks {
                guard let settings = desk.mailbox else { continue }
                let (clock, trouble) = (agent.parts.clock, Trouble(channel: desk.channel.id, terminal: terminal))
                let mailbox = Mailbox(settings: settings, channel: desk.channel, agent: agent, clock: clock) {
                    trouble.tell($0, at: clock.now())
                }
                group.addTask { await mailbox.run() }
            }
        }
    }

    private static func configuration(_ email: EmailSettings, _ secrets: Secrets) throws -> EmailConfiguration {
        let secret = try secrets.value(
            of: email.secretVariable,
            for: "at least 16 bytes that nobody can guess, as \"openssl rand -base64 32\" prints")
        guard secret.reveal().utf8.count >= 16 else {
            throw Failure("\(secrets.owner): the secret in \(email.secretVariable) must have at least 16 bytes.")
        }
        var configuration = EmailConfiguration(
            addresses: email.addresses, name: email.name, signature: email.signature, secret: secret,
            inbound: try email.inbound.map { try provider($0, secrets) },
            authentication: email.authenticationServer.map { SenderAuthentication(server: $0) },
            trustedLists: email.trustedLists, formSenders: email.formSenders)
        if let limit = email.answerLimit { configuration.answerLimit = limit }
        configuration.keepFile = MailFiles.keeping(email)
        return configuration
    }

    private static func provider(_ settings: InboundMailSettings, _ secrets: Secrets) throws -> InboundProvider {
        func proof(_ password: InboundMailSettings.Password) throws -> WebhookProof {
            .basic(
                user: password.user,
                password: try secrets.value(of: password.variable, for: "the password in the URL that posts mails"))
        }
        return switch settings {
        case .mailgun(let variable):
            .mailgun(signingKey: try secrets.value(of: variable, for: "Mailgun's HTTP webhook signing key"))
        case .sendGrid(let password): .sendGrid(try proof(password))
        case .signedSendGrid(let key): .signedSendGrid(publicKey: key)
        case .postmark(let password): .postmark(try proof(password))
        }
    }

    private static func server(
        _ settings: MailServerSettings, _ secrets: Secrets, _ clock: any AgentClock
    ) throws -> MailServer {
        let login: MailServer.Login =
            switch settings.login {
            case nil: .none
            case .password(let user, let variable)?:
                .password(user: user, try secrets.value(of: variable, for: "the password at \(settings.host)"))
            case .token(let user, let oauth)?: try token(user, oauth, secrets, clock)
            }
        return MailServer(
            host: settings.host, port: settings.port, protection: settings.protection, login: login,
            certificateAuthorities: settings.certificates)
    }

    private static func token(
        _ user: String, _ oauth: OAuthSettings, _ secrets: Secrets, _ clock: any AgentClock
    ) throws -> MailServer.Login {
        let tokens = OAuthTokens(
            url: oauth.tokenURL, clientID: oauth.clientID,
            clientSecret: try oauth.clientSecretVariable.map { try secrets.value(of: $0, for: "the client's secret") },
            refreshToken: try oauth.refreshTokenVariable.map { try secrets.value(of: $0, for: "the refresh token") },
            scope: oauth.scope, http: CurlHTTPClient(CurlConfiguration(addresses: .unrestricted)), clock: clock)
        return .token(user: user) { try await tokens.token() }
    }

    private static func mailbox(
        _ inbox: EmailSettings.Inbox, _ secrets: Secrets, _ clock: any AgentClock
    ) throws -> MailboxSettings {
        var settings = MailboxSettings(server: try server(inbox.server, secrets, clock))
        if let folder = inbox.folder { settings.folder = folder }
        if let target = inbox.moveTo { settings.done = .move(to: target) }
        if let interval = inbox.pollInterval { settings.pollInterval = interval }
        if let age = inbox.maximumAge { settings.maximumAge = age }
        return settings
    }
}

/// Says what is wrong with a mailbox: each thing once, and again when it lasts.
private struct Trouble: Sendable {
    let channel: ChannelID
    let terminal: Terminal
    private let told = Locked<[String: Timestamp]>([:])

    init(channel: ChannelID, terminal: Terminal) {
        self.channel = channel
        self.terminal = terminal
    }

    func tell(_ error: any Error, at now: Timestamp) {
        let text = (error as? ChannelError)?.message ?? "\(error)"
        let isNew = told.withLock { told in
            if let before = told[text], now - before < .seconds(3600) { return false }
            told = told.filter { now - $0.value < .seconds(3600) }
            told[text] = now
            return true
        }
        if isNew { terminal.complain("E-mail channel \"\(channel)\": \(text)".forTerminal) }
    }
}
