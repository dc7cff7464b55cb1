internal import CMicrohttpd
internal import OpenCXCore

/// A request's line and headers, checked.
enum RequestHead {
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Reads and checks what came before the body.
    ///
    /// - Returns: the request without its body, or the answer for one that is refused.
    static func read(
        _ connection: OpaquePointer, method: String, target raw: String, version: String,
        configuration: HTTPServerConfiguration
    ) -> Result<WebhookRequest, Refusal> {
        guard methods.contains(method) else {
            let allow = [(name: "Allow", value: methods.joined(separator: ", "))]
            return ["TRACE", "CONNECT"].contains(method)
                ? .failure(Refusal(405, "\(method) is not allowed here.", headers: allow))
                : .failure(Refusal(501, "This server does not know the method.", headers: allow))
        }
        // `*` is the server as a whole, of which nothing but OPTIONS can be asked.
        guard let target = RequestTarget(raw), target.path != "*" || method == "OPTIONS" else {
            return .failure(Refusal(400, "The request's target is not a valid path and query."))
        }
        // A HEAD is a GET whose body stays here: the library drops it, so handlers need not know about it.
        var request = WebhookRequest(
            method: method == "HEAD" ? "GET" : method, path: target.path, query: target.query)
        request.headers = headers(of: connection)
        request.clientAddress = ClientAddress.of(
            Connection.of(connection)?.peer, request.headers, behind: configuration.trustedProxies)
        let hosts = request.headers.count { $0.name.lowercased() == "host" }
        guard hosts == 1 || hosts == 0 && version == "HTTP/1.0" else {
            return .failure(Refusal(400, "The request needs one Host header."))
        }
        if let refusal = framing(of: request, configuration) { return .failure(refusal) }
        return .success(request)
    }

    /// Refuses bodies whose end two programs could see at different places (request smuggling), and ones that are
    /// announced to be much too large.
    private static func framing(of request: WebhookRequest, _ configuration: HTTPServerConfiguration) -> Refusal? {
        let limit = configuration.maximumBodyBytes(at: request.path)
        let lengths = request.headers.filter { $0.name.lowercased() == "content-length" }
        let encodings = request.headers.filter { $0.name.lowercased() == "transfer-encoding" }
        if lengths.count + encodings.count > 1 {
            return Refusal(400, "The request says more than once how long its body is.")
        }
        if let encoding = encodings.first, encoding.value.lowercased() != "chunked" {
            return Refusal(501, "The only transfer encoding known here is chunked.")
        }
        // The library has checked that it is a number; one that does not fit is not a body anybody can send.
        if let length = lengths.first.map({ Int($0.value) ?? .max }), length > limit {
            // A client that sends without asking first would not see an answer before it has sent everything, so a
            // body that is not absurdly large is read and thrown away (see `Exchange`).
            let asksFirst = request.header("Expect") != nil
            if asksFirst || length > configuration.toleratedBodyBytes(at: request.path) { return .tooLarge(limit) }
        }
        return nil
    }

    static func headers(of connection: OpaquePointer) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        withUnsafeMutablePointer(to: &headers) { list in
            _ = MHD_get_connection_values(connection, .HEADER_KIND, appendHeader, list)
        }
        return headers
    }
}

/// Called by the library once per header, while `headers(of:)` waits: `context` is that function's list.
private func appendHeader(
    context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let context, let name else { return .NO }
    context.assumingMemoryBound(to: [(name: String, value: String)].self).pointee
        .append((String(cString: name), value.map { String(cString: $0) } ?? ""))
    return .YES
}

/// Why a request is not handed to the handler.
struct Refusal: Error {
    private let status: Int
    private let message: String
    private let headers: [(name: String, value: String)]

    init(_ status: Int, _ message: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.message = message
        self.headers = headers + [("Connection", "close")]
    }

    /// The answer to a request with these headers.
    func response(to asking: [(name: String, value: String)]) -> WebhookResponse {
        .error(status, message, headers: headers, to: asking)
    }

    static func tooLarge(_ limit: Int) -> Refusal {
        Refusal(413, "The body is larger than \(limit) bytes.")
    }
}
