internal import OpenCXCore

/// What an answer that is no success means. Twilio's own words stay out: they quote the number.
enum TwilioFailure {
    static func error(_ response: HTTPResponse) -> ChannelError {
        var code: Int?
        if case .integer(let number)? = (try? JSONValue(parsing: response.body))?["code"] {
            code = Int(exactly: number)
        }
        return error(status: response.status, code: code, retryAfter: RetryAfter.duration(response.header))
    }

    static func error(status: Int, code: Int?, retryAfter: Duration? = nil) -> ChannelError {
        let name = code.map { " (Twilio's error \($0))" } ?? ""
        switch (status, code) {
        case (429, _), (_, 20429), (_, 14107), (_, 30022):
            return ChannelError(.unavailable, "Twilio is asked too often\(name).", retryAfter: retryAfter)
        case (401, _), (403, _):
            return ChannelError(
                .unauthorized, "Twilio refused the account's SID or token\(name). Check both.", retryAfter: retryAfter)
        case (_, 21610):
            return ChannelError(.rejected, "The customer has opted out of messages from this number\(name).")
        case (_, 21211), (_, 21614), (_, 21217), (_, 21401):
            return ChannelError(.rejected, "The customer's number takes no text messages\(name).")
        case (_, 21606), (_, 21603), (_, 21660), (_, 21701), (_, 21703):
            return ChannelError(
                .unauthorized,
                "The account may not send from this number or messaging service\(name). Check the configuration.")
        case (_, 21408):
            return ChannelError(
                .rejected, "The account may not send to this country\(name). Allow it in Twilio's geo permissions.")
        case (404, _):
            return ChannelError(.unauthorized, "Twilio knows no such account\(name). Check the account's SID.")
        case (500..., _):
            return ChannelError(.unavailable, "Twilio failed (\(status))\(name).", retryAfter: retryAfter)
        default:
            return ChannelError(.rejected, "Twilio will not send this message (\(status))\(name).")
        }
    }

    /// Whether sending again makes sense after a status callback said that a message did not arrive
    /// (twilio.com/docs/api/errors): carriers' outages pass, numbers that are gone do not come back.
    static func isPassing(_ code: Int?) -> Bool {
        switch code {
        // Queue overflow, account suspended, unreachable handset, unknown error, carrier unreachable; daily limits.
        case 30001, 30002, 30003, 30008, 30022, 30023, 30017: true
        default: false
        }
    }
}
