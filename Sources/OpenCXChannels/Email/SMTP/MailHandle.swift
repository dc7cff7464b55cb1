internal import CCurl
internal import OpenCXCore

/// One of curl's easy handles, for mail: blocking, used by one actor.
final class MailHandle {
    let pointer: UnsafeMutableRawPointer
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private var upload: [UInt8] = []
    private var position = 0
    private var isAllSaid = false
    private var cancelledAt: ContinuousClock.Instant?

    /// `nil` when there is no memory.
    init?(_ server: MailServer, scheme: String, path: String = "") {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, "\(scheme),\(scheme)s")
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // Saves an exchange.
        set(CURLOPT_SASL_IR, 1)
        // The empty text means none, whatever the environment says.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, min(server.connectTimeout.inMilliseconds, 1 << 30))))
        set(CURLOPT_TIMEOUT_MS, Int(max(1, min(server.timeout.inMilliseconds, 1 << 30))))
        if let file = server.certificateAuthorities {
            set(CURLOPT_CAINFO, file)
            _ = opencx_curl_set_text(pointer, CURLOPT_CAPATH, nil)
        }
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let isSecure = server.protection == .tls
        set(CURLOPT_URL, "\(scheme)\(isSecure ? "s" : "")://\(host):\(server.port)/\(path)")
        set(CURLOPT_USE_SSL, Int((server.protection == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        opencx_curl_set_progress(pointer, Unmanaged.passUnretained(self).toOpaque(), watchTransfer)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(recipients)
    }

    func set(_ option: CURLoption, _ value: Int) { _ = opencx_curl_set_long(pointer, option, value) }

    func set(_ option: CURLoption, _ value: String) { _ = opencx_curl_set_text(pointer, option, value) }

    /// Says who logs in.
    func logIn(_ login: MailServer.Login, token: Secret?) {
        switch login {
        case .none: break
        case .password(let user, let password):
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, password.reveal())
        case .token(let user, _):
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_XOAUTH2_BEARER, token?.reveal() ?? "")
        }
    }

    /// Connects and logs in, and no more.
    func connect() -> CURLcode {
        set(CURLOPT_CONNECT_ONLY, 1)
        return perform()
    }

    /// Sends a mail, and returns curl's result with the server's last code.
    func send(_ mail: OutgoingMail) -> (result: CURLcode, code: Int) {
        curl_slist_free_all(recipients)
        recipients = nil
        for recipient in mail.recipients {
            guard let longer = curl_slist_append(recipients, "<\(recipient)>") else { return (CURLE_OUT_OF_MEMORY, 0) }
            recipients = longer
        }
        set(CURLOPT_MAIL_FROM, mail.sender.isEmpty ? "<>" : "<\(mail.sender)>")
        _ = opencx_curl_set_list(pointer, CURLOPT_MAIL_RCPT, recipients)
        set(CURLOPT_UPLOAD, 1)
        upload = mail.bytes
        position = 0
        opencx_curl_set_upload(pointer, Unmanaged.passUnretained(self).toOpaque(), readMail, ignoreMail)
        let result = perform()
        upload = []
        return (result, opencx_curl_response_code(pointer))
    }

    private func perform() -> CURLcode {
        (isAllSaid, cancelledAt) = (false, nil)
        return curl_easy_perform(pointer)
    }

    /// How long an answer is waited for once the whole mail is out, though nobody waits any more: the server may be about to take
    /// it, and not to know would have it sent twice.
    private static let grace = Duration.seconds(5)

    /// Asked by curl while it blocks the task that waits for it.
    fileprivate func isGivenUp() -> Bool {
        guard Task.isCancelled else { return false }
        let since = cancelledAt ?? .now
        cancelledAt = since
        return !isAllSaid || .now >= since + Self.grace
    }

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, upload.count - position)
        upload.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]))
        }
        position += count
        if count == 0 { isAllSaid = true }
        return count
    }
}

private func readMail(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    guard let buffer, let context else { return 0 }
    let handle = Unmanaged<MailHandle>.fromOpaque(context).takeUnretainedValue()
    return handle.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func watchTransfer(_ context: UnsafeMutableRawPointer?, _: Int, _: Int, _: Int, _: Int) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<MailHandle>.fromOpaque(context).takeUnretainedValue().isGivenUp() ? 1 : 0
}

private func ignoreMail(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    size * count
}
