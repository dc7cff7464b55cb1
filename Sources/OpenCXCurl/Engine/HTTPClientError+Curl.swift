internal import CCurl
internal import OpenCXCore

extension HTTPClientError {
    /// The address policy stands against it; nothing was sent.
    static let refusedAddress = HTTPClientError(
        .badRequest,
        """
        The host's address is not public, and the configuration does not allow it. If it should be reached, allow the \
        host or its network in the client's address policy.
        """)

    /// What curl's result means to somebody who asks whether anything was done.
    ///
    /// - Parameters:
    ///   - isSent: whether anything of the request may have gone out.
    ///   - detail: curl's own words; they name the host at most, as long as nothing was sent.
    static func curl(_ result: CURLcode, isSent: Bool, detail: String) -> HTTPClientError {
        let general = String(cString: curl_easy_strerror(result))
        switch result {
        case CURLE_URL_MALFORMAT where !isSent, CURLE_UNSUPPORTED_PROTOCOL where !isSent:
            return HTTPClientError(.badRequest, "The URL cannot be used: \(general).")
        case _ where !isSent:
            return HTTPClientError(.unreachable, "\(detail.isEmpty ? general : detail).")
        case CURLE_OPERATION_TIMEDOUT:
            return HTTPClientError(.timeout, "The server did not answer in time.")
        default:
            return HTTPClientError(.interrupted, "The exchange was interrupted: \(general).")
        }
    }
}
