internal import CCurl
internal import OpenCXCore

/// Sends mails by SMTP, through libcurl, one after the other on a connection that is kept open.
public actor SMTPTransport: MailTransport {
    private let server: MailServer
    private let greeting: String
    private let queue = MailQueue("opencx.smtp")
    private var handle: MailHandle?

    /// Makes a transport. It connects when it has something to send.
    ///
    /// - Parameters:
    ///   - server: the server that takes our mails.
    ///   - greeting: the name that we give ourselves (`EHLO`).
    public init(server: MailServer, greeting: String = "localhost") {
        self.server = server
        self.greeting = greeting.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    }

    /// The queue that mails are sent on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Sends a mail; returns when the server has taken it. When the task is cancelled, a mail that is not wholly out yet stays
    /// here, and one that is gets a few seconds more.
    public func send(_ mail: OutgoingMail) async throws {
        // It may have waited behind others until nobody wanted it any more; by now somebody else may be sending it.
        try Task.checkCancellation()
        guard !mail.recipients.isEmpty, mail.recipients.allSatisfy(AddressCheck.isSendable),
            mail.sender.isEmpty || AddressCheck.isSendable(mail.sender)
        else { throw ChannelError(.rejected, "The mail's envelope has an address that mail cannot be sent to.") }
        var token: Secret?
        if case .token(_, let ask) = server.login {
            do { token = try await ask() } catch let error as ChannelError { throw error } catch {
                throw ChannelError(.unavailable, "There is no token for the mail server at the moment.")
            }
        }
        guard let handle = handle ?? MailHandle(server, scheme: "smtp", path: greeting) else {
            throw ChannelError(.unavailable, "There is no memory for a connection.")
        }
        self.handle = handle
        handle.logIn(server.login, token: token)
        let (result, code) = handle.send(mail)
        if result == CURLE_OK { return }
        // Nobody knows in what state the connection is.
        self.handle = nil
        if result == CURLE_ABORTED_BY_CALLBACK { throw CancellationError() }
        throw SMTPFailure.error(result, code: code)
    }
}

/// What a failure of the mail server means.
enum SMTPFailure {
    static func error(_ result: CURLcode, code: Int) -> ChannelError {
        switch result {
        case CURLE_LOGIN_DENIED:
            return ChannelError(.unauthorized, "The mail server does not let us in; check user name and password.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return ChannelError(.unavailable, "The mail server's certificate is not trusted.")
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR:
            return ChannelError(.unavailable, "The mail server does not offer the TLS that is asked for.")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            return ChannelError(.unavailable, "The mail server cannot be reached.")
        case CURLE_OPERATION_TIMEDOUT: return ChannelError(.unavailable, "The mail server did not answer in time.")
        default: break
        }
        switch code {
        case 530, 534, 535, 538:
            return ChannelError(.unauthorized, "The mail server wants us to log in otherwise (\(code)).")
        case 552, 523: return ChannelError(.tooLarge, "The mail is larger than the mail server takes (\(code)).")
        case 400..<500:
            return ChannelError(
                .unavailable, "The mail server wants to be asked again later (\(code)).", retryAfter: .seconds(60))
        case 500..<600: return ChannelError(.rejected, "The mail server will not take this mail (\(code)).")
        default: return ChannelError(.unavailable, "The connection to the mail server ended early.")
        }
    }
}
