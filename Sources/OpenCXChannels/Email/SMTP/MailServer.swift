public import OpenCXCore

/// A mail server, and how to get in. Certificates are always verified where there is TLS.
public struct MailServer: Sendable {
    /// How the connection is protected.
    public enum Protection: Sendable, Hashable {
        /// TLS from the first byte.
        case tls
        /// TLS by command, before anything else; a server that does not offer it gets nothing.
        case startTLS
        /// None. For a server on this machine only: passwords and mails are readable on the way.
        case none
    }

    /// How to log in.
    public enum Login: Sendable {
        /// Without.
        case none
        /// With a password (PLAIN or LOGIN, as the server likes).
        case password(user: String, Secret)
        /// With an OAuth 2.0 token (XOAUTH2), asked for whenever a connection is opened.
        case token(user: String, @Sendable () async throws -> Secret)
    }

    /// The host's name.
    public var host: String
    /// The port.
    public var port: Int
    /// How the connection is protected.
    public var protection: Protection
    /// How to log in.
    public var login: Login
    /// The path of a file of PEM certificates that is trusted instead of the system's; `nil` for the system's.
    public var certificateAuthorities: String?
    /// How long connecting may take.
    public var connectTimeout: Duration
    /// How long one exchange may take: a mail on its way, a command and its answer.
    public var timeout: Duration

    /// Makes a server; what is not given has the default.
    public init(
        host: String, port: Int, protection: Protection, login: Login = .none, certificateAuthorities: String? = nil,
        connectTimeout: Duration = .seconds(15), timeout: Duration = .seconds(90)
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.login = login
        self.certificateAuthorities = certificateAuthorities
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }
}
