internal import OpenCXCore
internal import OpenCXCrypto

/// The two calls of Twilio's REST API that are needed (twilio.com/docs/messaging/api/message-resource).
struct TwilioAPI: Sendable {
    let configuration: TwilioConfiguration
    let http: any HTTPClient

    /// A message that Twilio has taken before.
    struct Sent: Sendable {
        var sid: String
        var body: String
    }

    /// The address that Twilio calls with news of a delivery.
    func callbackURL(of delivery: String, _ part: DeliveryPart?) -> String {
        let url = configuration.publicURL
        let place = part.map { "&\(TwilioRequest.partParameter)=\($0.number)-\($0.count)" } ?? ""
        return url + (url.contains("?") ? "&" : "?") + TwilioRequest.deliveryParameter + "="
            + String(decoding: FormFields.encoded([("", delivery)]).dropFirst(), as: UTF8.self) + place
    }

    /// Sends one body, and returns Twilio's id of it.
    func send(
        _ body: String, media: [String], in thread: TwilioThread, delivery: String, part: DeliveryPart?
    ) async throws -> String {
        var fields: [(name: String, value: String)] = [("To", thread.customer), ("From", thread.business)]
        if let service = configuration.messagingServiceSID { fields.append(("MessagingServiceSid", service)) }
        if !body.isEmpty { fields.append(("Body", body)) }
        fields += media.map { ("MediaUrl", $0) }
        fields.append(("StatusCallback", callbackURL(of: delivery, part)))
        let answer = try await exchange("POST", "/Messages.json", FormFields.encoded(fields))
        guard let sid = answer["sid"]?.string else {
            // It has taken the message and does not say under which name: a second try will find it by its text.
            throw ChannelError(.unavailable, "Twilio's answer cannot be read.")
        }
        return sid
    }

    /// What was sent in a conversation from a time on, and did not fail.
    func sent(in thread: TwilioThread, since time: Timestamp) async throws -> [Sent] {
        // Twilio's clock may differ a little from ours.
        let since = time - .seconds(60)
        // The newest come first. Twilio can filter by when a message was sent, but one that is queued has no such time yet.
        let query = FormFields.encoded([("To", thread.customer), ("From", thread.business), ("PageSize", "50")])
        let answer = try await exchange("GET", "/Messages.json?" + String(decoding: query, as: UTF8.self), [])
        guard case .array(let messages)? = answer["messages"] else {
            throw ChannelError(.unavailable, "Twilio's answer cannot be read.")
        }
        return messages.compactMap { message in
            guard let sid = message["sid"]?.string, let body = message["body"]?.string,
                message["direction"]?.string?.hasPrefix("outbound") == true,
                !["failed", "undelivered", "canceled"].contains(message["status"]?.string),
                let date = message["date_created"]?.string.flatMap(Self.seconds), date >= since.milliseconds / 1000
            else { return nil }
            return Sent(sid: sid, body: body)
        }
    }

    /// RFC 2822, always in UTC: `Thu, 24 Aug 2023 05:01:45 +0000`.
    private static func seconds(_ text: String) -> Int64? {
        text.hasSuffix(" +0000") ? HTTPDate.seconds(of: text.dropLast(5) + "GMT") : nil
    }

    private func exchange(_ method: String, _ path: String, _ body: [UInt8]) async throws -> JSONValue {
        let (user, password) =
            configuration.apiKey.map { ($0.sid, $0.secret) } ?? (configuration.accountSID, configuration.authToken)
        var headers = [
            ("authorization", "Basic " + Base64.encode(Array("\(user):\(password.reveal())".utf8))),
            ("accept", "application/json"),
        ]
        if method == "POST" { headers.append(("content-type", "application/x-www-form-urlencoded")) }
        let request = HTTPRequest(
            method: method,
            url: configuration.baseURL + "/2010-04-01/Accounts/" + configuration.accountSID + path, headers: headers,
            body: body, timeout: .seconds(30), responseLimit: 4 << 20)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPClientError {
            throw ChannelError(.unavailable, "Twilio cannot be reached: \(error.message)")
        }
        guard (200..<300).contains(response.status) else { throw TwilioFailure.error(response) }
        do {
            return try JSONValue(parsing: response.body)
        } catch {
            throw ChannelError(.unavailable, "Twilio's answer cannot be read.")
        }
    }
}
