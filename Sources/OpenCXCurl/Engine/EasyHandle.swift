internal import CCurl
internal import OpenCXCore

/// One of curl's easy handles, and the request it works on. It is used again and again: what all requests of a client have
/// in common is set once.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private(set) var transfer: Transfer?
    /// Where the loop keeps it.
    var place = 0
    let policy: AddressPolicy
    let hasProxy: Bool
    unowned let loop: EngineLoop

    private var list: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private var connectTimeout: Int64 = -1
    private var head = ResponseHead()
    private var received = 0
    private var headDeadline = Int64.max
    /// Why the request is ended from here, when it is.
    private var failure: HTTPClientError?
    /// How often the request has gone out, or was about to.
    private var attempts = 0

    init?(loop: EngineLoop, _ configuration: CurlConfiguration) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        self.loop = loop
        policy = configuration.addresses
        hasProxy = configuration.proxy != nil
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        opencx_curl_set_callbacks(
            pointer, Unmanaged.passUnretained(self).toOpaque(), Unmanaged.passUnretained(loop).toOpaque(),
            headerArrived, bodyArrived, openSocket, closeSocket, beforeRequest)
        setConstants(configuration)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(list)
        errorText.deallocate()
    }

    private func setConstants(_ configuration: CurlConfiguration) {
        _ = opencx_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
        set(CURLOPT_NOSIGNAL, 1)
        // Giving up on a request whose name is still being resolved would else wait for the resolver, and everybody with it.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // The empty text means all encodings that the library can undo.
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // The empty text means none, whatever the environment says.
        set(CURLOPT_PROXY, configuration.proxy ?? "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_USERAGENT, configuration.userAgent)
        if let file = configuration.certificateAuthorities {
            set(CURLOPT_CAINFO, file)
            _ = opencx_curl_set_text(pointer, CURLOPT_CAPATH, nil)
        }
    }

    func set(_ option: CURLoption, _ value: Int) { _ = opencx_curl_set_long(pointer, option, value) }

    func set(_ option: CURLoption, _ value: String) { _ = opencx_curl_set_text(pointer, option, value) }

    // MARK: One request

    /// Takes on a request.
    ///
    /// - Returns: why it cannot be sent, when it cannot.
    func prepare(_ transfer: Transfer) -> HTTPClientError? {
        let request = transfer.request
        self.transfer = transfer
        // A proxy resolves names by itself; an address that is written down can be judged here.
        if hasProxy, let host = URLParts(request.url)?.host, let address = IPAddress(host.trimmingBrackets),
            !policy.allows(address, host: host)
        {
            return .refusedAddress
        }
        headDeadline = MonotonicTime.after(request.firstByteTimeout)
        set(CURLOPT_URL, request.url)
        // Waiting whether a connection can be shared makes sense where HTTP/2 is possible.
        set(CURLOPT_PIPEWAIT, request.url.prefix(6).lowercased() == "https:" ? 1 : 0)
        if connectTimeout != request.connectTimeout.inMilliseconds {
            connectTimeout = request.connectTimeout.inMilliseconds
            set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(max(1, connectTimeout), Int64(Int32.max))))
        }
        setMethod(request)
        guard setHeaders(request) else { return HTTPClientError(.badRequest, "There is no memory for the headers.") }
        return nil
    }

    /// Adds a line to the headers; false when there is no memory.
    func append(_ line: String) -> Bool {
        guard let longer = curl_slist_append(list, line) else { return false }
        list = longer
        return true
    }

    /// Sends the lines that have been added.
    func useHeaders() { _ = opencx_curl_set_headers(pointer, list) }

    /// Lets go of the request.
    func clear() {
        _ = opencx_curl_set_headers(pointer, nil)
        curl_slist_free_all(list)
        list = nil
        if transfer?.request.body.isEmpty == false {
            _ = opencx_curl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, nil)
        }
        transfer = nil
        head = ResponseHead()
        received = 0
        failure = nil
        attempts = 0
        errorText[0] = 0
    }

    // MARK: How it goes

    /// When it has to be further than it is.
    var deadline: Int64 {
        guard let transfer else { return .max }
        return head.isComplete ? transfer.deadline : min(headDeadline, transfer.deadline)
    }

    /// Whether anything of the request may have gone out.
    private var isSent: Bool { attempts > 0 }

    func outcome(_ result: CURLcode) -> Result<Void, HTTPClientError> {
        if let failure { return .failure(failure) }
        guard result == CURLE_OK else {
            return .failure(.curl(result, isSent: isSent, detail: String(cString: errorText)))
        }
        guard head.isComplete else {
            return .failure(HTTPClientError(.interrupted, "The server's response has no proper head."))
        }
        return .success(())
    }

    func timeoutError() -> HTTPClientError {
        guard isSent else { return HTTPClientError(.unreachable, "The server could not be reached in time.") }
        return HTTPClientError(
            .timeout, head.isComplete ? "The response did not end in time." : "The server did not answer in time.")
    }

    func closedError() -> HTTPClientError {
        HTTPClientError(isSent ? .interrupted : .unreachable, "The HTTP client was closed.")
    }

    // MARK: What curl calls

    func receiveHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let transfer else { return false }
        let wasComplete = head.isComplete
        guard head.take(line) else {
            failure = HTTPClientError(.tooLarge, "The head of the response is larger than \(ResponseHead.limit) bytes.")
            return false
        }
        if head.isComplete && !wasComplete {
            transfer.receive(head)
            loop.touch(transfer)
        }
        return true
    }

    enum Verdict { case taken, later, refused }

    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        guard let transfer else { return .refused }
        let limit = transfer.request.responseLimit
        guard received + bytes.count <= limit else {
            failure = HTTPClientError(.tooLarge, "The response is longer than the \(limit) bytes that are taken.")
            return .refused
        }
        guard transfer.receive(bytes) else { return .later }
        received += bytes.count
        loop.touch(transfer)
        return .taken
    }

    /// Whether a connection to the address may be used for this request.
    func allows(_ address: IPAddress?) -> Bool {
        if policy.isUnrestricted || hasProxy { return true }
        let url = transfer?.request.url ?? ""
        if let address, policy.allows(address, host: URLParts(url)?.host) { return true }
        failure = .refusedAddress
        return false
    }

    /// Whether the request may go out on a connection that is there.
    func maySend(to address: IPAddress?) -> Bool {
        guard allows(address) else { return false }
        // The host may have had another address that was refused.
        failure = nil
        attempts += 1
        // A second time means that a kept connection ended without an answer. Nobody knows whether the request was taken.
        guard attempts == 1 || ["GET", "HEAD", "OPTIONS"].contains(transfer?.request.method) else {
            failure = HTTPClientError(.interrupted, "The connection ended before there was an answer.")
            return false
        }
        return true
    }
}

extension String {
    /// An IPv6 host without its brackets.
    fileprivate var trimmingBrackets: Substring {
        hasPrefix("[") && hasSuffix("]") ? dropFirst().dropLast() : self[...]
    }
}
