package import OpenCXCore

/// One vendor's JSON API over the core's HTTP client.
package struct VendorAPI: Sendable {
    private let vendor: String
    private let baseURL: String
    private let http: any HTTPClient
    private let authorization: @Sendable () -> String

    /// Makes an API from its parts.
    ///
    /// The vendor's name stands in errors. The base URL has no slash at its end. The authorization is the value of the header, made
    /// anew for each request, so that a secret lies in no string that is kept.
    package init(
        vendor: String, baseURL: String, http: any HTTPClient, authorization: @escaping @Sendable () -> String
    ) {
        self.vendor = vendor
        self.baseURL = baseURL
        self.http = http
        self.authorization = authorization
    }

    /// Sends a request and reads what comes back.
    ///
    /// The path is one of the API's, or an absolute URL that the vendor gave: a next page, say. The vendor's own links are followed
    /// with our credentials only where they lead to the API's host or, of the vendor's domain, to one that `trusts` names.
    ///
    /// - Throws: ``VendorFailure`` for everything but a 2xx or 3xx.
    package func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil,
        headers: [(name: String, value: String)] = [], trusting domain: String? = nil
    ) async throws -> VendorAnswer {
        var url = try url(path, trusting: domain)
        if !query.isEmpty {
            url += (url.contains("?") ? "&" : "?") + String(decoding: FormFields.encoded(query), as: UTF8.self)
        }
        var all: [(name: String, value: String)] = [
            ("authorization", authorization()), ("accept", "application/json"),
        ]
        if body != nil { all.append(("content-type", "application/json")) }
        let request = HTTPRequest(
            method: method, url: url, headers: all + headers, body: body?.serialized() ?? [], timeout: .seconds(30),
            responseLimit: 16 << 20)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPClientError {
            throw VendorFailure(vendor: vendor, kind: .unreachable(error.message))
        }
        guard (200..<400).contains(response.status) else { throw VendorFailure(vendor: vendor, response) }
        return try VendorAnswer(response, vendor: vendor)
    }

    private func url(_ path: String, trusting domain: String?) throws(VendorFailure) -> String {
        if path.hasPrefix("/") { return baseURL + path }
        if path == baseURL || path.hasPrefix(baseURL + "/") || path.hasPrefix(baseURL + "?") { return path }
        if let domain, let host = Self.host(of: path), host == domain || host.hasSuffix("." + domain) { return path }
        throw VendorFailure(vendor: vendor, kind: .unreadable("a link that leads elsewhere"))
    }

    /// The host of an https URL without credentials or port.
    private static func host(of url: String) -> String? {
        guard url.hasPrefix("https://") else { return nil }
        let host = url.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isPlain = host.utf8.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2E || byte == 0x2D
        }
        return isPlain ? String(host) : nil
    }
}

/// What a vendor answered.
package struct VendorAnswer: Sendable {
    /// The status: 2xx or 3xx.
    package var status: Int
    /// The body; `null` where there is none.
    package var body: JSONValue
    private let headers: [(name: String, value: String)]

    fileprivate init(_ response: HTTPResponse, vendor: String) throws(VendorFailure) {
        status = response.status
        headers = response.headers
        if response.body.isEmpty || !(200..<300).contains(response.status) {
            body = .null
            return
        }
        guard let body = try? JSONValue(parsing: response.body) else {
            throw VendorFailure(vendor: vendor, kind: .unreadable("an answer that is no JSON"))
        }
        self.body = body
    }

    /// The value of the first header with this name, whatever its capitals.
    package func header(_ name: String) -> String? {
        HTTPResponse(status: status, headers: headers).header(name)
    }
}
