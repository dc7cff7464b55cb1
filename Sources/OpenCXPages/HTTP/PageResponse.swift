internal import OpenCXCore

/// Answers of the team's pages, with the headers that each of them has.
enum PageResponse {
    /// Scripts, styles and pictures of our own server only; no inline script or style; in nobody's frame.
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    /// What holds for every answer.
    static let headers: [(name: String, value: String)] = [
        ("content-security-policy", contentSecurityPolicy), ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
        ("x-robots-tag", "noindex"),
    ]

    /// A page; for no cache, because everything on it is private.
    static func page(_ page: HTML, status: Int = 200) -> WebhookAnswer {
        .response(
            WebhookResponse(
                status: status,
                headers: [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")] + headers,
                body: page.document()))
    }

    /// For the pages' script.
    static func json(_ value: JSONValue, status: Int = 200) -> WebhookAnswer {
        var response = WebhookResponse.json(value, status: status)
        response.headers += [("cache-control", "no-store")] + headers
        return .response(response)
    }

    /// After a form: the browser goes on to a page of ours, so that reloading sends nothing twice.
    static func seeOther(_ address: String, setting cookies: [String] = []) -> WebhookAnswer {
        .response(
            WebhookResponse(
                status: 303,
                headers: [("location", Attribute.safe(address)), ("cache-control", "no-store")] + headers
                    + cookies.map { ("set-cookie", $0) }))
    }

    /// Server-sent events.
    static func events(_ body: AsyncStream<[UInt8]>) -> WebhookAnswer {
        .stream(
            WebhookStream(
                headers: [
                    ("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no"),
                ]
                    + headers, body: body))
    }
}

/// Why a request is not done, in words for the person who made it.
struct PageError: Error {
    var status: Int
    var title: String
    var message: String

    init(_ status: Int, _ title: String, _ message: String) {
        self.status = status
        self.title = title
        self.message = message
    }

    static let notFound = PageError(404, "Nothing here", "There is no page at this address, or no longer.")
    static let forbidden = PageError(403, "Not for your role", "Your role does not allow this. An admin can change it.")
    static let forged = PageError(
        403, "Please try again",
        "The form did not come from this page, or has been open for too long. Reload and try again.")
    static let unavailable = PageError(
        503, "Not at the moment", "The data cannot be read or written at the moment. Please try again.")

    static func unfit(_ message: String) -> PageError { PageError(422, "Please check", message) }
}
