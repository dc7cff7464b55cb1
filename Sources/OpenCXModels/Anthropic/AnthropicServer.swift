public import OpenCXCore

/// Anthropic's API, or a gateway that speaks it.
public struct AnthropicServer: Sendable, Hashable {
    /// Where the API begins, without `/v1`.
    public var baseURL: String
    /// The key; `nil` for gateways that take none.
    public var apiKey: Secret?
    /// The version of the API that is spoken (`anthropic-version`).
    public var version: String
    /// Headers that a gateway wants besides. They may hold credentials.
    public var headers: [String: Secret]
    /// How long a reply may take, from the request to its last byte.
    public var timeout: Duration

    /// Names a server.
    ///
    /// - Parameters:
    ///   - baseURL: where the API begins, without `/v1`.
    ///   - apiKey: the key.
    ///   - version: the version of the API.
    ///   - headers: what else to send.
    ///   - timeout: how long a reply may take.
    public init(
        baseURL: String = "https://api.anthropic.com", apiKey: Secret?, version: String = "2023-06-01",
        headers: [String: Secret] = [:], timeout: Duration = .seconds(60)
    ) {
        self.baseURL = baseURL.last == "/" ? String(baseURL.dropLast()) : baseURL
        self.apiKey = apiKey
        self.version = version
        self.headers = headers
        self.timeout = timeout
    }

    func request(body: [UInt8], streams: Bool) -> HTTPRequest {
        var fields: [(name: String, value: String)] = [
            ("content-type", "application/json"), ("accept", streams ? "text/event-stream" : "application/json"),
            ("anthropic-version", version),
        ]
        if let apiKey { fields.append(("x-api-key", apiKey.reveal())) }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields.append((name, value.reveal())) }
        return HTTPRequest(
            method: "POST", url: baseURL + "/v1/messages", headers: fields, body: body, firstByteTimeout: timeout,
            timeout: timeout)
    }
}
