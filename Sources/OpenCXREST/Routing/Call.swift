internal import OpenCXCore

/// A request that has been let in and checked against the operation's schemas.
struct Call: Sendable {
    /// The parameters in the path.
    var path: [String: String] = [:]
    /// The parameters in the query, in their types; those with a default are there.
    var query: [String: JSONValue] = [:]
    /// The body, as its schema has it.
    var body: JSONValue = .null
    /// Follows from the idempotency key and whose it is; the same when the request comes again, and unknown to others.
    var repetition: String?

    /// A parameter of the path. The route has it, or the request would not be here.
    func path(_ name: String) -> String { path[name] ?? "" }

    func string(_ name: String) -> String? { query[name]?.string }

    func integer(_ name: String, else fallback: Int) -> Int {
        if case .integer(let number)? = query[name] { Int(clamping: number) } else { fallback }
    }

    var limit: Int { integer("limit", else: 25) }

    /// A time in the query. Its format was checked.
    func time(_ name: String) throws(APIFailure) -> Timestamp? {
        guard let text = string(name) else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw APIFailure(400, "\"\(name)\" is no time that a calendar has.")
        }
        return time
    }
}

/// What a request is answered.
struct Reply: Sendable {
    var status = 200
    var body: JSONValue
    var headers: [(name: String, value: String)] = []
}

/// Why a request is not carried out.
struct APIFailure: Error, Sendable {
    var status: Int
    /// What is wrong and what to do about it; no values of the request.
    var message: String
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ message: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    static func notFound(_ what: String) -> APIFailure { APIFailure(404, "There is no \(what) with this id.") }

    var response: WebhookResponse {
        var response = WebhookResponse.json(
            [
                "statusCode": .integer(Int64(status)), "message": .string(message),
                "error": .string(Self.reason(status)),
            ], status: status)
        response.headers += headers
        return response
    }

    static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Payload Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Entity"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }
}
